#pragma once

#include <boost/describe.hpp>
#include <cstddef>

#include "checker/model/inline_bag.hpp"
#include "structures/clocks/vector_clock.hpp"

namespace everyway::crdt {

/// Multi-value register, state-based: an assignment replaces all values that its replica knows;
/// those assigned concurrently are kept side by side, at most one for each replica.
///
/// Source: Shapiro et al. 2011, Specification 10, after Amazon's Dynamo.
template <class Value, std::size_t Replicas>
struct MVRegister {
  struct Version {
    Value value{};
    clocks::VectorClock<Replicas> clock;
    BOOST_DESCRIBE_CLASS(Version, (), (value, clock), (), ())
  };
  InlineSet<Version, Replicas> versions;
  BOOST_DESCRIBE_CLASS(MVRegister, (), (versions), (), ())

  /// Throws `ModelBoundError` if the clock of `self` is at its highest.
  void assign(NodeId self, const Value& value) {
    Version version;
    for (const Version& known : versions) version.clock.merge(known.clock);
    version.clock.tick(self);
    version.value = value;
    versions.clear();
    versions.insert(version);
  }
  /// Keeps what is not older than a version of the other side.
  void merge(const MVRegister& other) {
    MVRegister result;
    keep_newest(*this, other, result);
    keep_newest(other, *this, result);
    versions = result.versions;
  }

  friend bool operator==(const MVRegister& left, const MVRegister& right) = default;

 private:
  static void keep_newest(const MVRegister& from, const MVRegister& against, MVRegister& result) {
    for (const Version& version : from.versions) {
      bool is_older = false;
      for (const Version& other : against.versions) {
        is_older = is_older || version.clock.happens_before(other.clock);
      }
      if (!is_older) result.versions.insert(version);
    }
  }
};

}  // namespace everyway::crdt
