#include "checker/minimise/session.hpp"

#include <algorithm>

#include "checker/search/options.hpp"

namespace everyway {

namespace {

double limit_of(const MinimiseOptions& options) {
  if (options.max_seconds > 0) return options.max_seconds;
  return options.optimal || options.max_states != 0 ? 0 : usual_seconds;
}

}  // namespace

MinimiseSession::MinimiseSession(const MinimiseOptions& options, const MinimiseObserver& observer)
    : options_(options), observer_(observer), max_seconds_(limit_of(options)) {
  options_.workers = completed_workers(options_.workers);
  SearchOptions search;
  search.max_memory_bytes = options_.max_memory_bytes;
  (void)completed(search);  // refuses what cannot be met
}

double MinimiseSession::seconds() const noexcept {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

double MinimiseSession::seconds_left() const noexcept {
  return std::max(0.0, share_ * max_seconds_ - seconds());
}

void MinimiseSession::enter(MinimisePhase phase, std::size_t length) {
  progress_.phase = phase;
  progress_.length = length;
  progress_.states = 0;
  tell();
}

bool MinimiseSession::next_candidate() {
  ++progress_.candidates;
  constexpr std::uint64_t between_looks_at_the_clock = 64;
  if (progress_.candidates % between_looks_at_the_clock == 0) tell();
  return !interrupted();
}

void MinimiseSession::tell() {
  constexpr auto interval = std::chrono::milliseconds(100);
  if (!observer_ || Clock::now() - told_ < interval) return;
  told_ = Clock::now();
  progress_.seconds = seconds();
  observer_(progress_);
}

ProgressObserver MinimiseSession::search_observer() {
  if (!observer_) return {};
  return [this](const Progress& progress) {
    MinimiseProgress now = progress_;
    now.states = progress.distinct;
    now.seconds = seconds();
    observer_(now);
  };
}

}  // namespace everyway
