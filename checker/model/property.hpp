#pragma once

#include <boost/describe/enum.hpp>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "checker/model/quick_checks.hpp"

namespace everyway {

/// What a property speaks about.
enum class PropertyKind : std::uint8_t {
  always,       ///< a state refutes it
  always_step,  ///< a transition refutes it: logs that only grow, terms that never fall
  reachable,    ///< an exhausted search that never saw it refutes it: no vacuous success
  deadlock,     ///< a state with no enabled action, unless the model expects it to end there
};
BOOST_DESCRIBE_ENUM(PropertyKind, always, always_step, reachable, deadlock)

/// Why a property fails, in words; nothing when it holds.
using Refutation = std::optional<std::string>;

/// A refutation in the words that `words()` returns. Properties are checked in every state of a
/// search, and nearly always hold: kept apart, the making of words does not slow the checking down.
template <std::invocable Words>
[[nodiscard, gnu::noinline, gnu::cold]] Refutation because(const Words& words) {
  return words();
}

/// One claim about a model. Made by `always`, `always_step` or `reachable` below.
template <class State, class Action>
struct Property {
  PropertyKind kind;
  std::string name;     ///< the name of the literature, such as "Election Safety"
  std::string meaning;  ///< one sentence, with its source
  /// For `always`: why this state refutes it.
  std::function<Refutation(const State&)> refuted_by_state;
  /// For `always_step`: why this transition refutes it.
  std::function<Refutation(const State&, const Action&, const State&)> refuted_by_step;
  /// For `reachable`: whether this state is a witness.
  std::function<bool(const State&)> witnessed_by;
  /// The same without words, as a search asks it: for this property and those that were listed
  /// with it. None for a deadlock.
  std::shared_ptr<const QuickChecks<State, Action>> quick = nullptr;
  unsigned position = 0;  ///< of this property there
};

/// A property whose check is known by its type: what a list of them needs to check them together.
template <class State, class Action, PropertyKind Kind, class Check>
struct Claim : Property<State, Action> {
  static constexpr PropertyKind claimed = Kind;
  Check check;
};

namespace detail {

template <class T, class State, class Action>
inline constexpr bool is_claim = false;
template <class State, class Action, PropertyKind Kind, class Check>
inline constexpr bool is_claim<Claim<State, Action, Kind, Check>, State, Action> = true;

[[nodiscard]] inline bool refutes(const Refutation& refutation) { return refutation.has_value(); }
[[nodiscard]] inline bool refutes(bool holds) { return !holds; }

/// The checks of some claims, in one piece of code each for states, for steps and for witnesses.
template <class State, class Action, class... Claims>
class ChecksOf final : public QuickChecks<State, Action> {
 public:
  using Bits = PropertyBits;
  static_assert(sizeof...(Claims) <= 64, "a list of properties has a bit for each");

  explicit ChecksOf(const Claims&... claims) : checks_(claims.check...) {}

  // Flattened: the checks are inlined whole, but for the making of words (`because`).
  [[nodiscard, gnu::flatten]] Bits refuted_by_state(const State& state) const override {
    return bits<PropertyKind::always>([&](const auto& check) { return refutes(check(state)); });
  }
  [[nodiscard, gnu::flatten]] Bits refuted_by_step(const State& before, const Action& action,
                                                   const State& after) const override {
    return bits<PropertyKind::always_step>(
        [&](const auto& check) { return refutes(check(before, action, after)); });
  }
  [[nodiscard, gnu::flatten]] Bits witnessed_by(const State& state) const override {
    return bits<PropertyKind::reachable>([&](const auto& check) { return check(state); });
  }

 private:
  template <PropertyKind Kind, class Ask>
  [[nodiscard]] Bits bits(const Ask& ask) const {
    return bits_at<Kind>(ask, std::index_sequence_for<Claims...>());
  }
  template <PropertyKind Kind, class Ask, std::size_t... Positions>
  [[nodiscard]] Bits bits_at(const Ask& ask, std::index_sequence<Positions...>) const {
    return (Bits{0} | ... | bit<Kind, Positions>(ask));
  }
  template <PropertyKind Kind, std::size_t Position, class Ask>
  [[nodiscard]] Bits bit(const Ask& ask) const {
    if constexpr (std::tuple_element_t<Position, std::tuple<Claims...>>::claimed == Kind) {
      return static_cast<Bits>(static_cast<bool>(ask(std::get<Position>(checks_)))) << Position;
    } else {
      return 0;
    }
  }

  std::tuple<decltype(Claims::check)...> checks_;
};

}  // namespace detail

/// The properties of a model. Those that are listed together (`{property::always(...), ...}`) are
/// checked together, which is faster than one by one.
template <class State, class Action>
class Properties : private std::vector<Property<State, Action>> {
  using Base = std::vector<Property<State, Action>>;

 public:
  using Base::begin, Base::end, Base::size, Base::empty, Base::operator[], Base::front, Base::back;
  using Base::push_back;
  using typename Base::value_type;

  Properties() = default;
  template <class... Claims>
  requires(sizeof...(Claims) >= 1 && (detail::is_claim<Claims, State, Action> && ...))
      Properties(Claims... claims) {
    const auto quick =
        std::make_shared<const detail::ChecksOf<State, Action, Claims...>>(claims...);
    this->reserve(sizeof...(Claims));
    (add(std::move(claims), quick), ...);
  }

 private:
  void add(Property<State, Action> property,
           std::shared_ptr<const QuickChecks<State, Action>> quick) {
    property.quick = std::move(quick);
    property.position = static_cast<unsigned>(this->size());
    this->push_back(std::move(property));
  }
};

/// Makes the properties of one model; `Make<State, Action>{}.always(...)` reads best through
/// `using property = PropertyOf<State, Action>` in the model.
template <class State, class Action>
struct PropertyOf {
  /// Holds if no reachable state refutes it. `check` returns why it fails (a `Refutation`), or
  /// whether it holds (a bool).
  template <class Check>
  requires std::invocable<const Check&, const State&>
  [[nodiscard]] static auto always(std::string name, std::string meaning, Check check) {
    auto made = claim<PropertyKind::always>(std::move(name), std::move(meaning), std::move(check));
    made.refuted_by_state = [check = made.check](const State& state) {
      return in_words(check(state), "the state does not satisfy it");
    };
    return made;
  }

  /// Holds if no reachable transition refutes it.
  template <class Check>
  requires std::invocable<const Check&, const State&, const Action&, const State&>
  [[nodiscard]] static auto always_step(std::string name, std::string meaning, Check check) {
    auto made =
        claim<PropertyKind::always_step>(std::move(name), std::move(meaning), std::move(check));
    made.refuted_by_step = [check = made.check](const State& before, const Action& action,
                                                const State& after) {
      return in_words(check(before, action, after), "the step does not satisfy it");
    };
    return made;
  }

  /// Holds if some reachable state is a witness.
  template <std::predicate<const State&> Check>
  [[nodiscard]] static auto reachable(std::string name, std::string meaning, Check check) {
    auto made =
        claim<PropertyKind::reachable>(std::move(name), std::move(meaning), std::move(check));
    made.witnessed_by = made.check;
    return made;
  }

 private:
  template <PropertyKind Kind, class Check>
  [[nodiscard]] static Claim<State, Action, Kind, Check> claim(std::string name,
                                                               std::string meaning, Check check) {
    using Made = Claim<State, Action, Kind, Check>;
    Made made{{Kind, std::move(name), std::move(meaning), {}, {}, {}}, std::move(check)};
    made.quick = std::make_shared<const detail::ChecksOf<State, Action, Made>>(made);
    return made;
  }
  [[nodiscard]] static Refutation in_words(Refutation refutation, const char*) {
    return refutation;
  }
  [[nodiscard]] static Refutation in_words(bool holds, const char* why) {
    if (holds) return std::nullopt;
    return why;
  }
};

}  // namespace everyway
