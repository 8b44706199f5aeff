// Sagas against Hector Garcia-Molina and Kenneth Salem, "Sagas" (SIGMOD 1987), section 2: either
// T1, ..., Tn, or T1, ..., Tj, Cj, ..., C1.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "checker/search/search.hpp"
#include "models/saga_choreography.hpp"
#include "models/saga_orchestration.hpp"
#include "tests/models/play.hpp"

namespace everyway {
namespace {

using saga::Record;
using saga::Step;
using Choreography = saga_choreography::Choreography;
using Orchestration = saga_orchestration::Orchestration;

template <class M>
typename M::Options calm(int steps) {
  typename M::Options options;
  options.steps = steps;
  options.crashes = 0;
  options.restarts = 0;
  options.duplicates = 0;
  return options;
}

/// How the saga may end without faults: the steps' states, one letter each.
template <class M, class Reader>
std::set<std::string> ends_of(const M& model, const Reader& reader) {
  std::set<std::string> ends;
  for (const auto& state :
       testing::every_step(model, [](const auto&, const auto&, const auto&) {})) {
    const auto steps = reader(state);
    if (!steps.at_rest()) continue;
    std::string end;
    for (std::size_t index = 0; index < steps.steps(); ++index) {
      end += std::string("isdfc")[static_cast<std::size_t>(steps.record(index).step)];
    }
    ends.insert(end);
  }
  return ends;
}

// T1 T2 T3; T1 T2 C2 C1; T1 C1; and nothing at all: d done, c compensated, f failed, i idle.
const std::set<std::string> all_that_a_saga_may_be{"ddd", "ccf", "cfi", "fii"};

TEST(Saga, ByChoreographyEndsAsTheDefinitionSays) {
  const Choreography model(calm<Choreography>(3), "");
  EXPECT_EQ(ends_of(model,
                    [](const auto& state) {
                      return saga_choreography::StepsOf<Choreography::State>{state, 3};
                    }),
            all_that_a_saga_may_be);
}

TEST(Saga, ByOrchestrationEndsAsTheDefinitionSays) {
  const Orchestration model(calm<Orchestration>(3), "");
  EXPECT_EQ(ends_of(model,
                    [](const auto& state) {
                      return saga_orchestration::StepsOf<Orchestration::State>{state, 3};
                    }),
            all_that_a_saga_may_be);
}

// The handlers as they are often printed: PAYMENT_REVERSED has no listener, and the order stays.
TEST(Saga, LeavesTheOrderUncancelledWhenNobodyListensToPaymentReversed) {
  const Choreography model(calm<Choreography>(3), "nobody-hears-reversal");
  const auto ends = ends_of(model, [](const auto& state) {
    return saga_choreography::StepsOf<Choreography::State>{state, 3};
  });
  EXPECT_EQ(ends, (std::set<std::string>{"ddd", "dcf", "cfi", "fii"}));
}

TEST(Saga, ByChoreographyHoldsUnderTwoCrashesAndOneRedelivery) {
  Choreography::Options options = calm<Choreography>(2);
  options.crashes = options.restarts = 2;
  options.duplicates = 2;
  EXPECT_EQ(search(Choreography(options, ""), SearchOptions{}).verdict, Verdict::holds);
}

TEST(Saga, ByOrchestrationHoldsUnderTwoCrashesAndTwoRedeliveries) {
  Orchestration::Options options = calm<Orchestration>(3);
  options.crashes = options.restarts = 2;
  options.duplicates = 2;
  EXPECT_EQ(search(Orchestration(options, ""), SearchOptions{}).verdict, Verdict::holds);
}

// Delivery at least once is what both rely on.
TEST(Saga, DoesNotSurviveAnEventThatIsLost) {
  Choreography::Options by_events = calm<Choreography>(3);
  by_events.drops = 1;
  EXPECT_EQ(search(Choreography(by_events, ""), SearchOptions{}).verdict, Verdict::violated);
  Orchestration::Options by_calls = calm<Orchestration>(3);
  by_calls.drops = 1;
  EXPECT_EQ(search(Orchestration(by_calls, ""), SearchOptions{}).verdict, Verdict::violated);
}

}  // namespace
}  // namespace everyway
