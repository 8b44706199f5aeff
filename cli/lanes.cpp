#include "cli/lanes.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace everyway {

namespace {

using histories::History;
using histories::Names;
using histories::Operation;
using histories::Position;

/// What is drawn of one process.
struct Lane {
  std::string name;
  std::string drawing;
  std::string is_label;  ///< 'x' where a character of a label stands that belongs to the one before
};

class Drawing {
 public:
  Drawing(const History& history, const Names& names) : history_(history), names_(names) {
    lay_out();
    for (const Operation& operation : history_.operations) draw(operation);
    std::size_t longest = 0;
    for (const Lane& lane : lanes_) longest = std::max(longest, lane.name.size());
    for (Lane& lane : lanes_) {
      lane.name.resize(longest, ' ');
      lane.drawing.resize(end_, ' ');
      lane.is_label.resize(end_, ' ');
    }
  }

  [[nodiscard]] std::string text(std::size_t width) const {
    const std::size_t room =
        std::max<std::size_t>(20, width - std::min(width, lanes_.front().name.size() + 4));
    std::string text;
    for (std::size_t begin = 0; begin < end_;) {
      const std::size_t end = cut(begin, room);
      if (begin > 0) text += "\n";
      for (const Lane& lane : lanes_) {
        std::string line = "  " + lane.name + "  " + lane.drawing.substr(begin, end - begin);
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
      }
      begin = end;
    }
    return text;
  }

 private:
  [[nodiscard]] std::string label(const Operation& operation) const {
    return "|- " + histories::operation_text(operation, names_) + " ";
  }

  /// Gives every event its column: in the order of time, with room for the labels.
  void lay_out() {
    std::map<Position, const Operation*> events;
    for (const Operation& operation : history_.operations) {
      events[operation.invoked] = &operation;
      if (operation.responded != histories::never) events[operation.responded] = &operation;
    }
    std::map<std::uint32_t, std::size_t> given_up;  // by process: behind its last open label
    std::size_t column = 0;
    for (const auto& event : events) {
      const Operation& operation = *event.second;
      const std::size_t length = label(operation).size();
      const bool is_end = event.first == operation.responded;
      const std::size_t earliest =
          is_end ? columns_.at(operation.invoked) + length + 1 : given_up[operation.process];
      column = std::max(column, earliest);
      columns_[event.first] = column;
      const bool is_open = operation.responded == histories::never;
      if (is_open) given_up[operation.process] = column + length + 2;
      end_ = std::max(end_, is_open ? column + length + 3 : column + 1);
      column += 2;
    }
  }

  Lane& lane_of(std::uint32_t process) {
    const auto known = lane_numbers_.try_emplace(process, lanes_.size());
    if (known.second) lanes_.push_back({"process " + names_.processes[process], "", ""});
    return lanes_[known.first->second];
  }

  void draw(const Operation& operation) {
    Lane& lane = lane_of(operation.process);
    const std::size_t begin = columns_.at(operation.invoked);
    const bool is_open = operation.responded == histories::never;
    const std::size_t end = is_open ? end_ - 1 : columns_.at(operation.responded);
    const std::string text = label(operation);
    // Whatever the process gave up before ends just before.
    if (lane.drawing.size() >= begin && begin > 0) lane.drawing.resize(begin - 1);
    lane.drawing.resize(begin, ' ');
    lane.is_label.resize(begin, ' ');
    lane.drawing += text;
    lane.drawing.resize(std::max(end, lane.drawing.size()), is_open ? '.' : '-');
    lane.drawing += is_open ? "." : "|";
    lane.is_label += " " + std::string(text.size() - 1, 'x');
    lane.is_label.resize(lane.drawing.size(), ' ');
  }

  /// Where to end what begins in column `begin`: in the middle of no label, if that can be.
  [[nodiscard]] std::size_t cut(std::size_t begin, std::size_t room) const {
    if (end_ - begin <= room) return end_;
    for (std::size_t end = begin + room; end > begin + room / 2; --end) {
      const bool is_clear = std::all_of(lanes_.begin(), lanes_.end(), [&](const Lane& lane) {
        return lane.is_label[end] != 'x';
      });
      if (is_clear) return end;
    }
    return begin + room;
  }

  const History& history_;
  const Names& names_;
  std::map<Position, std::size_t> columns_;
  std::size_t end_ = 0;
  std::vector<Lane> lanes_;
  std::map<std::uint32_t, std::size_t> lane_numbers_;
};

}  // namespace

std::string lanes_text(const History& history, const Names& names, std::size_t width) {
  return history.operations.empty() ? "" : Drawing(history, names).text(width);
}

}  // namespace everyway
