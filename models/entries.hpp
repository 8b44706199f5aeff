#pragma once

#include <memory>

#include "checker/catalogue/catalogue.hpp"

namespace everyway {

// One function a model, each in models/<name>.cpp, which alone compiles the engine for it.
[[nodiscard]] std::unique_ptr<CatalogueEntry> raft_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> request_vote_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> paxos_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> two_phase_commit_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> three_phase_commit_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> non_blocking_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> saga_choreography_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> saga_orchestration_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> pbft_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> transport_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> primary_copy_register_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> causal_register_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> gossip_register_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> quorum_register_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> clocks_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> crdt_state_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> crdt_operation_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> rebalancing_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> raft_tla_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> paxos_tla_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> two_phase_tla_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> tcommit_tla_entry();
[[nodiscard]] std::unique_ptr<CatalogueEntry> die_hard_entry();

}  // namespace everyway
