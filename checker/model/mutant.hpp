#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace everyway {

/// A deliberate mistake in a model, behind a named switch: a property is trusted only after it was
/// seen to fail.
struct MutantInfo {
  std::string_view name;     ///< as on the command line: "vote-without-log-check"
  std::string_view meaning;  ///< the mistake, in one sentence
  std::string_view breaks;   ///< the name of the property that it must break
  /// The smallest configuration that shows it, as command line arguments: "--servers 3 --max-term
  /// 2".
  std::string_view parameters;
  /// Actions of the shortest counterexample in that configuration.
  std::uint32_t length;
};

using Mutants = std::vector<MutantInfo>;

}  // namespace everyway
