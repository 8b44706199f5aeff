#include "checker/catalogue/carry_over.hpp"

#include <algorithm>
#include <bit>
#include <charconv>

namespace everyway {

namespace {

/// 3 for "n3"; 0 for what is not the name of a node.
std::size_t node_number(const boost::json::value& json) {
  if (!json.is_string()) return 0;
  const boost::json::string& text = json.get_string();
  if (text.size() < 2 || text[0] != 'n') return 0;
  std::size_t number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + 1, end, number);
  return parsed.ec == std::errc{} && parsed.ptr == end ? number : 0;
}

/// Calls visit(value) for each value in `json` that is no array and no object.
template <class Json, class Visit>
void for_each_leaf(Json& json, const Visit& visit) {
  if (json.is_array()) {
    for (auto& element : json.get_array()) for_each_leaf(element, visit);
  } else if (json.is_object()) {
    for (auto& member : json.get_object()) for_each_leaf(member.value(), visit);
  } else {
    visit(json);
  }
}

std::size_t size_of(std::size_t set) { return static_cast<std::size_t>(std::popcount(set)); }

/// Sets of nodes as bits, small ones first, those of high nodes before those of low ones; never all
/// nodes.
std::vector<std::size_t> sets_to_leave_out(std::size_t nodes) {
  constexpr std::size_t most_for_all_sets = 8;
  std::vector<std::size_t> sets;
  if (nodes > 64) return sets;
  if (nodes <= most_for_all_sets) {
    for (std::size_t set = (std::size_t{1} << nodes) - 1; set-- > 1;) sets.push_back(set);
  } else {
    for (std::size_t high = nodes; high-- > 0;) {
      for (std::size_t low = high + 1; low-- > 0;) {
        sets.push_back(std::size_t{1} << high | std::size_t{1} << low);
      }
    }
  }
  std::stable_sort(sets.begin(), sets.end(), [](std::size_t left, std::size_t right) {
    return size_of(left) < size_of(right);
  });
  return sets;
}

bool is_absent(std::size_t number, std::size_t absent) {
  return number != 0 && number <= 64 && ((absent >> (number - 1)) & 1U) != 0;
}

}  // namespace

std::size_t highest_node(const ActionsJson& actions) {
  std::size_t highest = 0;
  for (const boost::json::value& action : actions) {
    for_each_leaf(action, [&](const boost::json::value& leaf) {
      highest = std::max(highest, node_number(leaf));
    });
  }
  return highest;
}

ActionsJson without_nodes(const ActionsJson& actions, std::size_t absent) {
  ActionsJson rest;
  for (const boost::json::value& action : actions) {
    boost::json::value moved = action;
    bool names_absent = false;
    for_each_leaf(moved, [&](boost::json::value& leaf) {
      const std::size_t number = node_number(leaf);
      if (number == 0 || number > 64) return;
      names_absent = names_absent || is_absent(number, absent);
      const std::size_t below = absent & ((std::size_t{1} << (number - 1)) - 1);
      leaf = "n" + std::to_string(number - size_of(below));
    });
    if (!names_absent) rest.push_back(std::move(moved));
  }
  return rest;
}

bool with_fewer_nodes(const ActionsJson& actions,
                      const std::function<bool(const ActionsJson&)>& try_out) {
  if (try_out(actions)) return true;
  const std::vector<std::size_t> sets = sets_to_leave_out(highest_node(actions));
  return std::any_of(sets.begin(), sets.end(),
                     [&](std::size_t set) { return try_out(without_nodes(actions, set)); });
}

}  // namespace everyway
