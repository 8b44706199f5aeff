#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "checker/catalogue/catalogue.hpp"

namespace everyway {

/// The report of `everyway check` as one JSON object.
[[nodiscard]] boost::json::object report_json(const CheckReport& report);

/// The report of `everyway simulate`.
[[nodiscard]] boost::json::object report_json(const SimulateReport& report);

/// The report of `everyway replay FILE`.
[[nodiscard]] boost::json::object replay_json(const ReplayReport& report);

/// One model, as `everyway list MODEL` shows it: its parameters, properties and mutants.
[[nodiscard]] boost::json::object model_json(const CatalogueEntry& entry);

/// All models, as `everyway list` shows them.
[[nodiscard]] boost::json::object catalogue_json(const Catalogue& catalogue);

}  // namespace everyway
