// What is done with flat values word by word, against what is done with their bytes one by one.
#include "checker/model/flat.hpp"

#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "checker/model/inline_vector.hpp"

namespace everyway {
namespace {

template <std::size_t Size>
struct Bytes {
  std::array<unsigned char, Size> bytes{};
};

/// Calls visit(a constant) for each number from 1 to `Count`.
template <std::size_t Count, class Visit>
void for_each_size(const Visit& visit) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit(std::integral_constant<std::size_t, I + 1>{}), ...);
  }
  (std::make_index_sequence<Count>{});
}

template <std::size_t Size>
Bytes<Size> counting_up() {
  Bytes<Size> value;
  for (std::size_t i = 0; i < Size; ++i) value.bytes[i] = static_cast<unsigned char>(200 - 3 * i);
  return value;
}

TEST(Flat, ComparesAsMemcmpDoesWhereverTheDifferenceIs) {
  for_each_size<80>([](auto size) {
    const auto value = counting_up<size>();
    EXPECT_TRUE(same_bytes(value, counting_up<size>()));
    EXPECT_FALSE(bytes_less(value, value));
    for (std::size_t at = 0; at < size; ++at) {
      auto more = value;
      ++more.bytes[at];
      // A byte behind it that differs the other way must not count.
      if (at + 1 < size) more.bytes[size - 1] = 0;
      EXPECT_FALSE(same_bytes(value, more)) << size << " " << at;
      EXPECT_EQ(bytes_less(value, more), std::memcmp(&value, &more, size) < 0) << size << " " << at;
      EXPECT_EQ(bytes_less(more, value), std::memcmp(&more, &value, size) < 0) << size << " " << at;
    }
  });
}

TEST(Flat, CopiesEveryByteAndNoneBeyond) {
  for_each_size<300>([](auto size) {
    struct {
      Bytes<size> value;
      unsigned char behind = 7;
    } to;
    const auto from = counting_up<size>();
    copy_flat(to.value, from);
    EXPECT_TRUE(to.value.bytes == from.bytes) << size;
    EXPECT_EQ(to.behind, 7) << size;
  });
}

TEST(Flat, LoadsAndStoresAnyNumberOfBytesUpToAWord) {
  for_each_size<8>([](auto count) {
    const auto from = counting_up<8>();
    const auto* bytes = reinterpret_cast<const std::byte*>(&from);
    std::uint64_t expected = 0;
    std::memcpy(&expected, bytes, count);
    const std::uint64_t word = detail::load_bytes<count>(bytes);
    EXPECT_EQ(word, expected) << count;
    Bytes<8> to;
    detail::store_bytes<count>(reinterpret_cast<std::byte*>(&to), word);
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(to.bytes[i], i < count ? from.bytes[i] : 0);
  });
}

TEST(Flat, HasTheWordAtAnyOffset) {
  const auto value = counting_up<21>();
  for_each_size<21>([&](auto number) {
    constexpr std::size_t offset = number - 1;
    constexpr std::size_t count = std::min<std::size_t>(8, 21 - offset);
    std::uint64_t expected = 0;
    std::memcpy(&expected, value.bytes.data() + offset, count);
    EXPECT_EQ(detail::word_at<offset>(value), expected) << offset;
  });
}

TEST(InlineVector, InsertsAndErasesWithinItselfAndLeavesNothingBehind) {
  InlineVector<Bytes<3>, 4> items;
  const auto item = [](int number) { return Bytes<3>{{static_cast<unsigned char>(number), 1, 2}}; };
  for (const int number : {1, 2, 3}) items.push_back(item(number));
  items.insert_at(1, items[2]);
  ASSERT_EQ(items.size(), 4U);
  for (const auto& [position, number] : {std::pair{0U, 1}, {1U, 3}, {2U, 2}, {3U, 3}}) {
    EXPECT_EQ(items[position].bytes[0], number) << position;
  }
  items.erase_at(0);
  items.erase_at(1);
  InlineVector<Bytes<3>, 4> expected;
  expected.push_back(item(3));
  expected.push_back(item(3));
  EXPECT_EQ(items, expected);
}

}  // namespace
}  // namespace everyway
