#pragma once

#include <CLI/App.hpp>
#include <string>

#include "checker/catalogue/catalogue.hpp"

namespace everyway {

/// The help of `app`, with its paragraphs one blank line apart.
[[nodiscard]] std::string help_text(const CLI::App& app);

/// Adds an option that takes one value, which is kept as text.
void add_text_option(CLI::App& app, const std::string& group, const std::string& name,
                     const std::string& value_name, std::string& text, const std::string& meaning);

/// The same for an option that may be given again: each value is one more text.
void add_texts_option(CLI::App& app, const std::string& group, const std::string& name,
                      const std::string& value_name, std::vector<std::string>& texts,
                      const std::string& meaning);

/// Adds an option that is given or not.
void add_switch(CLI::App& app, const std::string& group, const std::string& name, bool& given,
                const std::string& meaning);

/// Adds an option for a parameter of a model: --servers N, or --loss and --no-loss.
CLI::Option* add_parameter(CLI::App& app, const std::string& group, const ParameterInfo& parameter);

/// What `everyway --help` says below the commands.
[[nodiscard]] std::string overview_footer();

/// What `everyway check --help` says below the options; more about the model, if one is named.
[[nodiscard]] std::string check_footer(const CatalogueEntry* entry);

/// The same for `everyway simulate --help`.
[[nodiscard]] std::string simulate_footer(const CatalogueEntry* entry);

/// The same for `everyway fuzz --help`.
[[nodiscard]] std::string fuzz_footer(const CatalogueEntry* entry);

/// What `everyway history --help` says below the options.
[[nodiscard]] std::string history_footer();

/// The table that `everyway list` prints.
[[nodiscard]] std::string catalogue_text(const Catalogue& catalogue);

/// What `everyway list MODEL` prints.
[[nodiscard]] std::string model_text(const CatalogueEntry& entry);

}  // namespace everyway
