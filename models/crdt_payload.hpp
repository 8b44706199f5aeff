// The state of a replica of any of the data types, as one flat type: one model then explores them
// all.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "checker/model/text.hpp"
#include "models/crdt_types.hpp"

namespace everyway::crdt {

inline constexpr std::size_t most_replicas = 3;
inline constexpr std::size_t most_updates = 4;
inline constexpr std::size_t most_keys = 3;

/// Calls visit(std::type_identity<State>{}) for the states of that type.
template <class Visit>
decltype(auto) with_state_of(Type type, Visit&& visit) {
  switch (type) {
    case Type::g_counter:
      return visit(std::type_identity<GCounter<most_replicas>>{});
    case Type::pn_counter:
      return visit(std::type_identity<PNCounter<most_replicas>>{});
    case Type::g_set:
      return visit(std::type_identity<GSet<Item, most_updates>>{});
    case Type::two_phase_set:
      return visit(std::type_identity<TwoPhaseSet<Item, most_updates>>{});
    case Type::or_set:
      return visit(std::type_identity<ORSet<Item, most_updates>>{});
    case Type::lww_register:
      return visit(std::type_identity<LWWRegister<Item>>{});
    case Type::mv_register:
      return visit(std::type_identity<MVRegister<Item, most_replicas>>{});
    case Type::lww_map:
      return visit(std::type_identity<LWWMap<Item, Item, most_updates>>{});
    case Type::rga:
      break;
  }
  return visit(std::type_identity<RGA<Item, most_updates>>{});
}

/// The bytes of a state of one of the types, and which. Bytes beyond that state are zero.
struct Payload {
  Type type{};
  std::array<std::uint8_t, 25> bytes{};

  /// `State` is the one of `type`.
  template <class State>
  [[nodiscard]] State as() const noexcept {
    static_assert(Flat<State> && sizeof(State) <= sizeof(bytes));
    State state;
    std::memcpy(static_cast<void*>(&state), bytes.data(), sizeof(State));
    return state;
  }
  template <class State>
  void put(const State& state) noexcept {
    static_assert(Flat<State> && sizeof(State) <= sizeof(bytes));
    std::memcpy(bytes.data(), &state, sizeof(State));
  }

  [[nodiscard]] Answer answer() const {
    return with_state_of(
        type, [this](auto state) { return answer_of(as<typename decltype(state)::type>()); });
  }
  [[nodiscard]] std::string text() const {
    return with_state_of(
        type, [this](auto state) { return text_of(as<typename decltype(state)::type>()); });
  }
};
BOOST_DESCRIBE_STRUCT(Payload, (), (type, bytes))

/// Updates 1, 3 and 4 as "{1, 3, 4}".
[[nodiscard]] inline std::string updates_text(UpdateSet updates) {
  std::string text;
  for (std::size_t position = 0; position < most_updates; ++position) {
    if (!contains(updates, position)) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(position + 1);
  }
  return "{" + text + "}";
}
/// "add 2"; "increment" is of no key.
[[nodiscard]] inline std::string update_text(Operation operation, Item key) {
  return fmt::format("{}{}", enum_name(operation), key == 0 ? "" : fmt::format(" {}", key));
}

}  // namespace everyway::crdt
