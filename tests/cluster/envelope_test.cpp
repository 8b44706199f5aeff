// Envelopes and the actions on them are moved by words; the fields must come out where they belong.
#include "checker/cluster/envelope.hpp"

#include <gtest/gtest.h>

#include "checker/cluster/state.hpp"

namespace everyway::testing {
namespace {

using namespace cluster;

template <std::size_t Size>
struct Bytes {
  std::array<std::uint8_t, Size> bytes{};
};

template <std::size_t Size>
struct Sender {
  static constexpr std::size_t capacity = 3;
  using Message = Bytes<Size>;
};

template <std::size_t Size>
void expect_round_trip() {
  Bytes<Size> message;
  for (std::size_t i = 0; i < Size; ++i) message.bytes[i] = static_cast<std::uint8_t>(255 - i);
  const auto envelope = enveloped(NodeId::at(2), NodeId::at(1), message);
  const Envelope<Bytes<Size>> expected{NodeId::at(2), NodeId::at(1), message};
  EXPECT_TRUE(same_bytes(envelope, expected)) << Size;

  using Action = ClusterAction<Sender<Size>>;
  const Action action = Action::on(ActionKind::duplicate, envelope);
  Action by_hand;
  by_hand.kind = ActionKind::duplicate;
  by_hand.peer = NodeId::at(2);
  by_hand.node = NodeId::at(1);
  by_hand.message = message;
  EXPECT_TRUE(same_bytes(action, by_hand)) << Size;
  EXPECT_TRUE(same_bytes(action.envelope(), expected)) << Size;
}

TEST(Envelope, IsTheSameHoweverItIsMoved) {
  [&]<std::size_t... I>(std::index_sequence<I...>) { (expect_round_trip<I + 1>(), ...); }
  (std::make_index_sequence<40>{});
}

}  // namespace
}  // namespace everyway::testing
