#pragma once

#include "checker/search/bitstate_set.hpp"
#include "checker/search/compact_set.hpp"
#include "checker/search/exact_set.hpp"
#include "checker/search/fingerprint_set.hpp"
#include "checker/search/search_loop.hpp"
#include "checker/search/swarm.hpp"
#include "checker/search/without_parents.hpp"

namespace everyway {

/// Explores the states of `model` and decides its properties. `observer` is called about once a
/// second from a thread of its own, and once at the end.
///
/// Breadth-first, the first violation ends the search after the level in which it was found, so
/// that the counts and the counterexample's length, which is the shortest possible, are the same
/// for any number of workers. A search that ends early says so in `stop`, and what it did not
/// decide is `unknown`.
///
/// Throws `UsageError` on options that do not go together and on an unknown property; what the
/// model throws, other than `ModelBoundError`, comes through.
template <Model M>
[[nodiscard]] SearchResult<M> search(const M& model, const SearchOptions& options,
                                     const ProgressObserver& observer = {}) {
  if (options.swarm != 0) return detail::Swarm<M>(model, options, observer).run();
  switch (options.storage) {
    case Storage::exact:
      return detail::Search<M, ExactSet>(model, options, observer).run();
    case Storage::compact:
      return detail::search_without_parents<CompactSet>(model, options, observer);
    case Storage::bitstate:
      return detail::search_without_parents<BitstateSet>(model, options, observer);
    case Storage::fingerprints:
      break;
  }
  return detail::Search<M, FingerprintSet>(model, options, observer).run();
}

}  // namespace everyway
