#include "preview/cli/batch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

#include "parsers/text/json.h"
#include "preview/cli/gate.h"
#include "preview/cli/ids.h"
#include "preview/cli/parallel.h"
#include "preview/cli/request.h"
#include "preview/cli/trust.h"
#include "preview/report/report.h"

namespace preview::cli {
namespace {

using model::Error;
using model::Value;

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

// One line, as read.
struct Line {
  std::string id;  // JSON text; empty: none
  Subject subject;
  Value configuration;
  Value existing;
  Value related;
};

const Value* Get(const Value& object, std::string_view key) {
  const Value* found = object.Find(key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::optional<Error> ReadText(const Value& line, std::string_view key, std::string& text) {
  const Value* found = Get(line, key);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string())
    return Error{fmt::format("`{}` must be a string", key), "", found->place};
  text = found->text;
  return std::nullopt;
}

// Adds the strings of a list to the accounts inside the zone of trust.
std::optional<Error> ReadAccounts(const Value& holder, std::string_view key,
                                  model::ZoneOfTrust& zone) {
  const Value* found = Get(holder, key);
  if (found == nullptr) return std::nullopt;
  if (!found->is_list()) return Error{fmt::format("`{}` must be a list", key), "", found->place};
  for (const Value& item : found->items) {
    if (!item.is_string())
      return Error{fmt::format("`{}` must hold strings only", key), "", item.place};
    zone.accounts.insert(item.text);
  }
  return std::nullopt;
}

std::optional<Error> ReadOrganization(const Value& line, model::ZoneOfTrust& zone) {
  const Value* found = Get(line, "organization");
  if (found == nullptr) return std::nullopt;
  if (found->is_string()) {
    zone.organization = found->text;
    return std::nullopt;
  }
  if (!found->is_object()) return Error{"`organization` must be an object", "", found->place};
  if (auto error = ReadText(*found, "id", zone.organization); error.has_value()) return error;
  return ReadAccounts(*found, "accounts", zone);
}

// An `organization` or `trust` that is there, `null` and `[]` too, stands in place of the options'.
std::optional<Error> ReadZone(const Value& line, const std::vector<std::string>& trust_option,
                              model::ZoneOfTrust& zone) {
  const bool own_organization = line.Find("organization") != nullptr;
  const bool own_trust = line.Find("trust") != nullptr;
  if (own_organization) {
    zone.organization.clear();
    zone.accounts.clear();
    if (!own_trust) zone.accounts.insert(trust_option.begin(), trust_option.end());
  } else if (own_trust) {
    for (const std::string& account : trust_option) zone.accounts.erase(account);
  }
  if (auto error = ReadText(line, "account", zone.account); error.has_value()) return error;
  if (auto error = ReadText(line, "canonicalUser", zone.canonical_user); error.has_value())
    return error;
  if (auto error = ReadOrganization(line, zone); error.has_value()) return error;
  return ReadAccounts(line, "trust", zone);
}

std::optional<Error> ReadLine(Value& value, Line& line) {
  if (!value.is_object()) return Error{"the line must be an object", "", value.place};
  if (const Value* id = value.Find("id"); id != nullptr) line.id = model::ToJson(*id);
  if (auto error = ReadText(value, "resourceType", line.subject.resource_type); error.has_value())
    return error;
  if (auto error = ReadText(value, "resource", line.subject.arn); error.has_value()) return error;
  const auto take = [&value](std::string_view key) {
    Value* found = value.Find(key);
    return found == nullptr ? Value::Null() : std::move(*found);
  };
  line.configuration = take("configuration");
  line.existing = take("existing");
  line.related = take("related");
  if (line.configuration.is_null() && line.existing.is_null()) {
    return Error{"`configuration` is missing", "", value.place};
  }
  return std::nullopt;
}

// The text of `"id"` at the beginning of a line that is no JSON; empty where it does not stand
// there.
std::string SalvageId(std::string_view line) {
  const std::size_t key = line.find("\"id\"");
  if (key == std::string_view::npos ||
      line.substr(0, key).find_first_not_of(" \t{") != std::string_view::npos)
    return {};
  std::size_t at = line.find_first_not_of(" \t", key + 4);
  if (at == std::string_view::npos || line[at] != ':') return {};
  at = line.find_first_not_of(" \t", at + 1);
  if (at == std::string_view::npos) return {};
  std::size_t end = at;
  if (line[at] == '"') {
    for (++end; end < line.size() && line[end] != '"'; ++end) {
      if (line[end] == '\\') ++end;
    }
    ++end;
  } else {
    end = std::min(line.find_first_of(",} \t", at), line.size());
  }
  if (end > line.size()) return {};
  const model::Result<Value> id = text::ParseJson(line.substr(at, end - at), {});
  return id.ok() ? model::ToJson(id.value()) : std::string();
}

// A side of the comparison: the resource first, then what `related` carries.
std::optional<Error> MakeSide(const Value& configuration, const Line& line, const Subject& subject,
                              model::Assembly& side, model::SymbolTable& symbols) {
  model::Result<model::Configuration> read = ReadConfiguration(configuration, subject, symbols);
  if (!read.ok()) return read.error();
  side.configurations.push_back(std::move(read).value());
  return AddRelated(line.related, side, symbols);
}

std::optional<Error> Decide(Line& line, access::AccessOptions& access, model::SymbolTable& symbols,
                            report::Document& document) {
  Subject& subject = line.subject;
  subject.is_new = line.existing.is_null();
  subject.environment.account = access.zone.account;
  model::Assembly before;
  model::Assembly after;
  if (!line.existing.is_null()) {
    if (auto error = MakeSide(line.existing, line, subject, before, symbols); error.has_value())
      return error;
  }
  if (!line.configuration.is_null()) {
    const Value proposed = line.existing.is_null() ? std::move(line.configuration)
                                                   : Overlay(line.existing, line.configuration);
    if (auto error = MakeSide(proposed, line, subject, after, symbols); error.has_value())
      return error;
  }
  const model::Assembly& shown = after.configurations.empty() ? before : after;
  if (access.zone.account.empty())
    access.zone.account = shown.configurations.front().environment.account;
  AddOwnArns(shown, access.zone);
  access::Report report = access::Compare(
      before.configurations.empty() ? nullptr : before.configurations.data(), before,
      after.configurations.empty() ? nullptr : after.configurations.data(), after, access, symbols);
  document.findings = std::move(report.findings);
  document.undetermined = std::move(report.undetermined);
  document.notes = std::move(report.notes);
  AssignIds(document.findings, symbols);
  return std::nullopt;
}

}  // namespace

BatchWorker::BatchWorker(const Options& options, access::AccessOptions access)
    : options_(options), access_(std::move(access)) {}

Tally BatchWorker::Answer(std::string_view text, std::string& out) {
  report::Document document;
  Line line;
  const auto fail = [&document](const Error& error) {
    document.errors.push_back({"input", "", error.message, error.help, {}});
  };
  text::JsonOptions json;
  json.limits = options_.get().limits;
  json.track_places = false;
  model::Result<Value> value = text::ParseJson(text, json);
  if (!value.ok()) {
    line.id = SalvageId(text);
    fail(value.error());
  } else {
    access::AccessOptions access = access_;
    line.subject.environment = {"", options_.get().region.text, options_.get().partition.text};
    std::optional<Error> error = ReadLine(value.value(), line);
    if (!error.has_value()) error = ReadZone(value.value(), options_.get().trust, access.zone);
    if (!error.has_value()) error = Decide(line, access, symbols_, document);
    if (error.has_value()) fail(*error);
  }
  const model::SourceFiles no_files;
  report::AppendBatchLine(out, line.id, document, {symbols_, no_files});
  Tally tally;
  tally.errors = !document.errors.empty();
  tally.undetermined = !document.undetermined.empty();
  tally.failing = std::any_of(
      document.findings.begin(), document.findings.end(),
      [this](const model::Finding& finding) { return Fails(finding, options_.get().fail_on); });
  return tally;
}

namespace {

// Splits a stream into blocks of whole lines.
class LineReader {
 public:
  explicit LineReader(int descriptor) : descriptor_(descriptor) {}

  // The lines of the next block, blank ones left out; valid until the next call. False at the end.
  bool Next(std::vector<std::string_view>& lines) {
    lines.clear();
    buffer_.erase(0, used_);
    used_ = 0;
    while (!ended_ && lines.empty()) {
      const std::size_t old = buffer_.size();
      if (!Fill()) ended_ = true;
      Split(old, lines);
    }
    return !lines.empty();
  }

 private:
  bool Fill() {
    const std::size_t old = buffer_.size();
    buffer_.resize(old + kBlockBytes);
    ssize_t got = 0;
    do {
      got = read(descriptor_, buffer_.data() + old, kBlockBytes);
    } while (got < 0 && errno == EINTR);
    buffer_.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0;
  }
  // `from`: bytes before it hold no line break.
  void Split(std::size_t from, std::vector<std::string_view>& lines) {
    const std::string_view text = buffer_;
    for (std::size_t end = text.find('\n', from); end != std::string_view::npos;
         end = text.find('\n', used_)) {
      Add(text.substr(used_, end - used_), lines);
      used_ = end + 1;
    }
    if (ended_ && used_ < text.size()) {
      Add(text.substr(used_), lines);
      used_ = text.size();
    }
  }
  static void Add(std::string_view line, std::vector<std::string_view>& lines) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") != std::string_view::npos) lines.push_back(line);
  }

  int descriptor_;
  std::string buffer_;
  std::size_t used_ = 0;
  bool ended_ = false;
};

}  // namespace

int RunBatch(int in, const Options& options, const access::AccessOptions& access,
             const std::function<bool(std::string_view)>& write) {
  // A few lines at a time keep the threads even and the answers near the questions.
  constexpr std::size_t kLinesAtOnce = 8;
  std::vector<BatchWorker> workers(std::max<std::size_t>(options.jobs, 1),
                                   BatchWorker(options, access));
  std::vector<Tally> tallies(workers.size());
  std::vector<std::string> answers;
  std::vector<std::string_view> lines;
  for (LineReader reader(in); reader.Next(lines);) {
    const std::size_t groups = (lines.size() + kLinesAtOnce - 1) / kLinesAtOnce;
    answers.assign(groups, std::string());
    ForEach(groups, workers.size(), [&](std::size_t worker, std::size_t group) {
      const std::size_t end = std::min(lines.size(), (group + 1) * kLinesAtOnce);
      for (std::size_t i = group * kLinesAtOnce; i < end; ++i) {
        tallies[worker].Merge(workers[worker].Answer(lines[i], answers[group]));
      }
    });
    for (const std::string& answer : answers) {
      if (!write(answer)) return 2;
    }
  }
  Tally tally;
  for (const Tally& one : tallies) tally.Merge(one);
  return ExitStatus(tally, options);
}

}  // namespace preview::cli
