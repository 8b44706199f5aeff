#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace everyway::histories {

/// A relation between n things, one bit for each pair.
class Relation {
 public:
  explicit Relation(std::size_t size)
      : size_(size), words_((size + 63) / 64), bits_(size * words_) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] static constexpr std::size_t bytes(std::size_t size) noexcept {
    return size * ((size + 63) / 64) * sizeof(std::uint64_t);
  }

  void add(std::size_t from, std::size_t to) { row(from)[to / 64] |= std::uint64_t{1} << to % 64; }
  [[nodiscard]] bool has(std::size_t from, std::size_t to) const {
    return (row(from)[to / 64] >> to % 64 & 1) != 0;
  }

  /// Adds (a, to) and (a, x) for each (to, x), for a = `from` and whatever is related to it: keeps
  /// a transitive relation transitive. O(n * n / 64) steps.
  void add_transitively(std::size_t from, std::size_t to);

  /// Calls `visit(to)` for each (from, to), in ascending order.
  template <class Visit>
  void for_each_of(std::size_t from, Visit visit) const {
    for (std::size_t word = 0; word < words_; ++word) {
      for (std::uint64_t bits = row(from)[word]; bits != 0; bits &= bits - 1) {
        visit(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }

  /// Makes the relation transitive if it has no cycle, and then returns the things in an order that
  /// it agrees with. If it has a cycle, nothing changes, and `cycle` is one.
  /// O(n * (n + pairs) / 64) steps.
  struct Closed {
    std::vector<std::size_t> order;
    std::vector<std::size_t> cycle;  ///< empty if there is none; each is related to the next
  };
  Closed close();

 private:
  [[nodiscard]] std::uint64_t* row(std::size_t from) { return bits_.data() + from * words_; }
  [[nodiscard]] const std::uint64_t* row(std::size_t from) const {
    return bits_.data() + from * words_;
  }
  void join(std::size_t into, std::size_t from) {
    for (std::size_t word = 0; word < words_; ++word) row(into)[word] |= row(from)[word];
  }
  [[nodiscard]] std::vector<std::size_t> cycle_among(const std::vector<std::size_t>& before) const;

  std::size_t size_;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

}  // namespace everyway::histories
