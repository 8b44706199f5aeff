#include "checker/trace/story.hpp"

#include <gtest/gtest.h>

#include "tests/checker/trace/small_model.hpp"

namespace everyway::testing {
namespace {

TEST(Story, TellsWhoDidWhatAndWhatChanged) {
  const Trace<Counting> trace{{}, {count(1), count(1), finish(1)}};
  EXPECT_EQ(story_text(story_of(Counting{}, trace)),
            " 1. count (node n1, amount 1)\n"
            "      n1: count 0 -> 1, waits_for none -> n2\n"
            "      messages: + 10\n"
            "      steps: 0 -> 1\n"
            " 2. count (node n1, amount 1)\n"
            "      n1: count 1 -> 2\n"
            "      messages: - 10\n"
            "      steps: 1 -> 2\n"
            " 3. finish (node n1)\n"
            "      done: {} -> {n1}\n");
}

TEST(Story, TellsTheInitialStateIfThereIsMoreThanOne) {
  Counting model;
  model.two_beginnings = true;
  const std::string text = story_text(story_of(model, {Counting::other_beginning(), {}}));
  EXPECT_EQ(text.rfind(" 0. begins with {processes [", 0), 0U) << text;
}

TEST(Story, AlignsTheNumbersOfALongRun) {
  Story story;
  for (int i = 0; i < 10; ++i) story.steps.push_back({"something", {{"n1.term", "0", "1"}}});
  const std::string text = story_text(story);
  EXPECT_EQ(text.rfind("  1. something\n       n1: term 0 -> 1\n", 0), 0U) << text;
  EXPECT_NE(text.find("\n 10. something\n       n1: term 0 -> 1\n"), std::string::npos) << text;
}

TEST(Story, BreaksALongListOfChangesWhereThePageEnds) {
  Story story;
  story.steps.push_back({"something", {}});
  for (int i = 0; i < 12; ++i) {
    story.steps[0].changes.push_back({fmt::format("n1.field_{}", i), "before", "after"});
  }
  const std::string text = story_text(story);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    EXPECT_LE(end - begin, 101U);
    begin = end + 1;
  }
  EXPECT_NE(text.find(",\n          field_"), std::string::npos) << text;
}

TEST(Story, BreaksALongSentenceBetweenItsClauses) {
  const std::string clause = "sends " + std::string(60, 'x');
  Story story;
  story.steps.push_back({"n1 times out; persists; " + clause + "; " + clause, {{"a", "0", "1"}}});
  EXPECT_EQ(story_text(story),
            " 1. n1 times out; persists; " + clause + ";\n    " + clause + "\n      a: 0 -> 1\n");
}

TEST(Story, PutsTheProcessFirstInAPath) {
  EXPECT_EQ(detail::readable_path("servers[n2].log.size"), "n2.log.size");
  EXPECT_EQ(detail::readable_path("rm_state[n2]"), "rm_state[n2]");
  EXPECT_EQ(detail::readable_path("links[n1][n2].queue"), "links[n1][n2].queue");
  EXPECT_EQ(detail::readable_path("left.crashes"), "left.crashes");
  EXPECT_EQ(detail::readable_path("network.boxes[n1].size"), "network.boxes[n1].size");
}

/// A model that speaks for itself.
struct Telling : Counting {
  [[nodiscard]] std::string explain(const State&, const Action& action, const State&) const {
    return text_of(action.node) + " moves";
  }
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    return {{"steps", text_of(before.steps), text_of(after.steps)}};
  }
};

TEST(Story, LetsAModelTellItInItsOwnTerms) {
  EXPECT_EQ(story_text(story_of(Telling{}, {{}, {count(2)}})),
            " 1. n2 moves\n      steps: 0 -> 1\n");
}

}  // namespace
}  // namespace everyway::testing
