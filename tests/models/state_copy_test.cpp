// g++ 12 gives a struct that holds an array of bytes the alias set of bytes, but not the structs
// around an array of such structs, and then forgets what lies between: it takes a state and one of
// its logs for unrelated, and drops or reorders what is stored there. Nothing in the language
// allows that. So the checker and all that includes it are compiled with -fno-strict-aliasing by
// g++; this is the test that they are.
#include <gtest/gtest.h>

#include "models/raft_tla_state.hpp"

namespace everyway::raft_tla {

using Servers = State<3, 2, 3>;
using Log = InlineVector<Entry, 3>;

/// Copies `state` between two assignments to `part`, which lies in it. Not in the unnamed
/// namespace, where the compiler would know its only caller.
[[gnu::noinline]] void copy_between(Servers* copy, const Servers* state, Log* part,
                                    const Log* first, const Log* second) {
  *part = *first;
  *copy = *state;
  *part = *second;
}

TEST(StateCopy, HasWhatWasAssignedToAPartOfTheState) {
  Log first;
  const Log second;
  first.push_back({3, 1});
  Servers state;
  Servers copy;
  copy_between(&copy, &state, &state.servers[1].log, &first, &second);
  EXPECT_EQ(copy.servers[1].log.size(), 1U);
}

}  // namespace everyway::raft_tla
