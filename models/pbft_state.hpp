// What the replicas of PBFT have on record about one sequence number (see pbft.hpp), and what they
// can do.
#pragma once

#include <fmt/format.h>

#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/model/flat.hpp"
#include "checker/model/node_id.hpp"
#include "checker/model/per_node.hpp"
#include "checker/model/renaming.hpp"
#include "checker/model/text.hpp"
#include "checker/model/value_id.hpp"

namespace everyway::pbft {

inline constexpr std::size_t most_replicas = 7;
inline constexpr std::size_t most_views = 3;
inline constexpr std::size_t most_requests = 2;

/// Stands for whatever a faulty primary may propose though no client sent it.
inline constexpr ValueId forged = ValueId::at(most_requests);

using ReplicaSet = NodeSet<most_replicas>;

/// A set of requests, a forged one among them: one bit each.
struct RequestSet {
  std::uint8_t bits = 0;

  constexpr void insert(ValueId request) noexcept {
    bits = static_cast<std::uint8_t>(bits | 1U << request.index());
  }
  [[nodiscard]] constexpr bool contains(ValueId request) const noexcept {
    return (bits >> request.index() & 1U) != 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits == 0; }

  void rename(const Renaming& renaming) noexcept {
    RequestSet renamed;
    for (std::size_t index = 0; index <= most_requests; ++index) {
      if (contains(ValueId::at(index))) renamed.insert(renaming(ValueId::at(index)));
    }
    *this = renamed;
  }
  /// The requests, with "and" between them.
  [[nodiscard]] std::string text() const {
    std::string members;
    for (std::size_t index = 0; index <= most_requests; ++index) {
      if (!contains(ValueId::at(index))) continue;
      members += (members.empty() ? "" : " and ") + text_of(ValueId::at(index));
    }
    return members.empty() ? "nothing" : members;
  }
};
BOOST_DESCRIBE_STRUCT(RequestSet, (), (bits))

/// The certificate that a faulty replica shows in a VIEW-CHANGE.
struct Claim {
  std::uint8_t view_after = 0;  ///< one more than the certificate's view; 0: it shows none
  ValueId request;
};
BOOST_DESCRIBE_STRUCT(Claim, (), (view_after, request))

/// What a replica did in one view. A correct one lets itself in for one request, but mutants do
/// not. Of a faulty one that tells everybody the same: what it said, true or not.
struct Record {
  bool view_change = false;  ///< it sent VIEW-CHANGE, asking for this view
  bool entered = false;      ///< it takes part; as the primary of a view but the first: by NEW-VIEW
  ValueId carried;           ///< the primary: the request that its NEW-VIEW carries over, if any
  RequestSet accepted;       ///< the primary sent PRE-PREPARE for it, the others PREPARE
  RequestSet prepared;       ///< it sent COMMIT
  RequestSet committed;      ///< committed-local: it executes the request
  Claim claim;               ///< a faulty replica's only: what its VIEW-CHANGE tells

  [[nodiscard]] std::string text() const {
    std::string all;
    const auto add = [&](bool happens, const std::string& words) {
      if (happens) all += (all.empty() ? "" : ", ") + words;
    };
    add(view_change, "asked for");
    add(claim.view_after != 0,
        fmt::format("showing {} of view {}", text_of(claim.request), claim.view_after - 1));
    add(entered, "entered");
    add(!carried.is_none(), text_of(carried) + " carried over");
    add(!accepted.empty(), text_of(accepted) + " accepted");
    add(!prepared.empty(), stage(prepared, "prepared"));
    add(!committed.empty(), stage(committed, "committed"));
    return all.empty() ? "nothing" : all;
  }

 private:
  /// The requests are told where they are not those that were accepted.
  [[nodiscard]] std::string stage(RequestSet requests, const std::string& word) const {
    return requests.bits == accepted.bits ? word : requests.text() + " " + word;
  }
};
BOOST_DESCRIBE_STRUCT(Record, (),
                      (view_change, entered, carried, accepted, prepared, committed, claim))

/// A replica: its view, and its records, by view.
struct Replica {
  std::uint8_t view = 0;
  std::array<Record, most_views> records{};

  /// Whether it takes part in its view, and does not wait for NEW-VIEW.
  [[nodiscard]] bool active_in(std::size_t v) const noexcept {
    return view == v && records[v].entered;
  }
  /// Whether NEW-VIEW for view `v` would still lead it further.
  [[nodiscard]] bool may_enter(std::size_t v) const noexcept {
    return view < v || (view == v && !records[v].entered);
  }
  [[nodiscard]] std::string text() const {
    std::string all = fmt::format("in view {}", view);
    for (std::size_t v = 0; v < most_views; ++v) {
      const std::string record = records[v].text();
      if (record != "nothing") all += fmt::format("; view {}: {}", v, record);
    }
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(Replica, (), (view, records))

/// What `name` says of each of the replicas: "n1, n2 and n3".
template <class Name>
[[nodiscard]] std::string listed(ReplicaSet replicas, const Name& name) {
  std::string all;
  std::size_t left = replicas.size();
  replicas.for_each([&](NodeId replica) {
    --left;
    if (!all.empty()) all += left == 0 ? " and " : ", ";
    all += name(replica);
  });
  return all;
}

/// Messages are never taken away, and what a correct replica sent follows from its records. What a
/// faulty one sends needs no room either where it tells each what it likes: it may have sent
/// whatever it is able to sign.
struct State {
  ReplicaSet faulty;
  PerNode<Replica, most_replicas> replicas;

  /// Who is faulty, and which replicas have done something.
  [[nodiscard]] std::string text() const {
    std::string all = listed(faulty, [](NodeId replica) { return text_of(replica); });
    if (all.empty()) all = "no replica";
    all += faulty.size() > 1 ? " are faulty" : " is faulty";
    Replica idle;
    idle.records[0].entered = true;
    for (std::size_t index = 0; index < most_replicas; ++index) {
      const Replica& replica = replicas[index];
      if (same_bytes(replica, Replica{}) || same_bytes(replica, idle)) continue;
      all += fmt::format(", {} is {}", text_of(NodeId::at(index)), replica.text());
    }
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(State, (), (faulty, replicas))

/// Of a faulty replica that tells everybody the same, a kind says which message it sends.
enum class Kind : std::uint8_t {
  propose,          ///< the primary sends PRE-PREPARE
  accept,           ///< a backup accepts PRE-PREPARE, and sends PREPARE
  become_prepared,  ///< a replica has PREPAREs enough, and sends COMMIT
  commit,           ///< a replica has COMMITs enough, and executes the request
  time_out,         ///< a replica leaves its view, and sends VIEW-CHANGE
  send_new_view,    ///< the new primary has VIEW-CHANGEs enough, and sends NEW-VIEW
  enter_new_view,   ///< a backup accepts NEW-VIEW, and sends PREPARE for what it carries over
};
BOOST_DESCRIBE_ENUM(Kind, propose, accept, become_prepared, commit, time_out, send_new_view,
                    enter_new_view)

struct Action {
  Kind kind{};
  NodeId replica;
  std::uint8_t view = 0;  ///< after a timeout, the view that it asks for
  ValueId request;        ///< for NEW-VIEW: what it carries over, if anything
  Claim claim;            ///< a faulty replica's VIEW-CHANGE: what it tells
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, replica, view, request, claim))

}  // namespace everyway::pbft
