// Which messages of PBFT a replica can have received: those that correct replicas have sent, and
// whatever the faulty ones are able to sign. Certificates quote only messages that were really sent
// or that a faulty replica signs, since nobody can forge the signature of another. Faulty replicas
// know every message and sign for each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "models/mutants/pbft.hpp"
#include "models/pbft_state.hpp"

namespace everyway::pbft {

/// What faulty replicas do.
enum class Fault : std::uint8_t {
  silent,      ///< they send nothing
  lies,        ///< they send whatever they can sign, though of each kind, in each view, only one
               ///< message, which is the same for everybody
  equivocates  ///< they send whatever they can sign, to everybody something else
};

/// The sizes of a system, and its mistake.
struct Setting {
  std::size_t replicas = 4;
  std::size_t faulty = 1;
  std::size_t quorum = 3;  ///< how many replicas answer for a certificate: 2f + 1 of 3f + 1
  std::size_t views = 2;
  std::size_t requests = 2;
  Fault fault = Fault::equivocates;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }
  [[nodiscard]] NodeId primary(std::size_t view) const noexcept {
    return NodeId::at(view % replicas);
  }
  /// Visits the requests that can be taken: those of clients, and a forged one if nobody checks the
  /// client's signature.
  template <class Visit>
  void for_each_request(const Visit& visit) const {
    for (std::size_t index = 0; index < requests; ++index) visit(ValueId::at(index));
    if (has(Mutation::unsigned_requests)) visit(forged);
  }
  template <class Visit>
  void for_each_request_or_none(const Visit& visit) const {
    visit(ValueId::none());
    for_each_request(visit);
  }
  /// How many replicas must have sent PREPARE, or PRE-PREPARE as the primary.
  [[nodiscard]] std::size_t prepare_quorum() const noexcept {
    return quorum - (has(Mutation::small_prepare_quorum) ? 1 : 0);
  }
  [[nodiscard]] std::size_t commit_quorum() const noexcept {
    return quorum - (has(Mutation::small_commit_quorum) ? 1 : 0);
  }
  [[nodiscard]] std::size_t view_change_quorum() const noexcept {
    return quorum - (has(Mutation::small_view_change_quorum) ? 1 : 0);
  }
};

/// What has been sent in a state.
class Messages {
 public:
  Messages(const Setting& setting, const State& state) : setting_(setting), state_(state) {}

  [[nodiscard]] bool is_correct(NodeId replica) const noexcept {
    return !state_.faulty.contains(replica);
  }
  /// Whether the replica is faulty, and sends to each whatever it likes: nothing is on record about
  /// it. The records of one that tells everybody the same are those of its messages.
  [[nodiscard]] bool equivocates(NodeId replica) const noexcept {
    return !is_correct(replica) && setting_.fault == Fault::equivocates;
  }

  /// Whether the primary of this view may have sent PRE-PREPARE for this request to somebody.
  [[nodiscard]] bool proposed(std::size_t view, ValueId request) const {
    const NodeId primary = setting_.primary(view);
    return equivocates(primary) || record(primary, view).accepted.contains(request);
  }

  /// Who may have sent PREPARE for this request, or PRE-PREPARE as the primary.
  [[nodiscard]] ReplicaSet preparing(std::size_t view, ValueId request) const {
    return senders([&](NodeId replica) {
      return equivocates(replica) || record(replica, view).accepted.contains(request);
    });
  }
  /// Whether there can be a prepared certificate: PRE-PREPARE and 2f PREPAREs of different backups.
  [[nodiscard]] bool certified(std::size_t view, ValueId request) const {
    return proposed(view, request) && preparing(view, request).size() >= setting_.prepare_quorum();
  }

  /// Whether a faulty replica has a certificate to show, of messages that it received or signed.
  [[nodiscard]] bool can_show(std::size_t view, ValueId request) const {
    return certified(view, request) || setting_.has(Mutation::unchecked_certificates);
  }

  /// Who may have sent COMMIT for this request.
  [[nodiscard]] ReplicaSet committing(std::size_t view, ValueId request) const {
    return senders([&](NodeId replica) {
      return equivocates(replica) || record(replica, view).prepared.contains(request);
    });
  }
  [[nodiscard]] bool committable(std::size_t view, ValueId request) const {
    return committing(view, request).size() >= setting_.commit_quorum();
  }

  /// The latest view below `view` in which a correct replica was prepared, as its VIEW-CHANGE tells
  /// with the certificate; nothing if it never was.
  [[nodiscard]] std::optional<std::size_t> last_prepared(NodeId replica, std::size_t view) const {
    // Without a phase of its own for PREPARE, nobody holds certificates.
    if (setting_.has(Mutation::commit_without_prepared)) return std::nullopt;
    while (view-- > 0) {
      if (!record(replica, view).prepared.empty()) return view;
    }
    return std::nullopt;
  }

  /// Who may have sent a VIEW-CHANGE for `view` that tells of no certificate from `bound` on. The
  /// new primary counts as having asked for its view.
  [[nodiscard]] ReplicaSet asking(std::size_t view, std::size_t bound) const {
    return senders([&](NodeId replica) {
      if (equivocates(replica)) return true;
      if (!is_correct(replica)) {
        const Record& said = record(replica, view);
        return said.view_change && said.claim.view_after <= bound;
      }
      const bool asked = record(replica, view).view_change || replica == setting_.primary(view);
      const auto prepared = last_prepared(replica, view);
      return asked && (!prepared || *prepared < bound);
    });
  }

  /// Whether the primary of this view may have sent this NEW-VIEW to somebody, and whoever checks
  /// its proof takes it. A correct primary, and one that tells everybody the same, has it on
  /// record.
  [[nodiscard]] bool new_view_sent(std::size_t view, ValueId request) const {
    const NodeId primary = setting_.primary(view);
    if (equivocates(primary)) return can_prove(view, request);
    return record(primary, view).entered && record(primary, view).carried == request;
  }
  /// Whether a faulty primary finds VIEW-CHANGEs that make this NEW-VIEW.
  [[nodiscard]] bool can_prove(std::size_t view, ValueId request) const {
    return setting_.has(Mutation::unchecked_new_view) || !support(view, request).empty();
  }

  /// Of some VIEW-CHANGEs for `view`, whose set the NEW-VIEW proves: who may have sent them if what
  /// they make the NEW-VIEW carry over is `request`, prepared in `origin`, or nothing. Empty if no
  /// such set is large enough.
  [[nodiscard]] ReplicaSet support(std::size_t view, std::size_t origin, ValueId request) const {
    const bool any = setting_.has(Mutation::take_any_certificate) && !request.is_none();
    const ReplicaSet askers = asking(view, any ? view : request.is_none() ? 0 : origin + 1);
    const NodeId primary = setting_.primary(view);
    const bool proved = request.is_none() || told(askers, origin, request, view);
    const bool enough = askers.size() >= setting_.view_change_quorum();
    if (!proved || !enough || (is_correct(primary) && !askers.contains(primary))) return {};
    return askers;
  }

  /// The VIEW-CHANGEs that let the NEW-VIEW for `view` carry over `request`, or nothing.
  [[nodiscard]] ReplicaSet support(std::size_t view, ValueId request) const {
    if (setting_.has(Mutation::ignore_prepared_certificates)) {
      const ReplicaSet askers = asking(view, view);
      const bool enough = askers.size() >= setting_.view_change_quorum();
      return request.is_none() && enough ? askers : ReplicaSet{};
    }
    if (request.is_none()) return support(view, 0, request);
    for (std::size_t origin = view; origin-- > 0;) {
      const ReplicaSet askers = support(view, origin, request);
      if (!askers.empty()) return askers;
    }
    return {};
  }

  [[nodiscard]] const Record& record(NodeId replica, std::size_t view) const {
    return state_.replicas[replica].records[view];
  }

 private:
  template <class Predicate>
  [[nodiscard]] ReplicaSet senders(Predicate sends) const {
    ReplicaSet all;
    for (std::size_t index = 0; index < setting_.replicas; ++index) {
      if (sends(NodeId::at(index))) all.insert(NodeId::at(index));
    }
    return all;
  }

  /// Whether one of these replicas can show a certificate of the view `origin` for `request`.
  [[nodiscard]] bool told(ReplicaSet askers, std::size_t origin, ValueId request,
                          std::size_t view) const {
    bool found = false;
    askers.for_each([&](NodeId replica) {
      if (equivocates(replica)) {
        found = found || can_show(origin, request);
      } else if (!is_correct(replica)) {
        const Claim& claim = record(replica, view).claim;
        found = found || (claim.view_after == origin + 1 && claim.request == request);
      } else {
        found = found || (last_prepared(replica, view) == origin &&
                          record(replica, origin).prepared.contains(request));
      }
    });
    return found;
  }

  const Setting& setting_;
  const State& state_;
};

}  // namespace everyway::pbft
