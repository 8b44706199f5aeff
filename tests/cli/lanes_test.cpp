// Histories as drawings.
#include "cli/lanes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/properties/histories/scene.hpp"

namespace everyway::testing {
namespace {

using histories::Names;
using histories::testing::read;
using histories::testing::Scene;
using histories::testing::write;

[[nodiscard]] Names names_of(std::size_t processes) {
  Names names;
  for (std::size_t i = 0; i < processes; ++i) names.processes.push_back(std::to_string(i));
  for (int value = 1; value < 10; ++value) names.values.push_back(std::to_string(value));
  return names;
}

TEST(Lanes, ShowWhatIsConcurrentSideBySide) {
  Scene scene;
  scene.run(0, write(1));
  scene.begin(1, read());
  scene.begin(0, write(2));
  scene.end(1, 1);
  scene.end(0);
  EXPECT_EQ(lanes_text(scene.history(), names_of(2), 100),
            "  process 0  |- write 1 -|   |- write 2 -|\n"
            "  process 1                |- read 1 -|\n");
}

TEST(Lanes, LetWhatNeverReturnedGoOnToTheEndOrToTheNextOperation) {
  Scene scene;
  scene.begin(0, write(1));
  scene.begin(1, write(2));
  scene.end(1, histories::nil, histories::Outcome::info);
  scene.run(1, read(), 2);
  EXPECT_EQ(lanes_text(scene.history(), names_of(2), 100),
            "  process 0  |- write 1 ................\n"
            "  process 1    |- write 2 . |- read 2 -|\n");
}

TEST(Lanes, GoOnBelowWhereTheyAreTooWideAndCutNoLabel) {
  Scene scene;
  for (histories::Value value = 1; value < 9; ++value) {
    scene.run(value % 3, write(value));
  }
  std::istringstream lines(lanes_text(scene.history(), names_of(3), 60));
  int labels = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 60U);
    for (std::size_t at = line.find("- write "); at != std::string::npos;
         at = line.find("- write ", at + 1)) {
      ++labels;
    }
  }
  EXPECT_EQ(labels, 8);
}

TEST(Lanes, OfNothingAreNothing) { EXPECT_EQ(lanes_text({}, names_of(0), 100), ""); }

}  // namespace
}  // namespace everyway::testing
