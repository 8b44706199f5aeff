#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "properties/histories/history.hpp"
#include "properties/histories/readers/edn.hpp"

namespace everyway::histories {

/// What a recorded history is about, and so which operations it may have.
enum class HistoryModel : std::uint8_t {
  one_register,  ///< read, write
  cas_register,  ///< and cas
  key_value,     ///< the same for each key; get and put are other names for read and write
  queue          ///< enqueue, dequeue
};

/// How to understand a recorded history.
struct ReaderOptions {
  HistoryModel model = HistoryModel::one_register;
  /// A compare-and-set that failed found another value than the one it expected; otherwise nothing
  /// is known of why it failed.
  bool failed_cas_found_another = false;
};

/// One line of a recorded history: an invocation or a response, in the form that all readers share.
struct RecordedEvent {
  Edn process;
  Edn type;  ///< invoke, ok, fail, info
  Edn function;
  std::optional<Edn> key;
  std::optional<Edn> value;
  std::optional<Edn> time;  ///< a number; none may be less than the one before
  std::size_t line = 0;
};

/// Puts invocations and responses together. Every function throws `UsageError`, which names the
/// file and the line.
class Recorder {
 public:
  Recorder(std::string file, const ReaderOptions& options)
      : file_(std::move(file)), options_(options) {}

  /// Adds the next event. Those of the nemesis are passed over.
  void add(const RecordedEvent& event);
  /// What was recorded. Operations without a response are indeterminate.
  [[nodiscard]] Recording finish();

  /// Throws the error of that line.
  [[noreturn]] void fail(std::size_t line, const std::string& problem) const;

 private:
  struct Running {
    std::size_t operation;
    std::string function;
  };

  void check_time(const RecordedEvent& event);
  void invoke(std::uint32_t process, const RecordedEvent& event);
  void respond(std::uint32_t process, const RecordedEvent& event, Outcome outcome);
  void take_result(Operation& operation, const RecordedEvent& event);
  [[nodiscard]] Function function_of(const RecordedEvent& event) const;
  /// The key, and the value without it.
  [[nodiscard]] std::pair<std::uint32_t, Edn> key_and_value(const RecordedEvent& event);
  void take_argument(Operation& operation, const Edn& value, const RecordedEvent& event);
  void check_same_argument(const Operation& operation, const Edn& value,
                           const RecordedEvent& event);
  [[nodiscard]] Value number_of(const Edn& value);

  std::string file_;
  ReaderOptions options_;
  Recording recording_;
  std::map<std::string, std::uint32_t> processes_;
  std::map<std::string, std::uint32_t> keys_;  ///< by how the key is written
  std::vector<std::string> written_keys_;      ///< the same by number
  std::map<std::string, Value> values_ = {{"nil", nil}};
  std::map<std::uint32_t, Running> running_;
  Position position_ = 0;
  double last_time_ = 0;
  bool has_time_ = false;
};

/// The number of a value that a user wrote, as in a history: 3, "a", :a; a word is a string. Throws
/// `UsageError` if it is no value.
[[nodiscard]] Value number_of_value(Names& names, const std::string& text);

}  // namespace everyway::histories
