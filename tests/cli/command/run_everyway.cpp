#include "tests/cli/command/run_everyway.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "checker/trace/json_text.hpp"

namespace everyway::testing {

namespace {

[[nodiscard]] std::string program() {
  const char* const path = std::getenv("EVERYWAY_COMMAND");
  if (path == nullptr)
    throw std::runtime_error("EVERYWAY_COMMAND does not name the program to test");
  return path;
}

void redirect(int descriptor, const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(file, descriptor);
  ::close(file);
}

}  // namespace

Running::Running(const std::vector<std::string>& arguments, const std::string& line) {
  std::vector<std::string> words = {"sh", "-c", line, program()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  process_ = ::fork();
  if (process_ != 0) return;
  // Whoever runs the tests in the background may have them ignore Ctrl-C; the program must not.
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  redirect(STDOUT_FILENO, folder_.file("out"));
  redirect(STDERR_FILENO, folder_.file("err"));
  ::execvp("sh", raw.data());
  ::_exit(127);
}

Running::~Running() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void Running::wait_until(const char* how, int signal) const {
  const std::string status = "/proc/" + std::to_string(process_) + "/status";
  for (int tries = 0; tries < 2000; ++tries) {
    const std::string text = contents_of(status);
    const std::size_t begin = text.find(how);
    if (begin != std::string::npos) {
      const std::string mask = text.substr(begin + std::string(how).size() + 1, 17);
      if ((std::stoull(mask, nullptr, 16) >> (signal - 1)) & 1) return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("the program does not handle the signal as it should");
}

void Running::send(int signal) const { ::kill(process_, signal); }

Ran Running::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  Ran ran;
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  ran.out = folder_.contents("out");
  ran.err = folder_.contents("err");
  return ran;
}

Ran everyway(const std::vector<std::string>& arguments, const std::string& line) {
  return Running(arguments, line).wait();
}

boost::json::object everyway_json(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--json", "-"});
  const Ran ran = everyway(arguments);
  if (!ran.err.empty()) throw std::runtime_error(ran.err);
  return parse_json(ran.out).as_object();
}

std::string contents_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace everyway::testing
