// The program: arguments to a command, what it gives back to standard output. No other file prints.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include "preview/cli/batch.h"
#include "preview/cli/check.h"
#include "preview/cli/commands.h"
#include "preview/cli/trust.h"
#include "preview/report/escape.h"

namespace {

using preview::cli::CheckResult;
using preview::cli::Options;
using preview::cli::Printed;
using preview::cli::Tables;

std::optional<std::string> GetVariable(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// False when the reader is gone or the disk is full.
bool Write(std::FILE* file, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
}

int WriteFailed(std::string_view path) {
  fmt::print(stderr, "error: {}: cannot be written: {}\n", preview::report::Printable(path),
             std::strerror(errno));
  return 2;
}

bool InColor(const Options& options, int descriptor) {
  switch (options.color) {
    case preview::cli::ColorMode::kAlways:
      return true;
    case preview::cli::ColorMode::kNever:
      return false;
    case preview::cli::ColorMode::kAuto:
      return isatty(descriptor) != 0 && GetVariable("TERM").value_or("") != "dumb";
  }
  return false;
}

int Print(const Printed& printed) {
  Write(stderr, printed.error);
  return Write(stdout, printed.out) ? printed.status : WriteFailed("standard output");
}

int WriteOutputs(const CheckResult& result, const Tables& tables, const Options& options) {
  const preview::report::Tables shown{tables.symbols, tables.files};
  Write(stderr,
        preview::report::ErrorText(result.document.errors, shown, InColor(options, STDERR_FILENO)));
  for (const preview::cli::Output& output : options.outputs) {
    preview::report::TextOptions text;
    text.color = output.path.empty() && InColor(options, STDOUT_FILENO);
    text.verbose = options.verbose;
    text.quiet = options.quiet;
    const bool json = output.format == "json";
    // An input that could not be read has been told of already; a text of zeros would look like an
    // answer.
    if (!json && result.decisions.empty() && !result.document.errors.empty() &&
        result.document.findings.empty() && result.document.undetermined.empty() &&
        result.document.read == 0) {
      continue;
    }
    const std::string printed = json ? preview::report::Json(result.document, shown)
                                     : preview::report::Text(result.document, shown, text);
    if (output.path.empty()) {
      if (!Write(stdout, printed)) return WriteFailed("standard output");
      continue;
    }
    std::FILE* file = std::fopen(output.path.c_str(), "wb");
    if (file == nullptr) return WriteFailed(output.path);
    const bool written = Write(file, printed);
    if (std::fclose(file) != 0 || !written) return WriteFailed(output.path);
  }
  return result.status;
}

int RunCheck(const Options& options) {
  const auto begin = std::chrono::steady_clock::now();
  Tables tables;
  const CheckResult result = preview::cli::Check(options, tables);
  const int status = WriteOutputs(result, tables, options);
  if (options.verbose) {
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
    fmt::print(stderr, "{} ms\n", spent.count());
  }
  return status;
}

int RunBatch(Options options) {
  preview::model::SourceFiles files;
  const auto fail = [](const preview::model::Error& error) {
    fmt::print(stderr, "error: {}\n", preview::report::Printable(error.message));
    return 2;
  };
  if (auto error = preview::cli::ApplySettings(".", options, files); error.has_value()) {
    const preview::model::SymbolTable symbols;
    Write(stderr,
          preview::report::ErrorText({*error}, {symbols, files}, InColor(options, STDERR_FILENO)));
    return 2;
  }
  auto access = preview::cli::AccessOptionsOf(options, files);
  if (!access.ok()) return fail(access.error());
  const auto accounts = preview::cli::OrganizationAccounts(options);
  if (!accounts.ok()) return fail(accounts.error());
  access.value().zone = preview::cli::ZoneOfOptions(options, accounts.value());
  int in = STDIN_FILENO;
  if (!options.inputs.empty() && options.inputs.front() != "-") {
    in = open(options.inputs.front().c_str(), O_RDONLY | O_CLOEXEC);
    if (in < 0)
      return fail(
          {fmt::format("{}: cannot be read: {}", options.inputs.front(), std::strerror(errno)),
           "",
           {}});
  }
  bool written = true;
  const int status =
      preview::cli::RunBatch(in, options, access.value(), [&written](std::string_view text) {
        written = written && Write(stdout, text);
        return written;
      });
  return written ? status : WriteFailed("standard output");
}

int Run(const std::vector<std::string>& arguments) {
  preview::cli::Parsed parsed = preview::cli::ParseArguments(arguments, GetVariable);
  if (!parsed.options.has_value()) {
    if (!parsed.error.empty())
      fmt::print(stderr, "error: {}\nRun `preview --help` for the options.\n",
                 preview::report::Printable(parsed.error));
    Write(stdout, parsed.out);
    return parsed.status;
  }
  const Options& options = *parsed.options;
  switch (options.command) {
    case preview::cli::Command::kCheck:
      return RunCheck(options);
    case preview::cli::Command::kBatch:
      return RunBatch(options);
    case preview::cli::Command::kExplain:
      return Print(preview::cli::Explain(options, InColor(options, STDOUT_FILENO)));
    case preview::cli::Command::kTypes:
      return Print(preview::cli::Types(options));
    case preview::cli::Command::kInit:
      return Print(preview::cli::Init(options));
    case preview::cli::Command::kCompletion:
      return Print(preview::cli::Completion(options.subject));
  }
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "internal error: {}\n", preview::report::Printable(error.what()));
    return 2;
  }
}
