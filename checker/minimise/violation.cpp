#include "checker/minimise/violation.hpp"

#include <cctype>

namespace everyway {

namespace {

bool is_digit(char character) { return std::isdigit(static_cast<unsigned char>(character)) != 0; }
bool is_letter(char character) { return std::isalpha(static_cast<unsigned char>(character)) != 0; }

/// Where the number or name that begins at `at` ends: digits, after one letter at most (n1, v2);
/// `at` if there is none.
std::size_t end_of_name(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (end + 1 < text.size() && is_letter(text[end]) && is_digit(text[end + 1])) ++end;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end > at && is_digit(text[end - 1]) ? end : at;
}

}  // namespace

std::string reason_shape(std::string_view reason) {
  std::string shape;
  for (std::size_t at = 0; at < reason.size();) {
    const bool in_word = at > 0 && is_letter(reason[at - 1]);
    const std::size_t end = in_word ? at : end_of_name(reason, at);
    if (end == at) {
      shape += reason[at++];
      continue;
    }
    // Of a list, how long it is does not matter.
    if (shape.ends_with("#, ")) shape.resize(shape.size() - 3);
    shape += '#';
    at = end;
  }
  return shape;
}

}  // namespace everyway
