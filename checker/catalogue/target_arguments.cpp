#include "checker/catalogue/target_arguments.hpp"

#include <algorithm>
#include <charconv>

namespace everyway {

namespace {

std::uint64_t number_of(std::string_view option, std::string_view text) {
  std::uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || number == 0) {
    throw UsageError(fmt::format("{}{}: give a whole number from 1", option, text));
  }
  return number;
}

/// Whether the option is one of every target.
bool take_common(std::string_view name, std::string_view text, TargetArguments& arguments) {
  if (name == "--mutant=") {
    arguments.mutant = text;
  } else if (name == "--depth=") {
    arguments.depth = number_of(name, text);
  } else if (name == "--feedback=") {
    const auto feedback = enum_from_name<Feedback>(text);
    if (!feedback) {
      throw UsageError(
          fmt::format("--feedback={}: one of: {}", text, detail::enum_names<Feedback>()));
    }
    arguments.feedback = *feedback;
  } else if (name == "--property=") {
    arguments.properties.emplace_back(text);
  } else if (name == "--no-deadlock") {
    arguments.check_deadlock = false;
  } else if (name == "--no-fail") {
    arguments.fails = false;
  } else if (name == "--worker=") {
    arguments.worker = static_cast<unsigned>(number_of(name, text));
  } else if (name == "--inbox=") {
    arguments.inbox = text;
  } else if (name == "--figures=") {
    arguments.figures = text;
  } else if (name == "--abstract-states=") {
    arguments.abstract_states = text;
  } else if (name == "--under-way=") {
    arguments.under_way = text;
  } else {
    return false;
  }
  return true;
}

}  // namespace

TargetArguments parse_target_arguments(const std::vector<ParameterInfo>& known,
                                       std::span<const std::string> given) {
  TargetArguments arguments;
  for (const std::string& argument : given) {
    const std::string_view view = argument;
    const std::size_t equals = view.find('=');
    const std::size_t end = equals == std::string_view::npos ? view.size() : equals + 1;
    const std::string_view name = view.substr(0, end);
    if (take_common(name, view.substr(end), arguments)) continue;
    const auto parameter = std::ranges::find_if(
        known, [&](const ParameterInfo& each) { return name == "--" + each.name + "="; });
    if (parameter == known.end()) {
      throw UsageError(
          fmt::format("unknown argument {}: give parameters of the model as in "
                      "--servers=5, --mutant=NAME or --depth=N",
                      in_quotes(argument)));
    }
    arguments.parameters.push_back(parse_parameter(*parameter, view.substr(end)));
  }
  return arguments;
}

std::vector<std::string> target_configuration(const ParameterValues& parameters,
                                              const std::string& mutant,
                                              const FuzzOptions& options) {
  std::vector<std::string> arguments;
  for (const ParameterValue& parameter : parameters) {
    arguments.push_back(fmt::format("--{}={}", parameter.name, parameter.value));
  }
  if (!mutant.empty()) arguments.push_back("--mutant=" + mutant);
  arguments.push_back(fmt::format("--depth={}", options.depth));
  arguments.push_back(fmt::format("--feedback={}", enum_name(options.feedback)));
  for (const std::string& property : options.properties) {
    arguments.push_back("--property=" + property);
  }
  if (!options.check_deadlock) arguments.emplace_back("--no-deadlock");
  return arguments;
}

}  // namespace everyway
