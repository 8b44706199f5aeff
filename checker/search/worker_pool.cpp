#include "checker/search/worker_pool.hpp"

namespace everyway {

WorkerPool::WorkerPool(unsigned workers) {
  threads_.reserve(workers - 1);
  for (unsigned worker = 1; worker < workers; ++worker) {
    threads_.emplace_back([this, worker] { serve(worker); });
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  started_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::run(const std::function<void(unsigned)>& job) {
  {
    const std::lock_guard lock(mutex_);
    job_ = &job;
    busy_ = static_cast<unsigned>(threads_.size());
    ++round_;
  }
  started_.notify_all();
  job(0);
  std::unique_lock lock(mutex_);
  finished_.wait(lock, [this] { return busy_ == 0; });
}

void WorkerPool::serve(unsigned worker) {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    started_.wait(lock, [&] { return closing_ || round_ != seen; });
    if (closing_) return;
    seen = round_;
    const auto* job = job_;
    lock.unlock();
    (*job)(worker);
    lock.lock();
    if (--busy_ == 0) finished_.notify_one();
  }
}

void MeetingPoint::open(unsigned workers) {
  const std::lock_guard lock(mutex_);
  present_ = workers;
  waiting_ = 0;
}

void MeetingPoint::meet(const std::function<void()>& act) {
  std::unique_lock lock(mutex_);
  const std::uint64_t mine = meeting_;
  ++waiting_;
  // Whoever finds everybody here acts: the last to arrive, or one that waits while the last leaves.
  while (meeting_ == mine && waiting_ != present_) changed_.wait(lock);
  if (meeting_ != mine) return;
  act();
  ++meeting_;
  waiting_ = 0;
  changed_.notify_all();
}

void MeetingPoint::leave() {
  const std::lock_guard lock(mutex_);
  --present_;
  changed_.notify_all();
}

}  // namespace everyway
