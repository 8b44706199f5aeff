#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::pbft {

/// What can be wrong with an implementation of PBFT. On the command line, dashes stand for the
/// underscores.
enum class Mutation : std::uint8_t {
  none,
  small_prepare_quorum,
  small_commit_quorum,
  small_view_change_quorum,
  accept_two_pre_prepares,
  commit_without_prepared,
  ignore_prepared_certificates,
  take_any_certificate,
  unchecked_certificates,
  unchecked_new_view,
  unsigned_requests,
};
BOOST_DESCRIBE_ENUM(Mutation, none, small_prepare_quorum, small_commit_quorum,
                    small_view_change_quorum, accept_two_pre_prepares, commit_without_prepared,
                    ignore_prepared_certificates, take_any_certificate, unchecked_certificates,
                    unchecked_new_view, unsigned_requests)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"small-prepare-quorum",
       "2f replicas make a prepared certificate, the primary among them, not 2f + 1",
       "One request per view", "--replicas 4 --views 1", 4},
      {"small-commit-quorum", "a replica executes a request after 2f COMMITs, not 2f + 1",
       "Agreement", "--replicas 4 --views 2", 11},
      {"small-view-change-quorum", "2f VIEW-CHANGEs prove a NEW-VIEW, not 2f + 1", "Agreement",
       "--replicas 4 --views 2", 12},
      {"accept-two-pre-prepares",
       "a replica accepts another PRE-PREPARE for the same view and sequence number", "Agreement",
       "--replicas 4 --views 1", 10},
      {"commit-without-prepared",
       "replicas send COMMIT at once when they accept PRE-PREPARE, and hold no certificates to "
       "tell "
       "of in a view change",
       "Agreement", "--replicas 4 --views 2", 13},
      {"ignore-prepared-certificates",
       "a NEW-VIEW carries nothing over, whatever the VIEW-CHANGEs tell", "Carried over",
       "--replicas 4 --views 2", 8},
      {"take-any-certificate",
       "a NEW-VIEW carries over the request of any certificate, not of the one from the latest "
       "view",
       "Carried over", "--replicas 4 --views 3", 12},
      {"unchecked-certificates", "nobody checks the certificates that a VIEW-CHANGE shows",
       "Agreement", "--replicas 4 --views 2", 11},
      {"unchecked-new-view", "a backup does not check what a NEW-VIEW carries over", "Agreement",
       "--replicas 4 --views 2", 10},
      {"unsigned-requests", "nobody checks the signature of the client under a request", "Validity",
       "--replicas 4 --views 1", 5},
  };
}

}  // namespace everyway::pbft
