// Values to JSON and back, by their description.
#include "checker/model/json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace everyway::testing {
namespace {

enum class Colour : std::uint8_t { red, green, blue };
BOOST_DESCRIBE_ENUM(Colour, red, green, blue)

struct Card {
  Colour colour{};
  std::uint8_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Card, (), (colour, number))

struct Table {
  std::array<NodeId, 3> seats{};
  NodeSet<8> playing;
  InlineVector<Card, 3> pile;
  InlineBag<std::uint8_t, 3> coins;
  InlineSet<std::uint8_t, 3> rooms;
  std::int8_t balance = 0;
  bool open = false;
};
BOOST_DESCRIBE_STRUCT(Table, (), (seats, playing, pile, coins, rooms, balance, open))

[[nodiscard]] Table full_table() {
  Table table;
  table.seats = {NodeId::at(1), NodeId::none(), NodeId::at(0)};
  table.playing.insert(NodeId::at(0));
  table.playing.insert(NodeId::at(7));
  table.pile.push_back({Colour::blue, 255});
  table.pile.push_back({Colour::red, 0});
  for (const int coin : {5, 1, 5}) table.coins.insert(static_cast<std::uint8_t>(coin));
  for (const int room : {9, 2}) table.rooms.insert(static_cast<std::uint8_t>(room));
  table.balance = -128;
  table.open = true;
  return table;
}

constexpr const char* full_text =
    R"({"seats":["n2","none","n1"],"playing":["n1","n8"],)"
    R"("pile":[{"colour":"blue","number":255},{"colour":"red","number":0}],)"
    R"("coins":[1,5,5],"rooms":[2,9],"balance":-128,"open":true})";

/// The error that reading `text` as a T reports; empty if there is none.
template <class T>
[[nodiscard]] std::string error_of(const std::string& text) {
  try {
    (void)from_json<T>(boost::json::parse(text), "it");
  } catch (const JsonError& error) {
    return error.what();
  }
  return "";
}

/// The same for a table in which `from` is replaced by `to`.
[[nodiscard]] std::string error_with(const std::string& from, const std::string& to) {
  std::string text = full_text;
  const std::size_t position = text.find(from);
  EXPECT_NE(position, std::string::npos) << from;
  return error_of<Table>(text.replace(position, from.size(), to));
}

TEST(Json, WritesEveryKindOfDescribedValue) {
  EXPECT_EQ(boost::json::serialize(to_json(full_table())), full_text);
}

TEST(Json, ReadsBackTheBytesThatItWrote) {
  const Table table = full_table();
  EXPECT_TRUE(same_bytes(from_json<Table>(to_json(table)), table));
  EXPECT_TRUE(same_bytes(from_json<Table>(to_json(Table{})), Table{}));
}

TEST(Json, ReadsABagInAnyOrderAsTheSameBytes) {
  using Bag = InlineBag<std::uint8_t, 3>;
  EXPECT_TRUE(same_bytes(from_json<Bag>(boost::json::parse("[5,1,5]")),
                         from_json<Bag>(boost::json::parse("[5,5,1]"))));
}

TEST(Json, KeepsTheEndsOfEveryIntegerTypeAndRefusesWhatLiesBeyond) {
  const auto check = [](auto value) {
    using T = decltype(value);
    for (const T end : {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()}) {
      EXPECT_EQ(from_json<T>(to_json(end)), end);
      EXPECT_EQ(from_json<T>(boost::json::parse(boost::json::serialize(to_json(end)))), end);
    }
  };
  check(std::uint8_t{});
  check(std::int8_t{});
  check(std::uint16_t{});
  check(std::int32_t{});
  check(std::int64_t{});
  check(std::uint64_t{});
  EXPECT_EQ(error_of<std::uint8_t>("256"), "it: 256 is out of range; give a number from 0 to 255");
  EXPECT_EQ(error_of<std::uint8_t>("-1"), "it: -1 is out of range; give a number from 0 to 255");
  EXPECT_EQ(error_of<std::int8_t>("-129"),
            "it: -129 is out of range; give a number from -128 to 127");
  EXPECT_EQ(error_of<std::int64_t>("18446744073709551615"),
            "it: 18446744073709551615 is out of range; give a number from -9223372036854775808 to "
            "9223372036854775807");
  EXPECT_EQ(error_of<std::uint8_t>("1.5"), "it: expected a whole number, found 1.5");
  EXPECT_EQ(error_of<std::uint8_t>("true"), "it: expected a whole number, found true");
}

TEST(Json, TakesANodeByNameOrNumber) {
  const auto node = [](const char* text) { return from_json<NodeId>(boost::json::parse(text)); };
  EXPECT_EQ(node("\"n2\""), NodeId::at(1));
  EXPECT_EQ(node("2"), NodeId::at(1));
  EXPECT_EQ(node("\"none\""), NodeId::none());
  EXPECT_EQ(node("0"), NodeId::none());
  EXPECT_EQ(node("\"n255\""), NodeId::at(254));
  for (const char* const wrong :
       {R"("n0")", R"("n")", R"("")", R"("n256")", R"("m1")", R"("n1x")", R"("n-1")", R"("n01")"}) {
    EXPECT_NE(error_of<NodeId>(wrong).find("it: expected a node such as \"n2\""), std::string::npos)
        << wrong;
  }
  EXPECT_EQ(error_of<NodeId>("256"), "it: 256 is out of range; give a number from 0 to 255");
}

TEST(Json, KeepsAnEnumeratorWithoutANameByItsNumber) {
  const auto nameless = static_cast<Colour>(7);
  EXPECT_EQ(to_json(nameless), boost::json::value(7));
  EXPECT_EQ(from_json<Colour>(to_json(nameless)), nameless);
}

TEST(Json, NamesThePathOfWhatIsWrong) {
  EXPECT_EQ(error_with("\"blue\"", "\"pink\""),
            "it.pile[0].colour: unknown value 'pink'; one of: red, green, blue");
  EXPECT_EQ(error_with("\"n8\"", "\"n9\""), "it.playing[1]: n9 cannot be a member of this set");
  EXPECT_EQ(error_with("\"n8\"", "\"n1\""), "it.playing[1]: n1 is in the set already");
  EXPECT_EQ(error_with("\"none\",", ""), "it.seats: expected 3 elements, found 2");
  EXPECT_EQ(error_with("[2,9]", "[2,2]"), "it.rooms[1]: is in the set already");
  EXPECT_EQ(error_with("[2,9]", "[1,2,3,4]"), "it.rooms: 4 elements, but there is room for 3");
  EXPECT_EQ(error_with("[2,9]", "{}"), "it.rooms: expected an array, found an object");
  EXPECT_EQ(error_with("true", "1"), "it.open: expected true or false, found 1");
}

TEST(Json, TakesAllFieldsOfAStructAndNoOthers) {
  EXPECT_EQ(error_with(",\"open\":true", ""), "it.open: the field is missing");
  EXPECT_EQ(error_of<Card>(R"({"colour":"red","number":1,"suit":2})"),
            "it.suit: unknown field; one of: colour, number");
  EXPECT_EQ(error_of<Card>("[]"), "it: expected an object, found an array");
}

TEST(Json, KeepsItsErrorsOnOneLineWhateverTheFileHolds) {
  EXPECT_EQ(error_of<Colour>("\"a\\nb\""), "it: unknown value 'a\\x0ab'; one of: red, green, blue");
  EXPECT_EQ(error_of<Card>(R"({"colour":"red","number":1,"a\nb":2})"),
            "it.a\\x0ab: unknown field; one of: colour, number");
  const std::string long_name(1000, 'x');
  EXPECT_LT(error_of<Colour>("\"" + long_name + "\"").size(), 200U);
}

}  // namespace
}  // namespace everyway::testing
