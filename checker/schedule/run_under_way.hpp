#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/schedule/schedule.hpp"

namespace everyway {

/// The run that is being made, noted down before each action is taken, so that it is known which
/// one ended the program or never comes to an end. Made for memory that outlives the process.
class RunUnderWay {
 public:
  /// How much room runs of at most `depth` actions need.
  [[nodiscard]] static constexpr std::size_t bytes_for(std::uint64_t depth) noexcept {
    return header_bytes + 1 + depth * scheduled_action_bytes;
  }

  /// `room` must outlive this. Zeros stand for "none is under way". What does not fit is left out.
  explicit RunUnderWay(std::span<std::byte> room) noexcept : room_(room) {}

  /// A run begins.
  void begin(std::uint8_t initial) noexcept;
  /// `action` is tried behind those that were taken; it replaces the one that was tried last.
  void try_action(const ScheduledAction& action) noexcept;
  /// The action that was tried last is part of the run.
  void take_tried() noexcept;
  /// No run is under way.
  void end() noexcept;

  /// The schedule of the run in its encoded form, up to the action that was tried last; nothing if
  /// none is under way.
  [[nodiscard]] std::vector<std::uint8_t> bytes() const;

 private:
  static constexpr std::size_t header_bytes = 8;  ///< the number of bytes that follow and count

  void set_size(std::uint64_t size) noexcept;
  [[nodiscard]] std::size_t end_of_taken() const noexcept {
    return header_bytes + 1 + taken_ * scheduled_action_bytes;
  }

  std::span<std::byte> room_;
  std::size_t taken_ = 0;
};

}  // namespace everyway
