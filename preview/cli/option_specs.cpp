#include "preview/cli/option_specs.h"

#include <algorithm>
#include <iterator>

namespace preview::cli {
namespace {

constexpr Spec kZoneSpecs[] = {
    {"--account", "ID", "the account deployed to"},
    {"--region", "R", "the region deployed to"},
    {"--partition", "P", "the partition (default: aws)"},
    {"--organization", "o-ID", "make this organization the zone of trust"},
    {"--organization-accounts", "FILE|ID,...",
     "its accounts: ids, one a line in a file, or the JSON of `organizations list-accounts`", true},
    {"--trust", "ID,...", "further accounts inside the zone of trust", true},
    {"--canonical-user", "ID", "the owner's canonical user id"},
    {"--account-public-access-block", "on|off",
     "S3's account-level setting, when it is set elsewhere (default: off)", false, "on|off"},
    {"--config", "FILE",
     "the file of settings; else .preview.yaml from the input's folder upwards"},
};
constexpr Spec kInputSpecs[] = {
    {"--base", "FILE|git:REF",
     "what is deployed now: an older template or plan, or the same path at a git revision"},
    {"--parameters", "FILE|K=V", "template parameters", true},
    {"--base-parameters", "FILE|K=V", "template parameters of --base", true},
    {"--import", "NAME=VALUE", "the value of an Fn::ImportValue", true},
    {"--source", "DIR|PLANFILE", "where the .tf files are: a folder, or the binary plan"},
    {"--var", "NAME=VALUE", "a Terraform variable, for a folder without a plan", true},
    {"--var-file", "FILE", "a file of Terraform variables, for a folder without a plan", true},
};
constexpr Spec kDecideSpecs[] = {
    {"--resource-control-policy", "FILE", "a resource control policy that is in force", true},
    {"--apply-resource-control-policies", "", "subtract what those policies deny"},
    {"--findings", "all|minimal",
     "all findings, as Access Analyzer lists them, or the fewest that cover all access", false,
     "all|minimal"},
    {"--fail-on", "LIST",
     "which findings make the exit status 1: new (default), public, any, never", true},
    {"--undetermined", "fail|warn",
     "whether what stays undetermined makes the exit status 3 (default: fail)", false, "fail|warn"},
    {"--exit-zero", "", "exit with 0 in place of 1 and 3"},
    {"--limit", "NAME=N",
     "limits: bytes (of one input), depth (of nesting, at most 500), nodes, aliases, atoms (a "
     "dimension), steps (of search), evaluation (steps of expressions)",
     true},
    {"--jobs", "N", "threads (0: one a processor; default: 1)"},
};
constexpr Spec kSuppressSpecs[] = {
    {"--today", "YYYY-MM-DD",
     "the day against which `until` of a suppression is judged (default: SOURCE_DATE_EPOCH, else "
     "the clock)"},
};
constexpr Spec kOutputSpecs[] = {
    {"--format", "F[=PATH]", "text (default) or json; without PATH to standard output", true},
    {"--color", "auto|always|never",
     "colour (default: auto; NO_COLOR and FORCE_COLOR are honoured)", false, "auto|always|never"},
    {"--quiet", "", "findings only, without the closing lines"},
    {"--verbose", "", "unchanged and archived findings, all notes and durations too"},
    {"--no-progress", "", "accepted; there is no progress display"},
};

constexpr Spec kTypesSpecs[] = {
    {"--format", "F", "text (default) or json"},
    {"--markdown", "", "the table that README.md holds"},
};

constexpr CommandWords kCommands[] = {
    {"check", Command::kCheck, "preview [OPTIONS] INPUT...",
     "Which changes let somebody outside the zone of trust in, who was not let in before? Decided "
     "offline: nothing is fetched or executed."},
    {"batch", Command::kBatch, "preview batch [OPTIONS] [FILE]",
     "Many proposed configurations as NDJSON, in and out."},
    {"explain", Command::kExplain, "preview explain [OPTIONS] INPUT ID | preview explain PV001",
     "One finding in full, or what a code means."},
    {"types", Command::kTypes, "preview types [--format json]",
     "The resource types and what is analysed of each."},
    {"init", Command::kInit, "preview init [OPTIONS] [INPUT]",
     "Writes a commented .preview.yaml, with what INPUT lets it infer."},
    {"completion", Command::kCompletion, "preview completion bash|zsh|fish",
     "Prints a completion script for a shell."},
};

}  // namespace

std::span<const CommandWords> Commands() { return kCommands; }

const CommandWords& WordsOf(Command command) {
  return *std::find_if(std::begin(kCommands), std::end(kCommands),
                       [command](const CommandWords& words) { return words.command == command; });
}

std::vector<Spec> SpecsOf(Command command) {
  std::vector<Spec> specs;
  const auto add = [&specs](const auto& list) {
    specs.insert(specs.end(), std::begin(list), std::end(list));
  };
  switch (command) {
    case Command::kCheck:
    case Command::kExplain:
      add(kZoneSpecs);
      add(kInputSpecs);
      add(kDecideSpecs);
      add(kSuppressSpecs);
      add(kOutputSpecs);
      break;
    case Command::kBatch:
      add(kZoneSpecs);
      add(kDecideSpecs);
      break;
    case Command::kInit:
      add(kZoneSpecs);
      add(kInputSpecs);
      break;
    case Command::kTypes:
      add(kTypesSpecs);
      break;
    case Command::kCompletion:
      break;
  }
  return specs;
}

}  // namespace preview::cli
