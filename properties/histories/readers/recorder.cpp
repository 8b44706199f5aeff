#include "properties/histories/readers/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway::histories {

namespace {

/// A name may be written as a keyword, a string or a symbol.
bool is_name(const Edn& value) {
  return value.kind == Edn::Kind::keyword || value.kind == Edn::Kind::string ||
         value.kind == Edn::Kind::symbol;
}

/// As a message calls it.
std::string called(const Edn& value) {
  return in_quotes(is_name(value) ? value.text : value.written());
}

struct NamedFunction {
  const char* name;
  Function function;
};

const std::vector<NamedFunction>& functions_of(HistoryModel model) {
  static const std::vector<NamedFunction> plain = {{"read", Function::read},
                                                   {"write", Function::write}};
  static const std::vector<NamedFunction> with_cas = {
      {"read", Function::read}, {"write", Function::write}, {"cas", Function::cas}};
  static const std::vector<NamedFunction> key_value = {{"read", Function::read},
                                                       {"write", Function::write},
                                                       {"cas", Function::cas},
                                                       {"get", Function::read},
                                                       {"put", Function::write}};
  static const std::vector<NamedFunction> queue = {{"enqueue", Function::enqueue},
                                                   {"dequeue", Function::dequeue}};
  switch (model) {
    case HistoryModel::one_register:
      return plain;
    case HistoryModel::cas_register:
      return with_cas;
    case HistoryModel::key_value:
      return key_value;
    case HistoryModel::queue:
      break;
  }
  return queue;
}

const char* object_text(HistoryModel model) {
  switch (model) {
    case HistoryModel::one_register:
      return "register";
    case HistoryModel::cas_register:
      return "cas-register";
    case HistoryModel::key_value:
      return "key-value store";
    case HistoryModel::queue:
      break;
  }
  return "queue";
}

}  // namespace

void Recorder::fail(std::size_t line, const std::string& problem) const {
  throw UsageError(fmt::format("{}:{}: {}", file_, line, problem));
}

void Recorder::add(const RecordedEvent& event) {
  if (is_name(event.process) && event.process.text == "nemesis") return;
  const bool is_process = is_name(event.process) || event.process.kind == Edn::Kind::integer;
  if (!is_process) {
    fail(event.line,
         fmt::format("process {}: give a number or a name", in_quotes(event.process.written())));
  }
  check_time(event);
  const auto known =
      processes_.try_emplace(event.process.text, static_cast<std::uint32_t>(processes_.size()));
  if (known.second) recording_.names.processes.push_back(event.process.text);
  const std::uint32_t process = known.first->second;
  const std::string type = is_name(event.type) ? event.type.text : "";
  if (type == "invoke") {
    invoke(process, event);
  } else if (type == "ok") {
    respond(process, event, Outcome::ok);
  } else if (type == "fail") {
    respond(process, event, Outcome::fail);
  } else if (type == "info") {
    respond(process, event, Outcome::info);
  } else {
    fail(event.line, fmt::format("type {}: one of: invoke, ok, fail, info", called(event.type)));
  }
  ++position_;
}

void Recorder::check_time(const RecordedEvent& event) {
  if (!event.time || event.time->kind == Edn::Kind::none) return;
  const bool is_number =
      event.time->kind == Edn::Kind::integer || event.time->kind == Edn::Kind::decimal;
  if (!is_number) {
    fail(event.line, fmt::format("time {}: give a number", in_quotes(event.time->written())));
  }
  const double time = std::strtod(event.time->text.c_str(), nullptr);
  if (has_time_ && time < last_time_) {
    fail(event.line, "time goes back; put the lines in the order of their times");
  }
  has_time_ = true;
  last_time_ = time;
}

Function Recorder::function_of(const RecordedEvent& event) const {
  std::string names;
  for (const NamedFunction& known : functions_of(options_.model)) {
    if (is_name(event.function) && event.function.text == known.name) return known.function;
    names += (names.empty() ? "" : ", ") + std::string(known.name);
  }
  fail(event.line, fmt::format("f {}: a {} has {}", called(event.function),
                               object_text(options_.model), names));
}

void Recorder::invoke(std::uint32_t process, const RecordedEvent& event) {
  const Function function = function_of(event);
  const auto before = running_.find(process);
  if (before != running_.end()) {
    const Operation& operation = recording_.history.operations[before->second.operation];
    fail(event.line,
         fmt::format("process {} invokes {}, but its {} of line {} has no response yet; a process "
                     "has one operation at a time",
                     in_quotes(event.process.text), event.function.text, before->second.function,
                     operation.line));
  }
  Operation operation;
  operation.process = process;
  operation.function = function;
  operation.outcome = Outcome::info;
  operation.invoked = position_;
  operation.line = static_cast<std::uint32_t>(event.line);
  auto split = key_and_value(event);
  operation.key = split.first;
  take_argument(operation, split.second, event);
  running_[process] = {recording_.history.operations.size(), event.function.text};
  recording_.history.operations.push_back(operation);
}

std::pair<std::uint32_t, Edn> Recorder::key_and_value(const RecordedEvent& event) {
  Edn value = event.value.value_or(Edn{});
  if (options_.model != HistoryModel::key_value) {
    if (event.key) fail(event.line, "this operation has a key; give --model key-value");
    return {0, value};
  }
  Edn key;
  if (event.key) {
    key = *event.key;
  } else if (value.kind == Edn::Kind::vector && value.items.size() == 2) {
    key = value.items[0];
    value = Edn(value.items[1]);
  } else {
    fail(event.line, "the key is missing; give a field key, or the value as [key value]");
  }
  const std::string written = key.written();
  const auto known = keys_.try_emplace(written, static_cast<std::uint32_t>(keys_.size()));
  if (known.second) {
    recording_.names.keys.push_back(key.kind == Edn::Kind::string ? key.text : written);
    written_keys_.push_back(written);
  }
  return {known.first->second, value};
}

void Recorder::take_argument(Operation& operation, const Edn& value, const RecordedEvent& event) {
  switch (operation.function) {
    case Function::cas:
    case Function::cas_mismatch:
      if (value.kind != Edn::Kind::vector || value.items.size() != 2) {
        fail(event.line, fmt::format("value {}: a cas has two values, [expected new]",
                                     in_quotes(value.written())));
      }
      operation.expected = number_of(value.items[0]);
      operation.argument = number_of(value.items[1]);
      break;
    case Function::write:
    case Function::enqueue:
      if (!event.value ||
          (operation.function == Function::enqueue && value.kind == Edn::Kind::none)) {
        fail(event.line, fmt::format("{} needs a value", event.function.text));
      }
      operation.argument = number_of(value);
      break;
    case Function::read:
    case Function::dequeue:
      break;
  }
}

void Recorder::respond(std::uint32_t process, const RecordedEvent& event, Outcome outcome) {
  const auto running = running_.find(process);
  if (running == running_.end()) {
    fail(event.line, fmt::format("process {} has no operation that this {} could be the response "
                                 "to; an invoke must come first",
                                 in_quotes(event.process.text), event.type.text));
  }
  Operation& operation = recording_.history.operations[running->second.operation];
  if (!is_name(event.function) || event.function.text != running->second.function) {
    fail(event.line, fmt::format("process {} answers {}, but invoked {} at line {}",
                                 in_quotes(event.process.text), called(event.function),
                                 running->second.function, operation.line));
  }
  operation.outcome = outcome;
  if (outcome != Outcome::info) operation.responded = position_;
  if (outcome == Outcome::ok) take_result(operation, event);
  if (outcome == Outcome::fail && operation.function == Function::cas &&
      options_.failed_cas_found_another) {
    operation.function = Function::cas_mismatch;
    operation.outcome = Outcome::ok;
  }
  running_.erase(running);
}

void Recorder::take_result(Operation& operation, const RecordedEvent& event) {
  const bool has_result =
      operation.function == Function::read || operation.function == Function::dequeue;
  const bool has_value = event.value && event.value->kind != Edn::Kind::none;
  if (!has_result && !has_value) return;
  if (has_result && !event.value) {
    fail(event.line, fmt::format("the value is missing that {} returned", event.function.text));
  }
  RecordedEvent with_key = event;
  // A response need not repeat the key where it stands in a field of its own.
  const bool is_tuple = event.value->kind == Edn::Kind::vector && event.value->items.size() == 2;
  const bool has_key = event.key || (is_tuple && keys_.count(event.value->items[0].written()) != 0);
  if (options_.model == HistoryModel::key_value && !has_key) {
    with_key.key = Edn{Edn::Kind::symbol, written_keys_[operation.key], {}, event.line};
  }
  const auto split = key_and_value(with_key);
  if (split.first != operation.key) {
    fail(event.line, fmt::format("the response is about key {}, and the invocation of line {} "
                                 "about {}",
                                 in_quotes(recording_.names.keys[split.first]), operation.line,
                                 in_quotes(recording_.names.keys[operation.key])));
  }
  if (has_result) {
    operation.result = number_of(split.second);
  } else {
    check_same_argument(operation, split.second, event);
  }
}

void Recorder::check_same_argument(const Operation& operation, const Edn& value,
                                   const RecordedEvent& event) {
  Operation answered = operation;
  take_argument(answered, value, event);
  if (answered == operation) return;
  fail(event.line, fmt::format("the response has value {}, and the invocation of line {} another",
                               in_quotes(value.written()), operation.line));
}

Value Recorder::number_of(const Edn& value) {
  const auto known =
      values_.try_emplace(value.written(), static_cast<Value>(recording_.names.values.size()));
  if (known.second) recording_.names.values.push_back(value.written());
  return known.first->second;
}

Recording Recorder::finish() {
  if (recording_.history.operations.empty()) {
    throw UsageError(fmt::format("{}: there is no operation in it", file_));
  }
  return std::move(recording_);
}

Value number_of_value(Names& names, const std::string& text) {
  std::string written;
  try {
    EdnReader reader(text);
    std::optional<Edn> value = reader.next();
    if (!value || reader.next()) throw EdnError(1, "give one value, such as 0 or nil");
    if (value->is(Edn::Kind::symbol, "null")) value = Edn{};
    if (value->kind == Edn::Kind::symbol) value->kind = Edn::Kind::string;
    written = value->written();
  } catch (const EdnError& error) {
    throw UsageError(fmt::format("--initial {}: {}", in_quotes(text), error.what()));
  }
  const auto known = std::find(names.values.begin(), names.values.end(), written);
  if (known != names.values.end()) return static_cast<Value>(known - names.values.begin());
  names.values.push_back(written);
  return static_cast<Value>(names.values.size() - 1);
}

}  // namespace everyway::histories
