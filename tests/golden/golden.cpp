// Runs the program over one golden case and compares what it prints.
//
//   preview_golden PROGRAM FOLDER
//
// The folder holds an input (plan.json, template.yaml, template.json, cdk.out, request.json, or
// batch.ndjson for `preview batch`) or `args` name one, optionally `args` (an argument a line; a
// line `INPUT` stands where the input is not the last argument), and what is expected: expected.txt
// (--format text), expected.json (--format json), expected.ndjson (batch); expected.status holds
// the exit status where it is not 0. An empty expected file is one that is to be written.
//
// PREVIEW_UPDATE_GOLDENS=1 rewrites the expected files that are there; refused when CI is set. Read
// the diff line by line.
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "preview/cli/git.h"

namespace {

namespace fs = std::filesystem;

using Strings = std::vector<std::string>;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool WriteFile(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return static_cast<bool>(file);
}

Strings Lines(const std::string& text) {
  Strings lines;
  std::string line;
  for (const char letter : text) {
    if (letter != '\n') {
      line += letter;
      continue;
    }
    if (!line.empty()) lines.push_back(std::move(line));
    line.clear();
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string FindInput() {
  constexpr std::array<const char*, 6> kNames = {"plan.json", "template.yaml", "template.json",
                                                 "cdk.out",   "request.json",  "batch.ndjson"};
  for (const char* name : kNames) {
    if (fs::exists(name)) return name;
  }
  return {};
}

// The program's own version is not what a case is about.
std::string WithoutVersion(std::string text) {
  const std::string key = "\"name\": \"preview\",\n    \"version\": \"";
  const std::size_t at = text.find(key);
  if (at == std::string::npos) return text;
  const std::size_t begin = at + key.size();
  return text.replace(begin, text.find('"', begin) - begin, "VERSION");
}

Strings CommandLine(const std::string& program, const std::string& format,
                    const std::string& input) {
  Strings line = {program};
  if (format == "ndjson") line.emplace_back("batch");
  if (format != "ndjson")
    line.insert(line.end(), {"--color", "never", "--format", format == "txt" ? "text" : "json"});
  bool has_input = false;
  for (const std::string& argument : Lines(ReadFile("args"))) {
    has_input |= argument == "INPUT";
    line.push_back(argument == "INPUT" ? input : argument);
  }
  if (!has_input && !input.empty()) line.push_back(input);
  return line;
}

void ShowDifference(const Strings& want, const Strings& got) {
  std::size_t i = 0;
  while (i < want.size() && i < got.size() && want[i] == got[i]) ++i;
  std::cerr << "first difference in line " << i + 1 << ":\n";
  for (std::size_t j = i; j < i + 5; ++j) {
    if (j < want.size()) std::cerr << "- " << want[j] << "\n";
  }
  for (std::size_t j = i; j < i + 5; ++j) {
    if (j < got.size()) std::cerr << "+ " << got[j] << "\n";
  }
}

// Compares or rewrites one expected file. False when it differs.
bool Check(const std::string& program, const std::string& format, bool update) {
  const fs::path expected = "expected." + format;
  const preview::cli::ProgramResult result =
      preview::cli::RunProgram(CommandLine(program, format, FindInput()), std::size_t{64} << 20);
  const std::string got = WithoutVersion(result.out);
  const std::string status = std::to_string(result.status) + "\n";
  const std::string want_status =
      fs::exists("expected.status") ? ReadFile("expected.status") : "0\n";
  if (update) {
    const bool plain = result.status == 0 && !fs::exists("expected.status");
    return WriteFile(expected, got) && (plain || WriteFile("expected.status", status));
  }
  if (!result.error.empty()) std::cerr << result.error;
  if (status != want_status) std::cerr << "exit status " << status << "expected " << want_status;
  if (got != ReadFile(expected)) ShowDifference(Lines(ReadFile(expected)), Lines(got));
  return status == want_status && got == ReadFile(expected);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: preview_golden PROGRAM FOLDER\n";
    return 2;
  }
  const std::string program = fs::absolute(argv[1]).string();
  const char* asked = std::getenv("PREVIEW_UPDATE_GOLDENS");
  const bool update = asked != nullptr && std::string(asked) == "1";
  if (update && std::getenv("CI") != nullptr) {
    std::cerr << "goldens are not rewritten under CI\n";
    return 2;
  }
  for (const char* variable : {"PREVIEW_ACCOUNT", "PREVIEW_REGION", "PREVIEW_PARTITION",
                               "PREVIEW_ORGANIZATION", "PREVIEW_TRUST", "FORCE_COLOR"}) {
    unsetenv(variable);
  }
  fs::current_path(argv[2]);
  int checked = 0;
  bool same = true;
  for (const std::string format : {"txt", "json", "ndjson"}) {
    if (!fs::exists("expected." + format)) continue;
    same = Check(program, format, update) && same;
    ++checked;
  }
  if (checked == 0) std::cerr << "no expected file in " << argv[2] << "\n";
  return same && checked > 0 ? 0 : 1;
}
