#include "checker/model/model_bound_error.hpp"

#include <fmt/format.h>

namespace everyway {

void throw_capacity_exceeded(const char* container, std::size_t capacity) {
  throw ModelBoundError(fmt::format(
      "a {} of the state is full: it holds {} elements at most; tighten the model's parameters, "
      "or give it more room in the model",
      container, capacity));
}

}  // namespace everyway
