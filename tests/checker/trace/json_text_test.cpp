#include "checker/trace/json_text.hpp"

#include <gtest/gtest.h>

namespace everyway::testing {
namespace {

[[nodiscard]] std::string error_of(const std::string& text) {
  try {
    (void)parse_json(text);
  } catch (const JsonSyntaxError& error) {
    return std::to_string(error.line()) + ":" + std::to_string(error.column());
  }
  return "";
}

TEST(JsonText, TakesALineForEachMemberAndEachElementOfAListOfStructures) {
  const auto json = parse_json(R"({"a":1,"b":{"c":[1,2],"d":{}},"e":[{"f":1},{"f":[2]}],"g":[]})");
  EXPECT_EQ(pretty_json(json),
            "{\n"
            "  \"a\": 1,\n"
            "  \"b\": {\"c\": [1, 2], \"d\": {}},\n"
            "  \"e\": [\n"
            "    {\"f\": 1},\n"
            "    {\"f\": [2]}\n"
            "  ],\n"
            "  \"g\": []\n"
            "}\n");
}

TEST(JsonText, OpensAnObjectThatDoesNotFitTheLine) {
  const std::string name(90, 'x');
  const auto json = parse_json("{\"a\":{\"" + name + "\":1,\"b\":2}}");
  EXPECT_EQ(pretty_json(json), "{\n  \"a\": {\n    \"" + name + "\": 1,\n    \"b\": 2\n  }\n}\n");
}

TEST(JsonText, WritesWhatItReads) {
  for (const char* const text :
       {"null", "[]", "{}", "-5", "18446744073709551615", "1e-07", "0.25", R"("a\n\"b\u0001")",
        R"([[1,[2,[3]]],{"a":[{"b":[{}]}]},true,false,null,"",1.5])"}) {
    const boost::json::value json = parse_json(text);
    EXPECT_EQ(parse_json(pretty_json(json)), json) << text;
  }
}

TEST(JsonText, NamesLineAndColumnOfASyntaxError) {
  EXPECT_EQ(error_of(""), "1:1");
  EXPECT_EQ(error_of("{\n  \"a\": 1,\n  \"b\": x\n}"), "3:8");
  EXPECT_EQ(error_of("{}\n{}"), "2:1");
  EXPECT_EQ(error_of("{\"a\": [1, 2"), "1:12");
  EXPECT_EQ(error_of("[1,\n2,\n"), "3:1");
}

TEST(JsonText, TakesSpaceAroundTheValue) { EXPECT_EQ(error_of(" \n{} \n\n"), ""); }

}  // namespace
}  // namespace everyway::testing
