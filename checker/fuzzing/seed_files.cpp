#include "checker/fuzzing/seed_files.hpp"

#include "checker/trace/output_file.hpp"

namespace everyway {

void write_seeds(const std::string& folder, const std::vector<SeedSchedule>& seeds) {
  for (const SeedSchedule& seed : seeds) {
    const std::vector<std::uint8_t> bytes = encode(seed.schedule);
    OutputFile(folder + "/seed-" + file_name_of(seed.name))
        .write(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }
}

std::string file_name_of(std::string_view name) {
  std::string file;
  for (const char character : name) {
    const bool is_upper = character >= 'A' && character <= 'Z';
    const bool is_plain =
        (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    if (is_upper) {
      file += static_cast<char>(character - 'A' + 'a');
    } else if (is_plain) {
      file += character;
    } else if (!file.empty() && file.back() != '-') {
      file += '-';
    }
  }
  return file;
}

}  // namespace everyway
