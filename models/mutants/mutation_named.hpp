#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "checker/model/fields.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

/// The mutation that `name` selects on the command line: the enumerator of that name, with dashes
/// for its underscores. "" selects `Mutation::none`, the protocol as it should be. Throws
/// `UsageError` for a name that no mutation has.
template <DescribedEnum Mutation>
[[nodiscard]] Mutation mutation_named(std::string_view name) {
  if (name.empty()) return Mutation::none;
  std::string enumerator(name);
  std::replace(enumerator.begin(), enumerator.end(), '-', '_');
  const auto mutation = enum_from_name<Mutation>(enumerator);
  if (!mutation || *mutation == Mutation::none) {
    throw UsageError(fmt::format("there is no mutant \"{}\" of this model", name));
  }
  return *mutation;
}

}  // namespace everyway
