// `preview init`: a .preview.yaml to begin with.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "preview/cli/check.h"
#include "preview/cli/commands.h"

namespace preview::cli {
namespace {

constexpr const char* kPath = ".preview.yaml";

std::string Line(std::string_view key, std::string_view value, std::string_view example,
                 std::string_view help) {
  if (value.empty()) return fmt::format("# {}\n#{}: {}\n\n", help, key, example);
  return fmt::format("# {}\n{}: {}\n\n", help, key, value);
}

std::string InQuotes(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("\"{}\"", text);
}

// Ids only: an input is not trusted with what is written into a file.
std::string IdOnly(const std::string& text) {
  const bool fine = std::all_of(text.begin(), text.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '-';
  });
  return fine ? text : std::string();
}

std::string Settings(const report::Zone& zone) {
  const std::string account = zone.accounts.size() == 1 ? IdOnly(zone.accounts.front()) : "";
  std::string out = "# Settings of `preview`; options and PREVIEW_… variables go before them.\n\n";
  out += Line("account", InQuotes(account), "\"111122223333\"", "The account deployed to.");
  out += Line("region", "", "us-east-1", "The region deployed to.");
  out += Line("organization", IdOnly(zone.organization), "o-abcde12345",
              "Makes the organization the zone of trust.");
  out += Line("organization-accounts", "", "[\"111122223333\", \"444455556666\"]", "Its accounts.");
  out += Line("trust", "", "[\"444455556666\"]", "Further accounts inside the zone of trust.");
  out += Line("canonical-user", "", "0123…", "The owner's canonical user id, for S3 ACLs.");
  out += Line("account-public-access-block", "", "on",
              "S3's account-level public access block, when it is set elsewhere.");
  out.pop_back();
  return out;
}

}  // namespace

Printed Init(const Options& options) {
  Printed printed;
  report::Zone zone;
  if (!options.inputs.empty()) {
    Tables tables;
    const CheckResult result = Check(options, tables);
    if (!result.document.errors.empty())
      return {"", report::ErrorText(result.document.errors, {tables.symbols, tables.files}, false),
              2};
    zone = result.document.zone;
  }
  // Never over a file that is there.
  const int file = open(kPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0)
    return {"",
            fmt::format("error: {}: {}\n", kPath,
                        errno == EEXIST ? "is there already" : std::strerror(errno)),
            2};
  const std::string text = Settings(zone);
  const ssize_t written = write(file, text.data(), text.size());
  close(file);
  if (written != static_cast<ssize_t>(text.size()))
    return {"", fmt::format("error: {}: cannot be written\n", kPath), 2};
  return {fmt::format("wrote {}\n", kPath), "", 0};
}

}  // namespace preview::cli
