#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include <array>
#include <set>

#include "checker/search/fingerprint.hpp"
#include "checker/search/packed.hpp"

namespace everyway::testing {
namespace {

template <std::size_t Size>
using Bytes = std::array<std::uint8_t, Size>;

template <std::size_t Size>
[[nodiscard]] Bytes<Size> sparse_bytes() {
  Bytes<Size> bytes{};
  const auto places =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, Size));
  for (const std::size_t place : places) bytes[place] = *rc::gen::arbitrary<std::uint8_t>();
  return bytes;
}

template <std::size_t Size>
void unpacks_to_itself() {
  const Bytes<Size> state = sparse_bytes<Size>();
  std::array<std::uint64_t, Packed<Bytes<Size>>::max_words + 1> words{};
  words.back() = 42;
  const std::size_t written = Packed<Bytes<Size>>::pack(state, words.data());
  Bytes<Size> restored;
  restored.fill(0xEE);
  RC_ASSERT(Packed<Bytes<Size>>::unpack(words.data(), restored) == written);
  RC_ASSERT(restored == state);
  RC_ASSERT(words.back() == 42U);
}

RC_GTEST_PROP(Packed, UnpacksToWhatWasPackedForSmallStates, ()) { unpacks_to_itself<3>(); }
RC_GTEST_PROP(Packed, UnpacksToWhatWasPackedForWholeWords, ()) { unpacks_to_itself<64>(); }
RC_GTEST_PROP(Packed, UnpacksToWhatWasPackedForOddSizes, ()) { unpacks_to_itself<301>(); }
RC_GTEST_PROP(Packed, UnpacksToWhatWasPackedForMoreThanOneMaskWord, ()) {
  unpacks_to_itself<1111>();
}

// "States lost to a structural hash collision": trailing zeros and lengths must not be confused.
TEST(Fingerprint, DistinguishesStatesThatDifferInASingleByteAnywhere) {
  std::set<std::uint64_t> seen;
  Bytes<400> state{};
  seen.insert(fingerprint(state));
  for (std::size_t place = 0; place < state.size(); ++place) {
    for (unsigned value = 1; value < 256; ++value) {
      state[place] = static_cast<std::uint8_t>(value);
      EXPECT_TRUE(seen.insert(fingerprint(state)).second) << place << " " << value;
    }
    state[place] = 0;
  }
}

RC_GTEST_PROP(Fingerprint, NeverHasAZeroUpperHalf, (std::uint64_t value)) {
  RC_ASSERT((fingerprint(value) >> 33U) != 0U);
}

}  // namespace
}  // namespace everyway::testing
