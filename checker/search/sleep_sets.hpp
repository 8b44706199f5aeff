#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/search/fingerprint.hpp"

namespace everyway {

/// The actions that one state need not take, as hashes of 32 bits.
///
/// Two actions may share a hash, and yet nothing is left to chance: each action of the set is
/// enabled in the state, since it commutes with the one that led there. So the actions of the state
/// that match are at least as many as the set has, and more exactly if one matches that is not
/// meant: then the state is expanded anew, without the set.
class SleepSet {
 public:
  /// A longer set is cut short: whoever forgets to skip an action only prunes less.
  static constexpr std::size_t most = 15;
  static constexpr std::size_t max_words = (most + 2) / 2;

  void clear() noexcept { size_ = matched_ = 0; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] bool full() const noexcept { return size_ == most; }
  /// Not on a full set.
  void add(std::uint32_t hash) noexcept { hashes_[size_++] = hash; }

  /// Whether to skip an action of that hash. Ask once for each action that the state enables.
  [[nodiscard]] bool skips(std::uint32_t hash) noexcept {
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (hashes_[i] != hash) continue;
      ++matched_;
      return true;
    }
    return false;
  }
  /// Actions that were skipped since the set was read.
  [[nodiscard]] std::uint32_t matched() const noexcept { return matched_; }
  /// When every action was asked about: whether one was skipped that is not of the set. Throws
  /// `std::logic_error` if one of the set was not enabled: then the model's `independent` is wrong.
  [[nodiscard]] bool skipped_too_many() const {
    if (matched_ < size_) {
      throw std::logic_error(
          "the model calls two actions independent, although one is not enabled after the other");
    }
    return matched_ > size_;
  }

  /// Writes the set behind a packed state (room for max_words) and returns the number of words.
  std::size_t write(std::uint64_t* out) const noexcept {
    const std::size_t words = (size_ + 2) / 2;
    out[words - 1] = 0;  // half of it may be unused
    auto* const bytes = reinterpret_cast<std::byte*>(out);
    std::memcpy(bytes, &size_, sizeof size_);
    std::memcpy(bytes + sizeof size_, hashes_.data(), size_ * sizeof(std::uint32_t));
    return words;
  }
  /// Restores what `write` wrote and returns the number of words read.
  std::size_t read(const std::uint64_t* in) noexcept {
    std::memcpy(&size_, in, sizeof size_);
    std::memcpy(hashes_.data(), reinterpret_cast<const std::byte*>(in) + sizeof size_,
                size_ * sizeof(std::uint32_t));
    matched_ = 0;
    return (size_ + 2) / 2;
  }

 private:
  std::uint32_t size_ = 0;
  std::array<std::uint32_t, most> hashes_;
  std::uint32_t matched_ = 0;
};

/// Partial-order reduction in the spirit of sleep sets (Godefroid, "Partial-Order Methods for the
/// Verification of Concurrent Systems", LNCS 1032, 1996, chapter 5) for breadth-first search. It
/// leaves out transitions, never states; why, says docs/SOUNDNESS.md:
///
///   A state u that was found as y(s) does not take x if x was enabled in s, x comes before y in an
///   order of all actions (that of their bytes), both commute in s, and x(s) is within the bound.
///
/// One worker's: it keeps the expansions whose successors are in the batch, and works out the sleep
/// set of a successor only if that turns out to be new.
template <ModelWithIndependence M, std::size_t BatchSize>
class SleepSets {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  explicit SleepSets(const M& model)
      : model_(model), states_(std::make_unique<std::array<State, BatchSize + 1>>()) {}

  /// The set of the state to be expanded next, as it stands behind its packed form.
  std::size_t read(const std::uint64_t* in) noexcept { return current_.read(in); }

  /// Before the first action of an expansion, of which the batch holds nothing yet.
  void begin(const State& state, std::size_t batched) {
    if (batched == 0) {
      drop_expansions();
    } else if (expansions_ != 0 && children_[batched - 1].expansion != expansions_ - 1) {
      // The last one left no successor in the batch: its place is free.
      actions_.resize(begins_[--expansions_]);
    }
    begins_[expansions_] = actions_.size();
    copy_flat((*states_)[expansions_++], state);
  }
  /// Whether to skip this action, which is enabled.
  [[nodiscard]] bool skips(const Action& action) {
    const std::uint32_t hash = hash_of(action);
    const bool skip = current_.skips(hash);
    const State& state = (*states_)[expansions_ - 1];
    actions_.push_back({action, hash, skip && surely_stays_within(model_, state, action)});
    return skip;
  }
  /// The action last asked about was taken, and its successor is at `position` of the batch.
  void entered(std::size_t position, bool within) {
    actions_.back().leads_within = within;
    children_[position] = {static_cast<std::uint32_t>(expansions_ - 1),
                           static_cast<std::uint32_t>(actions_.size() - 1)};
  }
  /// After the last action of an expansion: whether it must be done anew, without its set.
  [[nodiscard]] bool skipped_too_many() {
    const bool anew = current_.skipped_too_many();
    if (anew) {
      current_.clear();
    } else {
      skipped_ += current_.matched();
    }
    return anew;
  }

  /// Writes the set of the successor at `position` of the batch, and returns the words written.
  [[nodiscard]] std::size_t write(std::size_t position, std::uint64_t* out) const {
    SleepSet set;
    const Child child = children_[position];
    const State& before = (*states_)[child.expansion];
    const Action& taken = actions_[child.action].action;
    const std::size_t end =
        child.expansion + 1 < expansions_ ? begins_[child.expansion + 1] : actions_.size();
    for (std::size_t i = begins_[child.expansion]; i < end && !set.full(); ++i) {
      const Enabled& other = actions_[i];
      if (other.leads_within && bytes_less(other.action, taken) &&
          model_.independent(before, other.action, taken)) {
        set.add(other.hash);
      }
    }
    return set.write(out);
  }
  /// A state without predecessor has no set to skip.
  [[nodiscard]] static std::size_t write_empty(std::uint64_t* out) { return SleepSet().write(out); }

  /// The batch is empty from now on. What the expansion under way has seen is still needed.
  void flushed() {
    if (expansions_ <= 1) return;
    const std::size_t last = expansions_ - 1;
    actions_.erase(actions_.begin(), actions_.begin() + static_cast<std::ptrdiff_t>(begins_[last]));
    copy_flat((*states_)[0], (*states_)[last]);
    begins_[0] = 0;
    expansions_ = 1;
  }

  /// Transitions left out so far.
  [[nodiscard]] std::uint64_t skipped() const noexcept { return skipped_; }

 private:
  struct Enabled {
    Action action;
    std::uint32_t hash;
    bool leads_within;  // for certain
  };
  struct Child {
    std::uint32_t expansion;
    std::uint32_t action;
  };

  [[nodiscard]] static std::uint32_t hash_of(const Action& action) noexcept {
    return static_cast<std::uint32_t>(XXH3_64bits(&action, sizeof(Action)));
  }
  void drop_expansions() noexcept {
    expansions_ = 0;
    actions_.clear();
  }

  const M& model_;
  SleepSet current_;
  std::unique_ptr<std::array<State, BatchSize + 1>> states_;  // that are being expanded
  std::array<std::size_t, BatchSize + 1> begins_{};           // of their actions
  std::size_t expansions_ = 0;
  std::vector<Enabled> actions_;
  std::array<Child, BatchSize> children_{};
  std::uint64_t skipped_ = 0;
};

/// For a model that does not tell what commutes: reduction is refused, and there is nothing to do.
struct NoSleepSets {
  template <class M>
  explicit NoSleepSets(const M&) {}
  [[nodiscard]] static std::uint64_t skipped() noexcept { return 0; }
};

namespace detail {

template <Model M, std::size_t BatchSize>
struct SleepSetsFor {
  using type = NoSleepSets;
};
template <ModelWithIndependence M, std::size_t BatchSize>
struct SleepSetsFor<M, BatchSize> {
  using type = SleepSets<M, BatchSize>;
};

}  // namespace detail

}  // namespace everyway
