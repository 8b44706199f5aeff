#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "checker/cluster/context.hpp"

namespace everyway::cluster::detail {

/// Lets the first `limit` effects happen in a state, and nothing of what follows.
template <class P, Network N>
class ApplyEffects final : public Effects<P> {
 public:
  static constexpr unsigned unlimited = std::numeric_limits<unsigned>::max();

  explicit ApplyEffects(ClusterState<P, N>& state, unsigned limit = unlimited) noexcept
      : state_(state), left_(limit) {}

  void persist(ProcessState<P>& process) override {
    if (use_one()) process.disk = process.durable;
  }
  void send(const Envelope<typename P::Message>& envelope) override {
    if (use_one() && !state_.cut_off(envelope.from, envelope.to)) state_.network.send(envelope);
  }

 private:
  bool use_one() noexcept {
    if (left_ == 0) return false;
    --left_;
    return true;
  }

  ClusterState<P, N>& state_;
  unsigned left_;
};

/// Counts effects, on a copy of the process; nothing is sent.
template <class P>
class CountEffects final : public Effects<P> {
 public:
  [[nodiscard]] unsigned count() const noexcept { return count_; }

  void persist(ProcessState<P>& process) override {
    process.disk = process.durable;
    ++count_;
  }
  void send(const Envelope<typename P::Message>&) override { ++count_; }

 private:
  unsigned count_ = 0;
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
