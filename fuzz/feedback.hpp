#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/fuzzing/discovery.hpp"
#include "checker/search/mixing.hpp"

// Where the counters of code edges begin and end that clang's inline-8bit-counters makes; both are
// zero if the program is compiled without. The linker defines these symbols; in C++ they would
// collide with the compiler's own declarations of them.
__asm__(
    ".pushsection .data.rel.ro,\"aw\"\n"
    ".balign 8\n"
    ".weak __start___sancov_cntrs\n"
    ".weak __stop___sancov_cntrs\n"
    ".hidden everyway_code_counters\n"
    ".globl everyway_code_counters\n"
    "everyway_code_counters:\n"
    ".quad __start___sancov_cntrs\n"
    ".quad __stop___sancov_cntrs\n"
    ".popsection\n");
extern "C" {
[[gnu::visibility("hidden")]] extern std::uint8_t* const everyway_code_counters[2];
}

namespace everyway {

inline constexpr std::size_t protocol_counters = std::size_t{1} << 15U;

/// Counters that libFuzzer looks at as it does at those of code edges: one for each abstract state,
/// by its hash.
__attribute__((section("__libfuzzer_extra_counters"),
               used)) static std::array<std::uint8_t, protocol_counters>
    libfuzzer_extra_counters;

/// What libFuzzer sees of the abstract states of a run: each is there, or not. How often would only
/// make much of runs that wait.
class ProtocolFeedback {
 public:
  /// A state of the run.
  void add(std::uint64_t abstract_hash) noexcept {
    const std::size_t at = abstract_hash % protocol_counters;
    libfuzzer_extra_counters[at] = 1;
    news_ |= !seen_[at];
    seen_[at] = true;
  }
  /// Whether the run reached one that no run before it did. Begins the next run.
  bool end_run() noexcept { return std::exchange(news_, false); }

 private:
  std::array<bool, protocol_counters> seen_{};
  bool news_ = false;
};

/// What libFuzzer sees of the code that a run covers.
class CodeFeedback {
 public:
  CodeFeedback() : seen_(counters().size()) {}

  /// Whether the run covers an edge, or covers it so often, as no run before it did. The buckets
  /// are those of libFuzzer.
  bool end_run() noexcept {
    const std::span<std::uint8_t> all = counters();
    std::uint8_t news = 0;
    std::size_t at = 0;
    for (; at + 8 <= all.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, all.data() + at, 8);
      if (word == 0) continue;
      for (std::size_t i = at; i < at + 8; ++i) news |= note(i, all[i]);
    }
    for (; at < all.size(); ++at) news |= note(at, all[at]);
    return news != 0;
  }
  /// Keeps the run from libFuzzer: as if it covered nothing.
  static void forget_run() noexcept {
    const std::span<std::uint8_t> all = counters();
    if (!all.empty()) std::memset(all.data(), 0, all.size());
  }

 private:
  static std::span<std::uint8_t> counters() noexcept {
    return {everyway_code_counters[0], everyway_code_counters[1]};
  }
  /// For each count, one bit for its bucket: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128-255.
  static constexpr std::array<std::uint8_t, 256> buckets = [] {
    std::array<std::uint8_t, 256> bits{};
    for (unsigned count = 1; count < bits.size(); ++count) {
      const auto width = static_cast<unsigned>(std::bit_width(count));
      const unsigned bucket = count < 4 ? count - 1U : width < 7 ? width : width == 7 ? 6 : 7;
      bits[count] = static_cast<std::uint8_t>(1U << bucket);
    }
    return bits;
  }();
  /// The bucket of the count if it is new there; 0 if not. Without a branch: most are not.
  std::uint8_t note(std::size_t at, std::uint8_t count) noexcept {
    const auto is_new = static_cast<std::uint8_t>(buckets[count] & ~seen_[at]);
    seen_[at] |= is_new;
    return is_new;
  }

  std::vector<std::uint8_t> seen_;
};

/// Knows for what the schedules of a corpus were kept, and so to what their descendants are owed.
class Lineage {
 public:
  using Bytes = std::span<const std::uint8_t>;

  /// libFuzzer is about to change `parent`: a schedule of the corpus, or what its last change made.
  void descend_from(Bytes parent) {
    const std::uint64_t hash = hash_of(parent);
    const auto kept = kept_.find(hash);
    if (kept != kept_.end()) {
      earned_ = kept->second;
    } else if (hash != last_) {
      earned_ = Earned::seed;
    }
    begun_ = true;
  }
  /// The run under way has no ancestor.
  void begin_anew() noexcept { earned_ = Earned::chance; }
  /// To what the run under way is owed.
  [[nodiscard]] Earned earned() const noexcept { return begun_ ? earned_ : Earned::seed; }
  /// `run` was tested: whether it reached something new, so that libFuzzer keeps it.
  void tested(Bytes run, bool new_states, bool new_code) {
    last_ = hash_of(run);
    if (!new_states && !new_code) return;
    kept_[last_] = !begun_     ? Earned::seed
                   : !new_code ? Earned::protocol
                               : (new_states ? Earned::both : Earned::code);
  }

 private:
  static std::uint64_t hash_of(Bytes bytes) noexcept {
    std::uint64_t hash = bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
      hash = mixed(hash + word + 0x9e3779b97f4a7c15);
    }
    return hash;
  }

  std::unordered_map<std::uint64_t, Earned> kept_;
  std::uint64_t last_ = 0;
  Earned earned_ = Earned::seed;
  bool begun_ = false;  ///< whether libFuzzer changes schedules; before, it runs the corpus
};

}  // namespace everyway
