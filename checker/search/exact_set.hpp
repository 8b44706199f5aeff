#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "checker/search/fingerprint_set.hpp"
#include "checker/search/memory.hpp"
#include "checker/search/packed.hpp"

namespace everyway {

/// The set of all states found, kept whole: packed states in an arena that only grows, and a table
/// of their places. Two states are never taken for one, at the price of memory (the packed state,
/// 16 bytes for its parent and hash, and 9 to 19 bytes of table).
///
/// Same interface and rules for threads as `FingerprintSet`. A state's id is its place in the
/// arena, plus one, in words of 8 bytes.
class ExactSet {
 public:
  static constexpr bool keeps_parents = true;

  /// The part of the arena that one worker fills. A record is written first and published by one
  /// compare-and-swap; if the state turns out to be known, its words are simply used again.
  class Writer {
   public:
    explicit Writer(ExactSet&) {}

   private:
    friend class ExactSet;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
  };

  explicit ExactSet(MemoryBudget& budget);
  ~ExactSet() { budget_.give_back(bytes()); }
  ExactSet(const ExactSet&) = delete;
  ExactSet& operator=(const ExactSet&) = delete;

  [[nodiscard]] std::uint64_t room() const noexcept { return slot_count_ * 17 / 20; }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return slot_count_ * sizeof(Slot) + arena_used_.load(std::memory_order_relaxed) * word_bytes;
  }
  void prefetch(std::uint64_t fingerprint) const noexcept {
    __builtin_prefetch(&slots()[home(fingerprint)], 1);
  }

  /// Throws std::bad_alloc when the budget leaves no room for the state.
  template <class State>
  [[nodiscard]] Inserted insert(Writer& writer, const State& state, std::uint64_t fingerprint,
                                StateId parent) {
    using Pack = Packed<State>;
    if (writer.end_ - writer.next_ < header_words + Pack::max_words) {
      take_block(writer, header_words + Pack::max_words);
    }
    std::uint64_t* record = words() + writer.next_;
    record[0] = fingerprint;
    record[1] = parent;
    const std::size_t size = Pack::pack(state, record + header_words);
    const Inserted inserted = publish(writer.next_, size, fingerprint);
    if (inserted.fresh) writer.next_ += header_words + size;
    return inserted;
  }

  /// Doubles the table. Returns false, with nothing changed, if the budget does not allow it.
  [[nodiscard]] bool grow();

  template <class State>
  [[nodiscard]] bool matches(StateId id, const State& state) const noexcept {
    State held;
    Packed<State>::unpack(record_of(id) + header_words, held);
    return same_bytes(held, state);
  }
  [[nodiscard]] std::vector<StateId> possible_parents(StateId id) const {
    const StateId parent = record_of(id)[1];
    return parent == no_parent ? std::vector<StateId>{} : std::vector<StateId>{parent};
  }

 private:
  using Slot = std::atomic<std::uint64_t>;
  static constexpr std::size_t header_words = 2;
  static constexpr std::size_t word_bytes = 8;
  // A slot holds the low 16 bits of the hash above 48 bits of id, so that most comparisons of
  // different states never touch the arena.
  static constexpr unsigned id_bits = 48;
  static constexpr std::uint64_t id_mask = (std::uint64_t{1} << id_bits) - 1;

  [[nodiscard]] Slot* slots() const noexcept { return reinterpret_cast<Slot*>(table_.data()); }
  [[nodiscard]] std::uint64_t* words() const noexcept {
    return reinterpret_cast<std::uint64_t*>(arena_.data());
  }
  [[nodiscard]] const std::uint64_t* record_of(StateId id) const noexcept {
    return words() + (id - 1);
  }
  [[nodiscard]] std::uint64_t home(std::uint64_t fingerprint) const noexcept {
    return scaled_to(fingerprint, slot_count_);
  }
  void take_block(Writer& writer, std::size_t least_words);
  [[nodiscard]] Inserted publish(std::uint64_t at, std::size_t size, std::uint64_t fingerprint);

  MemoryBudget& budget_;
  GrowingRegion table_;
  GrowingRegion arena_;
  std::uint64_t slot_count_;
  std::atomic<std::uint64_t> arena_used_{0};  // words
};

}  // namespace everyway
