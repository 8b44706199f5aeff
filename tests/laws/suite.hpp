#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/laws/configurations.hpp"
#include "tests/laws/laws.hpp"

namespace everyway::testing {

/// The laws that every model obeys. Each family has a file of its own that instantiates them.
template <FamilyCase Case>
class LawsOf : public ::testing::Test {
 protected:
  /// Calls law(model, walk) for walks of each of these models, as RapidCheck chooses.
  template <class Law>
  static void hold(const std::vector<Configuration>& configurations, const Law& law) {
    for (const Configuration& configuration : configurations) {
      with_model_of<Case>(configuration, [&](const auto& model) {
        EXPECT_TRUE(rc::check(claim(configuration), [&] {
          const auto walk = arbitrary_walk(model);
          for (const auto& action : walk.trace.actions) RC_LOG() << action_text(action) << '\n';
          law(model, walk);
        }));
      });
    }
  }

 private:
  static std::string claim(const Configuration& configuration) {
    std::ostringstream text;
    text << Case::Family::name << ' ' << configuration;
    return text.str();
  }
};
TYPED_TEST_SUITE_P(LawsOf);

TYPED_TEST_P(LawsOf, TheActionsOfAStateAreDistinct) {
  this->hold(with_mutants<TypeParam>(),
             [](const auto& model, const auto& walk) { actions_are_distinct(model, walk); });
}

TYPED_TEST_P(LawsOf, InitAndNextAreDeterministic) {
  this->hold(with_mutants<TypeParam>(), [](const auto& model, const auto& walk) {
    init_and_next_are_deterministic(model, walk);
  });
}

TYPED_TEST_P(LawsOf, ApplyingAnActionIsItsEffect) {
  this->hold(with_mutants<TypeParam>(),
             [](const auto& model, const auto& walk) { applying_is_the_effect(model, walk); });
}

TYPED_TEST_P(LawsOf, InterchangeableNamesDoNotMatter) {
  this->hold(unchanged<TypeParam>(), [](const auto& model, const auto& walk) {
    interchangeable_names_do_not_matter(model, walk);
  });
}

TYPED_TEST_P(LawsOf, AStateRebuiltFromItsDescriptionIsTheSame) {
  this->hold(unchanged<TypeParam>(), [](const auto& model, const auto& walk) {
    states_are_what_their_description_says(model, walk);
  });
}

TYPED_TEST_P(LawsOf, StatesAreEqualExactlyIfBytesHashesAndDescriptionsAre) {
  this->hold(unchanged<TypeParam>(), [](const auto& model, const auto& walk) {
    equal_descriptions_are_equal_bytes(model, walk);
  });
}

TYPED_TEST_P(LawsOf, PackingLosesNothing) {
  this->hold(with_mutants<TypeParam>(),
             [](const auto& model, const auto& walk) { packing_loses_nothing(model, walk); });
}

TYPED_TEST_P(LawsOf, ReplayPassesTheStatesOfTheWalk) {
  this->hold(with_mutants<TypeParam>(), [](const auto& model, const auto& walk) {
    replay_passes_the_states_of_the_walk(model, walk);
  });
}

TYPED_TEST_P(LawsOf, ReplayRefusesAnActionThatIsNotEnabled) {
  this->hold(unchanged<TypeParam>(), [](const auto& model, const auto& walk) {
    replay_refuses_what_is_not_enabled(model, walk);
  });
}

TYPED_TEST_P(LawsOf, ATraceSurvivesWritingAndReading) {
  this->hold(unchanged<TypeParam>(),
             [](const auto& model, const auto& walk) { traces_survive_writing(model, walk); });
}

TYPED_TEST_P(LawsOf, EverythingHasWords) {
  this->hold(unchanged<TypeParam>(),
             [](const auto& model, const auto& walk) { everything_has_words(model, walk); });
}

TYPED_TEST_P(LawsOf, ChangesAreToldExactlyIfThereAreAny) {
  this->hold(unchanged<TypeParam>(), [](const auto& model, const auto& walk) {
    changes_are_told_exactly_if_there_are_any(model, walk);
  });
}

TYPED_TEST_P(LawsOf, UnusedRoomIsZero) {
  this->hold(with_mutants<TypeParam>(),
             [](const auto& model, const auto& walk) { unused_room_is_zero(model, walk); });
}

TYPED_TEST_P(LawsOf, ActionsCalledIndependentCommute) {
  this->hold(with_mutants<TypeParam>(),
             [](const auto& model, const auto& walk) { independent_actions_commute(model, walk); });
}

TYPED_TEST_P(LawsOf, WhatIsKnownToStayWithinTheBoundDoes) {
  this->hold(unchanged<TypeParam>(), [](const auto& model, const auto& walk) {
    what_is_known_to_stay_within_the_bound_does(model, walk);
  });
}

TYPED_TEST_P(LawsOf, PropertiesDependOnTheStateAlone) {
  this->hold(unchanged<TypeParam>(), [](const auto& model, const auto& walk) {
    properties_depend_on_the_state_alone(model, walk);
    quick_checks_agree_with_words(model, walk);
  });
}

TYPED_TEST_P(LawsOf, AWalkOfTheUnchangedProtocolRefutesNothing) {
  this->hold(unchanged<TypeParam>(),
             [](const auto& model, const auto& walk) { nothing_is_refuted(model, walk); });
}

TYPED_TEST_P(LawsOf, AbstractionsKnowNoNames) {
  this->hold(unchanged<TypeParam>(),
             [](const auto& model, const auto& walk) { abstractions_know_no_names(model, walk); });
}

TYPED_TEST_P(LawsOf, SchedulesAreFollowed) {
  this->hold(unchanged<TypeParam>(),
             [](const auto& model, const auto& walk) { schedules_are_followed(model, walk); });
}

REGISTER_TYPED_TEST_SUITE_P(
    LawsOf, AbstractionsKnowNoNames, SchedulesAreFollowed, InterchangeableNamesDoNotMatter,
    TheActionsOfAStateAreDistinct, InitAndNextAreDeterministic, ApplyingAnActionIsItsEffect,
    AStateRebuiltFromItsDescriptionIsTheSame, StatesAreEqualExactlyIfBytesHashesAndDescriptionsAre,
    PackingLosesNothing, ReplayPassesTheStatesOfTheWalk, ReplayRefusesAnActionThatIsNotEnabled,
    ATraceSurvivesWritingAndReading, EverythingHasWords, ChangesAreToldExactlyIfThereAreAny,
    UnusedRoomIsZero, ActionsCalledIndependentCommute, WhatIsKnownToStayWithinTheBoundDoes,
    PropertiesDependOnTheStateAlone, AWalkOfTheUnchangedProtocolRefutesNothing);

/// Names the instantiation after the family, for `INSTANTIATE_TYPED_TEST_SUITE_P`.
struct NameOfFamily {
  template <class Case>
  static std::string GetName(int) {
    return std::string(Case::Family::name);
  }
};

}  // namespace everyway::testing
