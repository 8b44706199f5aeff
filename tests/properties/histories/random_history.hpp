#pragma once

#include <rapidcheck.h>

#include <algorithm>

#include "tests/properties/histories/scene.hpp"

namespace everyway::histories::testing {

/// From 0 up to `bound`, all alike: RapidCheck itself begins with small numbers.
template <class Number>
[[nodiscard]] Number below(Number bound) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(0, bound));
}

/// What operations a random history has.
struct Mix {
  std::uint32_t processes = 3;
  int operations = 6;
  std::uint32_t keys = 1;
  Value values = 3;  ///< those that are read and written: nil and 1 to this
  bool is_queue = false;
  bool has_cas = true;
  bool writes_differ = false;  ///< every write has a value of its own
  int indeterminate_in_ten = 2;
  int failed_in_ten = 1;
};

[[nodiscard]] inline Operation any_operation(const Mix& mix, Value& last_value) {
  const auto value = [&] {
    return mix.writes_differ ? ++last_value : 1 + below<Value>(mix.values);
  };
  const int kind = below(mix.has_cas ? 4 : 2);
  if (mix.is_queue) return kind % 2 == 0 ? enqueue(value()) : dequeue();
  const auto key = below(mix.keys);
  if (kind == 1) return write(value(), key);
  if (kind < 2) return read(key);
  const Value expected = below<Value>(mix.values + 1);
  Operation operation = cas(expected, value(), key);
  if (kind == 3) operation.function = Function::cas_mismatch;
  return operation;
}

/// Most likely a value that is known for that key.
[[nodiscard]] inline Value any_result(const Mix& mix, const Scene& scene, std::uint32_t process,
                                      Value most) {
  if (!mix.writes_differ || below(5) == 0) return below<Value>(most + 2);
  std::vector<Value> known = {nil};
  for (const Operation& operation : scene.history().operations) {
    const bool is_of_key = operation.key == scene.running(process).key;
    if (makes_value(operation) && is_of_key) known.push_back(operation.argument);
  }
  return known[below(known.size())];
}

/// Any history whatever, of up to so many operations: most are not linearizable, and many that are
/// small are.
[[nodiscard]] inline History any_history(const Mix& mix) {
  Scene scene;
  Value last_value = nil;
  const int operations = 1 + below(mix.operations);
  for (int begun = 0, events = 0; events < 6 * operations; ++events) {
    const auto process = below(mix.processes);
    if (!scene.is_running(process)) {
      if (begun++ < operations) scene.begin(process, any_operation(mix, last_value));
      continue;
    }
    const int luck = below(10);
    const Value most = mix.writes_differ ? last_value : mix.values;
    const bool has_result = scene.running(process).function == Function::read ||
                            scene.running(process).function == Function::dequeue;
    const Value result = has_result ? any_result(mix, scene, process, most) : nil;
    const Outcome outcome = luck < mix.indeterminate_in_ten                       ? Outcome::info
                            : luck < mix.indeterminate_in_ten + mix.failed_in_ten ? Outcome::fail
                                                                                  : Outcome::ok;
    scene.end(process, result, outcome);
  }
  return scene.history();
}

}  // namespace everyway::histories::testing
