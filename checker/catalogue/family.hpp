#pragma once

#include <string_view>

#include "checker/model/model.hpp"
#include "checker/model/mutant.hpp"
#include "checker/model/parameter.hpp"

namespace everyway {

/// A model class that the command line can offer as it stands: it is built from its own options and
/// the name of a mutant ("" for the unchanged protocol).
template <class M>
concept CataloguedModel = Model<M> && Described<typename M::Options> &&
    requires(const typename M::Options options, std::string_view mutant) {
  { M::name } -> std::convertible_to<std::string_view>;     // "two_phase_tla"
  { M::summary } -> std::convertible_to<std::string_view>;  // one line
  { M::source } -> std::convertible_to<std::string_view>;   // the paper or specification
  { M::parameters() } -> std::same_as<Parameters<typename M::Options>>;
  { M::mutants() } -> std::same_as<Mutants>;
  M(options, mutant);
};

/// What `everyway list` and `everyway check` need of a protocol. A family picks, from the options,
/// one of several model types (a state with room for 3 servers, or for 5).
///
///   with_model(options, mutant, visit)  returns visit(model); throws `UsageError` on options that
///   do
///                                       not go together.
template <class F>
concept ModelFamily = Described<typename F::Options> && requires {
  { F::name } -> std::convertible_to<std::string_view>;
  { F::summary } -> std::convertible_to<std::string_view>;
  { F::source } -> std::convertible_to<std::string_view>;
  { F::parameters() } -> std::same_as<Parameters<typename F::Options>>;
  { F::mutants() } -> std::same_as<Mutants>;
};

/// The family of a single model class.
template <CataloguedModel M>
struct FamilyOf {
  using Options = typename M::Options;
  static constexpr std::string_view name = M::name;
  static constexpr std::string_view summary = M::summary;
  static constexpr std::string_view source = M::source;
  static Parameters<Options> parameters() { return M::parameters(); }
  static Mutants mutants() { return M::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    const M model(options, mutant);
    return visit(model);
  }
};

}  // namespace everyway
