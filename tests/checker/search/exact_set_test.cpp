// ExactSet against std::map, with states of many sizes. What it shares with FingerprintSet is
// tested in visited_set_test.cpp.
#include "checker/search/exact_set.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <thread>

namespace everyway::testing {
namespace {

constexpr std::size_t ample = std::size_t{1} << 30U;

struct Numbers {
  std::array<std::uint64_t, 3> value{};
};
[[nodiscard]] Numbers numbers(std::uint64_t n) { return {{n % 7, 0, n}}; }

template <std::size_t Size>
struct Bytes {
  std::array<std::uint8_t, Size> value{};
};

/// A state of few bytes, some runs of which are alike, and of any length: the rest is 0.
template <std::size_t Size>
[[nodiscard]] Bytes<Size> some_state(std::mt19937_64& random) {
  Bytes<Size> state;
  const std::size_t live = random() % (Size + 1);
  for (int i = 0; i < 4 && live > 0; ++i) {
    state.value[random() % live] = static_cast<std::uint8_t>(random() % 3);
  }
  if (random() % 16 == 0) state.value.fill(0xFF);
  if (random() % 4 == 0) state.value[random() % Size] = static_cast<std::uint8_t>(random());
  return state;
}

template <class Size>
class ExactSetOf : public ::testing::Test {};
template <std::size_t N>
using Size = std::integral_constant<std::size_t, N>;
using Sizes = ::testing::Types<Size<1>, Size<2>, Size<7>, Size<8>, Size<9>, Size<15>, Size<16>,
                               Size<17>, Size<24>, Size<33>, Size<64>, Size<100>, Size<128>,
                               Size<129>, Size<274>, Size<520>, Size<1100>>;
TYPED_TEST_SUITE(ExactSetOf, Sizes);

/// What the twin remembers of a state.
struct Known {
  StateId id;
  StateId parent;
};

TYPED_TEST(ExactSetOf, HasExactlyTheStatesThatWereInserted) {
  using State = Bytes<TypeParam::value>;
  MemoryBudget budget(ample);
  ExactSet set(budget);
  ExactSet::Writer one(set);
  ExactSet::Writer other(set);
  std::map<std::array<std::uint8_t, TypeParam::value>, Known> twin;
  std::set<StateId> ids;
  std::mt19937_64 random(TypeParam::value);
  StateId parent = no_parent;
  for (int i = 0; i < 8'000; ++i) {
    if (twin.size() == set.room() || i % 2000 == 1999) {
      ASSERT_TRUE(set.grow());
    }
    const auto state = some_state<TypeParam::value>(random);
    const Inserted inserted = set.insert(i % 3 == 0 ? one : other, state, random(), parent);
    const auto [known, fresh] = twin.emplace(state.value, Known{inserted.id, parent});
    ASSERT_EQ(inserted.fresh, fresh);
    ASSERT_EQ(inserted.id, known->second.id);
    ASSERT_NE(inserted.id, no_parent);
    ASSERT_EQ(ids.insert(inserted.id).second, fresh);
    parent = inserted.id;
  }
  State last{};
  for (const auto& [value, known] : twin) {
    ASSERT_TRUE(set.matches(known.id, State{value}));
    ASSERT_EQ(set.matches(known.id, last), value == last.value);
    last.value = value;
    const std::vector<StateId> parents = set.possible_parents(known.id);
    ASSERT_EQ(parents.empty(), known.parent == no_parent);
    if (known.parent != no_parent) {
      ASSERT_NE(std::find(parents.begin(), parents.end(), known.parent), parents.end());
    }
  }
}

// The same states one by one, and many at once.
TYPED_TEST(ExactSetOf, InsertsManyAtOnceAsOneByOne) {
  using State = Bytes<TypeParam::value>;
  MemoryBudget budget(ample);
  ExactSet set(budget);
  ExactSet::Writer writer(set);
  ExactSet::Writer reader(set);
  std::map<std::array<std::uint8_t, TypeParam::value>, StateId> twin;
  std::mt19937_64 random(TypeParam::value + 1);
  for (int batch = 0; batch < 150; ++batch) {
    if (set.room() < twin.size() + ExactSet::most_at_once) {
      ASSERT_TRUE(set.grow());
    }
    std::vector<State> states(random() % (ExactSet::most_at_once + 1));
    for (State& state : states) state = some_state<TypeParam::value>(random);
    const std::vector<StateId> parents(states.size(), no_parent);
    // Those at odd positions, from the last on.
    std::vector<std::uint16_t> positions;
    for (std::size_t i = states.size() / 2; i-- > 0;) {
      positions.push_back(static_cast<std::uint16_t>(2 * i + 1));
    }
    std::size_t met = 0;
    set.insert_all(writer, states.data(), parents.data(), positions,
                   [&](std::size_t number, const Inserted& inserted) {
                     ASSERT_EQ(number, positions[met++]);
                     const auto [known, fresh] = twin.emplace(states[number].value, inserted.id);
                     ASSERT_EQ(inserted.fresh, fresh);
                     ASSERT_EQ(inserted.id, known->second);
                   });
    ASSERT_EQ(met, positions.size());
  }
  for (const auto& [value, id] : twin) {
    const Inserted again = set.insert(reader, State{value}, 0, no_parent);
    ASSERT_FALSE(again.fresh);
    ASSERT_EQ(again.id, id);
  }
}

TYPED_TEST(ExactSetOf, ManyThreadsInsertEachStateOnce) {
  using State = Bytes<TypeParam::value>;
  std::mt19937_64 random(TypeParam::value + 2);
  std::vector<State> states;
  std::set<std::array<std::uint8_t, TypeParam::value>> distinct;
  for (int i = 0; i < 3000; ++i) {
    states.push_back(some_state<TypeParam::value>(random));
    distinct.insert(states.back().value);
  }
  MemoryBudget budget(ample);
  ExactSet set(budget);
  std::atomic<std::uint64_t> fresh{0};
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      ExactSet::Writer writer(set);
      for (std::size_t i = 0; i < states.size(); ++i) {
        const State& state = states[(i + thread * 100) % states.size()];
        if (set.insert(writer, state, 0, no_parent).fresh) ++fresh;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fresh, distinct.size());
}

// Why exact storage exists: states with one fingerprint are still two states.
TEST(ExactSet, TellsStatesWithTheSameFingerprintApart) {
  MemoryBudget budget(ample);
  ExactSet set(budget);
  ExactSet::Writer writer(set);
  constexpr std::uint64_t same = 0x1234'5678'9abc'def0;
  for (std::uint64_t n = 0; n < 100; ++n) {
    EXPECT_TRUE(set.insert(writer, numbers(n), same, no_parent).fresh);
  }
  for (std::uint64_t n = 0; n < 100; ++n) {
    const Inserted again = set.insert(writer, numbers(n), same, no_parent);
    EXPECT_FALSE(again.fresh);
    EXPECT_TRUE(set.matches(again.id, numbers(n)));
  }
}

// A state that finds no room leaves nothing half done behind.
TEST(ExactSet, GoesOnWithKnownStatesAfterOneFoundNoRoom) {
  MemoryBudget budget(std::size_t{1} << 19U);
  ExactSet set(budget);
  ExactSet::Writer writer(set);
  const auto state = [](std::uint64_t n) {
    std::array<std::uint64_t, 8> words{};
    for (std::uint64_t i = 0; i < words.size(); ++i) words[i] = mixed(8 * n + i + 1);
    return words;
  };
  std::vector<StateId> ids;
  bool is_full = false;
  while (!is_full) {
    try {
      ids.push_back(set.insert(writer, state(ids.size()), 0, no_parent).id);
    } catch (const std::bad_alloc&) {
      is_full = true;
    }
  }
  EXPECT_GT(ids.size(), 100U);
  EXPECT_LE(set.bytes(), budget.limit());
  for (std::uint64_t n = 0; n < ids.size(); ++n) {
    const Inserted again = set.insert(writer, state(n), 0, no_parent);
    ASSERT_FALSE(again.fresh);
    ASSERT_EQ(again.id, ids[n]);
    ASSERT_TRUE(set.matches(ids[n], state(n)));
  }
}

// Successors of one state share all but a few nodes.
TEST(ExactSet, KeepsLargeStatesThatAreAlikeInFewBytes) {
  MemoryBudget budget(ample);
  ExactSet set(budget);
  ExactSet::Writer writer(set);
  constexpr std::uint64_t states = 600'000;
  for (std::uint64_t n = 0; n < states; ++n) {
    if (n == set.room()) {
      ASSERT_TRUE(set.grow());
    }
    std::array<std::uint64_t, 32> words{};
    words[3] = n / 1000;
    words[28] = n % 1000 + 1;
    ASSERT_TRUE(set.insert(writer, words, 0, no_parent).fresh);
  }
  EXPECT_LT(static_cast<double>(set.bytes()) / states, 15);
}

}  // namespace
}  // namespace everyway::testing
