#include "checker/fuzzing/child_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

namespace {

constexpr int cannot_start = 127;

/// In the child: only what is safe between fork and exec.
[[noreturn]] void become(const std::vector<char*>& words, int log, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(cannot_start);  // it died before the line above
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::execv(words[0], words.data());
  ::_exit(cannot_start);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const std::string& log) {
  std::vector<char*> words;
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) {
    throw UsageError(fmt::format("cannot write {}: {}", in_quotes(log), std::strerror(errno)));
  }
  const pid_t parent = ::getpid();
  process_ = ::fork();
  if (process_ == 0) become(words, file, parent);
  const int error = errno;
  ::close(file);
  if (process_ < 0) {
    throw UsageError(
        fmt::format("cannot start {}: {}", in_quotes(arguments[0]), std::strerror(error)));
  }
}

ChildProcess::~ChildProcess() { end(0); }

std::optional<int> ChildProcess::exit_status() {
  int status = 0;
  if (!status_ && ::waitpid(process_, &status, WNOHANG) == process_) {
    status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return status_;
}

void ChildProcess::abort() {
  if (!exit_status()) ::kill(process_, SIGABRT);
}

void ChildProcess::end(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::duration<double>(seconds);
  if (!exit_status() && seconds > 0) ::kill(process_, SIGTERM);
  while (!exit_status() && Clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (status_) return;
  ::kill(process_, SIGKILL);
  int status = 0;
  ::waitpid(process_, &status, 0);
  status_ = 128 + SIGKILL;
}

}  // namespace everyway
