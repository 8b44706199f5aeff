#include "checker/minimise/reorder.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace everyway {

namespace {

/// The beginning of an order: which events it has, and how it got there at the least cost.
struct Beginning {
  std::vector<bool> taken;
  std::vector<std::size_t> events;
  std::size_t switches = 0;

  [[nodiscard]] bool is_better_than(const Beginning& other) const {
    return std::pair(switches, events) < std::pair(other.switches, other.events);
  }
};

/// Two beginnings with the same events and the same last actor can be continued alike.
using Level = std::map<std::pair<std::vector<bool>, unsigned>, Beginning>;

class Orders {
 public:
  Orders(const HappensBefore& order, const std::vector<unsigned>& actors)
      : order_(order), actors_(actors) {}

  void append_longer(const Beginning& beginning, Level& level) const {
    for (std::size_t event = 0; event < actors_.size(); ++event) {
      if (beginning.taken[event] || !may_come_next(event, beginning)) continue;
      Beginning longer = beginning;
      longer.taken[event] = true;
      longer.events.push_back(event);
      const bool switches =
          !beginning.events.empty() && actors_[beginning.events.back()] != actors_[event];
      longer.switches += switches ? 1 : 0;
      const auto [place, is_new] = level.try_emplace({longer.taken, actors_[event]}, longer);
      if (!is_new && longer.is_better_than(place->second)) place->second = std::move(longer);
    }
  }

 private:
  [[nodiscard]] bool may_come_next(std::size_t event, const Beginning& beginning) const {
    const std::size_t last = actors_.size() - 1;
    if (event == last) return beginning.events.size() == last;
    for (std::size_t earlier = 0; earlier < event; ++earlier) {
      if (!beginning.taken[earlier] && order_.before(earlier, event)) return false;
    }
    return true;
  }

  const HappensBefore& order_;
  const std::vector<unsigned>& actors_;
};

/// The best `width` of a level.
std::vector<Beginning> best_of(Level level, std::size_t width) {
  std::vector<Beginning> best;
  for (auto& entry : level) best.push_back(std::move(entry.second));
  std::sort(best.begin(), best.end(), [](const Beginning& left, const Beginning& right) {
    return left.is_better_than(right);
  });
  if (best.size() > width) best.resize(width);
  return best;
}

}  // namespace

std::size_t context_switches(const std::vector<unsigned>& actors) {
  std::size_t switches = 0;
  for (std::size_t i = 1; i < actors.size(); ++i) switches += actors[i] != actors[i - 1] ? 1 : 0;
  return switches;
}

std::vector<std::size_t> order_with_few_switches(const HappensBefore& order,
                                                 const std::vector<unsigned>& actors,
                                                 std::size_t width) {
  const Orders orders(order, actors);
  std::vector<Beginning> best{{std::vector<bool>(actors.size(), false), {}, 0}};
  for (std::size_t length = 0; length < actors.size(); ++length) {
    Level level;
    for (const Beginning& beginning : best) orders.append_longer(beginning, level);
    best = best_of(std::move(level), width);
  }
  return best.front().events;
}

}  // namespace everyway
