#include "checker/fuzzing/campaign_place.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "checker/fuzzing/shape.hpp"
#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

namespace {

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && !std::filesystem::is_directory(path)) {
    error = std::make_error_code(std::errc::not_a_directory);
  }
  if (!error && ::access(path.c_str(), W_OK) != 0) error = {errno, std::generic_category()};
  if (error) {
    throw UsageError(fmt::format("cannot use the folder {}: {}", in_quotes(path), error.message()));
  }
}

}  // namespace

CampaignPlace::CampaignPlace(const FuzzOptions& options, const std::string& model,
                             const std::string& configuration)
    : corpus_(options.corpus),
      findings_(options.findings),
      folder_(findings_ + "/campaigns/" + model + "-" + short_hash(configuration)) {
  for (const std::string& folder : {corpus_, findings_, folder_, inbox(), crashes()}) {
    make_folder(folder);
  }
  lock_ = ::open((folder_ + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    if (lock_ >= 0) ::close(lock_);
    throw UsageError(
        fmt::format("a campaign of this configuration is running in {}; give another folder with "
                    "--findings",
                    in_quotes(findings_)));
  }
}

CampaignPlace::~CampaignPlace() { ::close(lock_); }

std::string CampaignPlace::figures(unsigned worker) const {
  return fmt::format("{}/worker-{}.figures", folder_, worker);
}

std::string CampaignPlace::log(unsigned worker) const {
  return fmt::format("{}/worker-{}.log", folder_, worker);
}

std::string CampaignPlace::run_under_way(unsigned worker) const {
  return fmt::format("{}/worker-{}.run", folder_, worker);
}

std::uint64_t CampaignPlace::corpus_files() const {
  std::uint64_t count = 0;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(corpus_, ignored)) {
    count += file.is_regular_file(ignored) ? 1 : 0;
  }
  return count;
}

}  // namespace everyway
