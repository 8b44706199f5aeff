#pragma once

#include <cstdint>
#include <string>

#include "checker/fuzzing/mapped_file.hpp"
#include "checker/schedule/run_under_way.hpp"

namespace everyway {

/// The run that a worker is making, in a file that the campaign reads if the worker dies of it.
class SharedRun {
 public:
  /// For runs of at most `depth` actions. Opens the file, or begins one. Throws `UsageError`.
  SharedRun(const std::string& path, std::uint64_t depth)
      : file_(path, RunUnderWay::bytes_for(depth)),
        run_({file_.data(), RunUnderWay::bytes_for(depth)}) {}

  [[nodiscard]] RunUnderWay& get() noexcept { return run_; }

 private:
  MappedFile file_;
  RunUnderWay run_;
};

}  // namespace everyway
