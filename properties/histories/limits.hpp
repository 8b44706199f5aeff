#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace everyway::histories {

/// How long to go on.
struct Limits {
  double max_seconds = 0;                          ///< 0 for no limit
  std::size_t max_bytes = std::size_t{1} << 30;    ///< of what a search remembers
  std::function<bool()> is_interrupted = nullptr;  ///< asked now and then; may be empty
};

/// The limits while they run.
class Budget {
 public:
  explicit Budget(Limits limits)
      : limits_(std::move(limits)), began_(std::chrono::steady_clock::now()) {}

  /// Whether to stop now, with `bytes` in use. Cheap enough to be asked at every step.
  [[nodiscard]] bool is_spent(std::size_t bytes) {
    if (bytes > limits_.max_bytes) stop(std::to_string(limits_.max_bytes >> 20) + " MiB are full");
    if ((++asked_ & 255U) == 0) look_at_the_clock();
    return !why_.empty();
  }
  /// The same for steps that take long.
  [[nodiscard]] bool is_spent() {
    look_at_the_clock();
    return !why_.empty();
  }

  /// Why it is spent; empty as long as it is not.
  [[nodiscard]] const std::string& why() const noexcept { return why_; }
  [[nodiscard]] std::size_t max_bytes() const noexcept { return limits_.max_bytes; }

 private:
  void stop(std::string why) {
    if (why_.empty()) why_ = std::move(why);
  }
  void look_at_the_clock() {
    if (limits_.is_interrupted && limits_.is_interrupted()) stop("interrupted");
    if (limits_.max_seconds <= 0) return;
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
    if (passed.count() >= limits_.max_seconds) stop("the time is up");
  }

  Limits limits_;
  std::chrono::steady_clock::time_point began_;
  std::uint64_t asked_ = 0;
  std::string why_;
};

}  // namespace everyway::histories
