#include "tests/preview/access/cases.h"

#include <fstream>

#include "model/check.h"
#include "parsers/text/json.h"

namespace preview::access {

namespace {

std::string Text(const model::Value* value) {
  return value != nullptr && value->is_string() ? value->text : "";
}

// The policy in a member of the access preview API's Configuration union; a secret's key besides.
void ReadMember(const model::Value& configuration, model::Configuration& out) {
  PREVIEW_CHECK(configuration.is_object() && configuration.items.size() == 1);
  const model::Value& body = configuration.items[0];
  model::PolicySource source;
  source.attribute = "policy";
  if (body.is_string()) source.document = body;
  for (std::size_t i = 0; i < body.keys.size() && body.is_object(); ++i) {
    if (body.keys[i] == "keyPolicies") {
      source.document = *body.items[i].Find("default");
    } else if (body.keys[i].find("olicy") != std::string::npos) {
      source.document = body.items[i];
    }
  }
  PREVIEW_CHECK(source.document.is_string());
  out.policies.push_back(std::move(source));
  if (configuration.keys[0] != "secretsManagerSecret") return;
  out.encryption.emplace();
  out.encryption->key = Text(body.Find("kmsKeyId"));
  out.encryption->kind = out.encryption->key.empty() ? model::EncryptionKind::kAwsManaged
                                                     : model::EncryptionKind::kCustomerKey;
}

}  // namespace

std::vector<model::Value> ReadLines(const std::string& name) {
  std::ifstream file(std::string(PREVIEW_TESTDATA) + "/policies/" + name + ".jsonl");
  PREVIEW_CHECK(file.good());
  std::vector<model::Value> out;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    auto parsed = text::ParseJson(line, {});
    PREVIEW_CHECK(parsed.ok());
    out.push_back(std::move(parsed).value());
  }
  return out;
}

std::vector<Case> ReadCases(const std::string& name) {
  std::vector<Case> out;
  for (model::Value& line : ReadLines(name)) {
    Case one;
    one.id = Text(line.Find("id"));
    one.configuration.resource_type = Text(line.Find("resourceType"));
    one.configuration.arn = Text(line.Find("resource"));
    one.configuration.environment.account = Text(line.Find("account"));
    one.configuration.environment.region = "us-east-1";
    ReadMember(*line.Find("configuration"), one.configuration);
    one.options.zone.account = one.configuration.environment.account;
    one.options.zone.own_arns.insert(one.configuration.arn);
    if (const model::Value* organization = line.Find("organization")) {
      one.options.zone.organization = Text(organization->Find("id"));
      if (const model::Value* accounts = organization->Find("accounts")) {
        for (const model::Value& account : accounts->items)
          one.options.zone.accounts.insert(account.text);
      }
    }
    if (const model::Value* trust = line.Find("trust")) {
      for (const model::Value& account : trust->items)
        one.options.zone.accounts.insert(account.text);
    }
    one.expect = *line.Find("expect");
    one.line = std::move(line);
    out.push_back(std::move(one));
  }
  return out;
}

model::Configuration ConfigurationOf(const std::string& type, const std::string& arn,
                                     const std::string& account, const std::string& policy) {
  model::Configuration out;
  out.resource_type = type;
  out.arn = arn;
  out.address = "example";
  out.environment.account = account;
  out.environment.region = "us-east-1";
  if (!policy.empty()) {
    model::PolicySource source;
    source.document = model::Value::String(policy);
    source.attribute = "policy";
    source.carrier = "example";
    out.policies.push_back(std::move(source));
  }
  return out;
}

Report Decide(const model::Configuration& configuration, const AccessOptions& options) {
  model::SymbolTable symbols;
  model::Assembly before;
  model::Assembly after;
  after.configurations.push_back(configuration);
  return Compare(nullptr, before, &configuration, after, options, symbols);
}

}  // namespace preview::access
