// What is not a model must not compile, and the concept that says so has a name that tells why.
#include <gtest/gtest.h>

#include "checker/model/model.hpp"

namespace everyway::testing {
namespace {

enum class Kind : std::uint8_t { go };
BOOST_DESCRIBE_ENUM(Kind, go)

struct GoodAction {
  Kind kind{};
};
BOOST_DESCRIBE_STRUCT(GoodAction, (), (kind))

struct GoodState {
  std::uint8_t count = 0;
  bool done = false;
};
BOOST_DESCRIBE_STRUCT(GoodState, (), (count, done))

template <class StateType, class ActionType>
struct ModelOf {
  using State = StateType;
  using Action = ActionType;
  void init(auto&& emit) const { emit(State{}); }
  void next(const State&, auto&& step) const {
    step(Action{}, [](State&) {});
  }
};
static_assert(Model<ModelOf<GoodState, GoodAction>>);

struct ForgottenField {
  std::uint8_t count = 0;
  bool done = false;
};
BOOST_DESCRIBE_STRUCT(ForgottenField, (), (count))
static_assert(!FullyDescribed<ForgottenField>, "a field left out of the description");
static_assert(!Model<ModelOf<ForgottenField, GoodAction>>);

struct Padded {
  std::uint8_t small = 0;
  std::uint32_t large = 0;
};
BOOST_DESCRIBE_STRUCT(Padded, (), (small, large))
static_assert(!Flat<Padded>, "padding bytes would be hashed");
static_assert(!Model<ModelOf<Padded, GoodAction>>);

struct WithPointer {
  std::vector<int> items;
};
BOOST_DESCRIBE_STRUCT(WithPointer, (), (items))
static_assert(!Flat<WithPointer>, "a container on the heap has its contents elsewhere");
static_assert(!Model<ModelOf<WithPointer, GoodAction>>);

struct Real {
  double value = 0;
};
BOOST_DESCRIBE_STRUCT(Real, (), (value))
static_assert(!Flat<Real>, "-0.0 == 0.0, with other bytes");

struct Undescribed {
  std::uint8_t count = 0;
};
static_assert(!Model<ModelOf<Undescribed, GoodAction>>);

struct NoKind {
  std::uint8_t which = 0;
};
BOOST_DESCRIBE_STRUCT(NoKind, (), (which))
static_assert(!ModelAction<NoKind>, "an action that does not say which rule it is an instance of");
static_assert(!Model<ModelOf<GoodState, NoKind>>);

struct KindIsANumber {
  std::uint8_t kind = 0;
};
BOOST_DESCRIBE_STRUCT(KindIsANumber, (), (kind))
static_assert(!ModelAction<KindIsANumber>);

struct WithoutNext {
  using State = GoodState;
  using Action = GoodAction;
  void init(auto&& emit) const { emit(State{}); }
};
static_assert(!Model<WithoutNext>);

struct NextChangesTheModel {
  using State = GoodState;
  using Action = GoodAction;
  void init(auto&& emit) const { emit(State{}); }
  void next(const State&, auto&& step) {
    step(Action{}, [](State&) {});
  }
};
static_assert(!Model<NextChangesTheModel>, "next must be const");

TEST(ModelConcept, AcceptsAModelWithNothingButInitAndNext) {
  const ModelOf<GoodState, GoodAction> model;
  EXPECT_TRUE(properties_of(model).empty());
  EXPECT_TRUE(is_within(model, GoodState{}));
  EXPECT_FALSE(is_expected_end(model, GoodState{}));
  EXPECT_TRUE(is_offered(model, Kind::go));
}

}  // namespace
}  // namespace everyway::testing
