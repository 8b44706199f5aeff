#include "checker/fuzzing/fuzz_options.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"
#include "checker/search/options.hpp"

namespace everyway {

namespace {

bool is_program(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

/// The folders that may hold fuzz targets, those to be preferred first.
std::vector<std::filesystem::path> folders_of_targets() {
  std::vector<std::filesystem::path> folders;
  if (const char* const given = std::getenv("EVERYWAY_FUZZ_TARGETS")) {
    const std::string text = given;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find(':', at), text.size());
      if (end != at) folders.emplace_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
  std::error_code error;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  if (error) return folders;
  folders.push_back(here);
  folders.push_back(here / "fuzz_targets");  // of a project that says nothing of folders
  // build/release/bin/everyway, and build/fuzz-fast/bin/fuzz_raft
  std::vector<std::filesystem::path> builds;
  for (const auto& build :
       std::filesystem::directory_iterator(here.parent_path().parent_path(), error)) {
    if (build.path().filename().string().starts_with("fuzz")) {
      builds.push_back(build.path() / "bin");
    }
  }
  std::sort(builds.rbegin(), builds.rend());  // fuzz-fast before fuzz
  folders.insert(folders.end(), builds.begin(), builds.end());
  return folders;
}

}  // namespace

FuzzOptions completed(FuzzOptions options) {
  constexpr std::uint64_t most_actions = 10'000;
  options.workers = completed_workers(options.workers);
  if (options.depth == 0 || options.depth > most_actions) {
    throw UsageError(fmt::format("schedules of {} actions: give a depth from 1 to {}",
                                 options.depth, most_actions));
  }
  if (options.corpus.empty() || options.findings.empty()) {
    throw UsageError("a campaign needs a folder for its corpus and one for its findings");
  }
  if (options.max_executions != 0 && options.max_executions < options.workers) {
    options.workers = static_cast<unsigned>(options.max_executions);
  }
  return options;
}

std::string find_fuzz_target(const std::string& model, const std::string& wanted) {
  if (!wanted.empty()) {
    if (is_program(wanted)) return wanted;
    throw UsageError(fmt::format("--target {}: not a program", in_quotes(wanted)));
  }
  const std::string name = "fuzz_" + model;
  for (const auto& folder : folders_of_targets()) {
    if (is_program(folder / name)) return (folder / name).string();
  }
  throw UsageError(fmt::format(
      "there is no fuzz target {}: --strategy libfuzzer needs one, made by clang (./everyway fuzz "
      "makes it; --target FILE names one); --strategy random, swarm, pct and pos do without",
      name));
}

}  // namespace everyway
