// A text is refused as a trace file in one line, or it is one; then writing it and reading it again
// gives the same, and the model either takes its run or says in one line why not.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checker/trace/replay.hpp"
#include "checker/trace/trace_file.hpp"
#include "models/die_hard.hpp"

namespace {

using everyway::die_hard::DieHard;

void take(const everyway::TraceFile& file) {
  try {
    const auto trace = everyway::get_trace<DieHard>(file);
    const DieHard model(DieHard::Options{}, "");
    (void)everyway::replay(model, trace, [](auto&&...) {});
  } catch (const everyway::JsonError&) {
  } catch (const everyway::ReplayError&) {
  }
}

bool is_one_line(std::string_view text) {
  return !text.empty() && text.find('\n') == std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const everyway::TraceFile trace =
        everyway::parse_trace({reinterpret_cast<const char*>(data), size}, "trace");
    const std::string text = everyway::trace_text(trace);
    if (everyway::trace_text(everyway::parse_trace(text, "again")) != text) std::abort();
    take(trace);
  } catch (const everyway::UsageError& error) {
    if (!is_one_line(error.what())) std::abort();
  }
  return 0;
}
