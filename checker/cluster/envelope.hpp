#pragma once

#include <boost/describe/class.hpp>
#include <string>

#include "checker/model/node_id.hpp"
#include "checker/model/text.hpp"

namespace everyway::cluster {

/// A message on its way.
template <Flat Message>
struct Envelope {
  NodeId from;
  NodeId to;
  Message message;

  [[nodiscard]] std::string text() const {
    return fmt::format("{} from {} to {}", text_of(message), text_of(from), text_of(to));
  }

  BOOST_DESCRIBE_CLASS(Envelope, (), (from, to, message), (), ())
};

}  // namespace everyway::cluster
