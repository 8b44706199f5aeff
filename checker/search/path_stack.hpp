#pragma once

#include <new>
#include <vector>

#include "checker/search/frontier.hpp"

namespace everyway {

/// A stack that knows the path to the state taken last; its entries start with ids. Depth-first,
/// the state above is expanded last before the states below it, so one id for each depth is all
/// that it takes, and a counterexample needs no parents. It can also end paths at a depth.
class PathStack final : public Frontier {
 public:
  /// States that are `max_depth` actions from the start are not queued; 0 for no such limit.
  PathStack(MemoryBudget& budget, std::uint32_t max_depth)
      : budget_(budget), stack_(budget), max_depth_(max_depth) {}
  ~PathStack() override { budget_.give_back(path_.capacity() * sizeof(StateId)); }

  std::uint64_t* room_for(unsigned worker, std::size_t words) override {
    return stack_.room_for(worker, words);
  }
  void put(unsigned worker, std::size_t words, std::uint32_t depth) override {
    if (max_depth_ != 0 && depth >= max_depth_) {
      cut_ = true;
    } else {
      stack_.put(worker, words, depth);
    }
  }
  bool begin_round() override { return stack_.begin_round(); }
  FrontierEntries take(unsigned worker) override {
    const FrontierEntries entries = stack_.take(worker);
    if (!entries.words.empty()) follow(entries.words.front(), entries.depth);
    return entries;
  }
  std::size_t blocks_in_round() const override { return 1; }

  /// Ids from an initial state to the state taken last.
  [[nodiscard]] const std::vector<StateId>& path() const noexcept { return path_; }
  /// Whether any path was ended at the limit.
  [[nodiscard]] bool cut() const noexcept { return cut_; }

 private:
  void follow(StateId id, std::uint32_t depth) {
    if (path_.capacity() <= depth) {
      const std::size_t before = path_.capacity();
      const std::size_t after = 2 * std::size_t{depth} + 64;
      if (!budget_.take((after - before) * sizeof(StateId))) throw std::bad_alloc();
      path_.reserve(after);
      budget_.give_back((after - path_.capacity()) * sizeof(StateId));
    }
    path_.resize(depth);
    path_.push_back(id);
  }

  MemoryBudget& budget_;
  StackFrontier stack_;
  std::uint32_t max_depth_;
  std::vector<StateId> path_;
  bool cut_ = false;
};

}  // namespace everyway
