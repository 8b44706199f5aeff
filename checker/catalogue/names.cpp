#include "checker/catalogue/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "checker/model/json.hpp"

namespace everyway {

namespace {

/// Insertions, deletions and replacements of characters between two names (Levenshtein).
std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, replaced});
    }
  }
  return row.back();
}

/// A slip of the finger, or a name cut short.
bool is_near(std::string_view wanted, std::string_view name) {
  if (wanted.size() >= 3 && name.substr(0, wanted.size()) == wanted) return true;
  return edit_distance(wanted, name) <= 1 + std::min(wanted.size(), name.size()) / 4;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::string kebab_case(std::string_view name) {
  std::string kebab;
  for (const char character : name) {
    const auto byte = static_cast<unsigned char>(character);
    if (std::isalnum(byte) != 0) {
      kebab += static_cast<char>(std::tolower(byte));
    } else if (!kebab.empty() && kebab.back() != '-') {
      kebab += '-';
    }
  }
  if (!kebab.empty() && kebab.back() == '-') kebab.pop_back();
  return kebab;
}

int position_of_name(const std::vector<std::string>& names, std::string_view wanted) {
  const std::string kebab = kebab_case(wanted);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!kebab.empty() && kebab_case(names[i]) == kebab) return static_cast<int>(i);
  }
  return -1;
}

std::string unknown_name(std::string_view what, std::string_view wanted,
                         const std::vector<std::string>& names) {
  const std::string start = fmt::format("unknown {} {}; ", what, in_quotes(wanted));
  if (names.empty()) return start + "there is none";
  std::vector<std::string> near;
  for (const std::string& name : names) {
    if (is_near(kebab_case(wanted), kebab_case(name))) near.push_back(name);
  }
  if (near.empty()) return start + "one of: " + joined(names);
  return start + "did you mean " + joined(near) + "?";
}

}  // namespace everyway
