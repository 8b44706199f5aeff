#pragma once

#include <array>
#include <bit>
#include <boost/describe/class.hpp>
#include <cstddef>
#include <cstdint>
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

/// A message that was just written, field by field, in its envelope. The envelope is written by
/// words, as it will be read: a word that is made of parts just written would have to wait for the
/// processor's store buffer.
template <Flat Message>
[[nodiscard, gnu::always_inline]] inline Envelope<Message> enveloped(
    NodeId from, NodeId to, const Message& message) noexcept {
  constexpr std::size_t size = sizeof(Envelope<Message>);
  constexpr std::size_t word = sizeof(std::uint64_t);
  constexpr std::size_t most = 4 * word;
  constexpr std::size_t message_at = size - sizeof(Message);
  if constexpr (std::endian::native == std::endian::little && size <= most && message_at == 2) {
    std::array<std::uint64_t, most / word> words{from.number() | std::uint64_t{to.number()} << 8U};
    const auto* bytes = reinterpret_cast<const unsigned char*>(&message);
#pragma GCC unroll 32
    for (std::size_t at = message_at; at < size; ++at) {
      words[at / word] |= std::uint64_t{bytes[at - message_at]} << (at % word * 8);
    }
    Envelope<Message> envelope;
    auto* out = reinterpret_cast<std::byte*>(&envelope);
#pragma GCC unroll 4
    for (std::size_t at = 0; at + word <= size; at += word) {
      everyway::detail::store_bytes<word>(out + at, words[at / word]);
    }
    constexpr std::size_t rest = size % word;
    if constexpr (rest != 0) {
      everyway::detail::store_bytes<rest>(out + size - rest, words[size / word]);
    }
    return envelope;
  } else {
    return {from, to, message};
  }
}

}  // namespace everyway::cluster
