#include "checker/fuzzing/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

MappedFile::MappedFile(const std::string& path, std::size_t size) : size_(size) {
  const auto fail = [&] {
    throw UsageError(fmt::format("cannot share {}: {}", in_quotes(path), std::strerror(errno)));
  };
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) fail();
  struct stat status {};
  const auto length = static_cast<off_t>(size);
  bool done = ::fstat(file, &status) == 0;
  if (done && status.st_size != length) {
    done = ::ftruncate(file, 0) == 0 && ::ftruncate(file, length) == 0;
  }
  void* const mapped =
      done ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
  const int error = errno;
  ::close(file);
  errno = error;
  if (mapped == MAP_FAILED) fail();
  data_ = static_cast<std::byte*>(mapped);
}

MappedFile::~MappedFile() { ::munmap(data_, size_); }

}  // namespace everyway
