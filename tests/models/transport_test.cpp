// Reliable transport and the fallacies that its mutants believe in: each mutant
// is right as long as the network is as it believes, and each is wrong when
// that one thing changes.
#include "models/transport.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "checker/search/search.hpp"

namespace everyway::transport {
namespace {

/// The network that all six mutants believe in.
Options perfect() {
  Options options;
  options.values = 2;
  options.capacity = most_in_flight;
  options.drops = 0;
  options.duplicates = 0;
  options.forgeries = 0;
  options.in_order = true;
  options.same_byte_order = true;
  return options;
}

struct Fallacy {
  std::string mutant;
  std::string breaks;
  std::function<void(Options&)> is_fallacy;  ///< makes the network as it is
};

std::vector<Fallacy> fallacies() {
  return {
      {"send-once", "deadlock", [](Options& o) { o.drops = 1; }},
      {"one-bit-numbers", "FIFO Delivery", [](Options& o) { o.in_order = false; }},
      {"flood", "deadlock", [](Options& o) { o.capacity = 1; }},
      {"trust-anyone", "Acknowledged", [](Options& o) { o.forgeries = 1; }},
      {"take-again", "No Duplication", [](Options& o) { o.duplicates = 1; }},
      {"host-byte-order", "No Creation", [](Options& o) { o.same_byte_order = false; }},
  };
}

SearchResult<Transport> result_of(const Options& options, const std::string& mutant) {
  SearchOptions search_options;
  search_options.keep_going = true;
  return search(Transport(options, mutant), search_options);
}

TEST(Transport, ThereIsOneMutantForEachFallacy) {
  ASSERT_EQ(fallacies().size(), mutants().size());
  for (std::size_t i = 0; i < mutants().size(); ++i) {
    EXPECT_EQ(fallacies()[i].mutant, mutants()[i].name);
    EXPECT_EQ(fallacies()[i].breaks, mutants()[i].breaks);
  }
}

TEST(Transport, EachMutantIsRightAsLongAsTheNetworkIsPerfect) {
  for (const Fallacy& fallacy : fallacies()) {
    const auto result = result_of(perfect(), fallacy.mutant);
    EXPECT_EQ(result.verdict, Verdict::holds) << fallacy.mutant;
  }
}

TEST(Transport, EachMutantIsWrongAsSoonAsItsOwnFallacyIsOne) {
  for (const Fallacy& fallacy : fallacies()) {
    Options options = perfect();
    fallacy.is_fallacy(options);
    std::size_t judged = 0;
    for (const auto& property : result_of(options, fallacy.mutant).properties) {
      if (property.name != fallacy.breaks) continue;
      ++judged;
      EXPECT_EQ(property.verdict, Verdict::violated) << fallacy.mutant;
    }
    EXPECT_EQ(judged, 1U) << fallacy.mutant;
    EXPECT_EQ(result_of(options, "").verdict, Verdict::holds) << fallacy.mutant;
  }
}

TEST(Transport, HoldsWithAllFallaciesAtOnce) {
  for (const int capacity : {1, 2, 3}) {
    Options options;
    options.capacity = capacity;
    EXPECT_EQ(result_of(options, "").verdict, Verdict::holds) << capacity;
  }
}

/// DATA and ACK for each value, one after the other: the state at first, and
/// for each value its request, its arrival and that of its acknowledgement.
TEST(Transport, OverAPerfectNetworkGoesOneWay) {
  for (const int values : {1, 2, 3}) {
    Options options = perfect();
    options.values = values;
    EXPECT_EQ(result_of(options, "").distinct, 1U + 3U * static_cast<unsigned>(values));
  }
}

using TestMessage = cluster::Envelope<Message>;

TestMessage data(std::uint8_t number) {
  return {NodeId::at(0), NodeId::at(1), {MessageType::data, number, {}, true}};
}

template <class Network>
std::vector<int> deliverable(const Network& network) {
  std::vector<int> numbers;
  network.for_each_deliverable(
      [&](const TestMessage& envelope) { numbers.push_back(envelope.message.number); });
  return numbers;
}

TEST(TransportLink, DiscardsWhatDoesNotFit) {
  Link<Message, 6> link;
  link.width = 2;
  for (const int number : {3, 1, 2}) link.send(data(static_cast<std::uint8_t>(number)));
  EXPECT_EQ(deliverable(link), (std::vector<int>{1, 3}));
  link.duplicate(data(1));
  EXPECT_EQ(link.size(), 2U);
}

TEST(TransportLink, InOrderDeliversTheOldestOfEachWayOnly) {
  Link<Message, 6> link;
  link.in_order = true;
  for (const int number : {3, 1}) link.send(data(static_cast<std::uint8_t>(number)));
  TestMessage back = data(7);
  std::swap(back.from, back.to);
  link.send(back);
  EXPECT_EQ(deliverable(link), (std::vector<int>{3, 7}));
  link.duplicate(data(3));
  link.deliver(data(3));
  EXPECT_EQ(deliverable(link), (std::vector<int>{3, 7}));
  link.lose(data(3));
  EXPECT_EQ(deliverable(link), (std::vector<int>{1, 7}));
}

TEST(TransportLink, OutOfOrderKeepsNoTraceOfTheOrderOfSending) {
  Link<Message, 6> one;
  Link<Message, 6> other;
  for (const int number : {1, 2, 2}) one.send(data(static_cast<std::uint8_t>(number)));
  for (const int number : {2, 1, 2}) other.send(data(static_cast<std::uint8_t>(number)));
  EXPECT_TRUE(same_bytes(one, other));
  EXPECT_EQ(deliverable(one), (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace everyway::transport
