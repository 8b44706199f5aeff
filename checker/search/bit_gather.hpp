#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace everyway {

/// The bits of a word that a mask selects, moved together at its lower end, and back again
/// (Warren, Hacker's Delight, 2nd edition, 7-4 "Compress" and 7-5 "Expand").
class BitGather {
 public:
  explicit constexpr BitGather(std::uint64_t mask = 0) : mask_(mask), moved_{} {
    // moved_[i]: the bits that go 2^i places down in step i.
    std::uint64_t left = mask;
    std::uint64_t zeros = ~mask << 1U;  // of which each bit counts those below it
    for (unsigned step = 0; step < steps; ++step) {
      std::uint64_t parity = zeros;
      for (unsigned shift = 1; shift < 64; shift *= 2) parity ^= parity << shift;
      moved_[step] = parity & left;
      left = (left ^ moved_[step]) | (moved_[step] >> (1U << step));
      zeros &= ~parity;
    }
  }

  [[nodiscard]] constexpr std::uint64_t mask() const noexcept { return mask_; }
  [[nodiscard]] constexpr unsigned count() const noexcept {
    return static_cast<unsigned>(std::popcount(mask_));
  }

  [[nodiscard]] constexpr std::uint64_t gathered(std::uint64_t word) const noexcept {
    word &= mask_;
    for (unsigned step = 0; step < steps; ++step) {
      const std::uint64_t moving = word & moved_[step];
      word = (word ^ moving) | (moving >> (1U << step));
    }
    return word;
  }
  /// Undoes `gathered`. Bits of `bits` from `count` on do not matter.
  [[nodiscard]] constexpr std::uint64_t spread(std::uint64_t bits) const noexcept {
    for (unsigned step = steps; step-- > 0;) {
      const std::uint64_t moving = (bits << (1U << step)) & moved_[step];
      bits = (bits & ~moved_[step]) | moving;
    }
    return bits & mask_;
  }

 private:
  static constexpr unsigned steps = 6;

  std::uint64_t mask_;
  std::array<std::uint64_t, steps> moved_;
};

#if defined(__x86_64__)

/// The same by one instruction of BMI2, where `has_fast_bit_gather`. Written as such, since a
/// function compiled for other processors would not be inlined.
struct FastBitGather {
  [[nodiscard]] static std::uint64_t gathered(const BitGather& how, std::uint64_t word) noexcept {
    std::uint64_t bits;
    asm("pext %2, %1, %0" : "=r"(bits) : "r"(word), "rm"(how.mask()));
    return bits;
  }
  [[nodiscard]] static std::uint64_t spread(const BitGather& how, std::uint64_t bits) noexcept {
    std::uint64_t word;
    asm("pdep %2, %1, %0" : "=r"(word) : "r"(bits), "rm"(how.mask()));
    return word;
  }
};

#endif

/// The twin for other processors.
struct PortableBitGather {
  [[nodiscard]] static std::uint64_t gathered(const BitGather& how, std::uint64_t word) noexcept {
    return how.gathered(word);
  }
  [[nodiscard]] static std::uint64_t spread(const BitGather& how, std::uint64_t bits) noexcept {
    return how.spread(bits);
  }
};

#if !defined(__x86_64__)
using FastBitGather = PortableBitGather;
#endif

/// Whether this processor has the instructions, and they are faster than the steps: AMD's first two
/// generations of Zen take some hundred cycles for them.
extern const bool has_fast_bit_gather;

}  // namespace everyway
