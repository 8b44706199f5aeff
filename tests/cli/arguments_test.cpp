// What the command line is understood to say.
#include "cli/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checker/catalogue/test_family.hpp"

namespace everyway::testing {
namespace {

class ArgumentsTest : public ::testing::Test {
 protected:
  [[nodiscard]] CheckArguments check(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"check", "clock"});
    return std::get<CheckArguments>(parse_arguments(catalogue_, arguments));
  }
  [[nodiscard]] std::string error_of(const std::vector<std::string>& arguments) const {
    try {
      (void)check(arguments);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  }

  Catalogue catalogue_ = clock_catalogue();
};

TEST_F(ArgumentsTest, LeaveEverythingAsItIsIfNoneIsGiven) {
  const CheckArguments arguments = check({});
  EXPECT_EQ(arguments.entry, catalogue_.front().get());
  EXPECT_TRUE(arguments.request.parameters.empty());
  EXPECT_TRUE(arguments.request.mutant.empty());
  EXPECT_TRUE(arguments.json.empty());
  EXPECT_TRUE(arguments.trace.empty());
  const SearchOptions& options = arguments.request.options;
  EXPECT_EQ(options.strategy, Strategy::bfs);
  EXPECT_EQ(options.storage, Storage::fingerprints);
  EXPECT_EQ(options.workers, 0U);
  EXPECT_EQ(options.max_states, 0U);
  EXPECT_EQ(options.max_depth, 0U);
  EXPECT_EQ(options.max_seconds, 0);
  EXPECT_EQ(options.max_memory_bytes, 0U);
  EXPECT_FALSE(options.keep_going);
  EXPECT_TRUE(options.check_deadlock);
  EXPECT_TRUE(options.properties.empty());
}

TEST_F(ArgumentsTest, SetEveryOptionOfTheSearch) {
  const CheckArguments arguments = check({"--workers",     "7",
                                          "--storage",     "exact",
                                          "--max-states",  "18446744073709551615",
                                          "--max-depth",   "4294967295",
                                          "--max-seconds", "0.5",
                                          "--max-memory",  "4G",
                                          "--keep-going",  "--no-deadlock",
                                          "--property",    "it-is-three",
                                          "--mutant",      "skips-an-hour",
                                          "--json",        "-",
                                          "--trace",       "file"});
  const SearchOptions& options = arguments.request.options;
  EXPECT_EQ(options.workers, 7U);
  EXPECT_EQ(options.storage, Storage::exact);
  EXPECT_EQ(options.max_states, ~std::uint64_t{0});
  EXPECT_EQ(options.max_depth, ~std::uint32_t{0});
  EXPECT_EQ(options.max_seconds, 0.5);
  EXPECT_EQ(options.max_memory_bytes, std::size_t{4} << 30);
  EXPECT_TRUE(options.keep_going);
  EXPECT_FALSE(options.check_deadlock);
  EXPECT_EQ(options.properties, std::vector<std::string>{"It is three"});
  EXPECT_EQ(arguments.request.mutant, "skips-an-hour");
  EXPECT_EQ(arguments.json, "-");
  EXPECT_EQ(arguments.trace, "file");
  EXPECT_EQ(check({"--search", "dfs", "--workers", "1"}).request.options.strategy, Strategy::dfs);
}

TEST_F(ArgumentsTest, GiveParametersTheirValues) {
  const auto parameters = [this](const std::vector<std::string>& arguments) {
    return check(arguments).request.parameters;
  };
  EXPECT_EQ(parameters({"--hours", "7", "--start=2"}),
            (ParameterValues{{"hours", 7, false}, {"start", 2, false}}));
  EXPECT_EQ(parameters({"--broken"}), (ParameterValues{{"broken", 1, true}}));
  EXPECT_EQ(parameters({"--no-broken"}), (ParameterValues{{"broken", 0, true}}));
  EXPECT_EQ(parameters({"--broken=false"}), (ParameterValues{{"broken", 0, true}}));
  EXPECT_EQ(parameters({"--broken=true"}), (ParameterValues{{"broken", 1, true}}));
  EXPECT_NE(error_of({"--broken=maybe"}), "");
  EXPECT_NE(error_of({"--broken", "--no-broken"}), "") << "which of the two counts?";
}

TEST_F(ArgumentsTest, AreRefusedIfTheParametersDoNotGoTogether) {
  EXPECT_THROW((void)catalogue_.front()->check(check({"--hours", "2", "--start", "3"}).request, {}),
               UsageError);
}

}  // namespace
}  // namespace everyway::testing
