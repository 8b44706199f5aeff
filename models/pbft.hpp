// Practical Byzantine Fault Tolerance as a model: how replicas, one of which may be faulty in any
// way, agree on the request with one sequence number, through normal case operation and view
// changes, after Miguel Castro and Barbara Liskov, "Practical Byzantine Fault Tolerance" (OSDI
// 1999), sections 4.2 and 4.4.
//
// The network may delay, reorder, double and lose messages, and faulty replicas conspire with it
// and with each other. So a message that was sent stays available for ever, to be received at any
// time, or never; a replica's next step needs messages enough to have been sent, which is when they
// may all have been received. Faulty replicas may send, to anyone and at any time, whatever they
// can sign: other proposals to others, PREPARE and COMMIT for all of them, VIEW-CHANGE with any
// certificate that they can show or with none, NEW-VIEW with any proof that they can find. They
// cannot sign for correct replicas, nor for clients. tests/models/pbft_twin_test.cpp has the same
// protocol message by message, and compares.
//
// Left out: checkpoints, watermarks and other sequence numbers, so that no null request fills a
// gap; replies to clients. A timeout asks for the next view; that a replica may skip some when f +
// 1 others ask for a later one shows nothing new, since it may as well ask for each of them and
// never be heard.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/pbft.hpp"
#include "models/pbft_liar.hpp"
#include "models/pbft_messages.hpp"
#include "models/pbft_properties.hpp"
#include "models/pbft_state.hpp"
#include "models/pbft_story.hpp"

namespace everyway::pbft {

struct Options {
  int replicas = 4;
  int faulty = 1;
  int quorum = 0;
  int views = 2;
  int requests = 2;
  bool silent = false;
  bool no_equivocation = false;
};
BOOST_DESCRIBE_STRUCT(Options, (),
                      (replicas, faulty, quorum, views, requests, silent, no_equivocation))

/// `--replicas`, `--faulty` and so on, with ranges and meanings.
[[nodiscard]] inline Parameters<Options> parameters() {
  return {
      ranged(&Options::replicas, 3, static_cast<int>(most_replicas), "replicas: 3f or 3f + 1"),
      ranged(&Options::faulty, 0, 2, "faulty replicas; which ones, is tried in all ways"),
      ranged(&Options::quorum, 0, static_cast<int>(most_replicas),
             "replicas whose messages a certificate takes; 0 for n - f, all that can be waited "
             "for, where f is at least 1"),
      ranged(&Options::views, 1, static_cast<int>(most_views),
             "views; the primary of the first is n1, of the second n2 and so on"),
      ranged(&Options::requests, 1, static_cast<int>(most_requests),
             "requests of clients, which compete for the one sequence number"),
      toggle(&Options::silent, "faulty replicas send nothing"),
      toggle(&Options::no_equivocation, "faulty replicas lie, but tell everybody the same"),
  };
}

/// The setting that options and a mutation make. Throws `UsageError` if they do not go together.
[[nodiscard]] inline Setting setting_of(const Options& options, Mutation mutation) {
  if (options.silent && options.no_equivocation) {
    throw UsageError("--silent, --no-equivocation: who sends nothing does not lie; give one");
  }
  if (options.quorum > options.replicas) {
    throw UsageError("--quorum: there are not so many replicas");
  }
  if (options.quorum == 1) throw UsageError("--quorum 1: give 2 at least, or 0 for n - f");
  Setting setting;
  setting.replicas = static_cast<std::size_t>(options.replicas);
  setting.quorum = static_cast<std::size_t>(
      options.quorum != 0 ? options.quorum : options.replicas - std::max(options.faulty, 1));
  if (setting.quorum == 1) throw UsageError("--faulty 2: give more replicas than 3, or --quorum");
  setting.faulty = static_cast<std::size_t>(options.faulty);
  setting.views = static_cast<std::size_t>(options.views);
  setting.requests = static_cast<std::size_t>(options.requests);
  if (options.silent) setting.fault = Fault::silent;
  if (options.no_equivocation) setting.fault = Fault::lies;
  setting.mutation = mutation;
  return setting;
}

class Pbft {
 public:
  static constexpr std::string_view name = "pbft";
  static constexpr std::string_view summary =
      "Practical Byzantine Fault Tolerance: normal case and view change, with replicas that lie";
  static constexpr std::string_view source =
      "Castro & Liskov, Practical Byzantine Fault Tolerance (OSDI 1999), sections 4.2 and 4.4";

  using Options = pbft::Options;
  using State = pbft::State;
  using Action = pbft::Action;
  using property = PropertyOf<State, Action>;

  Pbft(const Options& options, std::string_view mutant)
      : setting_(setting_of(options, mutation_named<Mutation>(mutant))) {}

  static Parameters<Options> parameters() { return pbft::parameters(); }
  static Mutants mutants() { return pbft::mutants(); }

  [[nodiscard]] const Setting& setting() const noexcept { return setting_; }

  /// Any replicas may be the faulty ones.
  template <class Emit>
  void init(Emit&& emit) const {
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << setting_.replicas; ++bits) {
      State s;
      s.faulty = ReplicaSet::of_bits(bits);
      if (s.faulty.size() != setting_.faulty) continue;
      for (std::size_t index = 0; index < setting_.replicas; ++index) {
        s.replicas[index].records[0].entered = !s.faulty.contains(NodeId::at(index));
      }
      emit(s);
    }
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    for (std::size_t index = 0; index < setting_.replicas; ++index) {
      const NodeId i = NodeId::at(index);
      if (s.faulty.contains(i)) {
        if (setting_.fault == Fault::lies) say_anything(setting_, s, i, step);
        continue;
      }
      time_out(s, i, step);
      setting_.for_each_request([&](ValueId request) {
        propose(s, i, request, step);
        accept(s, i, request, step);
        become_prepared(s, i, request, step);
        commit(s, i, request, step);
      });
      for (std::size_t view = 1; view < setting_.views; ++view) {
        send_new_view(s, i, view, step);
        enter_new_view(s, i, view, step);
      }
    }
  }

  /// A run ends in the last view, when every correct replica has committed in it, or when its
  /// primary is faulty and does nothing.
  [[nodiscard]] bool may_end(const State& s) const {
    const std::size_t last = setting_.views - 1;
    if (s.faulty.contains(setting_.primary(last))) return true;
    return Records{setting_, s}.every_correct(
        [&](NodeId i) { return !s.replicas[i].records[last].committed.empty(); });
  }
  /// A single view has no view change.
  [[nodiscard]] bool offers(Kind kind) const noexcept {
    return setting_.views > 1 ||
           (kind != Kind::time_out && kind != Kind::send_new_view && kind != Kind::enter_new_view);
  }

  /// Views have primaries, each its own; all other replicas differ by their names only. So do
  /// requests, but for the forged one.
  [[nodiscard]] Interchangeable interchangeable() const {
    const std::uint64_t all = NodeSet<64>::first(setting_.replicas).bits();
    const std::uint64_t primaries = NodeSet<64>::first(setting_.views).bits();
    return {NodeSet<64>::of_bits(all & ~primaries), setting_.replicas, setting_.requests};
  }

  [[nodiscard]] std::string explain(const State& before, const Action& action, const State&) const {
    return sentence(setting_, before, action);
  }
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    return changes_of_records(before, after);
  }

  [[nodiscard]] Properties<State, Action> properties() const { return properties_of(setting_); }

 private:
  // Section 4.2, normal case operation.

  template <class Step>
  void propose(const State& s, NodeId i, ValueId request, Step& step) const {
    const std::size_t view = s.replicas[i].view;
    if (request == forged || setting_.primary(view) != i || !s.replicas[i].active_in(view)) return;
    if (!s.replicas[i].records[view].accepted.empty()) return;
    step(of(Kind::propose, i, view, request),
         [i, view, request](State& t) { t.replicas[i].records[view].accepted.insert(request); });
  }

  template <class Step>
  void accept(const State& s, NodeId i, ValueId request, Step& step) const {
    const std::size_t view = s.replicas[i].view;
    if (setting_.primary(view) == i || !s.replicas[i].active_in(view)) return;
    if (!Messages(setting_, s).proposed(view, request)) return;
    const RequestSet accepted = s.replicas[i].records[view].accepted;
    if (accepted.contains(request)) return;
    if (!accepted.empty() && !setting_.has(Mutation::accept_two_pre_prepares)) return;
    step(of(Kind::accept, i, view, request),
         [i, view, request](State& t) { t.replicas[i].records[view].accepted.insert(request); });
  }

  template <class Step>
  void become_prepared(const State& s, NodeId i, ValueId request, Step& step) const {
    const std::size_t view = s.replicas[i].view;
    const Record& record = s.replicas[i].records[view];
    if (!s.replicas[i].active_in(view) || !record.accepted.contains(request)) return;
    if (record.prepared.contains(request)) return;
    const bool certified = Messages(setting_, s).certified(view, request);
    if (!certified && !setting_.has(Mutation::commit_without_prepared)) return;
    step(of(Kind::become_prepared, i, view, request),
         [i, view, request](State& t) { t.replicas[i].records[view].prepared.insert(request); });
  }

  template <class Step>
  void commit(const State& s, NodeId i, ValueId request, Step& step) const {
    const std::size_t view = s.replicas[i].view;
    const Record& record = s.replicas[i].records[view];
    if (!s.replicas[i].active_in(view) || !record.prepared.contains(request)) return;
    if (record.committed.contains(request)) return;
    if (!Messages(setting_, s).committable(view, request)) return;
    step(of(Kind::commit, i, view, request),
         [i, view, request](State& t) { t.replicas[i].records[view].committed.insert(request); });
  }

  // Section 4.4, view changes.

  /// Timers need no clock: they may fire at any time.
  template <class Step>
  void time_out(const State& s, NodeId i, Step& step) const {
    const std::size_t view = s.replicas[i].view + std::size_t{1};
    if (view >= setting_.views) return;
    step(of(Kind::time_out, i, view, ValueId::none()), [i, view](State& t) {
      t.replicas[i].view = static_cast<std::uint8_t>(view);
      t.replicas[i].records[view].view_change = true;
    });
  }

  /// The primary's own VIEW-CHANGE is among those of its proof, "sent or would have sent".
  template <class Step>
  void send_new_view(const State& s, NodeId i, std::size_t view, Step& step) const {
    if (setting_.primary(view) != i || !s.replicas[i].may_enter(view)) return;
    const Messages messages(setting_, s);
    setting_.for_each_request_or_none([&](ValueId request) {
      if (messages.support(view, request).empty()) return;
      step(of(Kind::send_new_view, i, view, request), [i, view, request](State& t) {
        t.replicas[i].records[view].view_change = true;
        t.replicas[i].records[view].carried = request;
        enter(t.replicas[i], view, request);
      });
    });
  }

  /// From a correct primary, what it sent. From a faulty one, whatever it can prove, and to each
  /// backup something else.
  template <class Step>
  void enter_new_view(const State& s, NodeId i, std::size_t view, Step& step) const {
    if (setting_.primary(view) == i || !s.replicas[i].may_enter(view)) return;
    const Messages messages(setting_, s);
    setting_.for_each_request_or_none([&](ValueId request) {
      if (!messages.new_view_sent(view, request)) return;
      step(of(Kind::enter_new_view, i, view, request),
           [i, view, request](State& t) { enter(t.replicas[i], view, request); });
    });
  }
  static void enter(Replica& replica, std::size_t view, ValueId request) {
    replica.view = static_cast<std::uint8_t>(view);
    replica.records[view].entered = true;
    if (!request.is_none()) replica.records[view].accepted.insert(request);
  }

  [[nodiscard]] static Action of(Kind kind, NodeId replica, std::size_t view, ValueId request) {
    return {kind, replica, static_cast<std::uint8_t>(view), request, {}};
  }

  Setting setting_;
};

/// `everyway check pbft`.
using Family = FamilyOf<Pbft>;

}  // namespace everyway::pbft
