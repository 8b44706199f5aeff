#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include <array>
#include <bit>
#include <boost/describe.hpp>
#include <cstring>
#include <set>
#include <vector>

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

// The dumb twin moves bit by bit.
[[nodiscard]] std::uint64_t gathered_bit_by_bit(std::uint64_t mask, std::uint64_t word) {
  std::uint64_t bits = 0;
  unsigned count = 0;
  for (unsigned bit = 0; bit < 64; ++bit) {
    if ((mask >> bit & 1U) != 0) bits |= (word >> bit & 1U) << count++;
  }
  return bits;
}

RC_GTEST_PROP(BitGather, MovesBitsAsItsTwinDoesAndBack,
              (std::uint64_t some, std::uint64_t others, std::uint64_t word)) {
  for (const std::uint64_t mask : {some, some & others, some | others, std::uint64_t{0}, ~some}) {
    const BitGather how(mask);
    const std::uint64_t bits = gathered_bit_by_bit(mask, word);
    RC_ASSERT(PortableBitGather::gathered(how, word) == bits);
    RC_ASSERT(PortableBitGather::spread(how, bits) == (word & mask));
    if (!has_fast_bit_gather) continue;
    RC_ASSERT(FastBitGather::gathered(how, word) == bits);
    RC_ASSERT(FastBitGather::spread(how, bits) == (word & mask));
  }
}

enum class Light : std::uint8_t { red, amber, green };
BOOST_DESCRIBE_ENUM(Light, red, amber, green)

/// `Count` lights and more: 2 bits each, 1, 8, and 11 of a set in 16.
template <std::size_t Count>
struct Lights {
  std::array<Light, Count> lights{};
  bool flag = false;
  std::uint8_t number = 0;
  NodeSet<11> nodes;

  BOOST_DESCRIBE_CLASS(Lights, (), (lights, flag, number, nodes), (), ())
};

template <std::size_t Count>
[[nodiscard]] Lights<Count> arbitrary_lights() {
  Lights<Count> state;
  for (Light& light : state.lights) light = static_cast<Light>(*rc::gen::inRange(0, 3));
  state.flag = *rc::gen::arbitrary<bool>();
  state.number = *rc::gen::arbitrary<std::uint8_t>();
  state.nodes = NodeSet<11>::of_bits(*rc::gen::inRange<std::uint64_t>(0, 1U << 11U));
  return state;
}

/// Packs, in both ways of moving bits, to the words that the twin's bits make one behind the other.
template <std::size_t Count>
void keeps_live_bits_only() {
  using State = Lights<Count>;
  using Live = LiveBitsOnly<State>;
  const State state = arbitrary_lights<Count>();
  constexpr BytesOf<State> live = live_bits<State>();
  const auto bytes = std::bit_cast<BytesOf<State>>(state);
  std::vector<std::uint64_t> expected(Live::max_words);
  std::size_t at = 0;
  for (std::size_t bit = 0; bit < sizeof(State) * 8; ++bit) {
    if ((live[bit / 8] >> bit % 8 & 1U) == 0) continue;
    expected[at / 64] |= std::uint64_t{bytes[bit / 8] >> bit % 8 & 1U} << at % 64;
    ++at;
  }
  RC_ASSERT(at == 2 * Count + 1 + 8 + 11);
  const auto check = [&](auto gather) {
    using Gather = decltype(gather);
    std::vector<std::uint64_t> words(Live::max_words, ~std::uint64_t{0});
    Live::template pack_by<Gather>(state, words.data());
    RC_ASSERT(words == expected);
    State restored;
    std::memset(static_cast<void*>(&restored), 0xA5, sizeof(restored));
    Live::template unpack_by<Gather>(words.data(), restored);
    RC_ASSERT(same_bytes(restored, state));
  };
  check(PortableBitGather{});
  if (has_fast_bit_gather) check(FastBitGather{});
}

RC_GTEST_PROP(LiveBitsOnly, FillOneWord, ()) { keeps_live_bits_only<12>(); }
RC_GTEST_PROP(LiveBitsOnly, FillOneWordToTheLastBit, ()) { keeps_live_bits_only<22>(); }
RC_GTEST_PROP(LiveBitsOnly, AreCutWhereAWordIsFull, ()) { keeps_live_bits_only<34>(); }
RC_GTEST_PROP(LiveBitsOnly, FillManyWords, ()) { keeps_live_bits_only<150>(); }

template <std::size_t Count>
void lights_unpack_to_themselves() {
  using State = Lights<Count>;
  const State state = arbitrary_lights<Count>();
  std::vector<std::uint64_t> words(Packed<State>::max_words + 1, 42);
  const std::size_t written = Packed<State>::pack(state, words.data());
  RC_ASSERT(words.back() == 42U);
  State restored;
  RC_ASSERT(Packed<State>::unpack(words.data(), restored) == written);
  RC_ASSERT(same_bytes(restored, state));
}

// Where all words are kept, where zero words are left out after moving bits, where bits stay.
RC_GTEST_PROP(Packed, UnpacksToWhatWasPackedForDescribedStates, ()) {
  lights_unpack_to_themselves<12>();
  lights_unpack_to_themselves<120>();
  lights_unpack_to_themselves<300>();
}

TEST(Packed, RefusesAValueThatItWouldNotGiveBack) {
  std::array<std::uint64_t, Packed<Lights<12>>::max_words> words{};
  for (std::size_t place = 0; place < 12; ++place) {
    for (unsigned value = 3; value < 256; ++value) {
      Lights<12> state;
      state.lights[place] = static_cast<Light>(value);
      if (value == 3) {  // it has no name, but fits
        Packed<Lights<12>>::pack(state, words.data());
        Lights<12> restored;
        Packed<Lights<12>>::unpack(words.data(), restored);
        EXPECT_TRUE(same_bytes(restored, state));
      } else {
        EXPECT_THROW(Packed<Lights<12>>::pack(state, words.data()), ModelBoundError);
      }
    }
  }
  Lights<12> state;
  state.nodes = NodeSet<11>::of_bits(1U << 11U);
  EXPECT_THROW(Packed<Lights<12>>::pack(state, words.data()), ModelBoundError);
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
