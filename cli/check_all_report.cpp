#include "cli/check_all_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "checker/model/fields.hpp"
#include "cli/columns.hpp"
#include "cli/quantities.hpp"
#include "cli/report_json.hpp"

namespace everyway {

namespace {

std::string violations_text(const CheckReport& report) {
  std::string text;
  for (const PropertyReport& outcome : report.properties) {
    if (outcome.verdict != Verdict::violated) continue;
    text += fmt::format("violated: {}: {}; everyway check {} tells the story\n", report.model,
                        outcome.property.name, report.model);
  }
  return text;
}

std::string unfinished_text(const CheckReport& report) {
  return wrapped_text(fmt::format("unknown: {}: {}", report.model,
                                  report.stop_detail.empty() ? std::string(enum_name(report.stop))
                                                             : report.stop_detail),
                      4) +
         "\n";
}

std::string left_out_text(const std::vector<std::string>& names) {
  if (names.empty()) return "";
  return wrapped_text(fmt::format("not checked: {}", fmt::join(names, ", ")), 4) + "\n";
}

std::string verdict_line(const CheckAllReport& report) {
  const std::size_t checked = report.models.size();
  const std::string time = seconds_text(report.seconds);
  switch (report.verdict()) {
    case Verdict::holds:
      return fmt::format("holds: every property of {}, in {}\n", counted(checked, "model"), time);
    case Verdict::violated: {
      const auto violated = std::ranges::count(report.models, Verdict::violated,
                                               [](const CheckReport& m) { return m.verdict; });
      return fmt::format("violated: {} of {}, in {}\n", violated, counted(checked, "model"), time);
    }
    case Verdict::unknown:
      break;
  }
  return fmt::format("unknown: not every search was finished, in {}\n", time);
}

}  // namespace

Verdict CheckAllReport::verdict() const noexcept {
  Verdict worst = left_out.empty() ? Verdict::holds : Verdict::unknown;
  for (const CheckReport& report : models) {
    if (report.verdict == Verdict::violated) return Verdict::violated;
    if (report.verdict == Verdict::unknown) worst = Verdict::unknown;
  }
  return worst;
}

CheckAllTable::CheckAllTable(const Catalogue& catalogue) {
  for (const auto& entry : catalogue) name_width_ = std::max(name_width_, entry->name().size());
}

std::string CheckAllTable::head() const {
  return fmt::format("{:{}}  verdict   {:>13}  {:>13}  {:>5}  {:>10}\n", "model", name_width_,
                     "distinct", "generated", "depth", "time");
}

std::string CheckAllTable::row(const CheckReport& report) const {
  return fmt::format("{:{}}  {:8}  {:>13}  {:>13}  {:>5}  {:>10}\n", report.model, name_width_,
                     enum_name(report.verdict), count_text(report.distinct),
                     count_text(report.generated), report.depth, seconds_text(report.seconds));
}

std::string check_all_summary(const CheckAllReport& report) {
  std::string text;
  for (const CheckReport& model : report.models) {
    text += violations_text(model);
    if (model.verdict == Verdict::unknown) text += unfinished_text(model);
  }
  text += left_out_text(report.left_out);
  if (!text.empty()) text += "\n";
  return "\n" + text + verdict_line(report);
}

boost::json::object check_all_json(const CheckAllReport& report) {
  boost::json::array models;
  for (const CheckReport& model : report.models) models.push_back(report_json(model));
  boost::json::array left_out;
  for (const std::string& name : report.left_out) left_out.emplace_back(name);
  return {{"verdict", enum_name(report.verdict())},
          {"seconds", report.seconds},
          {"models", std::move(models)},
          {"not_checked", std::move(left_out)}};
}

}  // namespace everyway
