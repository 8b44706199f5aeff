#include "checker/trace/story.hpp"

#include <algorithm>
#include <cctype>

namespace everyway {

namespace {

constexpr std::size_t page_width = 100;

/// Changes of one process, or of one field outside of all processes.
struct Paragraph {
  std::string subject;
  std::vector<std::string> phrases;
};

/// Where the process at the front of a readable path ends: 2 in "n2.term"; 0 if there is none.
std::size_t process_end(const std::string& path) {
  if (path.size() < 2 || path[0] != 'n') return 0;
  std::size_t end = 1;
  while (end < path.size() && std::isdigit(static_cast<unsigned char>(path[end])) != 0) ++end;
  return end > 1 && end < path.size() && path[end] == '.' ? end : 0;
}

std::string phrase(const std::string& what, const Change& change) {
  const std::string prefix = what.empty() ? "" : what + " ";
  if (change.before.empty()) return prefix + "+ " + change.after;
  if (change.after.empty()) return prefix + "- " + change.before;
  return prefix + change.before + " -> " + change.after;
}

std::vector<Paragraph> paragraphs(const std::vector<Change>& changes) {
  std::vector<Paragraph> made;
  for (const Change& change : changes) {
    const std::size_t end = process_end(change.path);
    const std::string subject = end == 0 ? change.path : change.path.substr(0, end);
    const std::string what = end == 0 ? "" : change.path.substr(end + 1);
    const auto same = std::find_if(
        made.begin(), made.end(), [&](const Paragraph& other) { return other.subject == subject; });
    Paragraph& paragraph = same == made.end() ? made.emplace_back() : *same;
    paragraph.subject = subject;
    paragraph.phrases.push_back(phrase(what, change));
  }
  return made;
}

/// Appends `line` and then `parts`, joined by `separator`, with line breaks after a separator where
/// the page ends. Lines after the first begin with `indent` spaces.
void append_joined(std::string& text, std::string line, const std::vector<std::string>& parts,
                   const std::string& separator, std::size_t indent) {
  bool begun = false;
  for (const std::string& part : parts) {
    if (begun && line.size() + separator.size() + part.size() > page_width) {
      text += line + separator.substr(0, separator.find(' ')) + "\n";
      line = std::string(indent, ' ');
      begun = false;
    }
    line += (begun ? separator : "") + part;
    begun = true;
  }
  text += line + "\n";
}

/// The clauses of a sentence: "n1 times out; sends a; sends b" has three.
std::vector<std::string> clauses(const std::string& sentence) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = sentence.find("; "); end != std::string::npos;
       end = sentence.find("; ", begin)) {
    parts.push_back(sentence.substr(begin, end - begin));
    begin = end + 2;
  }
  parts.push_back(sentence.substr(begin));
  return parts;
}

void append_step(std::string& text, const std::string& number, const StoryStep& step) {
  append_joined(text, number, clauses(step.sentence), "; ", number.size());
  for (const Paragraph& paragraph : paragraphs(step.changes)) {
    const std::string begin = std::string(number.size() + 2, ' ') + paragraph.subject + ": ";
    append_joined(text, begin, paragraph.phrases, ", ", begin.size());
  }
}

}  // namespace

namespace detail {

std::string readable_path(const std::string& path) {
  const std::size_t open = path.find_first_of(".[");
  if (open == std::string::npos || path.compare(open, 2, "[n") != 0) return path;
  const std::size_t close = path.find(']', open);
  if (close == std::string::npos || path.compare(close, 2, "].") != 0) return path;
  return path.substr(open + 1, close - open - 1) + path.substr(close + 1);
}

}  // namespace detail

std::string story_text(const Story& story) {
  const std::size_t digits = fmt::formatted_size("{}", story.steps.size());
  std::string text;
  if (!story.beginning.empty()) {
    text += fmt::format(" {:>{}}. begins with {}\n", 0, digits, story.beginning);
  }
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    append_step(text, fmt::format(" {:>{}}. ", i + 1, digits), story.steps[i]);
  }
  return text;
}

}  // namespace everyway
