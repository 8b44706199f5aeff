#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "checker/model/fields.hpp"

namespace everyway {

/// One byte for each byte of a `T`.
template <class T>
using BytesOf = std::array<std::uint8_t, sizeof(T)>;

namespace detail {

/// Where a field lies. A field whose bytes are all 1, in a value whose other bytes are 0, shows it:
/// flat values have no padding.
template <class T, class MemberPointer>
[[nodiscard]] constexpr std::size_t offset_of(MemberPointer field) {
  T value = std::bit_cast<T>(BytesOf<T>{});
  using Field = std::remove_cvref_t<decltype(value.*field)>;
  BytesOf<Field> ones{};
  ones.fill(1);
  value.*field = std::bit_cast<Field>(ones);
  const auto bytes = std::bit_cast<BytesOf<T>>(value);
  return static_cast<std::size_t>(std::find(bytes.begin(), bytes.end(), 1) - bytes.begin());
}

/// The bits of a `Number` up to the highest that is set in `highest`.
template <std::unsigned_integral Number>
[[nodiscard]] constexpr BytesOf<Number> bits_up_to(std::uint64_t highest) {
  std::uint64_t mask = highest;
  for (unsigned shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
  return std::bit_cast<BytesOf<Number>>(static_cast<Number>(mask));
}

/// As an unsigned number of its own width; a negative value has the highest bit.
template <DescribedEnum E>
[[nodiscard]] constexpr std::uint64_t highest_enumerator() {
  using Number = std::make_unsigned_t<std::underlying_type_t<E>>;
  std::uint64_t highest = 0;
  for_each_enumerator<E>(
      [&](E value) { highest = std::max<std::uint64_t>(highest, static_cast<Number>(value)); });
  return highest;
}

template <class T>
inline constexpr std::uint64_t bits_of_set = 0;
template <std::size_t Capacity>
inline constexpr std::uint64_t bits_of_set<NodeSet<Capacity>> =
    NodeSet<Capacity>::first(Capacity).bits();

/// Writes `part` into `whole` from position `at` on.
template <std::size_t Whole, std::size_t Part>
constexpr void put_bytes(std::array<std::uint8_t, Whole>& whole, std::size_t at,
                         const std::array<std::uint8_t, Part>& part) {
  for (std::size_t i = 0; i < Part; ++i) whole[at + i] = part[i];
}

}  // namespace detail

/// The bits of a `T` that can be set, as far as the description of its fields tells: an enumeration
/// has none above its highest enumerator, a set of nodes one for each, a length none above its
/// capacity. All bits of what no description tells: numbers, names of nodes and values, and types
/// of other kinds. A value may have others by mistake, an enumerator without a name above all.
template <Flat T>
[[nodiscard]] constexpr BytesOf<T> live_bits() {
  BytesOf<T> live{};
  if constexpr (std::same_as<T, bool>) {
    live.front() = 1;
  } else if constexpr (DescribedEnum<T>) {
    live = detail::bits_up_to<std::make_unsigned_t<std::underlying_type_t<T>>>(
        detail::highest_enumerator<T>());
  } else if constexpr (AnyNodeSet<T>) {
    live = detail::bits_up_to<typename T::Word>(detail::bits_of_set<T>);
  } else if constexpr (AnyArray<T> || AnySequence<T> || AnyBag<T>) {
    using Item = typename T::value_type;
    std::size_t at = 0;
    if constexpr (!AnyArray<T>) {
      using Size = SizeAligned<alignof(Item)>;
      static_assert(sizeof(T) == sizeof(Size) + T::capacity() * sizeof(Item));
      detail::put_bytes(live, at, detail::bits_up_to<Size>(T::capacity()));
      at = sizeof(Size);
    }
    for (; at < sizeof(T); at += sizeof(Item)) detail::put_bytes(live, at, live_bits<Item>());
  } else if constexpr (FullyDescribed<T>) {
    for_each_field<T>([&](std::string_view, auto field) {
      using Field = std::remove_cvref_t<decltype(std::declval<T&>().*field)>;
      detail::put_bytes(live, detail::offset_of<T>(field), live_bits<Field>());
    });
  } else {
    live.fill(0xFF);
  }
  return live;
}

}  // namespace everyway
