#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

#include "checker/model/fields.hpp"
#include "checker/model/text.hpp"

namespace everyway {

/// A JSON value that is not what the description asks for. The text is one line: the path of the
/// value, such as "actions[3].kind", what is wrong with it, and what would be right.
class JsonError : public std::runtime_error {
 public:
  JsonError(const std::string& path, const std::string& problem);
};

/// `text` in single quotes for a one-line message: control characters escaped, shortened if long.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// A described value as JSON: numbers and booleans as they are, enumerators by name, nodes as "n2"
/// or "none", arrays, sequences, sets and bags as arrays, structs as objects with every described
/// field. An enumeration's value without a name is written as its number.
template <class T>
[[nodiscard]] boost::json::value to_json(const T& value);

/// The value that `to_json` writes as `json`. Integers are checked against their type, sequences
/// and bags against their capacity; a struct takes all of its fields and no others; a node may also
/// be given as its number. Throws `JsonError`; `path` names the value in it.
template <class T>
[[nodiscard]] T from_json(const boost::json::value& json, const std::string& path = "");

namespace detail {

/// What a message calls a value of this kind: "a string".
[[nodiscard]] std::string json_kind_text(const boost::json::value& json);

/// `json` as an integer within the range, as its 64 bits (two's complement).
[[nodiscard]] std::uint64_t json_integer(const boost::json::value& json, const std::string& path,
                                         std::int64_t lowest, std::uint64_t highest);
[[nodiscard]] bool json_bool(const boost::json::value& json, const std::string& path);
/// The number in a name such as "n2" (`letter` n) or "v2"; 0 for "none".
[[nodiscard]] unsigned json_name(const boost::json::value& json, const std::string& path,
                                 char letter);

/// A `NodeId` or a `ValueId`.
template <class Name>
[[nodiscard]] Name name_from_json(const boost::json::value& json, const std::string& path) {
  const unsigned number = json_name(json, path, std::is_same_v<Name, NodeId> ? 'n' : 'v');
  return number == 0 ? Name::none() : Name::at(number - 1);
}
[[nodiscard]] std::string_view json_string(const boost::json::value& json, const std::string& path);
[[nodiscard]] const boost::json::array& json_array(const boost::json::value& json,
                                                   const std::string& path);
[[nodiscard]] const boost::json::object& json_object(const boost::json::value& json,
                                                     const std::string& path);
[[nodiscard]] const boost::json::value& json_field(const boost::json::object& object,
                                                   std::string_view name, const std::string& path);
[[nodiscard]] std::string json_path(const std::string& path, std::string_view field);
[[nodiscard]] std::string json_path(const std::string& path, std::size_t position);
/// An array of at most `capacity` elements.
[[nodiscard]] const boost::json::array& json_array_up_to(const boost::json::value& json,
                                                         const std::string& path,
                                                         std::size_t capacity);
[[noreturn]] void throw_unknown_name(const std::string& path, std::string_view name,
                                     const std::string& known);

template <std::integral T>
[[nodiscard]] T integer_from_json(const boost::json::value& json, const std::string& path) {
  return static_cast<T>(json_integer(json, path, std::int64_t{std::numeric_limits<T>::min()},
                                     std::uint64_t{std::numeric_limits<T>::max()}));
}

template <DescribedEnum E>
[[nodiscard]] std::string enum_names() {
  std::string names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    names += (names.empty() ? "" : ", ") + std::string(enumerator.name);
  });
  return names;
}

template <DescribedEnum E>
[[nodiscard]] boost::json::value enum_to_json(E value) {
  const std::string_view name = enum_name(value);
  if (name == "?") return static_cast<std::int64_t>(value);
  return boost::json::string(name);
}

template <DescribedEnum E>
[[nodiscard]] E enum_from_json(const boost::json::value& json, const std::string& path) {
  if (json.is_number())
    return static_cast<E>(integer_from_json<std::underlying_type_t<E>>(json, path));
  const std::string_view name = json_string(json, path);
  const std::optional<E> value = enum_from_name<E>(name);
  if (!value) throw_unknown_name(path, name, enum_names<E>());
  return *value;
}

template <AnyNodeSet T>
[[nodiscard]] T node_set_from_json(const boost::json::value& json, const std::string& path) {
  T set;
  const boost::json::array& members = json_array(json, path);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string member_path = json_path(path, i);
    const auto node = name_from_json<NodeId>(members[i], member_path);
    if (node.is_none() || node.number() > sizeof(typename T::Word) * 8) {
      throw JsonError(member_path, text_of(node) + " cannot be a member of this set");
    }
    if (set.contains(node)) throw JsonError(member_path, text_of(node) + " is in the set already");
    set.insert(node);
  }
  return set;
}

template <AnyArray T>
[[nodiscard]] T array_from_json(const boost::json::value& json, const std::string& path) {
  T array{};
  const boost::json::array& elements = json_array(json, path);
  if (elements.size() != array.size()) {
    throw JsonError(path,
                    fmt::format("expected {} elements, found {}", array.size(), elements.size()));
  }
  for (std::size_t i = 0; i < array.size(); ++i) {
    array[i] = from_json<typename T::value_type>(elements[i], json_path(path, i));
  }
  return array;
}

template <class T>
[[nodiscard]] T container_from_json(const boost::json::value& json, const std::string& path) {
  T container;
  const boost::json::array& elements = json_array_up_to(json, path, T::capacity());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::string element_path = json_path(path, i);
    const auto element = from_json<typename T::value_type>(elements[i], element_path);
    if constexpr (AnyBag<T>) {
      if (!T::keeps_duplicates && container.contains(element)) {
        throw JsonError(element_path, "is in the set already");
      }
      container.insert(element);
    } else {
      container.push_back(element);
    }
  }
  return container;
}

template <Described T>
[[nodiscard]] T struct_from_json(const boost::json::value& json, const std::string& path) {
  T value{};
  const boost::json::object& object = json_object(json, path);
  std::string names;
  for_each_field<T>([&](std::string_view name, auto pointer) {
    names += (names.empty() ? "" : ", ") + std::string(name);
    using Field = std::remove_cvref_t<decltype(value.*pointer)>;
    value.*pointer = from_json<Field>(json_field(object, name, path), json_path(path, name));
  });
  for (const auto& member : object) {
    bool known = false;
    for_each_field<T>([&](std::string_view name, auto) { known = known || name == member.key(); });
    if (!known) throw JsonError(json_path(path, member.key()), "unknown field; one of: " + names);
  }
  return value;
}

}  // namespace detail

template <class T>
boost::json::value to_json(const T& value) {
  if constexpr (std::is_same_v<T, NodeId> || std::is_same_v<T, ValueId>) {
    return boost::json::string(text_of(value));
  } else if constexpr (std::is_same_v<T, bool>) {
    return value;
  } else if constexpr (std::is_integral_v<T>) {
    return value;
  } else if constexpr (DescribedEnum<T>) {
    return detail::enum_to_json(value);
  } else if constexpr (AnyNodeSet<T>) {
    boost::json::array members;
    value.for_each([&](NodeId node) { members.push_back(to_json(node)); });
    return members;
  } else if constexpr (AnyArray<T> || AnySequence<T> || AnyBag<T>) {
    boost::json::array elements;
    for (const auto& element : value) elements.push_back(to_json(element));
    return elements;
  } else {
    static_assert(Described<T>, "name the fields of this type with BOOST_DESCRIBE_STRUCT");
    boost::json::object object;
    for_each_field<T>([&](std::string_view name, auto pointer) {
      object.emplace(name, to_json(value.*pointer));
    });
    return object;
  }
}

template <class T>
T from_json(const boost::json::value& json, const std::string& path) {
  if constexpr (std::is_same_v<T, NodeId> || std::is_same_v<T, ValueId>) {
    return detail::name_from_json<T>(json, path);
  } else if constexpr (std::is_same_v<T, bool>) {
    return detail::json_bool(json, path);
  } else if constexpr (std::is_integral_v<T>) {
    return detail::integer_from_json<T>(json, path);
  } else if constexpr (DescribedEnum<T>) {
    return detail::enum_from_json<T>(json, path);
  } else if constexpr (AnyNodeSet<T>) {
    return detail::node_set_from_json<T>(json, path);
  } else if constexpr (AnyArray<T>) {
    return detail::array_from_json<T>(json, path);
  } else if constexpr (AnySequence<T> || AnyBag<T>) {
    return detail::container_from_json<T>(json, path);
  } else {
    static_assert(Described<T>, "name the fields of this type with BOOST_DESCRIBE_STRUCT");
    return detail::struct_from_json<T>(json, path);
  }
}

}  // namespace everyway
