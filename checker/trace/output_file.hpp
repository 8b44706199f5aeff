#pragma once

#include <string>
#include <string_view>

namespace everyway {

/// A file to be written at the end of a long run. It appears whole or not at all: an existing file
/// stays as it is until the new text is complete, and nothing half-written is left behind. Devices
/// and pipes are written directly.
class OutputFile {
 public:
  /// Finds out now whether `path` can be written, and creates nothing that stays. Throws
  /// `UsageError`.
  explicit OutputFile(std::string path);

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /// Puts `text` there. Throws `UsageError` if the system cannot; then the old file, if any,
  /// remains.
  void write(std::string_view text) const;

 private:
  std::string path_;      ///< as given
  std::string target_;    ///< without symbolic links, so that these survive being written through
  bool replaces_ = true;  ///< a regular file, or a new one
};

}  // namespace everyway
