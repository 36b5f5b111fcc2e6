// docs/cli.md, "--format json" and the answers of `preview batch`. Members come out in the order of
// that page.
#include <algorithm>
#include <optional>

#include "model/check.h"
#include "preview/report/json_writer.h"
#include "preview/report/report.h"
#include "preview/report/words.h"

namespace preview::report {
namespace {

constexpr std::string_view kSchemaVersion = "1";

class Writer {
 public:
  Writer(std::string& out, bool pretty, const Tables& tables)
      : json_(out, pretty), tables_(tables) {}

  void WriteDocument(const Document& document);
  void WriteBatch(std::string_view id, const Document& document);

 private:
  void Text(std::string_view text) {
    if (model::HasSymbol(text)) {
      json_.String(model::Display(text, tables_.symbols));
    } else {
      json_.String(text);
    }
  }
  void Member(std::string_view key, std::string_view text) {
    json_.Key(key);
    Text(text);
  }
  // An empty text is null.
  void OptionalMember(std::string_view key, std::string_view text) {
    json_.Key(key);
    text.empty() ? json_.Null() : Text(text);
  }
  template <typename Texts>
  void List(std::string_view key, const Texts& texts) {
    json_.Key(key);
    json_.BeginArray();
    for (const auto& text : texts) Text(text);
    json_.EndArray();
  }
  void Location(const model::Place& place);
  void WriteZone(const Zone& zone);
  void WriteSummary(const Document& document);
  void WriteFinding(const model::Finding& finding);
  void WriteAccess(const model::Finding& finding);
  void WriteSources(const std::vector<model::FindingSource>& sources);
  void WriteEncryption(const std::optional<model::Encryption>& encryption);
  void WriteWitness(const std::optional<model::Witness>& witness);
  void WriteSuppression(const std::optional<model::AcceptedBy>& accepted);
  void WriteNote(const model::Note& note);
  void WriteUndetermined(const model::Undetermined& entry);
  void WriteError(const model::InputError& error);
  void WriteLists(const Document& document);

  JsonWriter json_;
  const Tables& tables_;
};

void Writer::Location(const model::Place& place) {
  json_.Key("location");
  if (!place.known() || place.file >= tables_.files.files.size()) return json_.Null();
  json_.BeginObject();
  Member("path", tables_.files.files[place.file].path);
  json_.Key("line");
  json_.Number(place.line);
  json_.Key("column");
  json_.Number(place.column);
  json_.EndObject();
}

void Writer::WriteZone(const Zone& zone) {
  json_.Key("zoneOfTrust");
  json_.BeginObject();
  Member("type", zone.type);
  List("accounts", zone.accounts);
  OptionalMember("organizationId", zone.organization);
  OptionalMember("inferredFrom", zone.inferred_from);
  json_.EndObject();
}

void Writer::WriteSummary(const Document& document) {
  const Summary summary = Summarise(document.findings);
  const std::size_t accepted = CountAccepted(document.undetermined);
  const std::pair<std::string_view, std::size_t> counts[] = {
      {"resources", document.resources},
      {"new", summary.fresh},
      {"changed", summary.changed},
      {"unchanged", summary.unchanged},
      {"resolved", summary.resolved},
      {"archived", summary.archived},
      {"undetermined", document.undetermined.size() - accepted},
      {"undeterminedArchived", accepted},
      {"errors", document.errors.size()}};
  json_.Key("summary");
  json_.BeginObject();
  for (const auto& [key, count] : counts) {
    if (count == 0 && key == "undeterminedArchived") continue;
    json_.Key(key);
    json_.Number(count);
  }
  json_.EndObject();
}

void Writer::WriteSources(const std::vector<model::FindingSource>& sources) {
  json_.Key("sources");
  json_.BeginArray();
  for (const model::FindingSource& source : sources) {
    json_.BeginObject();
    Member("type", SourceName(source.type));
    if (!source.detail.empty()) {
      json_.Key("detail");
      json_.BeginObject();
      const bool account = source.type == model::SourceType::kS3AccessPointAccount;
      Member(account ? "accessPointAccount" : "accessPointArn", source.detail);
      json_.EndObject();
    }
    if (source.statement >= 0) {
      json_.Key("statement");
      json_.BeginObject();
      json_.Key("index");
      json_.Number(static_cast<std::size_t>(source.statement));
      OptionalMember("sid", source.sid);
      json_.EndObject();
    }
    if (!source.carrier.empty()) Member("resourceAddress", source.carrier);
    json_.EndObject();
  }
  json_.EndArray();
}

void Writer::WriteEncryption(const std::optional<model::Encryption>& encryption) {
  json_.Key("encryption");
  if (!encryption.has_value()) return json_.Null();
  json_.BeginObject();
  OptionalMember("kmsKeyId", encryption->kms_key_id);
  json_.Key("usableByPrincipal");
  if (encryption->usable_by_principal.has_value()) {
    json_.Bool(*encryption->usable_by_principal);
  } else {
    json_.Null();
  }
  List("missingActions", encryption->missing_actions);
  OptionalMember("reason", encryption->reason);
  json_.EndObject();
}

void Writer::WriteWitness(const std::optional<model::Witness>& witness) {
  json_.Key("witness");
  if (!witness.has_value()) return json_.Null();
  json_.BeginObject();
  Member("principal", witness->principal.value);
  Member("action", witness->action);
  Member("resource", witness->resource);
  json_.Key("context");
  json_.BeginObject();
  for (const auto& [key, values] : witness->context) {
    if (values.size() == 1) {
      Member(key, values.front());
    } else {
      List(key, values);
    }
  }
  json_.EndObject();
  json_.EndObject();
}

void Writer::WriteAccess(const model::Finding& finding) {
  json_.Key("principal");
  json_.BeginObject();
  Member(finding.principal.kind, finding.principal.value);
  json_.EndObject();
  json_.Key("isPublic");
  json_.Bool(finding.is_public);
  List("action", finding.actions);
  List("newAction", finding.new_actions);
  json_.Key("accessLevels");
  json_.BeginObject();
  for (const auto& [level, actions] : ByLevel(finding.resource_type, finding.actions)) {
    List(level, actions);
  }
  json_.EndObject();
  json_.Key("condition");
  json_.BeginObject();
  for (const auto& [key, value] : finding.conditions) Member(key, value);
  json_.EndObject();
}

void Writer::WriteFinding(const model::Finding& raw) {
  const model::Finding finding = Presentable(raw);
  json_.BeginObject();
  Member("id", finding.id);
  Member("code", CodeName(finding.code));
  OptionalMember("input", finding.input);
  Member("changeType", ChangeName(finding.change));
  Member("status", StatusName(finding.status));
  OptionalMember("existingFindingId", finding.existing_finding_id);
  OptionalMember("existingFindingStatus", finding.existing_finding_status);
  Member("resource", finding.resource);
  OptionalMember("resourceAddress", finding.resource_address);
  OptionalMember("stack", finding.stack);
  Member("resourceType", finding.resource_type);
  OptionalMember("resourceOwnerAccount", finding.resource_owner_account);
  WriteAccess(finding);
  WriteSources(finding.sources);
  OptionalMember("resourceControlPolicyRestriction", finding.resource_control_policy_restriction);
  WriteEncryption(finding.encryption);
  Member("precision", PrecisionName(finding.precision));
  List("assumptions", finding.assumptions);
  WriteWitness(finding.witness);
  Location(finding.place);
  Member("message", finding.message);
  WriteSuppression(finding.accepted);
  json_.EndObject();
}

// Only where there is one.
void Writer::WriteSuppression(const std::optional<model::AcceptedBy>& accepted) {
  if (!accepted.has_value()) return;
  json_.Key("suppression");
  json_.BeginObject();
  Member("reason", accepted->reason);
  OptionalMember("until", accepted->until);
  Location(accepted->place);
  json_.EndObject();
}

void Writer::WriteNote(const model::Note& note) {
  json_.BeginObject();
  OptionalMember("input", note.input);
  OptionalMember("resourceAddress", note.resource_address);
  Member("message", note.message);
  Location(note.place);
  json_.EndObject();
}

void Writer::WriteUndetermined(const model::Undetermined& entry) {
  json_.BeginObject();
  Member("code", CodeName(entry.code));
  OptionalMember("input", entry.input);
  OptionalMember("resourceAddress", entry.resource_address);
  OptionalMember("resourceType", entry.resource_type);
  OptionalMember("attribute", entry.attribute);
  Member("reason", entry.reason);
  OptionalMember("origin", entry.origin);
  OptionalMember("hint", entry.hint);
  Location(entry.place);
  if (entry.accepted.has_value()) Member("status", StatusName(model::Status::kArchived));
  WriteSuppression(entry.accepted);
  json_.EndObject();
}

void Writer::WriteError(const model::InputError& error) {
  json_.BeginObject();
  Member("code", error.code);
  OptionalMember("input", error.input);
  Member("message", error.help.empty() ? error.message : error.message + "; " + error.help);
  Location(error.place);
  json_.EndObject();
}

void Writer::WriteLists(const Document& document) {
  const auto list = [this](std::string_view key, const auto& entries, auto write) {
    json_.Key(key);
    json_.BeginArray();
    for (const auto& entry : entries) (this->*write)(entry);
    json_.EndArray();
  };
  list("findings", document.findings, &Writer::WriteFinding);
  list("notes", document.notes, &Writer::WriteNote);
  list("undetermined", document.undetermined, &Writer::WriteUndetermined);
  list("errors", document.errors, &Writer::WriteError);
}

void Writer::WriteDocument(const Document& document) {
  json_.BeginObject();
  Member("schemaVersion", kSchemaVersion);
  json_.Key("tool");
  json_.BeginObject();
  Member("name", "preview");
  Member("version", document.version);
  json_.EndObject();
  WriteZone(document.zone);
  WriteSummary(document);
  WriteLists(document);
  json_.EndObject();
}

void Writer::WriteBatch(std::string_view id, const Document& document) {
  json_.BeginObject();
  json_.Key("id");
  id.empty() ? json_.Null() : json_.Raw(id);
  WriteLists(document);
  json_.EndObject();
}

}  // namespace

std::size_t CountAccepted(const std::vector<model::Undetermined>& undetermined) {
  return static_cast<std::size_t>(
      std::count_if(undetermined.begin(), undetermined.end(),
                    [](const model::Undetermined& entry) { return entry.accepted.has_value(); }));
}

Summary Summarise(const std::vector<model::Finding>& findings) {
  Summary summary;
  for (const model::Finding& finding : findings) {
    if (finding.status == model::Status::kArchived) {
      ++summary.archived;
    } else if (finding.status == model::Status::kResolved) {
      ++summary.resolved;
    } else {
      switch (finding.change) {
        case model::ChangeType::kNew:
          ++summary.fresh;
          break;
        case model::ChangeType::kChanged:
          ++summary.changed;
          break;
        case model::ChangeType::kUnchanged:
          ++summary.unchanged;
          break;
      }
    }
  }
  return summary;
}

std::string Json(const Document& document, const Tables& tables) {
  std::string out;
  Writer(out, true, tables).WriteDocument(document);
  out += '\n';
  return out;
}

void AppendBatchLine(std::string& out, std::string_view id, const Document& document,
                     const Tables& tables) {
  Writer(out, false, tables).WriteBatch(id, document);
  out += '\n';
}

}  // namespace preview::report
