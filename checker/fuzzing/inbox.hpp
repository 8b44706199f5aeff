#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/fuzzing/discovery.hpp"

namespace everyway {

/// Where the workers of a campaign, threads or processes, leave what they find: a folder, one file
/// for each discovery. It appears whole or not at all, and outlives a worker that dies.
class InboxWriter {
 public:
  /// For worker `worker` (from 1); the folder must exist.
  InboxWriter(std::string folder, unsigned worker) : folder_(std::move(folder)), worker_(worker) {}

  /// Whether one more violation of `property`, for this reason, is worth leaving: the first four
  /// are, then ever fewer - those whose number is a power of two. Reasons that differ in their
  /// numbers only are the same. Counts it.
  [[nodiscard]] bool wants(const std::string& property, std::string_view why);
  /// Leaves a discovery. Throws `UsageError` if it cannot be written.
  void put(const Discovery& discovery);

 private:
  std::string folder_;
  unsigned worker_;
  std::uint64_t left_ = 0;
  std::map<std::pair<std::string, std::string>, std::uint64_t> met_;
};

/// Takes everything out of an inbox, in the order of executions. Files that
/// are still being written stay; one that is not understood is dropped.
[[nodiscard]] std::vector<Discovery> empty_inbox(const std::string& folder);

/// `text` without its digits: two violations for the same reason read the same.
[[nodiscard]] std::string without_numbers(std::string_view text);

}  // namespace everyway
