#pragma once

#include <string>

#include "checker/fuzzing/fuzz_options.hpp"

namespace everyway {

/// Where a campaign keeps its things. The folder of findings may serve many campaigns; what one
/// needs to go on lies in a folder of its own inside: campaigns/<model>-<hash of the
/// configuration>. The corpus may be shared, too: schedules have a meaning in every configuration.
class CampaignPlace {
 public:
  /// Makes the folders. `configuration` is as `configuration_text` makes it. Throws `UsageError` if
  /// that cannot be done, or if a session of the same campaign is running.
  CampaignPlace(const FuzzOptions& options, const std::string& model,
                const std::string& configuration);
  CampaignPlace(const CampaignPlace&) = delete;
  CampaignPlace& operator=(const CampaignPlace&) = delete;
  ~CampaignPlace();

  [[nodiscard]] const std::string& corpus() const noexcept { return corpus_; }
  [[nodiscard]] const std::string& findings() const noexcept { return findings_; }
  [[nodiscard]] std::string totals() const { return folder_ + "/campaign.json"; }
  [[nodiscard]] std::string abstract_states() const { return folder_ + "/abstract_states"; }
  [[nodiscard]] std::string inbox() const { return folder_ + "/inbox"; }
  [[nodiscard]] std::string crashes() const { return folder_ + "/crashes"; }
  [[nodiscard]] std::string merged_corpus() const { return folder_ + "/merged_corpus"; }
  [[nodiscard]] std::string figures(unsigned worker) const;
  [[nodiscard]] std::string log(unsigned worker) const;
  [[nodiscard]] std::string run_under_way(unsigned worker) const;

  /// How many schedules the corpus holds.
  [[nodiscard]] std::uint64_t corpus_files() const;

 private:
  std::string corpus_;
  std::string findings_;
  std::string folder_;
  int lock_ = -1;
};

}  // namespace everyway
