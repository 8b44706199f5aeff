// The random numbers of walks: in range, even, and the same everywhere for ever.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "checker/search/chooser.hpp"

namespace everyway::testing {
namespace {

static_assert(Chooser<RandomChooser>);

[[nodiscard]] std::vector<std::uint64_t> drawn(std::uint64_t seed, std::uint64_t walk,
                                               std::uint64_t count, std::size_t times) {
  RandomChooser chooser(seed, walk);
  std::vector<std::uint64_t> numbers(times);
  for (std::uint64_t& number : numbers) number = chooser.choose(count);
  return numbers;
}

RC_GTEST_PROP(RandomChooser, ChoosesWithinTheCount, (std::uint64_t seed, std::uint64_t walk)) {
  const auto count = *rc::gen::inRange<std::uint64_t>(2, ~std::uint64_t{0});
  for (const std::uint64_t number : drawn(seed, walk, count, 20)) RC_ASSERT(number < count);
}

RC_GTEST_PROP(RandomChooser, IsDecidedBySeedAndWalk, (std::uint64_t seed, std::uint64_t walk)) {
  constexpr std::uint64_t many = ~std::uint64_t{0};
  const auto numbers = drawn(seed, walk, many, 4);
  RC_ASSERT(numbers == drawn(seed, walk, many, 4));
  RC_ASSERT(numbers != drawn(seed, walk + 1, many, 4));
  RC_ASSERT(numbers != drawn(seed + 1, walk, many, 4));
  RC_ASSERT(numbers != drawn(walk, seed, many, 4) || seed == walk);
}

/// The same by the book: SplitMix64 and xoshiro256++ as their authors wrote them, and a remainder.
class Textbook {
 public:
  explicit Textbook(std::uint64_t start) {
    for (std::uint64_t& word : s_) word = split_mix(start);
  }
  [[nodiscard]] std::uint64_t next() {
    const auto rotl = [](std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
    const std::uint64_t result = rotl(s_[0] + s_[3], 23) + s_[0];
    const std::uint64_t t = s_[1] << 17;
    s_[2] ^= s_[0];
    s_[3] ^= s_[1];
    s_[1] ^= s_[2];
    s_[0] ^= s_[3];
    s_[2] ^= t;
    s_[3] = rotl(s_[3], 45);
    return result;
  }
  static std::uint64_t split_mix(std::uint64_t& counter) {
    std::uint64_t z = (counter += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t s_[4] = {};
};

RC_GTEST_PROP(RandomChooser, DrawsWhatTheGeneratorOfItsAuthorsDraws,
              (std::uint64_t seed, std::uint64_t walk)) {
  const auto first_output = [](std::uint64_t from) { return Textbook::split_mix(from); };
  Textbook textbook(first_output(first_output(seed) ^ walk));
  for (const std::uint64_t number : drawn(seed, walk, std::uint64_t{1} << 32U, 10)) {
    RC_ASSERT(number == textbook.next() >> 32U);
  }
}

// Walks that were reported stay findable: these are the first choices of two walks, for ever.
TEST(RandomChooser, KeepsItsNumbersFromVersionToVersion) {
  EXPECT_THAT(drawn(1, 1, 1000, 5), ::testing::ElementsAre(775, 711, 686, 75, 50));
  EXPECT_THAT(drawn(42, 1'000'000, 6, 8), ::testing::ElementsAre(0, 3, 4, 1, 5, 1, 4, 2));
}

TEST(RandomChooser, ChoosesEvenly) {
  for (const std::uint64_t count : {2U, 3U, 7U, 10U}) {
    constexpr std::size_t draws = 100'000;
    std::vector<double> times(count);
    for (std::size_t walk = 0; walk < draws; ++walk) ++times[RandomChooser(1, walk).choose(count)];
    for (const std::uint64_t number : drawn(1, 1, count, draws)) ++times[number];
    const double expected = 2.0 * draws / static_cast<double>(count);
    double chi_square = 0;
    for (const double each : times) chi_square += (each - expected) * (each - expected) / expected;
    // One in a million for 9 degrees of freedom lies beyond 45.1.
    EXPECT_LT(chi_square, 45.0) << count;
  }
}

/// For a count just above half of 2^64, nearly every second draw must be rejected to be fair.
TEST(RandomChooser, IsFairWhereCountsAreHuge) {
  const std::uint64_t count = (std::uint64_t{1} << 63U) + 1;
  std::size_t low = 0;
  constexpr std::size_t draws = 20'000;
  for (const std::uint64_t number : drawn(7, 7, count, draws)) low += number < count / 3 ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(low) / draws, 1.0 / 3, 0.02);
}

}  // namespace
}  // namespace everyway::testing
