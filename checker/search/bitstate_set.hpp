#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "checker/search/coverage.hpp"
#include "checker/search/fingerprint.hpp"
#include "checker/search/fixed_table.hpp"
#include "checker/search/state_id.hpp"

namespace everyway {

/// Some bits for each state found, in a table of fixed size: Holzmann's supertrace (An Improved
/// Protocol Reachability Analysis Technique, 1988), as a Bloom filter whose bits for one state lie
/// in one cache line (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters,
/// 2007). A state whose bits were all set by others is taken for known, and what lies behind it is
/// lost: a search with this set never shows that something holds.
///
/// Line and bits come from the state's fingerprint and a seed; different seeds lose different
/// states. What is lost depends on the order of insertions, so one thread inserts.
class BitstateSet {
 public:
  static constexpr bool keeps_parents = false;
  static constexpr bool trusts_fingerprints = true;

  /// Per-worker state of an insertion: none is needed here.
  class Writer {
   public:
    explicit Writer(BitstateSet&) {}
  };

  /// Takes all its memory from `budget` now. Throws std::bad_alloc if it has not so much.
  BitstateSet(MemoryBudget& budget, const FixedTable& table)
      : table_(budget, table.bytes),
        multiplier_(multiplier_of(table.seed)),
        salt_(mixed(table.seed)),
        bits_per_state_(table.bits_per_state) {}

  /// It is never full, only ever less able to tell states apart.
  [[nodiscard]] std::uint64_t room() const noexcept {
    return std::numeric_limits<std::uint64_t>::max() / 2;
  }
  [[nodiscard]] std::size_t bytes() const noexcept { return table_.bytes(); }
  [[nodiscard]] bool grow(unsigned /*threads*/ = 1) const noexcept { return false; }
  /// How full the table is, from a sample of at most 2^16 lines.
  [[nodiscard]] BitstateCoverage coverage() const noexcept;
  /// Forgets all states and gives the memory back. Only `matches` may be called after that.
  void release() noexcept { table_.release(); }

  void prefetch(std::uint64_t fingerprint) const noexcept {
    __builtin_prefetch(lines() + line_of(fingerprint), 1);
  }

  /// A state's id is its fingerprint. Fresh unless all its bits are set.
  template <class State>
  [[nodiscard]] Inserted insert(Writer&, const State&, std::uint64_t fingerprint,
                                StateId) noexcept {
    return {fingerprint, set_bits(fingerprint)};
  }

  template <class State>
  [[nodiscard]] bool matches(StateId id, const State& state) const noexcept {
    return fingerprint(state) == id;
  }

 private:
  static constexpr unsigned bits_per_choice = 9;  // one of 512 bits in a line
  static_assert(most_bits_per_state * bits_per_choice <= 64);

  struct alignas(64) Line {
    std::array<std::atomic<std::uint64_t>, 8> words;
  };
  static_assert(sizeof(Line) == LineTable::line_bytes);

  [[nodiscard]] Line* lines() const noexcept { return reinterpret_cast<Line*>(table_.data()); }
  [[nodiscard]] std::uint64_t line_of(std::uint64_t fingerprint) const noexcept {
    return scaled_to(fingerprint * multiplier_, table_.lines());
  }

  /// Returns whether any of them was not set.
  bool set_bits(std::uint64_t fingerprint) noexcept {
    Line& line = lines()[line_of(fingerprint)];
    std::uint64_t choices = mixed(fingerprint ^ salt_);
    bool fresh = false;
    for (unsigned i = 0; i < bits_per_state_; ++i, choices >>= bits_per_choice) {
      std::atomic<std::uint64_t>& word = line.words[(choices >> 6U) % 8];
      const std::uint64_t bit = std::uint64_t{1} << (choices % 64);
      const std::uint64_t held = word.load(std::memory_order_relaxed);
      if ((held & bit) != 0) continue;
      word.store(held | bit, std::memory_order_relaxed);
      fresh = true;
    }
    return fresh;
  }

  LineTable table_;
  std::uint64_t multiplier_;
  std::uint64_t salt_;
  unsigned bits_per_state_;
};

}  // namespace everyway
