#include "checker/fuzzing/campaign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include "checker/fuzzing/inbox.hpp"
#include "checker/fuzzing/totals_file.hpp"
#include "checker/search/progress.hpp"
#include "checker/trace/configuration.hpp"

namespace everyway {

namespace {

std::string text_of_subject(const FuzzSubject& subject) {
  return configuration_text(subject.model, subject.parameters, subject.mutant);
}

}  // namespace

Campaign::Campaign(FuzzSubject subject, const FuzzOptions& options, FuzzObserver observer)
    : subject_(std::move(subject)),
      options_(completed(options)),
      observer_(std::move(observer)),
      place_(options_, subject_.model, text_of_subject(subject_)),
      abstract_states_(place_.abstract_states()),
      before_(read_totals(place_.totals())),
      totals_(before_),
      store_(place_.findings(), text_of_subject(subject_), before_.findings) {
  ++totals_.sessions;
  totals_.abstract_states = abstract_states_.count();
  while (next_growth_ <= before_.seconds) next_growth_ *= 2;
}

FuzzReport Campaign::run(FuzzWorkers& workers) {
  if (before_.sessions > 0 && place_.corpus_files() > 0) {
    // The last session may have been killed.
    show(0, "merging the corpus");
    workers.minimise_corpus();
  }
  started_ = Clock::now();
  workers.start();
  for (unsigned running = options_.workers; !must_end(running);) {
    std::this_thread::sleep_for(std::chrono::milliseconds(seconds() < 1 ? 2 : 20));
    running = workers.tend();
    collect(workers);
    show(running, "");
  }
  workers.stop();
  collect(workers);
  note_growth();
  save();  // before the merge, which may take long, and during which a user may lose patience
  show(0, "merging the corpus");
  workers.minimise_corpus();
  shown_at_ = -1;
  show(0, "");
  return report();
}

FuzzReport Campaign::end_at_once(std::string why) {
  end(Stop::decided, std::move(why));
  return report();
}

bool Campaign::must_end(unsigned running) {
  if (discovered_ && !options_.keep_going) return end(Stop::violation, "");
  if (interrupt_requested()) return end(Stop::interrupted, "interrupted");
  if (out_of_time()) {
    return end(Stop::max_seconds,
               fmt::format("the limit of {} seconds was reached", options_.max_seconds));
  }
  if (running == 0) return end(Stop::max_walks, "every schedule that was asked for is tested");
  return false;
}

bool Campaign::end(Stop stop, std::string detail) {
  stop_ = stop;
  stop_detail_ = std::move(detail);
  return true;
}

bool Campaign::out_of_time() const {
  return options_.max_seconds > 0 && seconds() >= options_.max_seconds;
}

double Campaign::seconds() const {
  return std::chrono::duration<double>(Clock::now() - started_).count();
}

void Campaign::collect(FuzzWorkers& workers) {
  collect_discoveries();
  for (const TargetCrash& crash : workers.take_crashes()) {
    store_.add_crash(crash, before_.seconds + seconds());
    discovered_ = true;
  }
  note(workers);
  if (totals_.seconds >= next_growth_) note_growth();
  constexpr double between_saves = 10;
  if (seconds() - saved_at_ >= between_saves) save();
}

void Campaign::collect_discoveries() {
  std::set<std::string> told;
  for (const Discovery& discovery : empty_inbox(place_.inbox())) {
    // To make one shorter takes time: if there is none left, one for each property is enough.
    const bool hurry = !options_.keep_going || out_of_time() || interrupt_requested();
    if (hurry && !told.insert(discovery.trace.property).second) continue;
    try {
      store_.add(discovery, subject_.tell(discovery.trace), before_.seconds + seconds());
      discovered_ = true;
    } catch (const TellError& error) {
      misfit_ = error.what();
    }
  }
}

void Campaign::note(const FuzzWorkers& workers) {
  const FuzzCounts counts = workers.counts();
  totals_.executions = before_.executions + counts.executions;
  totals_.steps = before_.steps + counts.steps;
  totals_.violating = before_.violating + counts.violating;
  totals_.bounded = before_.bounded + counts.bounded;
  totals_.restarts = before_.restarts + counts.restarts;
  totals_.processor_seconds = before_.processor_seconds + counts.processor_seconds;
  totals_.seconds = before_.seconds + seconds();
  totals_.abstract_states = abstract_states_.count();
  totals_.findings = store_.findings();
}

void Campaign::note_growth() {
  totals_.growth.push_back(
      {totals_.seconds, totals_.executions, totals_.abstract_states, totals_.findings.size()});
  while (next_growth_ <= totals_.seconds) next_growth_ *= 2;
}

void Campaign::save() {
  write_totals(place_.totals(), totals_);
  saved_at_ = seconds();
}

void Campaign::show(unsigned running, const std::string& doing) {
  constexpr double between_reports = 1;
  if (!observer_) return;
  if (doing.empty() && shown_at_ >= 0 && seconds() - shown_at_ < between_reports) return;
  shown_at_ = seconds();
  observer_({seconds(), totals_.executions - before_.executions, totals_.abstract_states,
             place_.corpus_files(), totals_.findings.size(), running, doing});
}

FuzzReport Campaign::report() {
  FuzzReport report;
  report.model = subject_.model;
  report.parameters = subject_.parameters;
  report.mutant = subject_.mutant;
  report.verdict = totals_.findings.empty() ? Verdict::unknown : Verdict::violated;
  report.stop = stop_;
  report.stop_detail = stop_detail_;
  report.options = options_;
  report.before = before_;
  report.totals = totals_;
  report.states_full = abstract_states_.is_full();
  report.corpus_files = place_.corpus_files();
  if (totals_.bounded != 0) {
    report.warnings.push_back(fmt::format(
        "{} schedules were cut short, since the model had no room for a state", totals_.bounded));
  }
  if (!misfit_.empty()) {
    report.warnings.push_back("a worker reported a violation that does not replay (" + misfit_ +
                              "): is the fuzz target made from this very source?");
  }
  return report;
}

}  // namespace everyway
