#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "properties/histories/history.hpp"

namespace everyway::histories {

/// A history of reads and writes in which every value of a key is written once, so that it is known
/// which write each read read from ("differentiated" in the paper that causal.hpp cites).
struct ReadsFrom {
  static constexpr std::size_t initially = ~std::size_t{0};
  static constexpr std::size_t nowhere = initially - 1;  ///< nobody wrote what was read

  std::vector<Operation> operations;   ///< `ok`, and indeterminate writes that someone read
  std::vector<std::size_t> positions;  ///< by operation: in the history
  std::vector<std::size_t> source;     ///< by read: its write, `initially` or `nowhere`
  /// By operation: the next of its process, or none: what is before what in the program is the
  /// transitive closure. An indeterminate write comes after what its process did before.
  std::vector<std::vector<std::size_t>> next;
  std::vector<std::vector<std::size_t>> writes_of_key;
  /// Why the history is not of this kind; empty if it is. The rest is then not filled in.
  std::string problem;

  [[nodiscard]] bool is_read(std::size_t i) const {
    return operations[i].function == Function::read;
  }
};

/// Finds out who read from whom. Registers hold `initial` at first.
[[nodiscard]] ReadsFrom reads_from(const History& history, Value initial);

}  // namespace everyway::histories
