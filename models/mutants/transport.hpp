#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::transport {

/// What goes wrong where one believes in a fallacy: one mutant for each. On the command line,
/// dashes stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  send_once,
  one_bit_numbers,
  flood,
  trust_anyone,
  take_again,
  host_byte_order,
};
BOOST_DESCRIBE_ENUM(Mutation, none, send_once, one_bit_numbers, flood, trust_anyone, take_again,
                    host_byte_order)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"send-once", "\"the network is reliable\": what was sent is not sent again", "deadlock",
       "--values 1 --capacity 6 --drops 1 --duplicates 0 --forgeries 0 --in-order", 2},
      {"one-bit-numbers",
       "\"latency is zero\": messages are numbered 1, 0, 1, ..., as if no old one could come late",
       "FIFO Delivery", "--values 2 --capacity 2 --drops 0 --duplicates 0 --forgeries 0", 7},
      {"flood", "\"bandwidth is infinite\": all is sent at once, and nothing again", "deadlock",
       "--values 2 --capacity 1 --drops 0 --duplicates 0 --forgeries 0 --in-order", 4},
      {"trust-anyone", "\"the network is secure\": nobody looks at signatures", "Acknowledged",
       "--values 1 --capacity 6 --drops 0 --duplicates 0 --forgeries 1 --in-order", 3},
      {"take-again", "\"transport cost is zero\": what comes again is taken again, as if new",
       "No Duplication",
       "--values 1 --capacity 6 --drops 0 --duplicates 1 --forgeries 0 --in-order", 4},
      {"host-byte-order",
       "\"the network is homogeneous\": numbers go out as they lie in the sender's memory",
       "No Creation", "--values 1 --capacity 6 --drops 0 --duplicates 0 --forgeries 0 --in-order",
       2},
  };
}

}  // namespace everyway::transport
