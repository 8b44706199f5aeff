#include "properties/histories/judge.hpp"

#include "properties/histories/causal.hpp"
#include "properties/histories/convergence.hpp"
#include "properties/histories/linearizability.hpp"
#include "properties/histories/sequential.hpp"
#include "properties/histories/sessions.hpp"

namespace everyway::histories {

namespace {

/// A guarantee about writes, observed by monotonic reads.
Judgement judge_writes(const History& history, Value initial, Guarantees alone,
                       const Limits& limits) {
  Guarantees observed = alone;
  observed.monotonic_reads = true;
  Judgement judgement = judge_sessions(history, initial, observed, limits);
  if (judgement.verdict != Verdict::violated) return judgement;
  Judgement without = judge_sessions(history, initial, alone, limits);
  if (without.verdict == Verdict::violated) return without;
  Guarantees reads;
  reads.monotonic_reads = true;
  if (judge_sessions(history, initial, reads, limits).verdict == Verdict::holds) return judgement;
  Judgement unknown;
  unknown.why =
      "monotonic reads are violated, and readers that go back cannot tell in which order writes "
      "arrived";
  return unknown;
}

Guarantees guarantees_of(Consistency consistency) {
  Guarantees guarantees;
  guarantees.read_your_writes = consistency == Consistency::read_your_writes;
  guarantees.monotonic_reads = consistency == Consistency::monotonic_reads;
  guarantees.monotonic_writes = consistency == Consistency::monotonic_writes;
  guarantees.writes_follow_reads = consistency == Consistency::writes_follow_reads;
  return guarantees;
}

}  // namespace

const char* meaning_of(Consistency consistency) {
  switch (consistency) {
    case Consistency::linearizable:
      return "every operation takes effect at one moment between its invocation and its response";
    case Consistency::sequential:
      return "some order of all operations, which keeps that of each process, explains the results";
    case Consistency::causal:
      return "every read is explained by the operations in its causal past (CC)";
    case Consistency::causal_memory:
      return "the reads of a process are explained together by their causal past (CM)";
    case Consistency::causal_convergence:
      return "all reads are explained by their causal past and one order in which writes win (CCv)";
    case Consistency::read_your_writes:
      return "a read sees the writes that its process did before";
    case Consistency::monotonic_reads:
      return "a read sees the writes that its process saw before";
    case Consistency::monotonic_writes:
      return "who sees a write sees the writes that its process did before it";
    case Consistency::writes_follow_reads:
      return "who sees a write sees the writes that its process saw before it";
    case Consistency::sessions:
      return "read your writes, monotonic reads, monotonic writes and writes follow reads together";
    case Consistency::convergent:
      return "the last reads of all processes after the last write agree";
  }
  return "";
}

Judgement judge(const History& history, const Object& object, Consistency consistency,
                const Limits& limits) {
  const Value initial = object.initial;
  switch (consistency) {
    case Consistency::linearizable:
      return judge_linearizability(history, object, limits);
    case Consistency::sequential:
      return judge_sequential_consistency(history, object, limits);
    case Consistency::causal:
      return judge_causal_consistency(history, initial, Causal::weak, limits);
    case Consistency::causal_memory:
      return judge_causal_consistency(history, initial, Causal::memory, limits);
    case Consistency::causal_convergence:
      return judge_causal_consistency(history, initial, Causal::convergence, limits);
    case Consistency::read_your_writes:
    case Consistency::monotonic_reads:
      return judge_sessions(history, initial, guarantees_of(consistency), limits);
    case Consistency::monotonic_writes:
    case Consistency::writes_follow_reads:
      return judge_writes(history, initial, guarantees_of(consistency), limits);
    case Consistency::sessions:
      return judge_sessions(history, initial, Guarantees::all(), limits);
    case Consistency::convergent:
      break;
  }
  return judge_convergence(history, initial);
}

}  // namespace everyway::histories
