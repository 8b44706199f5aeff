#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>

#include "checker/search/memory.hpp"
#include "checker/search/mixing.hpp"

namespace everyway {

/// How to make a visited set that has its size from the start.
struct FixedTable {
  std::size_t bytes = 0;        ///< most bytes of the table; rounded down to whole lines or pages
  std::uint64_t seed = 0;       ///< selects the hash functions
  unsigned bits_per_state = 3;  ///< for bitstate storage: 1 to 7
};

/// A table of fixed size has no place for a state. Being a lack of memory, it ends the search as
/// that does; it never means that the state is known.
class VisitedSetFull : public std::bad_alloc {
 public:
  [[nodiscard]] const char* what() const noexcept override {
    return "the visited set is full; give it more memory";
  }
};

/// An odd number for each seed, 1 for seed 0. Multiplying by it permutes the fingerprints, so that
/// those which agree in their upper bits under one seed do not under another.
[[nodiscard]] constexpr std::uint64_t multiplier_of(std::uint64_t seed) noexcept {
  return seed == 0 ? 1 : (mixed(seed) | 1U);
}

/// Zeroed memory in lines of 64 bytes, taken from a budget in one piece.
class LineTable {
 public:
  static constexpr std::size_t line_bytes = 64;

  /// As many whole lines as `bytes` hold, at least one; whole huge pages from two of them on.
  /// Throws std::bad_alloc if the budget does not allow it.
  LineTable(MemoryBudget& budget, std::size_t bytes);
  ~LineTable() { release(); }
  LineTable(const LineTable&) = delete;
  LineTable& operator=(const LineTable&) = delete;

  [[nodiscard]] std::byte* data() const noexcept { return data_; }
  [[nodiscard]] std::uint64_t lines() const noexcept { return lines_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return lines_ * line_bytes; }
  /// Gives the memory back; the table must not be touched any more.
  void release() noexcept;

 private:
  MemoryBudget& budget_;
  std::uint64_t lines_;
  std::optional<GrowingRegion> region_;
  std::byte* data_ = nullptr;
};

}  // namespace everyway
