#pragma once

#include <utility>

#include "checker/search/marked_set.hpp"
#include "checker/search/model_view.hpp"
#include "checker/search/search_loop.hpp"

namespace everyway {

namespace detail {

/// The same for another type of model with the same states and actions.
template <Model M, Model Other>
[[nodiscard]] SearchResult<M> result_for(SearchResult<Other> other) {
  SearchResult<M> result;
  static_cast<SearchFigures&>(result) = std::move(static_cast<SearchFigures&>(other));
  for (PropertyOutcome<Other>& outcome : other.properties) {
    result.properties.push_back({std::move(outcome.name), std::move(outcome.meaning), outcome.kind,
                                 outcome.verdict, std::move(outcome.why), std::nullopt});
    if (!outcome.trace) continue;
    result.properties.back().trace =
        Trace<M>{outcome.trace->initial, std::move(outcome.trace->actions)};
  }
  return result;
}

/// One search with a visited set that keeps no parents; `order` as for `ModelView`.
template <class VisitedSet, Model M>
[[nodiscard]] SearchResult<M> search_without_parents(const M& model, const SearchOptions& options,
                                                     const ProgressObserver& observer,
                                                     const SearchControl& control = {},
                                                     std::uint64_t order = 0) {
  using View = ModelView<M>;
  const View view(model, order);
  return result_for<M>(Search<View, MarkedSet<VisitedSet>>(view, options, observer, control).run());
}

}  // namespace detail

}  // namespace everyway
