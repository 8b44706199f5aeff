#include "cli/columns.hpp"

#include <algorithm>

namespace everyway {

namespace {

constexpr std::size_t between_columns = 2;

std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  return widths;
}

}  // namespace

std::string wrapped_text(const std::string& text, std::size_t indent, std::size_t used,
                         std::size_t width) {
  std::string wrapped;
  std::size_t column = used;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (begin > 0) {
      const bool fits = column + 1 + word.size() <= width;
      wrapped += fits ? " " : "\n" + std::string(indent, ' ');
      column = fits ? column + 1 : indent;
    }
    wrapped += word;
    column += word.size();
    begin = end + 1;
  }
  return wrapped;
}

std::string columns_text(const std::vector<std::vector<std::string>>& rows, std::size_t indent) {
  const std::vector<std::size_t> widths = column_widths(rows);
  std::string text;
  for (const auto& row : rows) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      line += row[i] + std::string(widths[i] - row[i].size() + between_columns, ' ');
    }
    if (!row.empty()) line += wrapped_text(row.back(), line.size(), line.size());
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string labelled_text(const std::string& label, const std::string& text) {
  constexpr std::size_t column = 10;
  std::string line = label;
  line.resize(column, ' ');
  return line + wrapped_text(text, column, column) + "\n";
}

}  // namespace everyway
