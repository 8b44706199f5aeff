#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <memory>
#include <new>
#include <numeric>
#include <span>

#include "checker/model/text.hpp"
#include "checker/search/packed.hpp"
#include "checker/search/recent_states.hpp"
#include "checker/search/shared_search.hpp"
#include "checker/search/sleep_sets.hpp"

namespace everyway {

/// A visited set whose insertions can be taken in turns, one memory access at a time.
template <class VisitedSet>
concept ProbedSet = requires {
  typename VisitedSet::Probe;
};

/// A visited set that takes some states at once.
template <class VisitedSet>
concept BatchedSet = requires {
  VisitedSet::most_at_once;
};

namespace detail {

template <class VisitedSet>
struct ProbeIn {
  struct type {};
};
template <ProbedSet VisitedSet>
struct ProbeIn<VisitedSet> {
  using type = typename VisitedSet::Probe;
};
template <class VisitedSet>
using ProbeOf = typename ProbeIn<VisitedSet>::type;

}  // namespace detail

/// One worker's part of a search: expands the states that the frontier offers and checks what it
/// finds. Successors are gathered in a batch; those met lately are dropped; for the others, the
/// lines of the visited set are on their way before the first of them is looked up.
template <Model M, class VisitedSet>
class alignas(workers_apart) Expander {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  Expander(SharedSearch<M, VisitedSet>& shared, unsigned worker)
      : shared_(shared),
        worker_(worker),
        writer_(shared.visited),
        batch_(std::make_unique<Batch>()) {
    if (shared.reduction == Reduction::sleep) sleep_ = std::make_unique<Sleep>(shared.model);
    if constexpr (SymmetricModel<M>) {
      if (shared.symmetry) signer_.emplace(shared.symmetry->signer());
    }
  }

  /// Most words of an entry in the frontier.
  static constexpr std::size_t most_words_of_entry =
      1 + Packed<State>::max_words + (ModelWithIndependence<M> ? SleepSet::max_words : 0);

  /// Inserts the model's initial states. By one worker, before the first round.
  void start() {
    guarded([&] {
      shared_.model.init([&](const State& state) {
        ++initial_;
        if (!is_within(shared_.model, state)) return check_outside_initial(state);
        batch_->states[batched_] = state;
        enter_in_batch(no_parent);
      });
      flush();
    });
  }

  /// Takes part in one round, until the frontier offers no more or the search must end.
  void work() {
    guarded([&] {
      while (!shared_.stop.requested()) {
        const FrontierEntries entries = shared_.frontier.take(worker_);
        if (entries.words.empty()) break;
        if (entries.depth + 1 != batch_depth_) flush();
        batch_depth_ = entries.depth + 1;
        expand_all(entries.words);
      }
      flush();
    });
  }

  /// How often each kind of action was taken, by the number of its enumerator.
  [[nodiscard]] std::span<const std::uint64_t> taken() const { return taken_; }
  /// How many enabled actions the reduction left out.
  [[nodiscard]] std::uint64_t skipped() const { return sleep_ ? sleep_->skipped() : 0; }

 private:
  // Enough lookups on their way to hide how far main memory is, in what the nearest cache holds.
  static constexpr std::size_t batch_size =
      std::clamp<std::size_t>((std::size_t{32} << 10U) / sizeof(State), 64, 256);
  static constexpr bool may_leave_bound = BoundedModel<M>;
  static constexpr bool reducible = ModelWithIndependence<M>;
  using Sleep = typename detail::SleepSetsFor<M, batch_size>::type;

  struct Batch {
    std::array<State, batch_size + 1> states;
    std::array<StateId, batch_size> parents;
    std::array<std::uint64_t, batch_size> fingerprints;
    std::array<std::uint16_t, batch_size> candidates;  // positions of those not met lately
    std::array<detail::ProbeOf<VisitedSet>, batch_size> probes;  // of the candidates
    std::bitset<may_leave_bound ? batch_size : 1> outside;
    // Of those outside: the action that leads there, and the fingerprint of the state before it.
    std::array<Action, may_leave_bound ? batch_size : 1> actions;
    std::array<std::uint64_t, may_leave_bound ? batch_size : 1> befores;
  };

  template <class Work>
  void guarded(const Work& work) {
    try {
      work();
    } catch (const ModelBoundError& error) {
      shared_.stop.request(Stop::model_bound, error.what());
    } catch (const VisitedSetFull& full) {
      shared_.stop.request(Stop::max_memory, full.what());
    } catch (const std::bad_alloc&) {
      shared_.stop.request(Stop::max_memory, "the search needs more memory than the limit allows");
    } catch (...) {
      shared_.stop.fail(std::current_exception());
    }
    publish_counts();
  }

  void expand_all(std::span<const std::uint64_t> words) {
    if constexpr (reducible) {
      if (sleep_) return expand_all_reduced(words);
    }
    // Each state is unpacked before the one before it is expanded: its words have long been written
    // when they are read.
    std::array<State, 2> room;
    State* state = room.data();
    State* next = room.data() + 1;
    const std::uint64_t* entry = words.data();
    const std::uint64_t* const end = entry + words.size();
    StateId id = read_entry(entry, *state);
    for (bool more = true; more; std::swap(state, next)) {
      const StateId expanded = id;
      more = entry != end;
      if (more) id = read_entry(entry, *next);
      expand<false>(*state, expanded);
      ++expanded_;
    }
  }

  void expand_all_reduced(std::span<const std::uint64_t> words) requires reducible {
    State state;
    const std::uint64_t* entry = words.data();
    const std::uint64_t* const end = entry + words.size();
    while (entry != end) {
      const StateId id = read_entry(entry, state);
      entry += sleep_->read(entry);
      do expand<true>(state, id);
      while (sleep_->skipped_too_many());
      ++expanded_;
    }
  }

  /// The id and the state of an entry, behind which it leaves `entry`. Where ids are not kept, they
  /// are the fingerprints.
  [[nodiscard]] StateId read_entry(const std::uint64_t*& entry, State& state) const {
    const StateId held = shared_.entries_have_ids ? *entry++ : no_parent;
    entry += Packed<State>::unpack(entry, state);
    return shared_.entries_have_ids ? held : fingerprint(state);
  }

  /// Reduced, it leaves out the actions of the state's sleep set.
  template <bool reduced>
  void expand(const State& state, StateId id) {
    bool any = false;
    [[maybe_unused]] std::uint64_t before = 0;  // the state's fingerprint, once it is needed
    if constexpr (reduced) {
      // A sleep set is of actions seen before the batch is flushed: better not in the midst.
      if (batched_ > batch_size - batch_size / 4) flush();
      sleep_->begin(state, batched_);
    }
    prepare(batched_, state);
    shared_.model.next(state, [&](const Action& action, auto&& effect) {
      any = true;
      if constexpr (reduced) {
        if (sleep_->skips(action)) return;
      }
      ++taken_[static_cast<std::size_t>(action.kind)];
      State& successor = batch_->states[batched_];
      prepare(batched_ + 1, state);
      apply(effect, successor, action);
      shared_.watch.check_step(state, action, successor, [&](auto& watched) {
        watched.report({id, fingerprint(state), depth(), action});
      });
      if constexpr (may_leave_bound) {
        if (!shared_.model.within(successor)) {
          if (shared_.watch.states().empty()) return prepare(batched_, state);
          batch_->outside.set(batched_);
          batch_->actions[batched_] = action;
          if (before == 0) before = fingerprint(state);
          batch_->befores[batched_] = before;
        }
      }
      if constexpr (reduced) sleep_->entered(batched_, is_inside(batched_));
      enter_in_batch(id);
      if (batched_ == 0) prepare(0, state);
    });
    if (!any && shared_.watch.deadlock() != nullptr && !is_expected_end(shared_.model, state)) {
      shared_.watch.deadlock()->report({id, fingerprint(state), depth(), std::nullopt});
    }
  }
  /// Copies the state to where its successor will be. One successor ahead: an effect that reads
  /// what was just copied waits until it has left the processor's store buffer.
  void prepare(std::size_t position, const State& state) {
    copy_flat(batch_->states[position], state);
  }
  [[nodiscard]] bool is_inside(std::size_t position) const {
    if constexpr (may_leave_bound) return !batch_->outside.test(position);
    return true;
  }
  /// Of the states being expanded: actions from an initial state.
  [[nodiscard]] std::uint32_t depth() const { return batch_depth_ - 1; }

  template <class Effect>
  void apply(Effect& effect, State& successor, const Action& action) {
    try {
      effect(successor);
    } catch (const ModelBoundError& error) {
      throw ModelBoundError(fmt::format("{} (taking {} in a state at {} actions from the start)",
                                        error.what(), text_of(action), depth()));
    }
  }

  /// The state itself is in its place already.
  void enter_in_batch(StateId parent) {
    batch_->parents[batched_] = parent;
    if (++batched_ == batch_size) flush();
  }

  [[gnu::noinline]] void flush() {
    if (shared_.room.ensure(portion_, batched_)) {
      look_up_all(choose_candidates());
    }
    batched_ = 0;
    batch_->outside.reset();
    if constexpr (reducible) {
      if (sleep_) sleep_->flushed();
    }
    publish_counts();
  }

  /// Hashed only now: an effect stores single bytes, and reading them back as words at once would
  /// wait for each store to leave the processor's store buffer.
  [[nodiscard]] std::size_t choose_candidates() {
    std::size_t count = 0;
    for (std::size_t i = 0; i < batched_; ++i) {
      const std::uint64_t print = fingerprint(batch_->states[i]);
      batch_->fingerprints[i] = print;
      // Without a branch: whether it was met lately cannot be predicted.
      batch_->candidates[count] = static_cast<std::uint16_t>(i);
      if constexpr (VisitedSet::trusts_fingerprints) {
        count += recent_.met(print) ? 0 : 1;
      } else {
        ++count;
      }
    }
    return count;
  }

  void look_up_all(std::size_t count) {
    if constexpr (may_leave_bound) count = check_those_outside(count);
    if constexpr (SymmetricModel<M>) {
      if (shared_.symmetry) count = make_canonical(count);
    }
    if constexpr (ProbedSet<VisitedSet>) {
      for (std::size_t i = 0; i < count; ++i) {
        batch_->probes[i] = shared_.visited.probe(batch_->fingerprints[batch_->candidates[i]]);
      }
      while (count != 0) count = advance_all(count);
    } else if constexpr (BatchedSet<VisitedSet>) {
      const std::span<const std::uint16_t> all(batch_->candidates.data(), count);
      for (std::size_t first = 0; first < count; first += VisitedSet::most_at_once) {
        shared_.visited.insert_all(
            writer_, batch_->states.data(), batch_->parents.data(),
            all.subspan(first, std::min(VisitedSet::most_at_once, count - first)),
            [this](std::size_t at, const Inserted& inserted) {
              if (inserted.fresh) meet(at, inserted.id);
            });
      }
    } else {
      for (std::size_t i = 0; i < count; ++i) {
        shared_.visited.prefetch(batch_->fingerprints[batch_->candidates[i]]);
      }
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = batch_->candidates[i];
        const Inserted inserted = shared_.visited.insert(
            writer_, batch_->states[at], batch_->fingerprints[at], batch_->parents[at]);
        if (inserted.fresh) meet(at, inserted.id);
      }
    }
  }

  /// Replaces the candidates by the representatives of their orbits; returns how many of these were
  /// not met lately. Only now, since this costs more than all the rest.
  [[nodiscard]] std::size_t make_canonical(std::size_t count) {
    std::size_t left = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint16_t at = batch_->candidates[i];
      shared_.symmetry->make_canonical(batch_->states[at], *signer_);
      const std::uint64_t print = fingerprint(batch_->states[at]);
      // A state that represents itself has just been noted as met, for the first time.
      const bool another = print != batch_->fingerprints[at];
      batch_->fingerprints[at] = print;
      if (VisitedSet::trusts_fingerprints && another && recent_.met(print)) continue;
      batch_->candidates[left++] = at;
    }
    return left;
  }

  /// Looks at one bucket for each candidate; returns how many must look at another.
  [[nodiscard]] std::size_t advance_all(std::size_t count) {
    std::size_t left = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint16_t at = batch_->candidates[i];
      auto& probe = batch_->probes[i];
      switch (shared_.visited.advance(probe, batch_->parents[at])) {
        case VisitedSet::Outcome::known:
          break;
        case VisitedSet::Outcome::fresh:
          meet(at, shared_.visited.id_of(batch_->fingerprints[at], batch_->parents[at]));
          break;
        case VisitedSet::Outcome::go_on:
          batch_->candidates[left] = at;
          batch_->probes[left++] = probe;
          break;
      }
    }
    return left;
  }

  /// Checks the candidates outside the bound, and returns how many are inside.
  [[nodiscard]] std::size_t check_those_outside(std::size_t count) {
    if (batch_->outside.none()) return count;
    std::size_t inside = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint16_t at = batch_->candidates[i];
      if (batch_->outside.test(at)) {
        check_outside(at);
      } else {
        batch_->candidates[inside++] = at;
      }
    }
    return inside;
  }

  /// A state that nobody saw before: checks it and queues it.
  void meet(std::size_t at, StateId id) {
    const State& state = batch_->states[at];
    const std::uint64_t rank = batch_->fingerprints[at];
    ++distinct_;
    --portion_;
    deepest_ = std::max(deepest_, batch_depth_ + 1);
    const auto found = [&](auto& watched) {
      watched.report({id, rank, batch_depth_, std::nullopt});
    };
    shared_.watch.check_state(state, found);
    shared_.watch.check_witness(state, found);
    std::uint64_t* entry = shared_.frontier.room_for(worker_, most_words_of_entry);
    std::size_t words = 0;
    if (shared_.entries_have_ids) entry[words++] = id;
    words += Packed<State>::pack(state, entry + words);
    if constexpr (reducible) {
      if (sleep_) {
        const bool is_initial = batch_depth_ == 0;
        words += is_initial ? Sleep::write_empty(entry + words) : sleep_->write(at, entry + words);
      }
    }
    shared_.frontier.put(worker_, words, batch_depth_);
  }

  /// A state outside the bound is not kept, but it is reachable, so it must satisfy what always
  /// holds.
  void check_outside(std::size_t i) {
    shared_.watch.check_state(batch_->states[i], [&](auto& watched) {
      watched.report({batch_->parents[i], batch_->befores[i], depth(), batch_->actions[i]});
      recent_.forget(batch_->fingerprints[i]);
    });
  }
  void check_outside_initial(const State& state) {
    shared_.watch.check_state(state, [&](auto& watched) {
      watched.report({no_parent, fingerprint(state), 0, std::nullopt, state});
    });
  }

  void publish_counts() {
    WorkerCounts& counts = shared_.counts[worker_];
    counts.distinct.store(distinct_, std::memory_order_relaxed);
    counts.generated.store(std::accumulate(taken_.begin(), taken_.end(), initial_),
                           std::memory_order_relaxed);
    counts.expanded.store(expanded_, std::memory_order_relaxed);
    counts.deepest.store(deepest_, std::memory_order_relaxed);
  }

  SharedSearch<M, VisitedSet>& shared_;
  unsigned worker_;
  typename VisitedSet::Writer writer_;
  std::unique_ptr<Batch> batch_;
  std::size_t batched_ = 0;
  std::uint32_t batch_depth_ = 0;  // of the states in the batch: actions from an initial state
  RecentStates recent_;
  std::unique_ptr<Sleep> sleep_;         // only if the search is reduced
  std::optional<Signer<State>> signer_;  // only if states are orbits
  std::uint64_t portion_ = 0;
  std::uint64_t distinct_ = 0;
  std::uint64_t initial_ = 0;
  std::uint64_t expanded_ = 0;
  std::uint32_t deepest_ = 0;
  std::array<std::uint64_t, enum_count<KindOf<M>>()> taken_{};
};

}  // namespace everyway
