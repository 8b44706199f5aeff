#pragma once

#include "checker/cluster/state.hpp"

namespace everyway::cluster {

/// Where the effects of a handler go. Effects are what the world outside memory sees, in order: a
/// crash may come between any two of them.
template <class P>
class Effects {
 public:
  Effects() = default;
  Effects(const Effects&) = delete;
  Effects& operator=(const Effects&) = delete;

  virtual void persist(ProcessState<P>& process) = 0;
  virtual void send(const Envelope<typename P::Message>& envelope) = 0;

 protected:
  ~Effects() = default;
};

/// What a process may look at when it is asked whether something may happen.
template <class P>
class View {
 public:
  View(NodeId self, std::size_t size, const ProcessState<P>& process) noexcept
      : self_(self), size_(size), process_(process) {}

  [[nodiscard]] NodeId self() const noexcept { return self_; }
  /// The number of processes of the cluster: they are n1 to n<size>.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] const typename P::Durable& durable() const noexcept { return process_.durable; }
  [[nodiscard]] const typename P::Volatile& memory() const noexcept { return process_.memory; }

 private:
  NodeId self_;
  std::size_t size_;
  const ProcessState<P>& process_;
};

/// What a handler of a process works with: its own state, and its two effects.
template <class P>
class Context {
 public:
  using Message = typename P::Message;

  Context(NodeId self, std::size_t size, ProcessState<P>& process, Effects<P>& effects) noexcept
      : self_(self), size_(size), process_(process), effects_(effects) {}

  [[nodiscard]] NodeId self() const noexcept { return self_; }
  /// The number of processes of the cluster: they are n1 to n<size>.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// The copy in memory: what is written here survives a crash only once it is persisted.
  [[nodiscard]] typename P::Durable& durable() noexcept { return process_.durable; }
  [[nodiscard]] const typename P::Durable& durable() const noexcept { return process_.durable; }
  /// What a crash takes.
  [[nodiscard]] typename P::Volatile& memory() noexcept { return process_.memory; }
  [[nodiscard]] const typename P::Volatile& memory() const noexcept { return process_.memory; }

  /// Effect: writes `durable()`, as it is now, to the disk. No effect if that is what is there.
  void persist() {
    if (!same_bytes(process_.durable, process_.disk)) effects_.persist(process_);
  }
  /// Effect: hands the message to the network. A process may send to itself.
  void send(NodeId to, const Message& message) { effects_.send(enveloped(self_, to, message)); }
  /// One `send` to each other process, in the order of nodes: as many effects.
  void send_to_others(const Message& message) {
    for_each_other([&](NodeId other) { send(other, message); });
  }
  /// Calls `visit(NodeId)` for each process but this one, in the order of nodes.
  template <class Visit>
  void for_each_other(Visit&& visit) const {
    for (std::size_t index = 0; index < size_; ++index) {
      if (index != self_.index()) visit(NodeId::at(index));
    }
  }

 private:
  NodeId self_;
  std::size_t size_;
  ProcessState<P>& process_;
  Effects<P>& effects_;
};

}  // namespace everyway::cluster
