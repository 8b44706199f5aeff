#include <gtest/gtest.h>

#include <boost/describe.hpp>

#include "checker/model/live_bits.hpp"

namespace everyway::testing {
namespace {

enum class Four : std::uint8_t { a, b, c, d };
BOOST_DESCRIBE_ENUM(Four, a, b, c, d)
enum class Sparse : std::uint16_t { zero = 0, high = 0x100 };
BOOST_DESCRIBE_ENUM(Sparse, zero, high)
enum class Signed : std::int8_t { below = -1, zero = 0 };
BOOST_DESCRIBE_ENUM(Signed, below, zero)
enum class Undescribed : std::uint8_t { a, b };

struct Undescribable {
  std::array<std::uint8_t, 2> bytes;
};

struct Pair {
  bool flag = false;
  Four four{};
};
BOOST_DESCRIBE_STRUCT(Pair, (), (flag, four))

/// Described in another order than declared.
struct Mixed {
  std::uint16_t number = 0;
  bool flag = false;
  Four four{};
  std::array<Pair, 2> pairs{};
};
BOOST_DESCRIBE_STRUCT(Mixed, (), (pairs, four, flag, number))

struct Base {
  Four four{};
};
BOOST_DESCRIBE_STRUCT(Base, (), (four))
struct Derived : Base {
  std::uint8_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Derived, (Base), (number))

template <class T>
constexpr bool live_are(BytesOf<T> expected) {
  return live_bits<T>() == expected;
}

TEST(LiveBits, AreThoseUpToTheHighestEnumerator) {
  static_assert(live_are<Four>({0x03}));
  static_assert(live_are<Sparse>({0xFF, 0x01}));
  static_assert(live_are<Signed>({0xFF}));
  static_assert(live_are<bool>({0x01}));
}

TEST(LiveBits, AreAllOfWhatNoDescriptionTells) {
  static_assert(live_are<Undescribed>({0xFF}));
  static_assert(live_are<Undescribable>({0xFF, 0xFF}));
  static_assert(live_are<std::int16_t>({0xFF, 0xFF}));
  static_assert(live_are<NodeId>({0xFF}));
}

TEST(LiveBits, OfContainersAreThoseOfTheirItems) {
  static_assert(live_are<NodeSet<13>>({0xFF, 0x1F}));
  static_assert(live_are<NodeSet<8>>({0xFF}));
  static_assert(live_are<PerNode<Four, 3>>({3, 3, 3}));
  static_assert(live_are<std::array<bool, 2>>({1, 1}));
  static_assert(live_are<InlineVector<Four, 3>>({3, 3, 3, 3}));
  static_assert(live_are<InlineVector<Four, 4>>({7, 3, 3, 3, 3}));
  static_assert(live_are<InlineBag<std::uint16_t, 2>>({3, 0, 0xFF, 0xFF, 0xFF, 0xFF}));
}

TEST(LiveBits, OfAStructLieWhereItsFieldsDo) {
  static_assert(live_are<Mixed>({0xFF, 0xFF, 1, 3, 1, 3, 1, 3}));
  static_assert(live_are<Derived>({3, 0xFF}));
}

}  // namespace
}  // namespace everyway::testing
