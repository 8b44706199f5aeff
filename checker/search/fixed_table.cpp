#include "checker/search/fixed_table.hpp"

#include <algorithm>

namespace everyway {

namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20U;

[[nodiscard]] std::uint64_t whole_lines(std::size_t bytes) {
  const std::size_t unit = bytes >= 2 * huge_page ? huge_page : LineTable::line_bytes;
  return std::max<std::uint64_t>(1, bytes / unit * unit / LineTable::line_bytes);
}

}  // namespace

LineTable::LineTable(MemoryBudget& budget, std::size_t bytes)
    : budget_(budget), lines_(whole_lines(bytes)) {
  if (!budget_.take(lines_ * line_bytes)) throw std::bad_alloc();
  try {
    region_.emplace(lines_ * line_bytes);
  } catch (...) {
    budget_.give_back(lines_ * line_bytes);
    throw;
  }
  data_ = region_->data();
}

void LineTable::release() noexcept {
  if (!region_) return;
  region_.reset();
  data_ = nullptr;
  budget_.give_back(lines_ * line_bytes);
}

}  // namespace everyway
