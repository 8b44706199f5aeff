#pragma once

#include <algorithm>

#include "fuzz/target.hpp"

// The functions that libFuzzer calls, for one family of models: include this once, in the source
// file of the target, behind a definition of EVERYWAY_FUZZ_FAMILY. CMake's everyway_add_fuzzer
// writes that file.

namespace {

std::unique_ptr<everyway::FuzzTarget> everyway_target;

/// Copies what fits. Returns how much that is.
std::size_t everyway_put(const std::vector<std::uint8_t>& bytes, std::uint8_t* data,
                         std::size_t max_size) {
  const std::size_t size = std::min(bytes.size(), max_size);
  std::copy_n(bytes.begin(), size, data);
  return size;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** words) {
  try {
    everyway_target = everyway::make_fuzz_target<EVERYWAY_FUZZ_FAMILY>(
        {*words, static_cast<std::size_t>(*count)});
  } catch (const everyway::UsageError& error) {
    std::fprintf(stderr, "%s: %s\n", **words, error.what());
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  everyway_target->test({data, size});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  // Changes of bytes come to schedules that no change of actions makes.
  constexpr unsigned seldom = 32;
  const std::vector<std::uint8_t> mutated = everyway_target->mutate({data, size}, seed);
  if (seed % seldom == 0) return LLVMFuzzerMutate(data, size, max_size);
  return everyway_put(mutated, data, max_size);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* left, std::size_t left_size,
                                                 const std::uint8_t* right, std::size_t right_size,
                                                 std::uint8_t* data, std::size_t max_size,
                                                 unsigned int seed) {
  return everyway_put(everyway_target->cross_over({left, left_size}, {right, right_size}, seed),
                      data, max_size);
}
