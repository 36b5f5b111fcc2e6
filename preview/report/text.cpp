// docs/cli.md, "--format text": a paragraph a finding, then what stayed undetermined, notes, and
// one line of counts.
#include <fmt/format.h>

#include <algorithm>

#include "preview/report/escape.h"
#include "preview/report/report.h"
#include "preview/report/snippet.h"
#include "preview/report/style.h"
#include "preview/report/words.h"

namespace preview::report {
namespace {

constexpr std::size_t kActionsShown = 8;  // of one access level, without --verbose

class Printer {
 public:
  Printer(const Tables& tables, const TextOptions& options)
      : tables_(tables), options_(options), style_{options.color} {}

  [[nodiscard]] std::string Finding(const model::Finding& raw);
  [[nodiscard]] std::string Undetermined(const model::Undetermined& entry);
  [[nodiscard]] std::string Note(const model::Note& note);
  [[nodiscard]] std::string Closing(const Document& document);

 private:
  // Displayed and safe to print.
  [[nodiscard]] std::string Safe(std::string_view text) const {
    return Printable(model::Display(text, tables_.symbols));
  }
  void Row(std::string& out, std::string_view label, std::string_view text) const {
    if (text.empty()) return;
    out += fmt::format("   {} {}: {}\n", style_.Blue("="), style_.Bold(label), text);
  }
  [[nodiscard]] std::string Head(const model::Finding& finding) const;
  [[nodiscard]] std::string Actions(const model::Finding& finding) const;
  [[nodiscard]] std::string On(const model::Finding& finding) const;
  [[nodiscard]] std::string When(const model::Finding& finding) const;
  [[nodiscard]] std::string GrantedBy(const model::Finding& finding) const;
  [[nodiscard]] std::string Because(const model::Finding& finding) const;
  [[nodiscard]] std::string Example(const model::Finding& finding) const;
  [[nodiscard]] std::string EncryptionWords(const model::Finding& finding) const;
  [[nodiscard]] std::string Accepted(const std::optional<model::AcceptedBy>& accepted) const;
  [[nodiscard]] std::string ZoneWords(const Zone& zone) const;

  const Tables& tables_;
  const TextOptions& options_;
  Style style_;
};

std::string Joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string Printer::Head(const model::Finding& finding) const {
  const bool resolved = finding.status == model::Status::kResolved;
  std::string word = "unchanged";
  if (finding.change == model::ChangeType::kNew) word = "new";
  if (finding.change == model::ChangeType::kChanged) word = "changed";
  if (resolved) word = "resolved";
  if (finding.status == model::Status::kArchived) word = "archived";
  const std::string head = fmt::format("{} {}", CodeName(finding.code), word);
  const bool alarms = finding.status == model::Status::kActive && !finding.new_actions.empty();
  return (alarms     ? style_.Red(head)
          : resolved ? style_.Green(head)
                     : style_.Cyan(head)) +
         style_.Bold(": " + Safe(finding.message)) + "\n";
}

std::string Printer::Actions(const model::Finding& finding) const {
  const Levels levels = ByLevel(finding.resource_type, finding.actions);
  std::size_t known = 0;
  std::vector<std::string> parts;
  for (const auto& [level, actions] : levels) {
    known += actions.size();
    const std::size_t shown =
        options_.verbose ? actions.size() : std::min(actions.size(), kActionsShown);
    std::string part = fmt::format(
        "{}: {}", level,
        fmt::join(actions.begin(), actions.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (shown < actions.size()) part += fmt::format(" and {} more", actions.size() - shown);
    parts.push_back(std::move(part));
  }
  if (known < finding.actions.size()) return Safe(Joined(finding.actions));
  return Safe(fmt::format("{}", fmt::join(parts, "; ")));
}

std::string Printer::On(const model::Finding& finding) const {
  std::string out = Safe(TypeTitle(finding.resource_type)) + " " + Safe(finding.resource);
  if (!finding.resource_address.empty())
    out += fmt::format(" (`{}`", Safe(finding.resource_address));
  if (!finding.resource_address.empty() && !finding.stack.empty())
    out += " of stack `" + Safe(finding.stack) + "`";
  if (!finding.resource_address.empty())
    out += finding.input.empty() ? ")" : " in " + Safe(finding.input) + ")";
  return out;
}

std::string Printer::When(const model::Finding& finding) const {
  std::vector<std::string> parts;
  for (const auto& [key, value] : finding.conditions) {
    parts.push_back(fmt::format("{} is {}", Safe(key), value.empty() ? "empty" : Safe(value)));
  }
  if (!finding.when.empty()) parts.push_back(Safe(finding.when));
  if (parts.empty()) return finding.is_public ? "always" : std::string();
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string Printer::GrantedBy(const model::Finding& finding) const {
  std::vector<std::string> parts;
  for (const model::FindingSource& source : finding.sources) {
    std::string part;
    switch (source.type) {
      case model::SourceType::kPolicy:
      case model::SourceType::kS3AccessPoint:
        part = source.sid.empty()
                   ? fmt::format("statement {}", source.statement + 1)
                   : fmt::format("statement {} `{}`", source.statement + 1, Safe(source.sid));
        if (source.statement < 0) part = "policy";
        if (!source.detail.empty()) part += " of access point " + Safe(source.detail);
        break;
      case model::SourceType::kBucketAcl:
        part = "ACL grant";
        break;
      case model::SourceType::kS3AccessPointAccount:
        part = "access points of account " + Safe(source.detail);
        break;
      case model::SourceType::kKmsGrant:
        part = "KMS grant";
        break;
      case model::SourceType::kSharing:
        part = "sharing list";
        break;
    }
    if (!source.carrier.empty()) part += fmt::format(" in `{}`", Safe(source.carrier));
    const std::string place = PlaceText(tables_.files, source.place);
    if (!place.empty() && !(source.place == finding.place)) part += fmt::format(" ({})", place);
    if (std::find(parts.begin(), parts.end(), part) == parts.end())
      parts.push_back(std::move(part));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string Printer::Because(const model::Finding& finding) const {
  if (!finding.because.empty()) return Safe(finding.because);
  const bool everybody = finding.principal.value == "*";
  const std::string who = everybody ? "the public" : Safe(Who(finding.principal));
  if (finding.status == model::Status::kResolved) return "access before the change; none after it";
  switch (finding.change) {
    case model::ChangeType::kNew:
      return fmt::format("before the change, {} had no access to this resource", who);
    case model::ChangeType::kChanged:
      if (finding.new_actions.empty()) {
        return fmt::format("nothing is new: {} had at least this access before", who);
      }
      return fmt::format("{} had access before, but not to {}", who,
                         Safe(Joined(finding.new_actions)));
    case model::ChangeType::kUnchanged:
      return {};
  }
  return {};
}

std::string Printer::Example(const model::Finding& finding) const {
  if (!finding.witness.has_value()) return {};
  const model::Witness& witness = *finding.witness;
  const std::string who =
      witness.principal.value == "*" ? "an anonymous caller" : Safe(witness.principal.value);
  std::string out =
      fmt::format("{} calls {} on {}", who, Safe(witness.action), Safe(witness.resource));
  std::string_view joint = " with ";
  for (const auto& [key, values] : witness.context) {
    out +=
        fmt::format("{}{} = {}", joint, Safe(key),
                    values.size() == 1 ? Safe(values.front()) : "[" + Safe(Joined(values)) + "]");
    joint = ", ";
  }
  return out;
}

std::string Printer::EncryptionWords(const model::Finding& finding) const {
  if (!finding.encryption.has_value()) return {};
  const model::Encryption& encryption = *finding.encryption;
  std::string out = Safe(encryption.reason);  // says whether the principal can use the key
  if (!encryption.missing_actions.empty())
    out += "; the principal lacks " + Safe(Joined(encryption.missing_actions));
  if (!encryption.kms_key_id.empty()) out += "; the key is " + Safe(encryption.kms_key_id);
  return out;
}

std::string Printer::Accepted(const std::optional<model::AcceptedBy>& accepted) const {
  if (!accepted.has_value()) return {};
  std::string out = Safe(accepted->reason);
  if (!accepted->until.empty()) out += fmt::format(", until {}", Safe(accepted->until));
  const std::string place = PlaceText(tables_.files, accepted->place);
  return place.empty() ? out : fmt::format("{} ({})", out, place);
}

std::string Printer::Finding(const model::Finding& raw) {
  const model::Finding finding = Presentable(raw);
  std::string out = Head(finding);
  // The text of a source may hold what the finding must not show.
  out += Snippet(tables_.files, finding.place, style_, !finding.sensitive);
  const bool resolved = finding.status == model::Status::kResolved;
  Row(out, "who", Safe(Who(finding.principal)) + (finding.is_public ? " (public)" : ""));
  Row(out, resolved ? "could" : "may", Actions(finding));
  Row(out, "on", On(finding));
  Row(out, "when", When(finding));
  Row(out, "granted by", GrantedBy(finding));
  Row(out, finding.new_actions.empty() || resolved ? "compared" : "new because", Because(finding));
  Row(out, "for example", Example(finding));
  if (options_.verbose) {
    for (const std::string& obstacle : finding.obstacles)
      Row(out, "not stopped by", Safe(obstacle));
  }
  Row(out, "encryption", EncryptionWords(finding));
  for (const std::string& assumption : finding.assumptions) Row(out, "assumed", Safe(assumption));
  if (!finding.resource_control_policy_restriction.empty()) {
    Row(out, "resource control policy", Safe(finding.resource_control_policy_restriction));
  }
  if (finding.precision == model::Precision::kApproximate) {
    Row(out, "precision", "approximate: it may be less than this, never more");
  }
  Row(out, "accepted", Accepted(finding.accepted));
  if (!finding.accepted.has_value()) Row(out, "to close it", Safe(finding.closing));
  Row(out, "id", finding.id);
  return out + "\n";
}

std::string Printer::Undetermined(const model::Undetermined& entry) {
  std::string head = fmt::format("{} undetermined", CodeName(entry.code));
  if (entry.code == model::Code::kPV020) head = "PV020 malformed policy";
  std::string what = entry.resource_address.empty() ? entry.input : entry.resource_address;
  if (!entry.attribute.empty()) what += what.empty() ? entry.attribute : "." + entry.attribute;
  std::string out =
      style_.Yellow(head) +
      style_.Bold(fmt::format(
          ": {}", what.empty() ? Safe(entry.reason)
                               : fmt::format("`{}`: {}", Safe(what), Safe(entry.reason)))) +
      "\n";
  out += Snippet(tables_.files, entry.place, style_, true);
  std::string on =
      entry.resource_type.empty() ? std::string() : Safe(TypeTitle(entry.resource_type));
  if (!entry.input.empty() && !entry.resource_address.empty())
    on += (on.empty() ? "in " : " in ") + Safe(entry.input);
  Row(out, "on", on);
  Row(out, "comes from", Safe(entry.origin));
  Row(out, "accepted", Accepted(entry.accepted));
  Row(out, "help", Safe(entry.hint));
  return out + "\n";
}

std::string Printer::Note(const model::Note& note) {
  std::string out = style_.Cyan("note");
  out +=
      note.resource_address.empty() ? ": " : fmt::format(": `{}`: ", Safe(note.resource_address));
  out += Safe(note.message) + "\n";
  const std::string place = PlaceText(tables_.files, note.place);
  if (!place.empty()) out += fmt::format("  {} {}\n", style_.Blue("-->"), place);
  return out;
}

std::string Printer::ZoneWords(const Zone& zone) const {
  constexpr std::size_t kShown = 4;
  std::string accounts = zone.accounts.size() == 1 ? "account " : "accounts ";
  const std::size_t shown = std::min(zone.accounts.size(), kShown);
  for (std::size_t i = 0; i < shown; ++i) accounts += (i == 0 ? "" : ", ") + Safe(zone.accounts[i]);
  if (shown < zone.accounts.size())
    accounts += fmt::format(" and {} more", zone.accounts.size() - shown);
  if (zone.accounts.empty()) accounts = "the account deployed to";
  std::string out = "zone of trust: ";
  out += zone.organization.empty()
             ? accounts
             : fmt::format("organization {} with {}", Safe(zone.organization), accounts);
  if (!zone.inferred_from.empty()) out += fmt::format(" ({})", Safe(zone.inferred_from));
  return out + "\n";
}

std::string Printer::Closing(const Document& document) {
  const Summary summary = Summarise(document.findings);
  std::string out = ZoneWords(document.zone);
  const auto count = [](std::size_t number, std::string_view word) {
    return fmt::format("{} {}", number, word);
  };
  std::vector<std::string> parts = {style_.Bold(count(summary.fresh, "new"))};
  if (summary.changed > 0) parts.push_back(count(summary.changed, "changed"));
  parts.push_back(count(summary.resolved, "resolved"));
  parts.push_back(count(summary.unchanged, "unchanged"));
  if (summary.archived > 0) parts.push_back(count(summary.archived, "archived"));
  const std::size_t accepted = CountAccepted(document.undetermined);
  parts.push_back(count(document.undetermined.size() - accepted, "undetermined"));
  if (accepted > 0) parts.push_back(count(accepted, "undetermined archived"));
  if (!document.errors.empty())
    parts.push_back(
        count(document.errors.size(), document.errors.size() == 1 ? "error" : "errors"));
  const bool quiet_run =
      document.findings.empty() && document.undetermined.empty() && document.errors.empty();
  if (quiet_run) {
    out += document.resources == 0 ? fmt::format(
                                         "nothing here can be shared: {} resources were read, none "
                                         "of a type that carries access\n",
                                         document.read)
                                   : std::string("nobody from outside gets in\n");
  }
  out += fmt::format("{} ({} {} that can be shared, {} decided)\n", fmt::join(parts, " · "),
                     document.resources, document.resources == 1 ? "resource" : "resources",
                     document.decided);
  return out;
}

bool IsShown(const model::Finding& finding, const TextOptions& options) {
  return options.verbose || (finding.status != model::Status::kArchived &&
                             (finding.change != model::ChangeType::kUnchanged ||
                              finding.status == model::Status::kResolved));
}

}  // namespace

std::string Text(const Document& document, const Tables& tables, const TextOptions& options) {
  Printer printer(tables, options);
  std::string out;
  for (const model::Finding& finding : document.findings) {
    if (IsShown(finding, options)) out += printer.Finding(finding);
  }
  for (const model::Undetermined& entry : document.undetermined) {
    if (options.verbose || !entry.accepted.has_value()) out += printer.Undetermined(entry);
  }
  std::string notes;
  for (const model::Note& note : document.notes) {
    if (options.verbose || note.matters) notes += printer.Note(note);
  }
  if (!notes.empty()) out += notes + "\n";
  if (!options.quiet) out += printer.Closing(document);
  return out;
}

std::string FindingText(const model::Finding& finding, const Tables& tables,
                        const TextOptions& options) {
  return Printer(tables, options).Finding(finding);
}

std::string ErrorText(const std::vector<model::InputError>& errors, const Tables& tables,
                      bool color) {
  const Style style{color};
  std::string out;
  for (const model::InputError& error : errors) {
    const auto safe = [&tables](std::string_view text) {
      return Printable(model::Display(text, tables.symbols));
    };
    const std::string input = error.input.empty() ? "" : safe(error.input) + ": ";
    out += fmt::format("{}: {}{}\n", style.Red("error"), input, safe(error.message));
    out += Snippet(tables.files, error.place, style, true);
    if (!error.help.empty())
      out += fmt::format("  {} {}: {}\n", style.Blue("="), style.Bold("help"), safe(error.help));
  }
  return out;
}

}  // namespace preview::report
