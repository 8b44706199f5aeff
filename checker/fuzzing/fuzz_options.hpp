#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace everyway {

/// Who decides the schedules of a campaign.
enum class FuzzStrategy : std::uint8_t {
  libfuzzer,  ///< mutates schedules that reached something new; needs a fuzz target, made by clang
  random,     ///< every enabled action is as likely as any other
  swarm,      ///< each schedule draws which faults it has, and how often it takes what (Groce 2012)
  pct,        ///< random priorities that change at a few random points (Burckhardt et al. 2010)
  pos,        ///< partial-order sampling (Yuan et al. 2018)
};
BOOST_DESCRIBE_ENUM(FuzzStrategy, libfuzzer, random, swarm, pct, pos)

/// What makes libFuzzer keep a schedule.
enum class Feedback : std::uint8_t {
  both,
  protocol,  ///< abstract states of the protocol that no schedule reached before
  code,      ///< edges of the code
};
BOOST_DESCRIBE_ENUM(Feedback, both, protocol, code)

/// How a campaign runs and when it ends. 0 means "no limit".
struct FuzzOptions {
  FuzzStrategy strategy = FuzzStrategy::libfuzzer;
  Feedback feedback = Feedback::both;
  /// Actions of one schedule, 1 to 10,000.
  std::uint64_t depth = 100;
  std::uint64_t seed = 0;
  double max_seconds = 0;
  /// A fuzz target that is busy with one schedule for longer than this has failed, as something in
  /// the model does not come to an end. From 1.
  double schedule_seconds = 60;
  /// Schedules of all workers together, in this session.
  std::uint64_t max_executions = 0;
  /// Threads or processes; 0 takes all cores. With one worker, the same seed finds the same.
  unsigned workers = 0;
  /// Go on after the first finding.
  bool keep_going = true;
  /// Whether an unexpected state without enabled actions is a violation.
  bool check_deadlock = true;
  /// Only these properties, by name; all of them if empty. "deadlock" names the deadlock check.
  std::vector<std::string> properties;
  std::string corpus;       ///< folder of the schedules worth keeping
  std::string findings;     ///< folder of what was found
  std::string target;       ///< the fuzz target's file; where targets usually are, if empty
  bool only_seeds = false;  ///< fill the corpus with its first schedules, and end
};

/// The options with the number of workers filled in. Throws `UsageError` on what cannot be met.
[[nodiscard]] FuzzOptions completed(FuzzOptions options);

/// The file of the fuzz target for `model`: `wanted`, if it is not empty; otherwise fuzz_<model> in
/// the folders of the environment variable EVERYWAY_FUZZ_TARGETS (separated by colons), beside this
/// program or in its folder fuzz_targets, or in a folder build/fuzz*/bin of the same checkout.
/// Throws `UsageError`, which says how to come by one and what works without.
[[nodiscard]] std::string find_fuzz_target(const std::string& model, const std::string& wanted);

}  // namespace everyway
