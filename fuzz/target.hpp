#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "checker/catalogue/family_options.hpp"
#include "checker/catalogue/target_arguments.hpp"
#include "checker/fuzzing/abstract_states.hpp"
#include "checker/fuzzing/shared_run.hpp"
#include "checker/fuzzing/worker_log.hpp"
#include "checker/schedule/follow.hpp"
#include "checker/schedule/mutate.hpp"
#include "checker/schedule/tester.hpp"
#include "fuzz/feedback.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace everyway {

/// What libFuzzer asks of a target, without the types of the model.
class FuzzTarget {
 public:
  using Bytes = std::span<const std::uint8_t>;

  virtual ~FuzzTarget() = default;
  virtual void test(Bytes bytes) = 0;
  virtual std::vector<std::uint8_t> mutate(Bytes bytes, unsigned seed) = 0;
  virtual std::vector<std::uint8_t> cross_over(Bytes left, Bytes right, unsigned seed) = 0;
};

/// Tests schedules of one model. The bytes of libFuzzer are a schedule's encoded form.
template <Model M>
class FuzzTargetOf final : public FuzzTarget {
 public:
  FuzzTargetOf(M model, TraceFile heading, const TargetArguments& arguments)
      : model_(std::move(model)),
        heading_(std::move(heading)),
        feedback_(arguments.feedback),
        fails_(arguments.fails),
        tester_(model_, {arguments.depth, arguments.properties, arguments.check_deadlock}),
        under_way_(arguments.under_way.empty()
                       ? nullptr
                       : std::make_unique<SharedRun>(arguments.under_way, arguments.depth)),
        mutator_(model_, arguments.depth, ScheduleMutator<M>::walks_first,
                 under_way_ ? &under_way_->get() : nullptr) {
    if (!arguments.abstract_states.empty()) abstract_states_.emplace(arguments.abstract_states);
    if (arguments.inbox.empty()) return;
    figures_.emplace(arguments.figures);
    log_.emplace(figures_->get(), heading_, arguments.inbox, arguments.worker,
                 CLOCK_PROCESS_CPUTIME_ID);
  }

  void test(Bytes bytes) override {
    // What libFuzzer begins with, whatever the corpus has: no schedule at all.
    if (bytes.empty()) return;
    const Schedule schedule = decode(bytes);
    ScheduleFollower<M> follower(schedule);
    const auto& outcome = tester_.run(
        follower, [this](const StateOf<M>& state) { pass(abstract_hash(model_, state)); });
    const bool new_code = feedback_ != Feedback::protocol && code_.end_run();
    if (feedback_ == Feedback::protocol) CodeFeedback::forget_run();
    if (log_) {
      log_->add(outcome, lineage_.earned());
    } else if (outcome.violation && fails_) {
      fail(outcome);
    }
    lineage_.tested(bytes, protocol_.end_run(), new_code);
    last_abstract_ = 0;
  }

  std::vector<std::uint8_t> mutate(Bytes bytes, unsigned seed) override {
    lineage_.descend_from(bytes);
    RandomChooser chooser(seed, 1);
    const std::uint64_t walks = walks_made_anew();
    const Schedule mutated = mutator_.mutate(decode(bytes), chooser);
    if (walks_made_anew() != walks) lineage_.begin_anew();
    return encode(mutated);
  }

  std::vector<std::uint8_t> cross_over(Bytes left, Bytes right, unsigned seed) override {
    // libFuzzer joins as often as it changes, which is more often than pays.
    constexpr unsigned seldom = 4;
    if (seed / 65536 % seldom != 0) return mutate(left, seed);
    lineage_.descend_from(left);
    RandomChooser chooser(seed, 2);
    return encode(mutator_.cross_over(decode(left), decode(right), chooser));
  }

 private:
  [[nodiscard]] std::uint64_t walks_made_anew() const {
    return mutator_.counts()[static_cast<std::size_t>(ScheduleEdit::anew)];
  }

  void pass(std::uint64_t hash) {
    // Runs stay in a situation for some steps: once is enough.
    if (hash == last_abstract_) return;
    last_abstract_ = hash;
    if (feedback_ != Feedback::code) protocol_.add(hash);
    if (abstract_states_) abstract_states_->insert(hash);
  }

  /// Without a campaign around it, a target ends at a violation, as fuzz targets do.
  [[noreturn]] void fail(const TestOutcome<M>& outcome) const {
    const TraceFile trace = trace_of_violation(heading_, outcome);
    std::fprintf(stderr, "%s is violated after %zu actions: %s\n%s", trace.property.c_str(),
                 trace.actions.size(), trace.why.c_str(), trace_text(trace).c_str());
    std::abort();
  }

  M model_;
  TraceFile heading_;
  Feedback feedback_;
  bool fails_;
  ScheduleTester<M> tester_;
  std::unique_ptr<SharedRun> under_way_;
  ScheduleMutator<M> mutator_;
  ProtocolFeedback protocol_;
  CodeFeedback code_;
  Lineage lineage_;
  std::uint64_t last_abstract_ = 0;
  std::optional<AbstractStates> abstract_states_;
  std::optional<SharedFigures> figures_;
  std::optional<WorkerLog> log_;
};

/// The target for a family of models, as the program's arguments behind -ignore_remaining_args=1
/// have it. Throws `UsageError`.
template <ModelFamily F>
[[nodiscard]] std::unique_ptr<FuzzTarget> make_fuzz_target(std::span<char* const> words) {
  std::vector<std::string> behind;
  bool is_behind = false;
  for (const char* const word : words) {
    if (is_behind) behind.emplace_back(word);
    is_behind |= std::string_view(word) == "-ignore_remaining_args=1";
  }
  TargetArguments arguments = parse_target_arguments(parameters_of<F>(), behind);
  if (!arguments.mutant.empty()) arguments.mutant = find_mutant(F::mutants(), arguments.mutant);
  const typename F::Options options = options_from<F>(arguments.parameters);
  const TraceFile heading =
      heading_of_trace(std::string(F::name), values_of<F>(options), arguments.mutant);
  return F::with_model(options, arguments.mutant, [&](const auto& model) {
    using M = std::remove_cvref_t<decltype(model)>;
    return std::unique_ptr<FuzzTarget>(
        std::make_unique<FuzzTargetOf<M>>(model, heading, arguments));
  });
}

/// The same; a wrong argument ends the program with status 2 and one line.
template <ModelFamily F>
[[nodiscard]] std::unique_ptr<FuzzTarget> fuzz_target_or_exit(int count, char* const* words) {
  try {
    return make_fuzz_target<F>({words, static_cast<std::size_t>(count)});
  } catch (const UsageError& error) {
    std::fprintf(stderr, "%s: %s\n", *words, error.what());
    std::exit(2);
  }
}

/// Copies as many bytes as fit. Returns how many that are.
inline std::size_t put_bytes(const std::vector<std::uint8_t>& bytes, std::uint8_t* data,
                             std::size_t max_size) {
  const std::size_t size = std::min(bytes.size(), max_size);
  std::copy_n(bytes.begin(), size, data);
  return size;
}

/// Changes the schedule that `data` holds. Returns the bytes of the new one.
inline std::size_t mutate_in_place(FuzzTarget& target, std::uint8_t* data, std::size_t size,
                                   std::size_t max_size, unsigned seed) {
  // Changes of bytes come to schedules that no change of actions makes.
  constexpr unsigned seldom = 32;
  const std::vector<std::uint8_t> mutated = target.mutate({data, size}, seed);
  if (seed % seldom == 0) return LLVMFuzzerMutate(data, size, max_size);
  return put_bytes(mutated, data, max_size);
}

}  // namespace everyway
