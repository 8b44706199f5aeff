#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "checker/fuzzing/mapped_file.hpp"

namespace everyway {

/// The abstract states that a campaign has reached, by their hashes: a set that its workers share,
/// be they threads or processes, and that a later session goes on with.
///
/// Open addressing in a mapped file; nothing is ever removed. Past three quarters of its room it
/// takes no more, and `count` is a lower bound.
class AbstractStates {
 public:
  /// Opens the set kept at `path`, or begins an empty one. Throws `UsageError`.
  explicit AbstractStates(const std::string& path);

  /// Adds a hash. Returns whether it is new - to all workers. Lock-free; a probe or two.
  bool insert(std::uint64_t hash) noexcept;

  [[nodiscard]] std::uint64_t count() const noexcept;
  /// Whether it can take no more.
  [[nodiscard]] bool is_full() const noexcept { return count() >= most; }

 private:
  static constexpr std::size_t slots = std::size_t{1} << 21U;
  static constexpr std::uint64_t most = slots / 4 * 3;

  [[nodiscard]] std::atomic<std::uint64_t>* words() const noexcept {
    return reinterpret_cast<std::atomic<std::uint64_t>*>(file_.data());
  }

  MappedFile file_;  ///< the number of hashes, then the slots
};

}  // namespace everyway
