#include "checker/schedule/schedule.hpp"

namespace everyway {

std::vector<std::uint8_t> encode(const Schedule& schedule) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(1 + schedule.actions.size() * scheduled_action_bytes);
  bytes.push_back(schedule.initial);
  for (const ScheduledAction& action : schedule.actions) {
    for (const std::uint8_t byte :
         {action.kind, action.first, action.second, action.variant, action.content, action.rank}) {
      bytes.push_back(byte);
    }
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
