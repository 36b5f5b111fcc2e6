// `preview explain`: a code's meaning, or one finding in full.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "parsers/text/json.h"
#include "preview/cli/check.h"
#include "preview/cli/codes.h"
#include "preview/cli/commands.h"
#include "preview/report/escape.h"
#include "preview/report/json_writer.h"

namespace preview::cli {
namespace {

constexpr std::size_t kShortestId = 4;

std::string Indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += fmt::format("    {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string CodeInFull(const CodeText& text) {
  return fmt::format("{}: {}\n\n{}\n\nfor example:\n{}\nto close it:\n{}\nsources:\n{}", text.code,
                     text.title, text.meaning, Indented(text.example), Indented(text.closing),
                     Indented(text.sources));
}

// The policy that a finding's source speaks of, among the configurations that were decided.
const model::PolicySource* FindPolicy(const CheckResult& result, const model::Finding& finding,
                                      const model::FindingSource& source) {
  for (const std::vector<Decision>& readings : result.decisions) {
    for (const Decision& reading : readings) {
      for (const model::Assembly* side : {&reading.assembled.after, &reading.assembled.before}) {
        for (const model::Configuration& configuration : side->configurations) {
          if (configuration.resource_type != finding.resource_type ||
              configuration.address != finding.resource_address ||
              configuration.arn != finding.resource)
            continue;
          for (const model::PolicySource& policy : configuration.policies) {
            if (policy.carrier == source.carrier && policy.type == source.type) return &policy;
          }
        }
      }
    }
  }
  return nullptr;
}

std::optional<model::Value> StatementOf(const model::PolicySource& policy, int index) {
  model::Value document = policy.document;
  if (document.is_string()) {
    model::Result<model::Value> read = text::ParseJsonWithSymbols(document.text, {});
    if (!read.ok()) return std::nullopt;
    document = std::move(read).value();
  }
  const model::Value* statements = document.Find("Statement");
  if (statements == nullptr) return std::nullopt;
  if (statements->is_object() && index == 0) return *statements;
  if (!statements->is_list() || index < 0 ||
      static_cast<std::size_t>(index) >= statements->items.size())
    return std::nullopt;
  return statements->items[static_cast<std::size_t>(index)];
}

// A JSON value over several lines. Never recurses: what is open stands on a stack.
std::string Pretty(const model::Value& root, const model::SymbolTable& symbols) {
  std::string out;
  report::JsonWriter json(out, true);
  struct Open {
    const model::Value* value;
    std::size_t next;
  };
  std::vector<Open> open;
  const auto write = [&](const model::Value& value) {
    switch (value.kind) {
      case model::ValueKind::kString:
        return json.String(value.sensitive ? "⟨sensitive⟩" : model::Display(value.text, symbols));
      case model::ValueKind::kUnknown:
        return json.String("⟨unknown⟩");
      case model::ValueKind::kNull:
      case model::ValueKind::kBool:
      case model::ValueKind::kNumber:
        return json.Raw(model::ToJson(value));
      case model::ValueKind::kList:
        json.BeginArray();
        return open.push_back({&value, 0});
      case model::ValueKind::kObject:
        json.BeginObject();
        return open.push_back({&value, 0});
    }
  };
  write(root);
  while (!open.empty()) {
    const model::Value& value = *open.back().value;
    const std::size_t i = open.back().next++;
    if (i == value.items.size()) {
      value.is_object() ? json.EndObject() : json.EndArray();
      open.pop_back();
      continue;
    }
    if (value.is_object()) json.Key(value.keys[i]);
    write(value.items[i]);
  }
  return out + "\n";
}

std::string Statements(const CheckResult& result, const model::Finding& finding,
                       const Tables& tables) {
  std::string out;
  if (finding.sensitive) return out;
  for (const model::FindingSource& source : finding.sources) {
    if (source.statement < 0) continue;
    const model::PolicySource* policy = FindPolicy(result, finding, source);
    if (policy == nullptr || policy->document.sensitive) continue;
    const std::optional<model::Value> statement = StatementOf(*policy, source.statement);
    if (!statement.has_value()) continue;
    const std::string where =
        source.carrier.empty()
            ? "the policy"
            : fmt::format("`{}`",
                          report::Printable(model::Display(source.carrier, tables.symbols)));
    out += fmt::format("statement {} of {}:\n{}\n", source.statement + 1, where,
                       Indented(Pretty(*statement, tables.symbols)));
  }
  return out;
}

}  // namespace

Printed Explain(const Options& options, bool color) {
  for (const CodeText& text : CodeTexts()) {
    if (options.inputs.empty() && options.subject == text.code) return {CodeInFull(text), "", 0};
  }
  if (options.inputs.empty()) {
    return {"",
            fmt::format("error: `{}` is no code; there are PV001 to PV006, PV010 and PV020\n",
                        report::Printable(options.subject)),
            2};
  }
  Tables tables;
  const CheckResult result = Check(options, tables);
  const report::Tables shown{tables.symbols, tables.files};
  Printed printed;
  printed.error = report::ErrorText(result.document.errors, shown, color);
  if (!result.document.errors.empty()) printed.status = 2;
  report::TextOptions text;
  text.color = color;
  text.verbose = true;
  for (const model::Finding& finding : result.document.findings) {
    const bool same = finding.id == options.subject || (options.subject.size() >= kShortestId &&
                                                        finding.id.starts_with(options.subject));
    if (!same) continue;
    printed.out += report::FindingText(finding, shown, text);
    printed.out += Statements(result, finding, tables);
  }
  if (printed.out.empty()) {
    printed.error +=
        fmt::format("error: no finding has the id `{}`; there are {} findings\n",
                    report::Printable(options.subject), result.document.findings.size());
    printed.status = 2;
  }
  return printed;
}

}  // namespace preview::cli
