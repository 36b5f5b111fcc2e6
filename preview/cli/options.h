// What the command line, the environment and .preview.yaml ask for, as plain data. docs/cli.md has
// the meanings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/text/limits.h"

namespace preview::cli {

enum class Command { kCheck, kBatch, kExplain, kTypes, kInit, kCompletion };
enum class FailOn { kNew, kPublic, kAny };
enum class ColorMode { kAuto, kAlways, kNever };

// A text, and the words that say where it came from ("`--account`", "`PREVIEW_ACCOUNT`",
// "`.preview.yaml`").
struct Setting {
  std::string text;
  std::string origin;
  [[nodiscard]] bool given() const { return !text.empty(); }
};

struct Output {
  std::string format;  // text or json
  std::string path;    // empty: standard output
};

// `--parameters`, `--import`, `--var`: NAME=VALUE, or the file it was read from.
struct Assignment {
  std::string name;  // empty: `value` is a file
  std::string value;
};

struct Options {
  Command command = Command::kCheck;
  std::vector<std::string> inputs;  // INPUT…; batch: FILE or none
  std::string subject;              // explain: the finding's id or the code; completion: the shell

  Setting account;
  Setting region;
  Setting partition;
  Setting organization;
  std::vector<std::string> organization_accounts;
  std::vector<std::string> trust;
  std::string canonical_user;
  bool account_public_access_block = false;

  std::string base;  // file, folder, or git:REF
  std::vector<Assignment> parameters;
  std::vector<Assignment> base_parameters;
  std::vector<Assignment> imports;
  std::string source;
  std::vector<Assignment> variables;
  std::vector<std::string> variable_files;
  std::string config;
  std::vector<std::string> resource_control_policies;  // files
  bool apply_resource_control_policies = false;

  std::vector<Output> outputs{{"text", ""}};
  bool minimal = false;
  std::vector<FailOn> fail_on{FailOn::kNew};  // empty: never
  bool undetermined_fails = true;
  bool exit_zero = false;
  std::string today;              // `2027-01-31`; empty: not given
  std::string source_date_epoch;  // the variable of that name; empty: not set

  text::Limits limits;
  std::size_t max_atoms = 10'000;
  std::uint64_t max_steps = 2'000'000;
  std::size_t evaluation_steps = 2'000'000;
  std::size_t jobs = 1;

  ColorMode color = ColorMode::kAuto;
  bool quiet = false;
  bool verbose = false;
  bool markdown = false;  // types

  // Which settings the command line or the environment made, by option name without dashes: the
  // file may not change those.
  std::map<std::string, bool, std::less<>> given;
};

// The outcome of reading the command line: options to run with, or a text to print and leave with a
// status.
struct Parsed {
  std::optional<Options> options;
  std::string out;    // for standard output: help, version
  std::string error;  // for standard error: usage errors
  int status = 0;
};

// Environment variables; tests give their own.
using Environment = std::optional<std::string> (*)(std::string_view name);

// Reads `arguments` (without the program's name).
[[nodiscard]] Parsed ParseArguments(const std::vector<std::string>& arguments,
                                    Environment environment);

// Every option of a command with its help, for shell completions.
struct OptionWords {
  std::string name;  // `--account`
  std::string help;
  bool takes_value = false;
  std::vector<std::string> values;  // fixed choices
};
[[nodiscard]] std::vector<OptionWords> DescribeOptions(Command command);

}  // namespace preview::cli
