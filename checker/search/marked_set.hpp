#pragma once

#include <cstdint>

#include "checker/search/fixed_table.hpp"
#include "checker/search/state_id.hpp"

namespace everyway {

/// A visited set without parents, whose ids can carry a mark along a search: the fingerprint of the
/// ancestor at a given depth. That is how a path is rebuilt by halving (halving.hpp).
///
/// The id of a state is handed to the insertion of its successors as their parent. Above the marked
/// depth it counts states from the start; there, it is the state's fingerprint, which is larger
/// than any such count; below, it is passed on.
template <class VisitedSet>
class MarkedSet : public VisitedSet {
 public:
  using VisitedSet::VisitedSet;

  /// From now on, ids are marks of the states that are `depth` >= 1 actions from the start; before
  /// the first call, every id is the state's own fingerprint.
  void mark_at(std::uint32_t depth) noexcept { marked_depth_ = depth; }
  [[nodiscard]] bool ids_are_fingerprints() const noexcept { return marked_depth_ == 0; }

  template <class State>
  [[nodiscard]] Inserted insert(typename VisitedSet::Writer& writer, const State& state,
                                std::uint64_t fingerprint, StateId parent) {
    Inserted inserted = VisitedSet::insert(writer, state, fingerprint, no_parent);
    inserted.id = id_of(fingerprint, parent);
    return inserted;
  }
  /// The id of the state with this fingerprint, inserted with this parent.
  [[nodiscard]] StateId id_of(std::uint64_t fingerprint, StateId parent) const noexcept {
    return marked_depth_ == 0 ? fingerprint : mark(fingerprint, parent);
  }

 private:
  static constexpr StateId least_fingerprint = StateId{1} << 32U;

  [[nodiscard]] StateId mark(std::uint64_t fingerprint, StateId parent) const noexcept {
    if (parent >= least_fingerprint) return parent;
    return parent == marked_depth_ ? fingerprint : parent + 1;
  }

  std::uint32_t marked_depth_ = 0;
};

}  // namespace everyway
