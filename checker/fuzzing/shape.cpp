#include "checker/fuzzing/shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "checker/model/fields.hpp"
#include "checker/search/mixing.hpp"

namespace everyway {

namespace {

/// "none", "n2", "v1".
bool is_name(std::string_view text) {
  if (text == "none") return true;
  return text.size() > 1 && (text[0] == 'n' || text[0] == 'v') &&
         std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

/// The enumerators in `value`, in their order.
void put_kinds(const boost::json::value& value, std::string& kinds) {
  if (value.is_string()) {
    const boost::json::string& text = value.get_string();
    const std::string_view view(text.data(), text.size());
    if (!is_name(view)) kinds += (kinds.empty() ? "" : " ") + std::string(view);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object()) put_kinds(member.value(), kinds);
  } else if (value.is_array()) {
    for (const auto& element : value.get_array()) put_kinds(element, kinds);
  }
}

}  // namespace

std::string shape_of(const TraceFile& trace) {
  std::map<std::string, std::size_t> counts;
  for (const boost::json::value& action : trace.actions) {
    std::string kinds;
    put_kinds(action, kinds);
    ++counts[kinds];
  }
  std::string shape = fmt::format("{} {}\n", enum_name(trace.kind), trace.property);
  for (const auto& [kinds, count] : counts) shape += fmt::format("{} {}\n", count, kinds);
  return shape;
}

std::string short_hash(const std::string& text) {
  std::uint64_t hash = 0;
  for (const char character : text) {
    hash = mixed(hash + static_cast<unsigned char>(character) + 0x9e3779b97f4a7c15);
  }
  return fmt::format("{:08x}", hash >> 32U);
}

}  // namespace everyway
