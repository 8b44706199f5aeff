#pragma once

#include <string>
#include <vector>

#include "checker/fuzzing/discovery.hpp"
#include "checker/fuzzing/fuzz_report.hpp"

namespace everyway {

/// A violation ready to be kept: its run, as short as could be made, and that run in words.
struct ToldTrace {
  TraceFile trace;
  std::string story;
};

/// How a target failed.
struct TargetCrash {
  std::string input;      ///< the file with the schedule that it failed on
  std::string summary;    ///< one line: the assertion, or what the sanitizer saw
  std::string log;        ///< the last lines that it wrote
  std::string program;    ///< the target
  std::string arguments;  ///< what it is told behind the input
  unsigned worker = 0;
};

/// The findings of a campaign in a folder. For each: `<name>.trace.json`, which `everyway replay`
/// takes, and `<name>.story.txt`, the same in words with the command that replays it. Findings with
/// the same violated property and the same shape are one; the shortest run is the one that is kept.
/// A crash of the target is kept as `<name>.schedule` and `<name>.story.txt`.
///
/// Files appear whole or not at all. Several campaigns may share a folder.
class FindingStore {
 public:
  /// `configuration` (as `configuration_text` makes it) becomes part of names and shapes.
  /// `known`: of earlier sessions; those whose files are gone are forgotten.
  FindingStore(std::string folder, std::string configuration, std::vector<FuzzFinding> known);

  /// Keeps a discovery, told, if it is a new finding or a shorter run of one. `seconds`: since the
  /// campaign began. Returns whether it is new. Throws `UsageError` if a file cannot be written.
  bool add(const Discovery& discovery, const ToldTrace& told, double seconds);
  bool add_crash(const TargetCrash& crash, double seconds);

  [[nodiscard]] const std::vector<FuzzFinding>& findings() const noexcept { return findings_; }

 private:
  FuzzFinding* known(const std::string& shape);
  [[nodiscard]] std::string path_of(const FuzzFinding& finding, const std::string& ending) const;
  void write(const FuzzFinding& finding, const ToldTrace& told) const;

  std::string folder_;
  std::string configuration_;
  std::vector<FuzzFinding> findings_;
};

}  // namespace everyway
