#include "checker/fuzzing/inbox.hpp"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "checker/trace/json_text.hpp"
#include "checker/trace/output_file.hpp"

namespace everyway {

namespace {

constexpr std::string_view extension = ".discovery";

/// One line of what is not the trace's own, then the text of the trace.
std::string text_of_discovery(const Discovery& discovery) {
  const boost::json::object heading{{"worker", discovery.worker},
                                    {"execution", discovery.execution},
                                    {"processor_seconds", discovery.processor_seconds},
                                    {"earned", to_json(discovery.earned)}};
  return boost::json::serialize(heading) + "\n" + trace_text(discovery.trace);
}

Discovery parse_discovery(const std::string& text, const std::string& path) {
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) throw UsageError(path + ": not a discovery");
  const boost::json::value heading = parse_json(std::string_view(text).substr(0, end));
  const auto& fields = detail::json_object(heading, "");
  Discovery discovery;
  discovery.worker = from_json<std::uint32_t>(detail::json_field(fields, "worker", ""), "worker");
  discovery.execution =
      from_json<std::uint64_t>(detail::json_field(fields, "execution", ""), "execution");
  discovery.processor_seconds =
      detail::json_field(fields, "processor_seconds", "").to_number<double>();
  discovery.earned = from_json<Earned>(detail::json_field(fields, "earned", ""), "earned");
  discovery.trace = parse_trace(std::string_view(text).substr(end + 1), path);
  return discovery;
}

}  // namespace

bool InboxWriter::wants(const std::string& property, std::string_view why) {
  constexpr std::uint64_t all_of_the_first = 4;
  const std::uint64_t number = ++met_[{property, without_numbers(why)}];
  return number <= all_of_the_first || std::has_single_bit(number);
}

void InboxWriter::put(const Discovery& discovery) {
  // Unique among workers, and among the processes that one worker comes to be when it is restarted.
  const std::string name = fmt::format("{}-{}-{}", worker_, ::getpid(), ++left_);
  OutputFile(folder_ + "/" + name + std::string(extension)).write(text_of_discovery(discovery));
}

std::vector<Discovery> empty_inbox(const std::string& folder) {
  std::vector<Discovery> all;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(folder, ignored)) {
    if (file.path().extension() != extension) continue;
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    try {
      all.push_back(parse_discovery(text, file.path().string()));
    } catch (const std::exception&) {
      // Not ours, or of another version: it is found again.
    }
    std::filesystem::remove(file.path(), ignored);
  }
  std::ranges::sort(all, {}, [](const Discovery& discovery) {
    return std::pair(discovery.execution, discovery.worker);
  });
  return all;
}

std::string without_numbers(std::string_view text) {
  std::string rest(text);
  std::erase_if(rest, [](char character) { return character >= '0' && character <= '9'; });
  return rest;
}

}  // namespace everyway
