#include "properties/histories/readers/edn.hpp"

#include <algorithm>
#include <cctype>

namespace everyway::histories {

namespace {

/// Deeper than any history, shallower than the stack.
constexpr std::size_t deepest = 64;

bool is_space(char c) { return c == ',' || std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool ends_token(char c) {
  return is_space(c) || std::string_view("()[]{}\";").find(c) != std::string_view::npos;
}

std::string quoted(const std::string& text) {
  std::string written = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') written += '\\';
    written += c;
  }
  return written + "\"";
}

std::string_view brackets(Edn::Kind kind) {
  switch (kind) {
    case Edn::Kind::list:
      return "()";
    case Edn::Kind::vector:
      return "[]";
    default:
      return "{}";
  }
}

}  // namespace

const Edn* Edn::find(std::string_view keyword) const {
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i].is(Kind::keyword, keyword)) return &items[i + 1];
  }
  return nullptr;
}

std::string Edn::written() const {
  switch (kind) {
    case Kind::none:
      return "nil";
    case Kind::string:
      return quoted(text);
    case Kind::keyword:
      return ":" + text;
    case Kind::character:
      return "\\" + text;
    case Kind::boolean:
    case Kind::integer:
    case Kind::decimal:
    case Kind::symbol:
      return text;
    case Kind::list:
    case Kind::vector:
    case Kind::map:
    case Kind::set:
      break;
  }
  std::string inside;
  for (const Edn& item : items) inside += (inside.empty() ? "" : " ") + item.written();
  const std::string_view around = brackets(kind);
  return (kind == Kind::set ? "#" : "") + (around[0] + inside) + around[1];
}

std::optional<Edn> EdnReader::next() {
  skip_space(0);
  if (at_end()) return std::nullopt;
  return value(0);
}

/// Also passes over comments and `#_` with the value behind it.
void EdnReader::skip_space(std::size_t depth) {
  while (!at_end()) {
    if (peek() == ';') {
      while (!at_end() && peek() != '\n') ++at_;
    } else if (is_space(peek())) {
      if (peek() == '\n') ++line_;
      ++at_;
    } else if (peek() == '#' && peek(1) == '_') {
      at_ += 2;
      (void)value(depth + 1);
    } else {
      return;
    }
  }
}

Edn EdnReader::value(std::size_t depth) {
  if (depth > deepest) throw EdnError(line_, "values are nested too deeply");
  skip_space(depth);
  if (at_end()) throw EdnError(line_, "the text ends where a value should be");
  switch (peek()) {
    case '(':
      return collection(Edn::Kind::list, ')', depth);
    case '[':
      return collection(Edn::Kind::vector, ']', depth);
    case '{':
      return collection(Edn::Kind::map, '}', depth);
    case '#':
      return tagged(depth);
    case '"':
      return string();
    case '\\':
      return character();
    case ')':
    case ']':
    case '}':
      throw EdnError(line_, std::string("'") + peek() + "' closes nothing");
    default:
      return atom();
  }
}

Edn EdnReader::collection(Edn::Kind kind, char close, std::size_t depth) {
  Edn all{kind, "", {}, line_};
  ++at_;
  for (skip_space(depth); peek() != close || at_end(); skip_space(depth)) {
    if (at_end()) throw EdnError(all.line, "a bracket is not closed");
    all.items.push_back(value(depth + 1));
  }
  ++at_;
  if (kind == Edn::Kind::map && all.items.size() % 2 != 0) {
    throw EdnError(all.line, "a map has a key without a value");
  }
  return all;
}

Edn EdnReader::tagged(std::size_t depth) {
  ++at_;
  if (peek() == '{') return collection(Edn::Kind::set, '}', depth);
  if (at_end() || ends_token(peek())) throw EdnError(line_, "a # stands alone");
  (void)token();
  return value(depth + 1);
}

Edn EdnReader::string() {
  Edn read{Edn::Kind::string, "", {}, line_};
  for (++at_; peek() != '"' || at_end(); ++at_) {
    if (at_end()) throw EdnError(read.line, "a string is not closed");
    if (peek() == '\n') ++line_;
    if (peek() != '\\') {
      read.text += peek();
      continue;
    }
    ++at_;
    if (at_end()) throw EdnError(read.line, "a string is not closed");
    const std::string_view escapes = "ntr";
    const std::size_t escape = escapes.find(peek());
    read.text += escape == std::string_view::npos ? peek() : "\n\t\r"[escape];
  }
  ++at_;
  return read;
}

Edn EdnReader::character() {
  Edn read{Edn::Kind::character, "", {}, line_};
  ++at_;
  if (at_end()) throw EdnError(line_, "a \\ stands alone");
  read.text += text_[at_++];
  if (!ends_token(read.text[0])) read.text += token();
  return read;
}

std::string EdnReader::token() {
  const std::size_t begin = at_;
  while (!at_end() && !ends_token(peek())) ++at_;
  return std::string(text_.substr(begin, at_ - begin));
}

Edn EdnReader::atom() {
  Edn read{Edn::Kind::symbol, "", {}, line_};
  read.text = token();
  if (read.text == "nil") return {Edn::Kind::none, "", {}, read.line};
  if (read.text == "true" || read.text == "false") read.kind = Edn::Kind::boolean;
  if (read.text[0] == ':') {
    read.kind = Edn::Kind::keyword;
    read.text.erase(0, 1);
    if (read.text.empty()) throw EdnError(line_, "a : stands alone");
    return read;
  }
  const bool is_signed = read.text[0] == '-' || read.text[0] == '+';
  if (!is_digit(read.text[0]) && !(is_signed && read.text.size() > 1 && is_digit(read.text[1]))) {
    return read;
  }
  if (read.text[0] == '+') read.text.erase(0, 1);
  if (read.text.back() == 'N') read.text.pop_back();
  const bool is_whole =
      std::all_of(read.text.begin() + (read.text[0] == '-' ? 1 : 0), read.text.end(), is_digit);
  read.kind = is_whole ? Edn::Kind::integer : Edn::Kind::decimal;
  return read;
}

}  // namespace everyway::histories
