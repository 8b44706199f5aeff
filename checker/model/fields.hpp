#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "checker/model/inline_bag.hpp"
#include "checker/model/inline_vector.hpp"
#include "checker/model/node_id.hpp"
#include "checker/model/per_node.hpp"
#include "checker/model/value_id.hpp"

namespace everyway {

/// A struct whose fields were named with BOOST_DESCRIBE_STRUCT. Printing, JSON and differences all
/// come from that one description.
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

/// An enumeration whose values were named with BOOST_DESCRIBE_ENUM.
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
using DescribedMembers = boost::describe::describe_members<T, boost::describe::mod_any_access |
                                                                  boost::describe::mod_inherited>;

/// Calls `visit(name, member pointer)` for each described field, in the order of the description.
template <Described T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  boost::mp11::mp_for_each<DescribedMembers<T>>(
      [&](auto member) { visit(std::string_view{member.name}, member.pointer); });
}

/// The bytes that the described fields of `T` take together.
template <Described T>
[[nodiscard]] constexpr std::size_t described_bytes() {
  std::size_t bytes = 0;
  for_each_field<T>(
      [&](std::string_view, auto pointer) { bytes += sizeof(std::declval<T>().*pointer); });
  return bytes;
}

/// Whether no field of `T` was forgotten in its description. Flat types have no padding, so fields
/// that do not fill the type leave one out.
template <class T>
concept FullyDescribed = Flat<T> && Described<T> && described_bytes<T>()
== sizeof(T);

/// The described name of an enumeration's value; "?" and its number for a value without a name.
template <DescribedEnum E>
[[nodiscard]] std::string_view enum_name(E value) {
  return boost::describe::enum_to_string(value, "?");
}

template <DescribedEnum E>
[[nodiscard]] std::optional<E> enum_from_name(std::string_view name) {
  E value{};
  if (boost::describe::enum_from_string(std::string(name).c_str(), value)) return value;
  return std::nullopt;
}

/// How many values the enumeration names. Values are expected to count from 0.
template <DescribedEnum E>
[[nodiscard]] constexpr std::size_t enum_count() {
  return boost::mp11::mp_size<boost::describe::describe_enumerators<E>>::value;
}

/// Calls `visit(value)` for each value that the enumeration names.
template <DescribedEnum E, class Visit>
constexpr void for_each_enumerator(Visit&& visit) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
      [&](auto enumerator) { visit(enumerator.value); });
}

namespace detail {

template <class T>
inline constexpr bool is_node_set = false;
template <std::size_t Capacity>
inline constexpr bool is_node_set<NodeSet<Capacity>> = true;

template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t Count>
inline constexpr bool is_std_array<std::array<T, Count>> = true;

template <class T>
inline constexpr bool is_per_node = false;
template <class T, std::size_t Capacity>
inline constexpr bool is_per_node<PerNode<T, Capacity>> = true;

template <class T>
inline constexpr bool is_inline_vector = false;
template <class T, std::size_t Capacity>
inline constexpr bool is_inline_vector<InlineVector<T, Capacity>> = true;

template <class T>
inline constexpr bool is_sorted_inline = false;
template <class T, std::size_t Capacity, bool KeepsDuplicates>
inline constexpr bool is_sorted_inline<SortedInline<T, Capacity, KeepsDuplicates>> = true;

}  // namespace detail

template <class T>
concept AnyNodeSet = detail::is_node_set<T>;
/// One element per node.
template <class T>
concept AnyPerNode = detail::is_per_node<T>;
/// A fixed-size array: one element per position or per node.
template <class T>
concept AnyArray = detail::is_std_array<T> || AnyPerNode<T>;
template <class T>
concept AnySequence = detail::is_inline_vector<T>;
/// A bag or set: order means nothing, so differences are elements added and removed.
template <class T>
concept AnyBag = detail::is_sorted_inline<T>;

/// A type that says in its own words how it reads, by a member `text()`.
template <class T>
concept SpeaksForItself = requires(const T value) {
  { value.text() } -> std::convertible_to<std::string>;
};

}  // namespace everyway
