#include "checker/schedule/run_under_way.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

namespace everyway {

void RunUnderWay::begin(std::uint8_t initial) noexcept {
  if (room_.size() <= header_bytes) return;
  taken_ = 0;
  room_[header_bytes] = std::byte{initial};
  set_size(1);
}

void RunUnderWay::try_action(const ScheduledAction& action) noexcept {
  const std::size_t at = end_of_taken();
  if (at + scheduled_action_bytes > room_.size()) return;
  const std::array<std::uint8_t, scheduled_action_bytes> bytes = encode(action);
  std::memcpy(room_.data() + at, bytes.data(), bytes.size());
  set_size(at + scheduled_action_bytes - header_bytes);
}

void RunUnderWay::take_tried() noexcept { ++taken_; }

void RunUnderWay::end() noexcept {
  if (room_.size() > header_bytes) set_size(0);
}

std::vector<std::uint8_t> RunUnderWay::bytes() const {
  std::uint64_t size = 0;
  if (room_.size() <= header_bytes) return {};
  std::memcpy(&size, room_.data(), header_bytes);
  // The room may be that of a process that wrote nonsense before it died.
  size = std::min<std::uint64_t>(size, room_.size() - header_bytes);
  std::vector<std::uint8_t> bytes(size);
  // An empty vector may have no data at all.
  if (size != 0) std::memcpy(bytes.data(), room_.data() + header_bytes, size);
  return bytes;
}

void RunUnderWay::set_size(std::uint64_t size) noexcept {
  std::memcpy(room_.data(), &size, header_bytes);
  // Nothing in this program reads it: without this, a compiler may write it later, or never.
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

}  // namespace everyway
