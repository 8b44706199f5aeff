#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "checker/catalogue/catalogue.hpp"

namespace everyway {

/// What `everyway check --all` found.
struct CheckAllReport {
  std::vector<CheckReport> models;    ///< those that were checked, in the order of the catalogue
  std::vector<std::string> left_out;  ///< those that were not, after a stop
  double seconds = 0;

  /// Violated if a model is; otherwise unknown if a model is, or was left out.
  [[nodiscard]] Verdict verdict() const noexcept;
};

/// The table of `check --all`, a line at a time, so that each appears when its model is done.
class CheckAllTable {
 public:
  /// Columns as wide as the longest name.
  explicit CheckAllTable(const Catalogue& catalogue);

  [[nodiscard]] std::string head() const;
  [[nodiscard]] std::string row(const CheckReport& report) const;

 private:
  std::size_t name_width_ = 5;
};

/// What stands below the table: the properties that are violated, the searches that stopped early,
/// and the verdict as the last line.
[[nodiscard]] std::string check_all_summary(const CheckAllReport& report);

/// The reports of all models as one JSON object.
[[nodiscard]] boost::json::object check_all_json(const CheckAllReport& report);

}  // namespace everyway
