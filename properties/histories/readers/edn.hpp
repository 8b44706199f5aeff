#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace everyway::histories {

/// A value of the extensible data notation (edn-format.org) that Clojure, and so Jepsen, writes.
/// JSON has no value that this cannot hold.
struct Edn {
  enum class Kind {
    none,
    boolean,
    integer,
    decimal,
    string,
    keyword,
    symbol,
    character,
    list,
    vector,
    map,
    set
  };

  Kind kind = Kind::none;
  std::string text;        ///< of an atom: as written, but a string without quotes and escapes, and
                           ///< a keyword without its colon
  std::vector<Edn> items;  ///< of a collection; of a map keys and values by turns
  std::size_t line = 0;    ///< where it begins, from 1

  [[nodiscard]] bool is(Kind wanted, std::string_view name) const {
    return kind == wanted && text == name;
  }
  /// Of a map, the value of that keyword; null if there is none.
  [[nodiscard]] const Edn* find(std::string_view keyword) const;
  /// As it would be written on one line, in one way for each value.
  [[nodiscard]] std::string written() const;
};

/// Text that is not EDN.
class EdnError : public std::runtime_error {
 public:
  EdnError(std::size_t line, const std::string& problem)
      : std::runtime_error(problem), line_(line) {}
  [[nodiscard]] std::size_t line() const noexcept { return line_; }

 private:
  std::size_t line_;
};

/// Reads one value after the other. Tags (`#inst "..."`, `#jepsen.history.Op{...}`) are passed
/// over.
class EdnReader {
 public:
  explicit EdnReader(std::string_view text, std::size_t first_line = 1)
      : text_(text), line_(first_line) {}

  /// The next value; none at the end of the text. Throws `EdnError`.
  [[nodiscard]] std::optional<Edn> next();

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  void skip_space(std::size_t depth);
  [[nodiscard]] Edn value(std::size_t depth);
  [[nodiscard]] Edn collection(Edn::Kind kind, char close, std::size_t depth);
  [[nodiscard]] Edn tagged(std::size_t depth);
  [[nodiscard]] Edn string();
  [[nodiscard]] Edn character();
  [[nodiscard]] Edn atom();
  [[nodiscard]] std::string token();

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_;
};

}  // namespace everyway::histories
