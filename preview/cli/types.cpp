// `preview types`: the catalogue, as a table.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "preview/cli/commands.h"
#include "preview/report/json_writer.h"
#include "rules/catalogue.h"

namespace preview::cli {
namespace {

struct Row {
  std::string_view name;
  std::string_view title;
  std::vector<std::string> terraform;       // sorted
  std::vector<std::string> cloudformation;  // sorted
  std::vector<std::string_view> analysed;   // policy, sharing, …
  std::size_t actions = 0;
  bool previewed = false;  // AWS previews it
  bool reported = false;   // AWS's analyzer reports it
};

// What of a type's bindings is looked at, in words.
std::vector<std::string_view> Analysed(const rules::ResourceType& type) {
  bool policy = false;
  bool sharing = false;
  bool special = false;
  for (const rules::Binding& binding : rules::Bindings()) {
    if (binding.resource_type != type.name) continue;
    policy |= !binding.policy.empty();
    sharing |= !binding.share_accounts.empty() || !binding.share_organizations.empty() ||
               !binding.share_group.empty();
    special |= binding.role == rules::BindingRole::kSpecial;
  }
  std::vector<std::string_view> words;
  if (policy) words.push_back("policy");
  if (sharing) words.push_back("sharing");
  if (special) words.push_back("rules of its own");
  return words;
}

std::vector<Row> Rows() {
  std::vector<Row> rows;
  for (const rules::ResourceType& type : rules::ResourceTypes()) {
    Row row;
    row.name = type.name;
    row.title = type.title;
    row.actions = type.actions.size();
    row.previewed = type.in_access_preview;
    row.reported = type.in_access_analyzer;
    row.analysed = Analysed(type);
    std::set<std::string> terraform;
    std::set<std::string> cloudformation;
    for (const rules::Binding& binding : rules::Bindings()) {
      if (binding.resource_type != type.name) continue;
      (binding.language == model::Language::kTerraform ? terraform : cloudformation)
          .insert(std::string(binding.iac_type));
    }
    row.terraform.assign(terraform.begin(), terraform.end());
    row.cloudformation.assign(cloudformation.begin(), cloudformation.end());
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
  return rows;
}

std::string_view AwsWords(const Row& row) {
  if (row.previewed) return "previewed";
  return row.reported ? "reported" : "no";
}

std::string TypesText() {
  std::string out;
  const std::vector<Row> rows = Rows();
  for (const Row& row : rows) {
    out += fmt::format("{}  {}\n", row.name, row.title);
    out += fmt::format("    analysed: {}; {} actions; by AWS: {}\n", fmt::join(row.analysed, ", "),
                       row.actions, AwsWords(row));
    if (!row.terraform.empty())
      out += fmt::format("    terraform: {}\n", fmt::join(row.terraform, ", "));
    if (!row.cloudformation.empty())
      out += fmt::format("    cloudformation: {}\n", fmt::join(row.cloudformation, ", "));
  }
  return out + fmt::format("{} types\n", rows.size());
}

std::string TypesJson() {
  std::string out;
  report::JsonWriter json(out, true);
  const auto list = [&json](std::string_view key, const auto& texts) {
    json.Key(key);
    json.BeginArray();
    for (const auto& text : texts) json.String(text);
    json.EndArray();
  };
  json.BeginObject();
  json.Key("types");
  json.BeginArray();
  for (const Row& row : Rows()) {
    json.BeginObject();
    json.Key("resourceType");
    json.String(row.name);
    json.Key("title");
    json.String(row.title);
    list("analysed", row.analysed);
    list("terraform", row.terraform);
    list("cloudformation", row.cloudformation);
    json.Key("actions");
    json.Number(row.actions);
    json.Key("inAccessPreview");
    json.Bool(row.previewed);
    json.Key("inAccessAnalyzer");
    json.Bool(row.reported);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return out + "\n";
}

std::string InCode(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += fmt::format("{}`{}`", out.empty() ? "" : ", ", name);
  return out.empty() ? "–" : out;
}

}  // namespace

std::string TypesMarkdown() {
  std::string out =
      "| resource type | analysed | Terraform | CloudFormation | AWS |\n| --- | --- | --- | --- | "
      "--- |\n";
  for (const Row& row : Rows()) {
    out += fmt::format("| {} (`{}`) | {} | {} | {} | {} |\n", row.title, row.name,
                       fmt::join(row.analysed, ", "), InCode(row.terraform),
                       InCode(row.cloudformation), AwsWords(row));
  }
  return out;
}

Printed Types(const Options& options) {
  if (options.markdown) return {TypesMarkdown(), "", 0};
  if (options.outputs.front().format == "json") return {TypesJson(), "", 0};
  return {TypesText(), "", 0};
}

}  // namespace preview::cli
