// The only file that sees CLI11.
#include "preview/cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <thread>

#include "parsers/suppression/directive.h"
#include "preview/cli/option_specs.h"

namespace preview::cli {
namespace {

// What is planned and not there yet: said plainly, where CLI11 would only call it unexpected.
constexpr std::array<std::string_view, 6> kLaterFormats = {"sarif", "junit",  "markdown",
                                                           "html",  "gitlab", "github"};
constexpr std::array<std::string_view, 4> kLaterOptions = {"--existing-findings", "--archive-rules",
                                                           "--baseline", "--write-baseline"};

// Environment variables of options: PREVIEW_ and the option's name.
constexpr std::array<std::string_view, 11> kFromEnvironment = {"account",
                                                               "region",
                                                               "partition",
                                                               "organization",
                                                               "organization-accounts",
                                                               "trust",
                                                               "canonical-user",
                                                               "account-public-access-block",
                                                               "config",
                                                               "source",
                                                               "jobs"};

struct UsageError {
  std::string message;
};

// The texts that CLI11 stores; turned into Options afterwards.
struct Raw {
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  std::map<std::string, bool, std::less<>> flags;
  std::vector<std::string> positionals;
};

std::string_view Bare(std::string_view name) { return name.substr(2); }

void AddSpecs(CLI::App& app, const std::vector<Spec>& specs, Raw& raw) {
  for (const Spec& spec : specs) {
    const std::string key(Bare(spec.name));
    if (spec.value.empty()) {
      app.add_flag(std::string(spec.name), raw.flags[key], std::string(spec.help));
      continue;
    }
    CLI::Option* option =
        app.add_option(std::string(spec.name), raw.values[key], std::string(spec.help));
    option->type_name(std::string(spec.value));
    option->expected(1);
    // The last one wins, as with other tools, unless several are meant.
    option->multi_option_policy(spec.repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                : CLI::MultiOptionPolicy::TakeLast);
    option->allow_extra_args(false);
  }
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::uint64_t Number(std::string_view text, std::string_view what) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
    throw UsageError{fmt::format("`{}` of {} is no number", text, what)};
  }
  return number;
}

std::string OneOf(const std::string& text, std::string_view choices, std::string_view option) {
  const std::vector<std::string> known = Split(choices, '|');
  if (std::find(known.begin(), known.end(), text) == known.end()) {
    throw UsageError{fmt::format("`{}` of {} is none of {}", text, option, fmt::join(known, ", "))};
  }
  return text;
}

// Turns texts into Options, one member after the other.
class Maker {
 public:
  Maker(Raw& raw, Environment environment, Options& options)
      : raw_(raw), environment_(environment), options_(options) {}

  void Make(Command command) {
    ReadEnvironment();
    MakeZone();
    MakeInput();
    MakeDecision();
    MakeOutput(command);
  }

 private:
  void ReadEnvironment() {
    for (auto& [key, values] : raw_.values) {
      if (!values.empty()) options_.given[key] = true;
    }
    for (const std::string_view name : kFromEnvironment) {
      const auto found = raw_.values.find(name);
      if (found == raw_.values.end() || !found->second.empty()) continue;
      const std::string variable = VariableOf(name);
      const std::optional<std::string> value = environment_(variable);
      if (!value.has_value() || value->empty()) continue;
      found->second.push_back(*value);
      options_.given[std::string(name)] = true;
      from_environment_[std::string(name)] = variable;
    }
  }
  static std::string VariableOf(std::string_view name) {
    std::string variable = "PREVIEW_";
    for (const char letter : name) {
      variable +=
          letter == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
    return variable;
  }
  std::string Last(std::string_view key) const {
    const auto found = raw_.values.find(key);
    return found == raw_.values.end() || found->second.empty() ? std::string()
                                                               : found->second.back();
  }
  std::vector<std::string> All(std::string_view key) const {
    const auto found = raw_.values.find(key);
    return found == raw_.values.end() ? std::vector<std::string>() : found->second;
  }
  bool Flag(std::string_view key) const {
    const auto found = raw_.flags.find(key);
    return found != raw_.flags.end() && found->second;
  }
  Setting SettingOf(std::string_view key) const {
    Setting setting{Last(key), ""};
    if (!setting.given()) return setting;
    const auto variable = from_environment_.find(key);
    setting.origin =
        variable == from_environment_.end() ? fmt::format("--{}", key) : variable->second;
    return setting;
  }
  std::vector<Assignment> Assignments(std::string_view key, bool file_allowed) const {
    std::vector<Assignment> assignments;
    for (const std::string& text : All(key)) {
      const std::size_t equals = text.find('=');
      if (equals == std::string::npos || equals == 0) {
        if (!file_allowed)
          throw UsageError{fmt::format("`{}` of --{} is not NAME=VALUE", text, key)};
        assignments.push_back({"", text});
      } else {
        assignments.push_back({text.substr(0, equals), text.substr(equals + 1)});
      }
    }
    return assignments;
  }

  void MakeZone() {
    options_.account = SettingOf("account");
    options_.region = SettingOf("region");
    options_.partition = SettingOf("partition");
    options_.organization = SettingOf("organization");
    options_.canonical_user = Last("canonical-user");
    options_.organization_accounts = All("organization-accounts");
    for (const std::string& text : All("trust")) {
      for (std::string& id : Split(text, ',')) options_.trust.push_back(std::move(id));
    }
    if (const std::string block = Last("account-public-access-block"); !block.empty()) {
      options_.account_public_access_block =
          OneOf(block, "on|off", "--account-public-access-block") == "on";
    }
    CheckAccount(options_.account.text, "--account");
    for (const std::string& id : options_.trust) CheckAccount(id, "--trust");
    if (options_.organization.given() && !options_.organization.text.starts_with("o-")) {
      throw UsageError{fmt::format("`{}` of --organization is no organization id (o-…)",
                                   options_.organization.text)};
    }
    options_.config = Last("config");
  }
  static void CheckAccount(const std::string& id, std::string_view option) {
    if (id.empty()) return;
    if (id.size() != 12 || id.find_first_not_of("0123456789") != std::string::npos) {
      throw UsageError{fmt::format("`{}` of {} is no account id (twelve digits)", id, option)};
    }
  }

  void MakeInput() {
    options_.base = Last("base");
    options_.parameters = Assignments("parameters", true);
    options_.base_parameters = Assignments("base-parameters", true);
    options_.imports = Assignments("import", false);
    options_.source = Last("source");
    options_.variables = Assignments("var", false);
    options_.variable_files = All("var-file");
  }

  void MakeDecision() {
    options_.resource_control_policies = All("resource-control-policy");
    options_.apply_resource_control_policies = Flag("apply-resource-control-policies");
    if (const std::string kind = Last("findings"); !kind.empty())
      options_.minimal = OneOf(kind, "all|minimal", "--findings") == "minimal";
    if (const std::vector<std::string> lists = All("fail-on"); !lists.empty()) MakeFailOn(lists);
    if (const std::string what = Last("undetermined"); !what.empty())
      options_.undetermined_fails = OneOf(what, "fail|warn", "--undetermined") == "fail";
    options_.exit_zero = Flag("exit-zero");
    options_.today = Last("today");
    if (!options_.today.empty() && !suppression::ParseDate(options_.today).has_value())
      throw UsageError{
          fmt::format("`{}` of --today is no day of the form 2027-01-31", options_.today)};
    options_.source_date_epoch = environment_("SOURCE_DATE_EPOCH").value_or("");
    for (const std::string& limit : All("limit")) MakeLimit(limit);
    if (const std::string jobs = Last("jobs"); !jobs.empty()) {
      options_.jobs = Number(jobs, "--jobs");
      if (options_.jobs == 0) options_.jobs = std::max(1U, std::thread::hardware_concurrency());
      if (options_.jobs > 1024) throw UsageError{"--jobs takes at most 1024"};
    }
  }
  void MakeFailOn(const std::vector<std::string>& lists) {
    options_.fail_on.clear();
    bool never = false;
    for (const std::string& list : lists) {
      for (const std::string& word : Split(list, ',')) {
        OneOf(word, "new|public|any|never", "--fail-on");
        if (word == "new") options_.fail_on.push_back(FailOn::kNew);
        if (word == "public") options_.fail_on.push_back(FailOn::kPublic);
        if (word == "any") options_.fail_on.push_back(FailOn::kAny);
        never |= word == "never";
      }
    }
    if (never && !options_.fail_on.empty()) throw UsageError{"`never` of --fail-on stands alone"};
    if (!never && options_.fail_on.empty())
      throw UsageError{"--fail-on is empty; it takes new, public, any, never"};
  }
  void MakeLimit(const std::string& text) {
    const std::size_t equals = text.find('=');
    const std::string name = OneOf(text.substr(0, equals),
                                   "bytes|depth|nodes|aliases|atoms|steps|evaluation", "--limit");
    if (equals == std::string::npos)
      throw UsageError{fmt::format("`{}` of --limit is not NAME=N", text)};
    const std::uint64_t number = Number(text.substr(equals + 1), "--limit");
    if (name == "bytes") options_.limits.bytes = number;
    if (name == "depth") options_.limits.depth = number;
    if (name == "nodes") options_.limits.nodes = number;
    if (name == "aliases") options_.limits.aliases = number;
    if (name == "atoms") options_.max_atoms = number;
    if (name == "steps") options_.max_steps = number;
    if (name == "evaluation") options_.evaluation_steps = number;
    if (options_.limits.depth > 500) throw UsageError{"--limit depth is at most 500"};
  }

  void MakeOutput(Command command) {
    if (const std::vector<std::string> formats = All("format"); !formats.empty()) {
      options_.outputs.clear();
      for (const std::string& format : formats) options_.outputs.push_back(OutputOf(format));
    }
    const auto to_stdout = std::count_if(options_.outputs.begin(), options_.outputs.end(),
                                         [](const Output& output) { return output.path.empty(); });
    if (to_stdout > 1)
      throw UsageError{
          "only one --format can go to standard output; give the others a path (F=PATH)"};
    if (command == Command::kTypes && options_.outputs.front().path.size() > 0)
      throw UsageError{"`preview types` prints to standard output"};
    const std::string color = Last("color");
    if (!color.empty()) {
      OneOf(color, "auto|always|never", "--color");
      options_.color = color == "always"  ? ColorMode::kAlways
                       : color == "never" ? ColorMode::kNever
                                          : ColorMode::kAuto;
    } else if (environment_("FORCE_COLOR").value_or("").size() > 0 &&
               environment_("FORCE_COLOR") != "0") {
      options_.color = ColorMode::kAlways;
    } else if (environment_("NO_COLOR").value_or("").size() > 0) {  // https://no-color.org
      options_.color = ColorMode::kNever;
    }
    options_.markdown = Flag("markdown");
    options_.quiet = Flag("quiet");
    options_.verbose = Flag("verbose");
  }
  static Output OutputOf(const std::string& text) {
    const std::size_t equals = text.find('=');
    Output output{text.substr(0, equals),
                  equals == std::string::npos ? "" : text.substr(equals + 1)};
    if (equals != std::string::npos && output.path.empty())
      throw UsageError{fmt::format("`{}` of --format names no path", text)};
    if (std::find(kLaterFormats.begin(), kLaterFormats.end(), output.format) !=
        kLaterFormats.end()) {
      throw UsageError{fmt::format(
          "the format `{}` is not offered yet; this version has text and json", output.format)};
    }
    if (output.format != "text" && output.format != "json") {
      throw UsageError{fmt::format("unknown format `{}`; there are text and json", output.format)};
    }
    return output;
  }

  Raw& raw_;
  Environment environment_;
  Options& options_;
  std::map<std::string, std::string, std::less<>> from_environment_;
};

void TakePositionals(Command command, std::vector<std::string> words, Options& options) {
  const auto usage = [command](std::string_view problem) {
    return UsageError{fmt::format("{}: {}", problem, WordsOf(command).usage)};
  };
  switch (command) {
    case Command::kCheck:
      if (words.empty()) throw usage("no input");
      break;
    case Command::kBatch:
    case Command::kInit:
      if (words.size() > 1) throw usage("more than one input");
      break;
    case Command::kExplain:
      if (words.empty() || words.size() > 2) throw usage("an input and an id, or a code");
      options.subject = std::move(words.back());
      words.pop_back();
      break;
    case Command::kTypes:
      if (!words.empty()) throw usage("no argument is taken");
      break;
    case Command::kCompletion:
      if (words.size() != 1) throw usage("which shell");
      options.subject = OneOf(words.front(), "bash|zsh|fish", "completion");
      words.clear();
      break;
  }
  options.inputs = std::move(words);
}

class Formatter : public CLI::Formatter {
 public:
  explicit Formatter(std::string_view usage) : usage_(usage) { column_width(34); }
  std::string make_usage(const CLI::App*, std::string) const override {
    return fmt::format("Usage: {}\n", usage_);
  }

 private:
  std::string_view usage_;
};

std::string Footer(Command command) {
  if (command != Command::kCheck) return {};
  std::string text = "Other commands (`preview COMMAND --help`):\n";
  for (const CommandWords& words : Commands()) {
    if (words.command != Command::kCheck)
      text += fmt::format("  {:<12}{}\n", words.name, words.help);
  }
  text += "\nDefaults of --limit: ";
  const Options defaults;
  text += fmt::format("bytes={} depth={} nodes={} aliases={} atoms={} steps={} evaluation={}\n",
                      defaults.limits.bytes, defaults.limits.depth, defaults.limits.nodes,
                      defaults.limits.aliases, defaults.max_atoms, defaults.max_steps,
                      defaults.evaluation_steps);
  text +=
      "\nExit status: 0 nothing that --fail-on names, 1 such findings, 2 an error, 3 something "
      "stayed undetermined.\n";
  text += "Options may also be set as PREVIEW_ACCOUNT, PREVIEW_REGION and so on.\n";
  text += "There is no network code in this program.";
  return text;
}

void RefuseLaterOptions(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return;
    const std::string name = argument.substr(0, argument.find('='));
    if (std::find(kLaterOptions.begin(), kLaterOptions.end(), name) != kLaterOptions.end()) {
      throw UsageError{fmt::format("the option `{}` is not offered yet", name)};
    }
  }
}

}  // namespace

Parsed ParseArguments(const std::vector<std::string>& arguments, Environment environment) {
  std::vector<std::string> words = arguments;
  Command command = Command::kCheck;
  if (!words.empty()) {
    for (const CommandWords& known : Commands()) {
      if (words.front() != known.name) continue;
      command = known.command;
      words.erase(words.begin());
      break;
    }
  }
  const CommandWords& named = WordsOf(command);
  CLI::App app(std::string(named.help), "preview");
  app.formatter(std::make_shared<Formatter>(named.usage));
  app.footer(Footer(command));
  Raw raw;
  AddSpecs(app, SpecsOf(command), raw);
  app.add_option("INPUT", raw.positionals)->group("");
  app.set_version_flag("--version", "preview " PREVIEW_VERSION);
  Parsed parsed;
  try {
    RefuseLaterOptions(words);
    std::reverse(words.begin(), words.end());  // as CLI11 wants it
    app.parse(words);
    Options options;
    options.command = command;
    Maker(raw, environment, options).Make(command);
    TakePositionals(command, std::move(raw.positionals), options);
    parsed.options = std::move(options);
  } catch (const CLI::CallForHelp&) {
    parsed.out = app.help();
  } catch (const CLI::CallForVersion&) {
    parsed.out = "preview " PREVIEW_VERSION "\n";
  } catch (const CLI::ParseError& error) {
    parsed.error = error.what();
    parsed.status = 2;
  } catch (const UsageError& error) {
    parsed.error = error.message;
    parsed.status = 2;
  }
  return parsed;
}

std::vector<OptionWords> DescribeOptions(Command command) {
  std::vector<OptionWords> described;
  for (const Spec& spec : SpecsOf(command)) {
    described.push_back({std::string(spec.name), std::string(spec.help), !spec.value.empty(),
                         Split(spec.choices, '|')});
  }
  described.push_back({"--help", "print the options", false, {}});
  described.push_back({"--version", "print the version", false, {}});
  return described;
}

}  // namespace preview::cli
