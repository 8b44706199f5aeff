#pragma once

#include <sys/types.h>

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "tests/folder.hpp"

namespace everyway::testing {

/// What a run of the program left behind.
struct Ran {
  int status = -1;  ///< exit status; minus the number of the signal that killed it
  std::string out;
  std::string err;
};

/// The program with its arguments takes the shell's place, so that signals reach it.
inline const std::string start_it = "exec \"$0\" \"$@\" ";

/// A running `everyway`. Standard output and error go to files of a folder of its own.
class Running {
 public:
  /// Starts the program that the environment variable EVERYWAY_COMMAND names, through a line of
  /// shell that may redirect or prepare something.
  explicit Running(const std::vector<std::string>& arguments, const std::string& line = start_it);
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running();

  /// Waits until the process catches, or ignores, that signal: `how` is "SigCgt" or "SigIgn".
  void wait_until(const char* how, int signal) const;
  void send(int signal) const;
  /// Waits for the end.
  [[nodiscard]] Ran wait();

 private:
  Folder folder_;
  pid_t process_ = -1;
};

/// Runs `everyway` to its end.
[[nodiscard]] Ran everyway(const std::vector<std::string>& arguments,
                           const std::string& line = start_it);

/// Runs `everyway ... --json -`, and parses what it wrote.
[[nodiscard]] boost::json::object everyway_json(std::vector<std::string> arguments);

[[nodiscard]] std::string contents_of(const std::string& path);

}  // namespace everyway::testing
