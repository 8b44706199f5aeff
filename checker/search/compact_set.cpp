#include "checker/search/compact_set.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

namespace everyway {

double CompactSet::fingerprint_bits() const noexcept {
  const double classes =
      static_cast<double>(table_.lines()) * static_cast<double>(words) * double{rests};
  return std::min(64.0, std::log2(classes));
}

// The worker that claimed the slot is between two instructions, unless it lost its processor there.
std::uint8_t CompactSet::awaited_tag(const std::atomic<std::uint8_t>& tag) noexcept {
  for (;;) {
    const std::uint8_t written = tag.load(std::memory_order_relaxed);
    if (written != 0) return written;
    std::this_thread::yield();
  }
}

}  // namespace everyway
