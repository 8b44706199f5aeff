// The program around a fuzz target where there is no libFuzzer: gives it the files of its
// arguments, one after the other, those of folders in the order of their names. Arguments that
// begin with a dash are not for this program; those behind -ignore_remaining_args=1 are the
// target's.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

extern "C" {
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
[[gnu::weak]] int LLVMFuzzerInitialize(int* count, char*** words);
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
}

/// Targets that change what they are given ask for it; nobody asks them to, here.
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t /*max_size*/) {
  if (size != 0) data[0] ^= 1U;
  return size;
}

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(int count, char** words) {
  std::vector<fs::path> files;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "-ignore_remaining_args=1") break;
    if (word.starts_with("-")) continue;
    if (!fs::is_directory(words[i])) {
      files.emplace_back(words[i]);
      continue;
    }
    for (const auto& file : fs::directory_iterator(words[i])) files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int count, char** words) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&count, &words);
  const std::vector<fs::path> files = files_of(count, words);
  if (files.empty()) {
    std::fprintf(stderr, "%s: name files, or folders with files, to test\n", words[0]);
    return 2;
  }
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
      std::fprintf(stderr, "%s: cannot read %s\n", words[0], file.c_str());
      return 2;
    }
    const std::vector<char> bytes((std::istreambuf_iterator<char>(stream)), {});
    // A copy of exactly this size: a read beyond its end does not go unseen.
    const std::vector<std::uint8_t> data(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(data.data(), data.size());
  }
  std::printf("tested %zu files\n", files.size());
  return 0;
}
