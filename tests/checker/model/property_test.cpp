// Properties in a list are checked together: that must say what each says alone, in words.
#include "checker/model/property.hpp"

#include <gtest/gtest.h>

namespace everyway {
namespace {

struct Number {
  int value = 0;
};
struct Add {
  int amount = 0;
};
using Make = PropertyOf<Number, Add>;

Properties<Number, Add> four() {
  return {
      Make::always("Small", "below 10", [](const Number& n) { return n.value < 10; }),
      Make::reachable("Five", "5 is met", [](const Number& n) { return n.value == 5; }),
      Make::always("Even", "divisible by 2",
                   [](const Number& n) -> Refutation {
                     if (n.value % 2 == 0) return std::nullopt;
                     return because([=] { return std::to_string(n.value) + " is odd"; });
                   }),
      Make::always_step("Up", "grows",
                        [](const Number& before, const Add&, const Number& after) {
                          return after.value > before.value;
                        }),
  };
}

void expect_agreement(const Property<Number, Add>& property) {
  const PropertyBits bit = PropertyBits{1} << property.position;
  for (int value = 0; value < 20; ++value) {
    const Number number{value};
    const Number before{10};
    const auto& quick = *property.quick;
    EXPECT_EQ((quick.refuted_by_state(number) & bit) != 0,
              property.refuted_by_state && property.refuted_by_state(number))
        << property.name << value;
    EXPECT_EQ((quick.witnessed_by(number) & bit) != 0,
              property.witnessed_by && property.witnessed_by(number))
        << property.name << value;
    EXPECT_EQ((quick.refuted_by_step(before, Add{}, number) & bit) != 0,
              property.refuted_by_step && property.refuted_by_step(before, Add{}, number))
        << property.name << value;
  }
}

TEST(Properties, AreCheckedTogetherAsTheyAreOneByOne) {
  const auto all = four();
  ASSERT_EQ(all.size(), 4U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].position, i);
    EXPECT_EQ(all[i].quick, all[0].quick);
    expect_agreement(all[i]);
  }
  EXPECT_EQ(all[0].quick->refuted_by_state(Number{11}), 0b101U);
}

TEST(Properties, ThatAreAddedOneByOneAreCheckedOneByOne) {
  Properties<Number, Add> all = four();
  all.push_back(Make::always("Low", "below 5", [](const Number& n) { return n.value < 5; }));
  EXPECT_NE(all.back().quick, all.front().quick);
  for (const auto& each : all) expect_agreement(each);
}

TEST(Properties, SayWhyTheyFailInTheWordsOfTheirAuthor) {
  const auto all = four();
  EXPECT_EQ(all[2].refuted_by_state(Number{7}), "7 is odd");
  EXPECT_EQ(all[0].refuted_by_state(Number{12}), "the state does not satisfy it");
  EXPECT_EQ(all[3].refuted_by_step(Number{3}, Add{}, Number{3}), "the step does not satisfy it");
}

}  // namespace
}  // namespace everyway
