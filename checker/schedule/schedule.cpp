#include "checker/schedule/schedule.hpp"

namespace everyway {

std::array<std::uint8_t, scheduled_action_bytes> encode(const ScheduledAction& action) noexcept {
  return {action.kind, action.first, action.second, action.variant, action.content, action.rank};
}

std::vector<std::uint8_t> encode(const Schedule& schedule) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(1 + schedule.actions.size() * scheduled_action_bytes);
  bytes.push_back(schedule.initial);
  for (const ScheduledAction& action : schedule.actions) {
    const auto encoded = encode(action);
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
  }
  return bytes;
}

Schedule decode(std::span<const std::uint8_t> bytes) {
  Schedule schedule;
  if (bytes.empty()) return schedule;
  schedule.initial = bytes.front();
  bytes = bytes.subspan(1);
  schedule.actions.reserve(bytes.size() / scheduled_action_bytes);
  for (; bytes.size() >= scheduled_action_bytes; bytes = bytes.subspan(scheduled_action_bytes)) {
    schedule.actions.push_back({bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]});
  }
  return schedule;
}

}  // namespace everyway
