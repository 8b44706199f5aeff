#pragma once

#include <string_view>

namespace everyway {

/// Makes sure that descriptors 0 to 2 are taken, so that no file that is opened later can become
/// "standard output" of a program that was started with it closed. To be called first.
void reserve_standard_streams() noexcept;

/// Writes to standard output and waits until the system has taken it all. Throws `UsageError` if it
/// does not: a result that nobody can read must not end as success.
void write_standard_output(std::string_view text);

/// Writes one line, "everyway: " and the text, to standard error.
void write_error_line(std::string_view text) noexcept;

}  // namespace everyway
