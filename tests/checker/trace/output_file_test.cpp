#include "checker/trace/output_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "checker/model/parameter.hpp"
#include "tests/folder.hpp"

namespace everyway::testing {
namespace {

class OutputFileTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.file(name); }

  Folder folder_;
};

TEST_F(OutputFileTest, CreatesNothingBeforeItIsWritten) {
  const OutputFile file(path("new"));
  EXPECT_EQ(folder_.size(), 0U);
  file.write("text");
  EXPECT_EQ(folder_.contents("new"), "text");
  EXPECT_EQ(folder_.size(), 1U);
}

TEST_F(OutputFileTest, LeavesAnOldFileAloneUntilItIsWritten) {
  std::ofstream(path("old")) << "old";
  const OutputFile file(path("old"));
  EXPECT_EQ(folder_.contents("old"), "old");
  file.write("new");
  EXPECT_EQ(folder_.contents("old"), "new");
  EXPECT_EQ(folder_.size(), 1U);
}

TEST_F(OutputFileTest, GivesANewFileTheUsualPermissionsAndKeepsThoseOfAnOldOne) {
  const mode_t mask = ::umask(027);
  OutputFile(path("new")).write("");
  ::umask(mask);
  std::ofstream(path("old")) << "old";
  ::chmod(path("old").c_str(), 0604);
  OutputFile(path("old")).write("");
  struct stat status {};
  ASSERT_EQ(::stat(path("new").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
  ASSERT_EQ(::stat(path("old").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0604U);
}

TEST_F(OutputFileTest, WritesThroughASymbolicLink) {
  std::ofstream(path("file")) << "old";
  std::filesystem::create_symlink("file", path("link"));
  OutputFile(path("link")).write("new");
  EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
  EXPECT_EQ(folder_.contents("file"), "new");
}

TEST_F(OutputFileTest, RefusesWhatCannotBeWrittenBeforeThereIsAnythingToWrite) {
  EXPECT_THROW(OutputFile(""), UsageError);
  EXPECT_THROW(OutputFile{folder_.path()}, UsageError);
  EXPECT_THROW(OutputFile(path("missing/file")), UsageError);
  std::ofstream(path("file")) << "";
  EXPECT_THROW(OutputFile(path("file/below")), UsageError);
}

TEST_F(OutputFileTest, WritesToADeviceWithoutReplacingIt) {
  OutputFile("/dev/null").write("text");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST_F(OutputFileTest, ReportsADiskThatIsFull) {
  EXPECT_THROW(OutputFile("/dev/full").write("text"), UsageError);
}

TEST_F(OutputFileTest, KeepsTheOldFileIfTheNewOneCannotTakeItsPlace) {
  std::ofstream(path("file")) << "old";
  const OutputFile file(path("file"));
  std::filesystem::remove(path("file"));
  std::filesystem::create_directory(path("file"));
  EXPECT_THROW(file.write("new"), UsageError);
  EXPECT_TRUE(std::filesystem::is_directory(path("file")));
  EXPECT_EQ(folder_.size(), 1U);
}

}  // namespace
}  // namespace everyway::testing
