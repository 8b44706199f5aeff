#include "checker/model/flat.hpp"

namespace everyway::detail {

// Out of line, so that the compiler does not know the size.
void copy_memory(void* to, const void* from, std::size_t size) noexcept {
  std::memcpy(to, from, size);
}

}  // namespace everyway::detail
