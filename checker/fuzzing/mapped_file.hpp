#pragma once

#include <cstddef>
#include <string>

namespace everyway {

/// Memory that processes share, and that outlives them: a file, mapped. The system writes it back
/// even if the process is killed.
class MappedFile {
 public:
  /// Opens the file, or makes one of `size` zero bytes, which take room on disk only once they are
  /// written to. A file of another size is emptied first. Throws `UsageError`.
  MappedFile(const std::string& path, std::size_t size);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  /// At least as well aligned as a page.
  [[nodiscard]] std::byte* data() const noexcept { return data_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_;
};

}  // namespace everyway
