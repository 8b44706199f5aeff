// PBFT message by message: what models/pbft.hpp says of whole quorums at once. Replicas have logs,
// to which one message after the other is added; faulty ones sign whatever they like, and proofs
// are looked for by trying all sets of messages.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tests/models/pbft_process.hpp"

namespace everyway::testing {

/// All states that replicas of this process can reach while these of them are faulty: bit i of
/// `faulty` is replica i. With equivocation, what a faulty replica sends is kept nowhere. Without,
/// it multicasts at most one message of each type in each view.
template <std::size_t N>
class PbftTwin {
 public:
  using Replica = PbftReplica<N>;
  using Process = PbftProcess<N>;
  using Type = PbftMessage::Type;

  /// One bit for each message that a correct replica has sent to all others.
  using Sent = std::bitset<5 * N * pbft_views*(pbft_requests + 1) * pbft_views>;
  struct World {
    std::array<Replica, N> replicas{};
    Sent sent;
  };
  static_assert(std::has_unique_object_representations_v<Replica>);

  PbftTwin(unsigned quorum, unsigned views, unsigned requests, std::uint32_t faulty,
           bool equivocation)
      : process_(quorum),
        views_(views),
        requests_(requests),
        faulty_(faulty),
        equivocation_(equivocation) {}

  /// Calls visit(world) for each, in no particular order.
  template <class Visit>
  void explore(const Visit& visit) {
    World first;
    for (unsigned i = 0; i < N; ++i) {
      if (!is_faulty(i)) first.replicas[i].logs[0].entered = true;
    }
    meet(first);
    while (!todo_.empty()) {
      const World world = todo_.back();
      todo_.pop_back();
      visit(world);
      expand(world);
    }
  }
  [[nodiscard]] std::size_t states() const { return seen_.size(); }

  /// The messages that were sent to all others.
  [[nodiscard]] static std::vector<PbftMessage> sent_messages(const World& world) {
    std::vector<PbftMessage> all;
    for (std::size_t number = 0; number < world.sent.size(); ++number) {
      if (!world.sent.test(number)) continue;
      std::size_t rest = number;
      PbftMessage m;
      m.origin = static_cast<int>(rest % pbft_views) - 1;
      rest /= pbft_views;
      m.request = static_cast<unsigned>(rest % (pbft_requests + 1));
      rest /= pbft_requests + 1;
      m.view = static_cast<unsigned>(rest % pbft_views);
      rest /= pbft_views;
      m.from = static_cast<unsigned>(rest % N);
      m.type = static_cast<Type>(rest / N);
      all.push_back(m);
    }
    return all;
  }

 private:
  void expand(const World& world) {
    std::vector<PbftMessage> available = sent_messages(world);
    for (const PbftMessage& lie : lies(world)) {
      if (equivocation_) {
        available.push_back(lie);
      } else if (!contradicts(world, lie)) {
        World after = world;
        after.sent.set(number(lie));
        meet(after);
      }
    }
    for (unsigned i = 0; i < N; ++i) {
      if (is_faulty(i)) continue;
      act(world, i);
      for (const PbftMessage& message : available) {
        step(world, i, [&](Replica& me, auto& sent) { process_.receive(me, i, message, sent); });
      }
    }
  }
  /// What replica i may do on its own.
  void act(const World& world, unsigned i) {
    const Replica& replica = world.replicas[i];
    const PbftLog& log = replica.logs[replica.view];
    if (Process::primary(replica.view) == i && log.entered && log.pre_prepare == 0) {
      for (unsigned request = 1; request <= requests_; ++request) {
        step(world, i, [&](Replica& me, auto& sent) { process_.propose(me, i, request, sent); });
      }
    }
    if (replica.view + 1U < views_) {
      step(world, i, [&](Replica& me, auto& sent) { process_.time_out(me, i, sent); });
    }
    for (unsigned view = 1; view < views_; ++view) {
      if (Process::primary(view) != i || !Process::may_enter(replica, view)) continue;
      std::vector<PbftMessage> known;
      for (unsigned from = 0; from < N; ++from) {
        const PbftClaim& claim = replica.claims[from];
        if (claim.known()) {
          known.push_back({Type::view_change, from, view, claim.request, claim.origin});
        }
      }
      const PbftClaim own = Process::certificate(replica);
      const PbftMessage mine{Type::view_change, i, view, own.request, own.origin};
      for (const unsigned carried : new_views(known, {mine})) {
        step(world, i,
             [&](Replica& me, auto& sent) { process_.send_new_view(me, i, view, carried, sent); });
      }
    }
  }

  [[nodiscard]] bool is_faulty(unsigned replica) const { return (faulty_ >> replica & 1U) != 0; }

  /// What faulty replicas can sign. A request that no client signed is taken by nobody.
  [[nodiscard]] std::vector<PbftMessage> lies(const World& world) const {
    std::vector<PbftMessage> all;
    for (unsigned view = 0; view < views_; ++view) {
      for (unsigned liar = 0; liar < N; ++liar) {
        if (is_faulty(liar)) lies_of_normal_case(view, liar, all);
      }
      if (view > 0) lies_of_view_change(world, view, all);
    }
    return all;
  }
  void lies_of_normal_case(unsigned view, unsigned liar, std::vector<PbftMessage>& all) const {
    for (unsigned request = 1; request <= requests_; ++request) {
      const bool leads = Process::primary(view) == liar;
      all.push_back({leads ? Type::pre_prepare : Type::prepare, liar, view, request});
      all.push_back({Type::commit, liar, view, request});
    }
  }
  void lies_of_view_change(const World& world, unsigned view, std::vector<PbftMessage>& all) const {
    std::vector<PbftMessage> changes;
    for (unsigned liar = 0; liar < N; ++liar) {
      if (!is_faulty(liar)) continue;
      changes.push_back({Type::view_change, liar, view});
      for (unsigned origin = 0; origin < view; ++origin) {
        for (unsigned request = 1; request <= requests_; ++request) {
          if (!can_certify(world, origin, request)) continue;
          changes.push_back({Type::view_change, liar, view, request, static_cast<int>(origin)});
        }
      }
    }
    all.insert(all.end(), changes.begin(), changes.end());
    const unsigned primary = Process::primary(view);
    if (!is_faulty(primary)) return;
    if (!equivocation_) changes.clear();
    for (const PbftMessage& message : sent_messages(world)) {
      if (message.type == Type::view_change && message.view == view) changes.push_back(message);
    }
    for (const unsigned carried : new_views(changes, {})) {
      all.push_back({Type::new_view, primary, view, carried});
    }
  }
  /// Whether the sender has already sent another message of this type in this view, or the same.
  /// NEW-VIEW holds PRE-PREPARE for what it carries over.
  [[nodiscard]] static bool contradicts(const World& world, const PbftMessage& lie) {
    for (const PbftMessage& message : sent_messages(world)) {
      if (message.from != lie.from || message.view != lie.view) continue;
      if (message.type == lie.type) return true;
      if (message.type == Type::new_view && lie.type == Type::pre_prepare && message.request != 0) {
        return true;
      }
      if (message.type == Type::pre_prepare && lie.type == Type::new_view && lie.request != 0 &&
          lie.request != message.request) {
        return true;
      }
    }
    return false;
  }
  /// Whether messages that were sent, and those of faulty replicas, make a prepared certificate.
  [[nodiscard]] bool can_certify(const World& world, unsigned view, unsigned request) const {
    const unsigned primary = Process::primary(view);
    bool proposed = equivocation_ && is_faulty(primary);
    unsigned prepares = 0;
    for (unsigned liar = 0; liar < N; ++liar) {
      prepares += equivocation_ && is_faulty(liar) && liar != primary ? 1 : 0;
    }
    for (const PbftMessage& message : sent_messages(world)) {
      if (message.view != view || message.request != request) continue;
      proposed = proposed || message.type == Type::pre_prepare;
      // A NEW-VIEW holds the PRE-PREPARE for what it carries over.
      proposed = proposed || message.type == Type::new_view;
      prepares += message.type == Type::prepare ? 1 : 0;
    }
    return proposed && prepares + 1 >= process_.quorum();
  }

  /// What a NEW-VIEW may carry over, by any choice of a quorum of these VIEW-CHANGEs, one from each
  /// sender, that has all of `fixed`.
  [[nodiscard]] std::set<unsigned> new_views(const std::vector<PbftMessage>& changes,
                                             const std::vector<PbftMessage>& fixed) const {
    std::set<unsigned> all;
    for (std::uint32_t subset = 0; subset < 1U << changes.size(); ++subset) {
      std::vector<PbftMessage> chosen = fixed;
      std::set<unsigned> senders;
      for (std::size_t i = 0; i < changes.size(); ++i) {
        if ((subset >> i & 1U) != 0) chosen.push_back(changes[i]);
      }
      int latest = -1;
      for (const PbftMessage& message : chosen) {
        senders.insert(message.from);
        latest = std::max(latest, message.origin);
      }
      if (senders.size() != chosen.size() || chosen.size() != process_.quorum()) continue;
      for (const PbftMessage& message : chosen) {
        if (message.origin == latest) all.insert(message.request);
      }
    }
    return all;
  }

  template <class Effect>
  void step(const World& world, unsigned i, const Effect& effect) {
    World after = world;
    std::vector<PbftMessage> sent;
    effect(after.replicas[i], sent);
    for (const PbftMessage& message : sent) after.sent.set(number(message));
    forget(after.replicas[i]);
    meet(after);
  }
  /// Takes out of the logs what no rule reads any more.
  static void forget(Replica& replica) {
    for (unsigned view = 0; view < pbft_views; ++view) {
      PbftLog& log = replica.logs[view];
      if (log.prepared != 0 || replica.view > view) log.prepares.fill(0);
      if (log.executed != 0 || replica.view > view) log.commits.fill(0);
    }
  }
  void meet(const World& world) {
    std::string key(sizeof(world.replicas) + sizeof(world.sent), '\0');
    std::memcpy(key.data(), &world.replicas, sizeof(world.replicas));
    std::memcpy(key.data() + sizeof(world.replicas), &world.sent, sizeof(world.sent));
    if (seen_.insert(std::move(key)).second) todo_.push_back(world);
  }

  [[nodiscard]] static std::size_t number(const PbftMessage& m) {
    std::size_t all = static_cast<std::size_t>(m.type) * N + m.from;
    all = all * pbft_views + m.view;
    all = all * (pbft_requests + 1) + m.request;
    return all * pbft_views + static_cast<std::size_t>(m.origin + 1);
  }
  Process process_;
  unsigned views_;
  unsigned requests_;
  std::uint32_t faulty_;
  bool equivocation_;
  std::unordered_set<std::string> seen_;
  std::vector<World> todo_;
};

}  // namespace everyway::testing
