#include "checker/search/ticker.hpp"

namespace everyway {

Ticker::Ticker(std::chrono::milliseconds interval, std::function<void()> tick)
    : thread_([this, interval, tick = std::move(tick)] { run(interval, tick); }) {}

Ticker::~Ticker() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  closed_.notify_all();
  thread_.join();
}

void Ticker::run(std::chrono::milliseconds interval, const std::function<void()>& tick) {
  std::unique_lock lock(mutex_);
  while (!closed_.wait_for(lock, interval, [this] { return closing_; })) tick();
}

}  // namespace everyway
