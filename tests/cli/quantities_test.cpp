#include "cli/quantities.hpp"

#include <gtest/gtest.h>

#include "checker/model/parameter.hpp"
#include "cli/columns.hpp"
#include "cli/progress_line.hpp"

namespace everyway::testing {
namespace {

TEST(Quantities, AreWrittenForPeople) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(count_text(1234567), "1,234,567");
  EXPECT_EQ(counted(1, "action"), "1 action");
  EXPECT_EQ(counted(2000, "action"), "2,000 actions");
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1000), "1.0 kB");
  EXPECT_EQ(bytes_text(9949), "9.9 kB");
  EXPECT_EQ(bytes_text(999499), "999 kB");
  EXPECT_EQ(bytes_text(999500), "1.0 MB");
  EXPECT_EQ(bytes_text(34'567'890), "35 MB");
  EXPECT_EQ(seconds_text(0.004), "0.00 s");
  EXPECT_EQ(seconds_text(12.3), "12 s");
  EXPECT_EQ(seconds_text(200), "3 min 20 s");
  EXPECT_EQ(seconds_text(7260), "2 h 1 min");
}

TEST(Quantities, OfMemoryAreReadInPowersOf1024) {
  EXPECT_EQ(parse_bytes("--max-memory", "1000"), 1000U);
  EXPECT_EQ(parse_bytes("--max-memory", "1B"), 1U);
  EXPECT_EQ(parse_bytes("--max-memory", "3k"), 3072U);
  EXPECT_EQ(parse_bytes("--max-memory", "512M"), std::size_t{512} << 20);
  EXPECT_EQ(parse_bytes("--max-memory", "4GiB"), std::size_t{4} << 30);
  EXPECT_EQ(parse_bytes("--max-memory", "16777215T"), std::size_t{16777215} << 40);
  for (const char* const wrong : {"", "0", "G", "4X", "4GG", "-4G", "4 G", "16777216T", "1.5G"}) {
    EXPECT_THROW((void)parse_bytes("--max-memory", wrong), UsageError) << wrong;
  }
}

TEST(Quantities, AreReadWholeOrNotAtAll) {
  EXPECT_EQ(parse_count("--n", "18446744073709551615", 1, ~std::uint64_t{0}), ~std::uint64_t{0});
  for (const char* const wrong : {"", "0", "1x", "-1", "+1", " 1", "18446744073709551616"}) {
    EXPECT_THROW((void)parse_count("--n", wrong, 1, ~std::uint64_t{0}), UsageError) << wrong;
  }
  EXPECT_EQ(parse_seconds("--s", "1e-3"), 0.001);
  for (const char* const wrong : {"", "0", "-1", "inf", "nan", "1s", "1e999"}) {
    EXPECT_THROW((void)parse_seconds("--s", wrong), UsageError) << wrong;
  }
}

TEST(Columns, AreAlignedAndTheLastOneIsWrapped) {
  std::string words;
  for (int i = 0; i < 30; ++i) words += "word ";
  const std::string text = columns_text({{"a", "long", words + "end"}, {"long", "b", ""}}, 2);
  EXPECT_EQ(text.substr(0, 20), "  a     long  word w");
  EXPECT_NE(text.find("\n              word"), std::string::npos);
  EXPECT_EQ(text.substr(text.rfind("\n  long")), "\n  long  b\n");
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
    EXPECT_LE(text.find('\n', begin) - begin, page_width);
  }
}

TEST(Progress, GivesTheRateSinceTheLastTime) {
  Progress last;
  last.distinct = 1000;
  last.seconds = 1;
  Progress now;
  now.distinct = 5000;
  now.queued = 1234;
  now.depth = 7;
  now.memory_bytes = 2'000'000;
  now.seconds = 3;
  EXPECT_EQ(progress_text(now, last),
            "5,000 states, 2,000/s, queue 1,234, depth 7, 2.0 MB, 3.00 s");
}

TEST(Progress, OfASimulationGivesTheRateOfItsSteps) {
  EXPECT_EQ(progress_text({1234, 5000, 3.0}, SimulationProgress{10, 1000, 1.0}),
            "1,234 walks, 5,000 steps, 2,000 steps/s, 3.00 s");
  EXPECT_EQ(progress_text(SimulationProgress{}, SimulationProgress{}),
            "0 walks, 0 steps, 0 steps/s, 0.00 s");
}

}  // namespace
}  // namespace everyway::testing
