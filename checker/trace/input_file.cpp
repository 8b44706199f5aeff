#include "checker/trace/input_file.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;

[[noreturn]] void throw_unreadable(const std::string& path) {
  throw UsageError(fmt::format("cannot read {}: {}", in_quotes(path), std::strerror(errno)));
}

}  // namespace

std::string read_input_file(const std::string& path, const std::string& kind) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw_unreadable(path);
  std::string text;
  std::array<char, 1 << 16> buffer{};
  while (text.size() <= largest_file) {
    file.read(buffer.data(), buffer.size());
    text.append(buffer.data(), static_cast<std::size_t>(file.gcount()));
    if (file.eof()) return text;
    if (!file) throw_unreadable(path);
  }
  throw UsageError(fmt::format("{} is too large to be {}", in_quotes(path), kind));
}

}  // namespace everyway
