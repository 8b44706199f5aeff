#include "checker/minimise/shorter.hpp"

#include <fmt/format.h>

#include "checker/search/memory.hpp"

namespace everyway::detail {

namespace {

/// What a search may take that nobody limited, and that is not asked to prove at all costs.
constexpr std::size_t usual_memory = std::size_t{2} << 30U;

std::string on_what(const SearchFigures& figures, bool symmetry) {
  return fmt::format(
      "{} distinct states{}; the chance that a fingerprint collision hid one is about {:.2g}, an "
      "optimistic estimate",
      figures.distinct, symmetry ? " up to the names of nodes and values" : "",
      figures.collision_probability);
}

}  // namespace

Proof no_proof(const std::string& why) { return {Optimality::not_proved, why}; }

Proof proof_from(const SearchFigures& figures, bool found, bool symmetry) {
  if (found) {
    return {Optimality::found,
            fmt::format("found breadth-first among {}", on_what(figures, symmetry))};
  }
  if (figures.stop == Stop::max_depth || figures.stop == Stop::exhausted) {
    return {Optimality::proved,
            fmt::format("no run of fewer actions shows it, in {}", on_what(figures, symmetry))};
  }
  if (figures.stop == Stop::max_seconds) return no_proof("the time for searching was over");
  return no_proof(figures.stop_detail);
}

SearchOptions search_options(const MinimiseSession& session, std::uint32_t depth) {
  const MinimiseOptions& given = session.options();
  SearchOptions options;
  options.workers = given.workers;
  options.max_depth = depth;
  options.max_states = given.max_states;
  options.check_deadlock = false;
  options.max_memory_bytes = given.max_memory_bytes;
  if (options.max_memory_bytes == 0 && !given.optimal) {
    options.max_memory_bytes = std::min(usual_memory, available_memory() / 5 * 4);
  }
  if (session.limits_seconds()) options.max_seconds = session.seconds_left();
  return options;
}

}  // namespace everyway::detail
