#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "checker/fuzzing/mapped_file.hpp"

namespace everyway {

/// What one worker of a campaign has done so far: written by that worker alone, read by all.
struct WorkerFigures {
  std::atomic<std::uint64_t> executions{0};  ///< schedules tested
  std::atomic<std::uint64_t> steps{0};       ///< actions taken on them
  std::atomic<std::uint64_t> violating{0};   ///< schedules that violated a property
  std::atomic<std::uint64_t> bounded{0};     ///< schedules cut short, since the model had no room
  std::atomic<std::uint64_t> code{0};        ///< code edges covered in this process
  std::atomic<std::uint64_t> processor_nanoseconds{0};

  /// For the one who writes it.
  static void add(std::atomic<std::uint64_t>& figure, std::uint64_t count) noexcept {
    figure.store(figure.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
  }
};

/// The figures of a worker that may be a process: in a file that the campaign reads.
class SharedFigures {
 public:
  /// Opens the figures kept at `path`, or begins with zeros. Throws `UsageError`.
  explicit SharedFigures(const std::string& path) : file_(path, sizeof(WorkerFigures)) {}

  [[nodiscard]] WorkerFigures& get() const noexcept {
    return *reinterpret_cast<WorkerFigures*>(file_.data());
  }

 private:
  MappedFile file_;
};

}  // namespace everyway
