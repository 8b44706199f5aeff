#pragma once

#include <string>
#include <vector>

#include "checker/schedule/schedule.hpp"

namespace everyway {

/// A schedule to begin a corpus with.
struct SeedSchedule {
  std::string name;  ///< what it is there for, such as "deliver" or "A leader is elected"
  Schedule schedule;
};

/// Writes each seed to a file of its own in the folder: seed-deliver, seed-a-leader-is-elected.
/// Throws `UsageError`.
void write_seeds(const std::string& folder, const std::vector<SeedSchedule>& seeds);

/// "Election Safety" -> "election-safety", as the names of files have it.
[[nodiscard]] std::string file_name_of(std::string_view name);

}  // namespace everyway
