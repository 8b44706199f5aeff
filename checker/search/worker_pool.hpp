#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace everyway {

/// Threads that live as long as the search and do one job at a time together. The caller is worker
/// 0.
class WorkerPool {
 public:
  /// `workers` >= 1; starts one thread fewer than that.
  explicit WorkerPool(unsigned workers);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  [[nodiscard]] unsigned size() const noexcept {
    return static_cast<unsigned>(threads_.size()) + 1;
  }
  /// Calls job(worker) on every worker and returns when all are done. `job` does not throw.
  void run(const std::function<void(unsigned)>& job);

 private:
  void serve(unsigned worker);

  std::mutex mutex_;
  std::condition_variable started_;
  std::condition_variable finished_;
  const std::function<void(unsigned)>* job_ = nullptr;
  std::uint64_t round_ = 0;
  unsigned busy_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

/// Where workers meet when something must happen while none of them runs: the last to arrive does
/// it.
class MeetingPoint {
 public:
  /// Before a round, by one thread: `workers` will take part.
  void open(unsigned workers);
  /// Waits until every worker that has not left is here; one of them then calls `act`, once.
  void meet(const std::function<void()>& act);
  /// This worker takes no further part in the round.
  void leave();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  unsigned present_ = 0;
  unsigned waiting_ = 0;
  std::uint64_t meeting_ = 0;
};

}  // namespace everyway
