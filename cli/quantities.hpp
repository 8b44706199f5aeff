#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace everyway {

/// 1234567 -> "1,234,567".
[[nodiscard]] std::string count_text(std::uint64_t count);

/// "1 action", "2 actions".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

/// Bytes -> "34 MB", in units of 1000.
[[nodiscard]] std::string bytes_text(std::size_t bytes);

/// Seconds -> "0.31 s", "12 s", "3 min 20 s".
[[nodiscard]] std::string seconds_text(double seconds);

/// Reads the value of an option as a whole number. Throws `UsageError`, which names the option.
[[nodiscard]] std::uint64_t parse_count(std::string_view option, std::string_view text,
                                        std::uint64_t lowest, std::uint64_t highest);

/// Seconds, more than 0. Throws `UsageError`.
[[nodiscard]] double parse_seconds(std::string_view option, std::string_view text);

/// "45s", "90m", "8h", "2d", "1h30m", or a number of seconds such as "45" -> seconds, more than 0.
/// Throws `UsageError`.
[[nodiscard]] double parse_duration(std::string_view option, std::string_view text);

/// "512M", "4G", "4GiB", "1000000": bytes; K, M, G and T are powers of 1024. Throws `UsageError`.
[[nodiscard]] std::size_t parse_bytes(std::string_view option, std::string_view text);

}  // namespace everyway
