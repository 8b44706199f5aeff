#include "checker/search/memory.hpp"

#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <limits>
#include <new>
#include <string>

namespace everyway {

namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
constexpr std::size_t huge_page = std::size_t{2} << 20U;

/// The number in a one-line file of the control group; `no_limit` for "max" or no such file.
std::size_t number_in(const char* path) {
  std::ifstream file(path);
  std::size_t number = no_limit;
  if (!(file >> number)) return no_limit;
  return number;
}

std::size_t machine_available() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  std::size_t kibibytes = 0;
  std::string unit;
  while (file >> key >> kibibytes) {
    std::getline(file, unit);
    if (key == "MemAvailable:") return kibibytes * 1024;
  }
  return no_limit;
}

std::size_t group_available() {
  const std::size_t limit = number_in("/sys/fs/cgroup/memory.max");
  const std::size_t used = number_in("/sys/fs/cgroup/memory.current");
  if (limit == no_limit || used == no_limit) return no_limit;
  return limit > used ? limit - used : 0;
}

}  // namespace

std::size_t available_memory() {
  const std::size_t available = std::min(machine_available(), group_available());
  constexpr std::size_t fallback = std::size_t{4} << 30U;
  return available == no_limit ? fallback : available;
}

std::size_t peak_resident_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

bool MemoryBudget::take(std::size_t bytes) noexcept {
  std::size_t used = used_.load(std::memory_order_relaxed);
  do {
    if (bytes > limit_ || used > limit_ - bytes) return false;
  } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
  return true;
}

GrowingRegion::GrowingRegion(std::size_t bytes, std::size_t small_bytes)
    : data_(nullptr), bytes_((bytes + huge_page - 1) / huge_page * huge_page) {
  // MAP_NORESERVE: only what is touched counts, so reserving the whole limit costs nothing.
  void* mapped = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(mapped);
  // A hint: without huge pages the search is slower, not wrong.
  if (small_bytes < bytes_) madvise(data_ + small_bytes, bytes_ - small_bytes, MADV_HUGEPAGE);
}

GrowingRegion::~GrowingRegion() { munmap(data_, bytes_); }

}  // namespace everyway
