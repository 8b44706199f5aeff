#include "models/registry.hpp"

#include "models/entries.hpp"

namespace everyway {

Catalogue ready_models() {
  Catalogue models;
  models.push_back(raft_entry());
  models.push_back(request_vote_entry());
  models.push_back(paxos_entry());
  models.push_back(two_phase_commit_entry());
  models.push_back(three_phase_commit_entry());
  models.push_back(non_blocking_entry());
  models.push_back(saga_choreography_entry());
  models.push_back(saga_orchestration_entry());
  models.push_back(pbft_entry());
  models.push_back(transport_entry());
  models.push_back(primary_copy_register_entry());
  models.push_back(causal_register_entry());
  models.push_back(gossip_register_entry());
  models.push_back(quorum_register_entry());
  models.push_back(clocks_entry());
  models.push_back(crdt_state_entry());
  models.push_back(crdt_operation_entry());
  models.push_back(rebalancing_entry());
  models.push_back(raft_tla_entry());
  models.push_back(paxos_tla_entry());
  models.push_back(two_phase_tla_entry());
  models.push_back(tcommit_tla_entry());
  models.push_back(die_hard_entry());
  return models;
}

}  // namespace everyway
