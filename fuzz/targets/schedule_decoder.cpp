// Every string of bytes is a schedule, and the encoded form of a schedule is its own.
#include <cstdint>
#include <cstdlib>

#include "checker/schedule/schedule.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const everyway::Schedule schedule = everyway::decode({data, size});
  const std::vector<std::uint8_t> bytes = everyway::encode(schedule);
  if (everyway::decode(bytes) != schedule) std::abort();
  if (everyway::encode(everyway::decode(bytes)) != bytes) std::abort();
  return 0;
}
