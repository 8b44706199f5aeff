#include "checker/fuzzing/abstract_states.hpp"

#include <algorithm>

#include "checker/search/mixing.hpp"

namespace everyway {

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "processes share these");

AbstractStates::AbstractStates(const std::string& path)
    : file_(path, (slots + 1) * sizeof(std::uint64_t)) {}

bool AbstractStates::insert(std::uint64_t hash) noexcept {
  std::atomic<std::uint64_t>& size = words()[0];
  std::atomic<std::uint64_t>* const table = words() + 1;
  const std::uint64_t wanted = std::max<std::uint64_t>(hash, 1);  // 0 is a free slot
  for (std::size_t at = mixed(wanted) % slots;; at = (at + 1) % slots) {
    std::uint64_t held = table[at].load(std::memory_order_relaxed);
    if (held == wanted) return false;
    if (held != 0) continue;
    if (size.load(std::memory_order_relaxed) >= most) return false;
    if (table[at].compare_exchange_strong(held, wanted, std::memory_order_relaxed)) {
      size.fetch_add(1, std::memory_order_relaxed);
      return true;
    }
    if (held == wanted) return false;
  }
}

std::uint64_t AbstractStates::count() const noexcept {
  return words()[0].load(std::memory_order_relaxed);
}

}  // namespace everyway
