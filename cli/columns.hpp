#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace everyway {

/// The width that reports keep to, in characters.
inline constexpr std::size_t page_width = 100;

/// `text` broken at spaces into lines of at most `width` characters; lines after the first begin
/// with `indent` spaces. The first line is taken to begin after `used` characters.
[[nodiscard]] std::string wrapped_text(const std::string& text, std::size_t indent,
                                       std::size_t used = 0, std::size_t width = page_width);

/// Rows of cells as aligned columns, each row on a line that begins with `indent` spaces. The last
/// cell of a row is wrapped within its column.
[[nodiscard]] std::string columns_text(const std::vector<std::vector<std::string>>& rows,
                                       std::size_t indent);

/// "label     text", with the text wrapped in its column. Ends with a line feed.
[[nodiscard]] std::string labelled_text(const std::string& label, const std::string& text);

}  // namespace everyway
