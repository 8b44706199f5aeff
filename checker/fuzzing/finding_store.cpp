#include "checker/fuzzing/finding_store.hpp"

#include <filesystem>
#include <utility>

#include "checker/fuzzing/inbox.hpp"
#include "checker/fuzzing/seed_files.hpp"
#include "checker/fuzzing/shape.hpp"
#include "checker/trace/output_file.hpp"

namespace everyway {

namespace {

constexpr const char* trace_ending = ".trace.json";
constexpr const char* story_ending = ".story.txt";
constexpr const char* input_ending = ".schedule";

std::string story_text_of(const FuzzFinding& finding, const std::string& configuration,
                          const std::string& story, const std::string& trace_path) {
  return fmt::format(
      "{}\n\n{} is violated after {} action{}: {}\n\n{}{}Replay it with: everyway "
      "replay {}\n",
      configuration, finding.property, finding.length, finding.length == 1 ? "" : "s", finding.why,
      story, story.empty() ? "" : "\n", trace_path);
}

}  // namespace

FindingStore::FindingStore(std::string folder, std::string configuration,
                           std::vector<FuzzFinding> known)
    : folder_(std::move(folder)), configuration_(std::move(configuration)) {
  for (FuzzFinding& finding : known) {
    std::error_code ignored;
    const char* const ending = finding.is_crash() ? input_ending : trace_ending;
    if (std::filesystem::exists(path_of(finding, ending), ignored)) {
      findings_.push_back(std::move(finding));
    }
  }
}

FuzzFinding* FindingStore::known(const std::string& shape) {
  for (FuzzFinding& finding : findings_) {
    if (finding.shape == shape) return &finding;
  }
  return nullptr;
}

std::string FindingStore::path_of(const FuzzFinding& finding, const std::string& ending) const {
  return folder_ + "/" + finding.name + ending;
}

void FindingStore::write(const FuzzFinding& finding, const ToldTrace& told) const {
  const std::string trace_path = path_of(finding, trace_ending);
  OutputFile(path_of(finding, story_ending))
      .write(story_text_of(finding, configuration_, told.story, trace_path));
  OutputFile(trace_path).write(trace_text(told.trace));  // last: it is what says that it is kept
}

bool FindingStore::add(const Discovery& discovery, const ToldTrace& told, double seconds) {
  const std::string shape = shape_of(told.trace);
  if (FuzzFinding* const finding = known(shape)) {
    ++finding->times;
    if (told.trace.actions.size() < finding->length) {
      finding->length = told.trace.actions.size();
      finding->why = told.trace.why;
      write(*finding, told);
    }
    return false;
  }
  FuzzFinding finding;
  finding.name =
      file_name_of(told.trace.property) + "-" + short_hash(configuration_ + "\n" + shape);
  finding.property = told.trace.property;
  finding.why = told.trace.why;
  finding.shape = shape;
  finding.length = told.trace.actions.size();
  finding.times = 1;
  finding.earned = discovery.earned;
  finding.worker = discovery.worker;
  finding.execution = discovery.execution;
  finding.processor_seconds = discovery.processor_seconds;
  finding.seconds = seconds;
  write(finding, told);
  findings_.push_back(std::move(finding));
  return true;
}

bool FindingStore::add_crash(const TargetCrash& crash, double seconds) {
  const std::string shape = "crash " + without_numbers(crash.summary);
  if (FuzzFinding* const finding = known(shape)) {
    ++finding->times;
    return false;
  }
  FuzzFinding finding;
  finding.name = "crash-" + short_hash(configuration_ + "\n" + shape);
  finding.why = crash.summary;
  finding.shape = shape;
  finding.times = 1;
  finding.worker = crash.worker;
  finding.seconds = seconds;
  const std::string kept = path_of(finding, input_ending);
  OutputFile(path_of(finding, story_ending))
      .write(fmt::format(
          "{}\n\nThe fuzz target failed: {}\n\n{}\nMake it fail again with: {} {} {}\n",
          configuration_, crash.summary, crash.log, crash.program, kept, crash.arguments));
  std::error_code error;
  std::filesystem::copy_file(crash.input, kept, std::filesystem::copy_options::overwrite_existing,
                             error);
  if (error) throw UsageError(fmt::format("cannot write {}: {}", kept, error.message()));
  findings_.push_back(std::move(finding));
  return true;
}

}  // namespace everyway
