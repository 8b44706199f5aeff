#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <memory>
#include <new>
#include <span>

#include "checker/model/text.hpp"
#include "checker/search/packed.hpp"
#include "checker/search/shared_search.hpp"

namespace everyway {

/// One worker's part of a search: expands the states that the frontier offers and checks what it
/// finds. Successors are gathered in a batch, so that the lines of the visited set that they
/// need are on their way before the first of them is looked up.
template <Model M, class VisitedSet>
class Expander {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  Expander(SharedSearch<M, VisitedSet>& shared, unsigned worker)
      : shared_(shared),
        worker_(worker),
        writer_(shared.visited),
        batch_(std::make_unique<Batch>()) {
    if constexpr (BoundedModel<M>) outside_.resize(outside_slots);
  }

  /// Inserts the model's initial states. By one worker, before the first round.
  void start() {
    guarded([&] {
      shared_.model.init([&](const State& state) {
        ++generated_;
        if (!is_within(shared_.model, state)) return check_outside_initial(state);
        add_to_batch(state, no_parent, 0);
      });
      flush();
    });
  }

  /// Takes part in one round, until the frontier offers no more or the search must end.
  void work() {
    guarded([&] {
      while (!shared_.stop.requested()) {
        const std::span<const std::uint64_t> entries = shared_.frontier.take(worker_);
        if (entries.empty()) break;
        expand_all(entries);
      }
      flush();
    });
  }

  /// How often each kind of action was taken, by the number of its enumerator.
  [[nodiscard]] std::span<const std::uint64_t> taken() const { return taken_; }

 private:
  static constexpr std::size_t batch_size = 64;
  // Indexed by fingerprint: which states outside the bound were checked lately.
  static constexpr std::size_t outside_slots = 1U << 14U;

  struct Batch {
    std::array<State, batch_size> states;
    std::array<std::uint64_t, batch_size> fingerprints;
    std::array<StateId, batch_size> parents;
    std::array<std::uint32_t, batch_size> depths;
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

  void expand_all(std::span<const std::uint64_t> entries) {
    State state;
    while (!entries.empty()) {
      FrontierHeader header;
      std::memcpy(&header, entries.data(), sizeof(header));
      Packed<State>::unpack(entries.data() + frontier_header_words, state);
      expand(state, header);
      ++expanded_;
      entries = entries.subspan(frontier_header_words + header.words);
    }
  }

  void expand(const State& state, const FrontierHeader& header) {
    bool any = false;
    shared_.model.next(state, [&](const Action& action, auto&& effect) {
      any = true;
      ++generated_;
      ++taken_[static_cast<std::size_t>(action.kind)];
      State& successor = batch_->states[batched_];
      successor = state;
      apply(effect, successor, action, header.depth);
      if (!shared_.watch.steps().empty()) check_step(state, header, action, successor);
      if constexpr (BoundedModel<M>) {
        if (!shared_.model.within(successor)) {
          return check_outside(state, header, action, successor);
        }
      }
      enter_in_batch(header.id, header.depth + 1);
    });
    if (!any && shared_.watch.deadlock() != nullptr && !is_expected_end(shared_.model, state)) {
      shared_.watch.deadlock()->report({header.id, fingerprint(state), header.depth, std::nullopt});
    }
  }

  template <class Effect>
  void apply(Effect& effect, State& successor, const Action& action, std::uint32_t depth) {
    try {
      effect(successor);
    } catch (const ModelBoundError& error) {
      throw ModelBoundError(fmt::format("{} (taking {} in a state at {} actions from the start)",
                                        error.what(), text_of(action), depth));
    }
  }

  void add_to_batch(const State& state, StateId parent, std::uint32_t depth) {
    batch_->states[batched_] = state;
    enter_in_batch(parent, depth);
  }
  /// The state itself is in its place already.
  void enter_in_batch(StateId parent, std::uint32_t depth) {
    batch_->parents[batched_] = parent;
    batch_->depths[batched_] = depth;
    if (++batched_ == batch_size) flush();
  }

  [[gnu::noinline]] void flush() {
    if (!shared_.room.ensure(portion_, batched_)) {
      batched_ = 0;
      return;
    }
    // Hashed only now: an effect stores single bytes, and reading them back as words at once would
    // wait for each store to leave the processor's store buffer.
    for (std::size_t i = 0; i < batched_; ++i) {
      batch_->fingerprints[i] = fingerprint(batch_->states[i]);
      shared_.visited.prefetch(batch_->fingerprints[i]);
    }
    for (std::size_t i = 0; i < batched_; ++i) {
      const Inserted inserted = shared_.visited.insert(writer_, batch_->states[i],
                                                       batch_->fingerprints[i], batch_->parents[i]);
      if (!inserted.fresh) continue;
      ++distinct_;
      --portion_;
      meet(batch_->states[i], inserted.id, batch_->fingerprints[i], batch_->depths[i]);
    }
    batched_ = 0;
    publish_counts();
  }

  /// A state that nobody saw before: checks it and queues it.
  void meet(const State& state, StateId id, std::uint64_t rank, std::uint32_t depth) {
    deepest_ = std::max(deepest_, depth + 1);
    for (auto* watched : shared_.watch.states()) {
      if (watched->property().refuted_by_state(state)) {
        watched->report({id, rank, depth, std::nullopt});
      }
    }
    for (auto* watched : shared_.watch.witnesses()) {
      if (watched->property().witnessed_by(state)) {
        watched->report({id, rank, depth, std::nullopt});
      }
    }
    constexpr std::size_t most_words = frontier_header_words + Packed<State>::max_words;
    std::uint64_t* entry = shared_.frontier.room_for(worker_, most_words);
    const std::size_t words = Packed<State>::pack(state, entry + frontier_header_words);
    const FrontierHeader header{id, depth, static_cast<std::uint32_t>(words)};
    std::memcpy(entry, &header, sizeof(header));
    shared_.frontier.put(worker_, frontier_header_words + words);
  }

  void check_step(const State& before, const FrontierHeader& header, const Action& action,
                  const State& after) {
    for (auto* watched : shared_.watch.steps()) {
      if (watched->property().refuted_by_step(before, action, after)) {
        watched->report({header.id, fingerprint(before), header.depth, action});
      }
    }
  }

  /// A state outside the bound is not kept, but it is reachable, so it must satisfy what always
  /// holds. It is met again and again: a small cache of fingerprints spares most repetitions.
  [[gnu::noinline]] void check_outside(const State& before, const FrontierHeader& header,
                                       const Action& action, const State& outside) {
    if (shared_.watch.states().empty()) return;
    const std::uint64_t print = fingerprint(outside);
    std::uint64_t& checked = outside_[print % outside_slots];
    if (checked == print) return;
    bool refuted = false;
    for (auto* watched : shared_.watch.states()) {
      if (!watched->property().refuted_by_state(outside)) continue;
      watched->report({header.id, fingerprint(before), header.depth, action});
      refuted = true;
    }
    if (!refuted) checked = print;
  }
  void check_outside_initial(const State& state) {
    for (auto* watched : shared_.watch.states()) {
      if (!watched->property().refuted_by_state(state)) continue;
      watched->report({no_parent, fingerprint(state), 0, std::nullopt, state});
    }
  }

  void publish_counts() {
    WorkerCounts& counts = shared_.counts[worker_];
    counts.distinct.store(distinct_, std::memory_order_relaxed);
    counts.generated.store(generated_, std::memory_order_relaxed);
    counts.expanded.store(expanded_, std::memory_order_relaxed);
    counts.deepest.store(deepest_, std::memory_order_relaxed);
  }

  SharedSearch<M, VisitedSet>& shared_;
  unsigned worker_;
  typename VisitedSet::Writer writer_;
  std::unique_ptr<Batch> batch_;
  std::size_t batched_ = 0;
  std::uint64_t portion_ = 0;
  std::uint64_t distinct_ = 0;
  std::uint64_t generated_ = 0;
  std::uint64_t expanded_ = 0;
  std::uint32_t deepest_ = 0;
  std::array<std::uint64_t, enum_count<KindOf<M>>()> taken_{};
  std::vector<std::uint64_t> outside_;
};

}  // namespace everyway
