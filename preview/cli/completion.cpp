// `preview completion SHELL`: scripts made from the tables of options.
#include <fmt/format.h>

#include "preview/cli/commands.h"
#include "preview/cli/option_specs.h"

namespace preview::cli {
namespace {

std::string CommandNames() {
  std::string names;
  for (const CommandWords& words : Commands())
    names += fmt::format("{}{}", names.empty() ? "" : " ", words.name);
  return names;
}

std::string Bash() {
  std::string cases;
  std::string values;
  for (const CommandWords& words : Commands()) {
    std::string options;
    for (const OptionWords& option : DescribeOptions(words.command)) options += " " + option.name;
    cases += fmt::format("    {}) options=\"{}\" ;;\n", words.name, options.substr(1));
  }
  for (const OptionWords& option : DescribeOptions(Command::kCheck)) {
    if (!option.values.empty()) {
      values += fmt::format("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return ;;\n",
                            option.name, fmt::join(option.values, " "));
    }
  }
  return fmt::format(
      R"(# bash completion for preview
_preview() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" command="check" options=""
  case "${{COMP_WORDS[1]}}" in
    {}) command="${{COMP_WORDS[1]}}" ;;
  esac
  case "$previous" in
    --format) COMPREPLY=($(compgen -W "text json" -- "$current")); return ;;
    --fail-on) COMPREPLY=($(compgen -W "new public any never" -- "$current")); return ;;
    completion) COMPREPLY=($(compgen -W "bash zsh fish" -- "$current")); return ;;
{}  esac
  case "$command" in
{}  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "{}" -- "$current") $(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}}
complete -o filenames -F _preview preview
)",
      [] {
        std::string pattern;
        for (const CommandWords& words : Commands())
          pattern += fmt::format("{}{}", pattern.empty() ? "" : "|", words.name);
        return pattern;
      }(),
      values, cases, CommandNames());
}

// Single quotes for zsh and fish.
std::string Quoted(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '\'')
      out += "'\\''";
    else
      out += letter;
  }
  return "'" + out + "'";
}

// zsh's _arguments takes colons and brackets for its own.
std::string ZshHelp(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == ':' || letter == '[' || letter == ']') out += '\\';
    out += letter;
  }
  return out;
}

std::string Zsh() {
  std::string out =
      "#compdef preview\n_preview() {\n  local -a options\n  case \"${words[2]}\" in\n";
  for (const CommandWords& words : Commands()) {
    if (words.command == Command::kCheck) continue;
    out += fmt::format("    {}) options=(\n", words.name);
    for (const OptionWords& option : DescribeOptions(words.command)) {
      out += "      " +
             Quoted(fmt::format(
                 "{}[{}]{}", option.name, ZshHelp(option.help),
                 option.takes_value
                     ? ":value:" + (option.values.empty()
                                        ? std::string("_files")
                                        : fmt::format("({})", fmt::join(option.values, " ")))
                     : "")) +
             "\n";
    }
    out += "    ) ;;\n";
  }
  out += "    *) options=(\n";
  for (const OptionWords& option : DescribeOptions(Command::kCheck)) {
    out += "      " +
           Quoted(fmt::format(
               "{}[{}]{}", option.name, ZshHelp(option.help),
               option.takes_value
                   ? ":value:" + (option.values.empty()
                                      ? std::string("_files")
                                      : fmt::format("({})", fmt::join(option.values, " ")))
                   : "")) +
           "\n";
  }
  out += fmt::format(
      "    ) ;;\n  esac\n  _arguments -s $options '1:input or command:_alternative "
      "\"commands:command:({})\" \"files:input:_files\"' '*:input:_files'\n}}\n",
      CommandNames());
  return out + "compdef _preview preview\n";
}

std::string Fish() {
  std::string out = "# fish completion for preview\n";
  for (const CommandWords& words : Commands()) {
    out += fmt::format("complete -c preview -n __fish_use_subcommand -a {} -d {}\n", words.name,
                       Quoted(words.help));
  }
  for (const OptionWords& option : DescribeOptions(Command::kCheck)) {
    out +=
        fmt::format("complete -c preview -l {} -d {}", option.name.substr(2), Quoted(option.help));
    if (option.takes_value) out += " -r";
    if (!option.values.empty())
      out += fmt::format(" -f -a {}", Quoted(fmt::format("{}", fmt::join(option.values, " "))));
    out += "\n";
  }
  return out +
         "complete -c preview -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n";
}

}  // namespace

Printed Completion(const std::string& shell) {
  if (shell == "bash") return {Bash(), "", 0};
  if (shell == "zsh") return {Zsh(), "", 0};
  return {Fish(), "", 0};
}

}  // namespace preview::cli
