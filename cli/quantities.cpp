#include "cli/quantities.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

namespace {

[[noreturn]] void throw_bad_value(std::string_view option, std::string_view text,
                                  const std::string& wanted) {
  throw UsageError(fmt::format("{} {}: give {}", option, in_quotes(text), wanted));
}

/// The power of 1024 that a unit stands for; -1 if it is none.
int power_of_unit(std::string_view unit) {
  constexpr std::array<char, 4> letters = {'K', 'M', 'G', 'T'};
  if (unit.empty() || unit == "B") return 0;
  const std::string_view rest = unit.substr(1);
  if (!rest.empty() && rest != "B" && rest != "iB") return -1;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (unit[0] == letters[i] || unit[0] == letters[i] + ('a' - 'A'))
      return static_cast<int>(i) + 1;
  }
  return -1;
}

}  // namespace

std::string count_text(std::uint64_t count) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : "s");
}

std::string bytes_text(std::size_t bytes) {
  constexpr std::array<const char*, 5> units = {"B", "kB", "MB", "GB", "TB"};
  auto amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; amount >= 999.5 && unit + 1 < units.size(); ++unit) amount /= 1000;
  return fmt::format("{:.{}f} {}", amount, unit > 0 && amount < 9.95 ? 1 : 0, units[unit]);
}

std::string seconds_text(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.2f} s", seconds);
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 6000) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::uint64_t parse_count(std::string_view option, std::string_view text, std::uint64_t lowest,
                          std::uint64_t highest) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end || value < lowest || value > highest) {
    const bool open_ended = highest >= std::numeric_limits<std::uint32_t>::max();
    throw_bad_value(option, text,
                    open_ended ? fmt::format("a whole number from {}", lowest)
                               : fmt::format("a whole number from {} to {}", lowest, highest));
  }
  return value;
}

double parse_seconds(std::string_view option, std::string_view text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  const bool is_positive = std::isfinite(value) && value > 0;
  if (parsed.ec != std::errc{} || parsed.ptr != end || !is_positive) {
    throw_bad_value(option, text, "a number of seconds greater than 0, such as 60");
  }
  return value;
}

double parse_duration(std::string_view option, std::string_view text) {
  double seconds = 0;
  const auto fail = [&] {
    throw_bad_value(option, text, "a time such as 45s, 30m, 8h or 1h30m, greater than 0");
  };
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (at != end) {
    double value = 0;
    const auto parsed = std::from_chars(at, end, value, std::chars_format::fixed);
    if (parsed.ec != std::errc{} || !std::isfinite(value) || value < 0) fail();
    at = parsed.ptr;
    const char unit = at == end ? 's' : *at++;
    const double length = unit == 's'   ? 1
                          : unit == 'm' ? 60
                          : unit == 'h' ? 3600
                          : unit == 'd' ? 86400
                                        : 0;
    if (length == 0) fail();
    seconds += value * length;
  }
  if (!(seconds > 0)) fail();
  return seconds;
}

std::size_t parse_bytes(std::string_view option, std::string_view text) {
  std::size_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  const int power =
      power_of_unit(std::string_view(parsed.ptr, static_cast<std::size_t>(end - parsed.ptr)));
  const int shift = 10 * power;
  const bool fits = power >= 0 && value <= std::numeric_limits<std::size_t>::max() >> shift;
  if (parsed.ec != std::errc{} || value == 0 || !fits) {
    throw_bad_value(option, text, "an amount of memory such as 512M or 4G");
  }
  return value << shift;
}

}  // namespace everyway
