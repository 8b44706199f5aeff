#include "checker/trace/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

namespace {

[[noreturn]] void throw_cannot_write(const std::string& path, int error) {
  throw UsageError(fmt::format("cannot write {}: {}", in_quotes(path), std::strerror(error)));
}

/// A file that is removed again unless it is kept.
class TemporaryFile {
 public:
  /// Beside `target`, so that renaming it stays within one file system.
  explicit TemporaryFile(const std::string& target) : name_(target + ".XXXXXX") {
    descriptor_ = ::mkstemp(name_.data());
    error_ = descriptor_ < 0 ? errno : 0;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (descriptor_ >= 0 && !kept_) ::unlink(name_.c_str());
  }

  /// 0, or the number of the system's error.
  [[nodiscard]] int error() const noexcept { return error_; }
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

  /// Returns 0, or the number of the system's error.
  int become(const std::string& target, mode_t mode) {
    if (::fchmod(descriptor_, mode) != 0 || ::fsync(descriptor_) != 0) return errno;
    if (::rename(name_.c_str(), target.c_str()) != 0) return errno;
    kept_ = true;
    return 0;
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  int error_ = 0;
  bool kept_ = false;
};

/// Returns 0, or the number of the system's error.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

std::string without_links(const std::string& path) {
  char* const resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string target = resolved;
  std::free(resolved);
  return target;
}

/// The permissions of the file to be replaced, or those that a new file gets.
mode_t mode_for(const std::string& target) {
  if (const auto status = status_of(target)) return status->st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path)), target_(without_links(path_)) {
  if (path_.empty()) throw UsageError("the name of the file to write is empty");
  if (const auto status = status_of(path_)) {
    if (S_ISDIR(status->st_mode)) throw_cannot_write(path_, EISDIR);
    if (::access(path_.c_str(), W_OK) != 0) throw_cannot_write(path_, errno);
    replaces_ = S_ISREG(status->st_mode);
  }
  if (!replaces_) return;
  const TemporaryFile probe(target_);
  if (probe.error() != 0) throw_cannot_write(path_, probe.error());
}

void OutputFile::write(std::string_view text) const {
  if (replaces_) {
    TemporaryFile file(target_);
    int error = file.error();
    if (error == 0) error = write_all(file.descriptor(), text);
    if (error == 0) error = file.become(target_, mode_for(target_));
    if (error != 0) throw_cannot_write(path_, error);
  } else {
    const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) throw_cannot_write(path_, errno);
    const int error = write_all(descriptor, text);
    ::close(descriptor);
    if (error != 0) throw_cannot_write(path_, error);
  }
}

}  // namespace everyway
