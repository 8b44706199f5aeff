#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "checker/cluster/context.hpp"

namespace everyway::cluster::detail {

/// Lets the first `limit` effects happen in a state and, of the sends that follow, one to each
/// process of `sent`; nothing else.
template <class P, Network N>
class ApplyEffects final : public Effects<P> {
 public:
  static constexpr unsigned unlimited = std::numeric_limits<unsigned>::max();

  explicit ApplyEffects(ClusterState<P, N>& state, unsigned limit = unlimited,
                        NodeSet<P::capacity> sent = {}) noexcept
      : state_(state), left_(limit), sent_(sent) {}

  void persist(ProcessState<P>& process) override {
    if (use_one()) process.disk = process.durable;
  }
  void send(const Envelope<typename P::Message>& envelope) override {
    if (!use_one()) {
      if (!sent_.contains(envelope.to)) return;
      sent_.erase(envelope.to);
    }
    if (!state_.cut_off(envelope.from, envelope.to)) state_.network.send(envelope);
  }

 private:
  bool use_one() noexcept {
    if (left_ == 0) return false;
    --left_;
    return true;
  }

  ClusterState<P, N>& state_;
  unsigned left_;
  NodeSet<P::capacity> sent_;
};

/// Learns where a crash may cut the effects of a handler short, on a copy of the process; nothing
/// is sent. Sends to different processes, one right after the other, are a run: nothing orders
/// them in the world outside, so a crash may leave any of them done and any of them not.
template <class P>
class CrashPoints final : public Effects<P> {
 public:
  using Group = NodeSet<P::capacity>;

  void persist(ProcessState<P>& process) override {
    process.disk = process.durable;
    begin_run();
    ++effects_;
  }
  void send(const Envelope<typename P::Message>& envelope) override {
    const std::uint64_t to = std::uint64_t{1} << envelope.to.index();
    const bool goes_on =
        count_ != 0 && runs_[count_ - 1].to != 0 && (runs_[count_ - 1].to & to) == 0;
    if (!goes_on) begin_run();
    runs_[count_ - 1].to |= to;
    ++effects_;
  }

  /// Calls visit(effects, sent) for each way to crash before the last effect: the first `effects`
  /// happen, and of the run that follows, the sends to `sent`.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (unsigned i = 0; i < count_; ++i) {
      const std::uint64_t all = runs_[i].to;
      visit(runs_[i].before, Group{});
      // The subsets that are neither empty nor all, in the order of their bits.
      for (std::uint64_t some = (0 - all) & all; some != all && all != 0;
           some = (some - all) & all) {
        visit(runs_[i].before, Group::of_bits(some));
      }
    }
  }

 private:
  /// A persist (to = 0), or sends to the processes whose bits `to` has. Nothing is initialised that
  /// is not used: this object is made for every event.
  struct Run {
    std::uint64_t to;
    unsigned before;  // effects before it
  };
  void begin_run() {
    if (count_ == most_runs) throw_capacity_exceeded("list of a handler's effects", most_runs);
    runs_[count_++] = {0, effects_};
  }

  static constexpr unsigned most_runs = 64;
  std::array<Run, most_runs> runs_;
  unsigned count_ = 0;
  unsigned effects_ = 0;
};

/// Notes effects, in order, on a copy of the process; nothing is sent. A persist is noted as no
/// envelope.
template <class P>
class RecordEffects final : public Effects<P> {
 public:
  using Recorded = std::optional<Envelope<typename P::Message>>;

  [[nodiscard]] const std::vector<Recorded>& recorded() const noexcept { return recorded_; }

  void persist(ProcessState<P>& process) override {
    process.disk = process.durable;
    recorded_.push_back(std::nullopt);
  }
  void send(const Envelope<typename P::Message>& envelope) override {
    recorded_.push_back(envelope);
  }

 private:
  std::vector<Recorded> recorded_;
};

}  // namespace everyway::cluster::detail
