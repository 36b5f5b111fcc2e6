// YAML to Data. rules/data/README.md describes the format; an unknown key is an error, so that none
// is a typing mistake.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string_view>

#include "rules/generate/data.h"

namespace preview::rules::generate {

namespace {

[[noreturn]] void Fail(const std::string& where, const std::string& what) {
  throw std::runtime_error(where + ": " + what);
}

void CheckKeys(const YAML::Node& node, const std::string& where,
               std::initializer_list<std::string_view> known) {
  if (!node.IsMap()) Fail(where, "not a map");
  for (const auto& member : node) {
    const auto key = member.first.as<std::string>();
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      Fail(where, "unknown key `" + key + "`");
    }
  }
}

std::string Text(const YAML::Node& node, const char* key) {
  return node[key] ? node[key].as<std::string>() : std::string();
}

bool Flag(const YAML::Node& node, const char* key) { return node[key] && node[key].as<bool>(); }

std::vector<std::string> Texts(const YAML::Node& node) {
  std::vector<std::string> texts;
  for (const auto& item : node) texts.push_back(item.as<std::string>());
  return texts;
}

std::map<std::string, std::string> TextMap(const YAML::Node& node) {
  std::map<std::string, std::string> texts;
  for (const auto& member : node) {
    texts[member.first.as<std::string>()] = member.second.as<std::string>();
  }
  return texts;
}

void ReadIamData(const YAML::Node& node, Data& data) {
  for (const auto& service : node) {
    auto& actions = data.iam[service.first.as<std::string>()];
    for (const auto& action : service.second) {
      std::vector<std::string> row = Texts(action.second);
      IamAction& read = actions[action.first.as<std::string>()];
      read.level = row.at(0);
      read.resource_types.assign(row.begin() + 1, row.end());
    }
  }
}

void ReadConditionKeys(const YAML::Node& node, Data& data) {
  for (const auto& entry : node) {
    KeyData key{.name = entry.first.as<std::string>(), .type = entry.second.as<std::string>()};
    if (key.type.ends_with("[]")) {
      key.multivalued = true;
      key.type.resize(key.type.size() - 2);
    }
    std::string lower = key.name;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    data.keys[lower] = key;  // a later file corrects an earlier one
  }
}

void ReadServiceAccounts(const YAML::Node& node, const std::string& where, Data& data) {
  for (const auto& group : node) {
    CheckKeys(group, where, {"what", "accounts", "source"});
    for (const std::string& account : Texts(group["accounts"])) {
      data.service_accounts[account] = Text(group, "source");
    }
  }
}

// Where a type of a language is documented, by the rule that both documentations follow.
std::string DocumentationOf(const std::string& language, const std::string& iac_type) {
  if (language == "terraform") {
    return "https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/website/docs/r/" +
           iac_type.substr(iac_type.find('_') + 1) + ".html.markdown";
  }
  std::string page;
  for (std::size_t i = iac_type.find("::") + 2; i < iac_type.size(); ++i) {
    const char c = iac_type[i];
    if (c == ':') {
      if (page.back() != '-') page += '-';
    } else {
      page += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-" +
         page + ".html";
}

void ReadBinding(const YAML::Node& node, const std::string& where, BindingData base, Data& data) {
  CheckKeys(
      node, where,
      {"role", "target", "policy", "policy_computed", "share_accounts", "share_organizations",
       "share_group", "share_actions", "arn", "exists_when", "kms_key", "encrypted", "source"});
  base.role = Text(node, "role");
  base.target = Text(node, "target");
  base.policy = Text(node, "policy");
  base.policy_computed = Flag(node, "policy_computed");
  base.share_accounts = Text(node, "share_accounts");
  base.share_organizations = Text(node, "share_organizations");
  base.share_group = Text(node, "share_group");
  base.share_actions = Text(node, "share_actions");
  base.exists_when = Text(node, "exists_when");
  base.kms_key = Text(node, "kms_key");
  base.encrypted = Text(node, "encrypted");
  base.arn = Text(node, "arn");
  if (base.arn.empty() && base.role == "resource") {
    base.arn = base.language == "terraform" ? "arn" : "Arn";
  }
  base.source = Text(node, "source");
  if (base.source.empty()) base.source = DocumentationOf(base.language, base.iac_type);
  data.bindings.push_back(std::move(base));
}

void ReadBindings(const YAML::Node& node, const std::string& where, const char* language,
                  const std::string& resource_type, Data& data) {
  for (const auto& member : node) {
    BindingData base;
    base.language = language;
    base.iac_type = member.first.as<std::string>();
    base.resource_type = resource_type;
    const std::string entry = where + ": " + base.iac_type;
    if (member.second.IsSequence()) {
      for (const auto& binding : member.second) ReadBinding(binding, entry, base, data);
    } else {
      ReadBinding(member.second, entry, base, data);
    }
  }
}

std::vector<FormData> ReadForms(const YAML::Node& node, const std::string& where) {
  std::vector<FormData> forms;
  for (const auto& form : node) {
    CheckKeys(form, where + ": forms", {"name", "suffix", "of_account", "iam_data"});
    forms.push_back({.name = Text(form, "name"),
                     .suffix = Text(form, "suffix"),
                     .of_account = Flag(form, "of_account"),
                     .iam_types = Texts(form["iam_data"])});
  }
  return forms;
}

ActionRules ReadActionRules(const YAML::Node& node, const std::string& where) {
  if (!node) return {};
  CheckKeys(node, where + ": actions",
            {"only", "except", "all_forms", "levels", "add", "keys", "source"});
  return {.only = Texts(node["only"]),
          .except = Texts(node["except"]),
          .all_forms = Texts(node["all_forms"]),
          .levels = TextMap(node["levels"]),
          .add = TextMap(node["add"]),
          .keys = TextMap(node["keys"])};
}

// A list of actions that a person wrote wants a source of its own.
void ReadActionSource(const YAML::Node& node, const std::string& where, TypeData& type) {
  if (!node) return;
  const std::string source = Text(node, "source");
  if (!source.empty()) {
    type.source += " ; actions: " + source;
  } else if (node["only"] || node["except"] || node["add"] || node["levels"] || node["keys"]) {
    Fail(where, "the list of actions has no source");
  }
}

void ReadType(const YAML::Node& node, const std::string& file, Data& data) {
  TypeData type;
  type.name = Text(node, "name");
  type.file = file;
  const std::string where = file + ": " + type.name;
  CheckKeys(
      node, where,
      {"name", "title", "service", "arn", "preview", "access_analyzer", "anonymous", "shared_image",
       "shorthand", "forms", "actions", "names", "source", "terraform", "cloudformation", "note"});
  type.title = Text(node, "title");
  type.service = Text(node, "service");
  type.arn = Text(node, "arn");
  type.shorthand = Text(node, "shorthand");
  type.source = Text(node, "source");
  ReadActionSource(node["actions"], where, type);
  type.in_access_analyzer = Flag(node, "access_analyzer");
  type.anonymous = Flag(node, "anonymous");
  type.shared_image = Flag(node, "shared_image");
  if (node["preview"]) {
    CheckKeys(node["preview"], where + ": preview", {"member", "policy"});
    type.member = Text(node["preview"], "member");
    type.policy_member = Text(node["preview"], "policy");
  }
  type.forms = ReadForms(node["forms"], where);
  type.rules = ReadActionRules(node["actions"], where);
  for (const auto& name : node["names"]) {
    type.names.emplace_back(name.first.as<std::string>(), name.second.as<std::string>());
  }
  ReadBindings(node["terraform"], where, "terraform", type.name, data);
  ReadBindings(node["cloudformation"], where, "cloudformation", type.name, data);
  data.types.push_back(std::move(type));
}

void AddAttributes(const YAML::Node& node, bool identifies, IacTypeData& type) {
  for (const auto& [name, form] : TextMap(node)) {
    type.attributes[name].form = form;
    type.attributes[name].identifies = identifies;
  }
}

void ReadAttributes(const YAML::Node& node, const std::string& where, const std::string& language,
                    Data& data) {
  for (const auto& member : node) {
    const auto name = member.first.as<std::string>();
    const std::string entry = where + ": " + name;
    CheckKeys(member.second, entry, {"identifies", "texts", "symbols", "defaults", "source"});
    IacTypeData& type = data.iac_types[{language, name}];
    if (!type.attributes.empty()) Fail(entry, "described twice");
    AddAttributes(member.second["identifies"], true, type);
    AddAttributes(member.second["texts"], false, type);
    for (const auto& [attribute, symbol] : TextMap(member.second["symbols"])) {
      type.attributes[attribute].symbol = symbol;
    }
    for (const auto& [attribute, text] : TextMap(member.second["defaults"])) {
      type.attributes[attribute].default_text = text;
    }
    type.source = Text(member.second, "source");
    if (type.source.empty()) type.source = DocumentationOf(language, name);
  }
}

void ReadTypesWithoutGrants(const YAML::Node& node, const std::string& where, Data& data) {
  CheckKeys(node, where + ": no_grants", {"terraform", "cloudformation"});
  for (const char* language : {"terraform", "cloudformation"}) {
    for (const std::string& name : Texts(node[language])) {
      IacTypeData& type = data.iac_types[{language, name}];
      type.grants_nothing = true;
      if (type.source.empty()) type.source = DocumentationOf(language, name);
    }
  }
}

void ReadDocument(const YAML::Node& root, const std::string& file, Data& data) {
  CheckKeys(root, file,
            {"iam_data", "condition_keys", "service_accounts", "types", "attributes", "no_grants"});
  ReadIamData(root["iam_data"], data);
  ReadConditionKeys(root["condition_keys"], data);
  ReadServiceAccounts(root["service_accounts"], file, data);
  for (const auto& type : root["types"]) ReadType(type, file, data);
  if (root["no_grants"]) ReadTypesWithoutGrants(root["no_grants"], file, data);
  if (!root["attributes"]) return;
  CheckKeys(root["attributes"], file + ": attributes", {"terraform", "cloudformation"});
  for (const char* language : {"terraform", "cloudformation"}) {
    ReadAttributes(root["attributes"][language], file, language, data);
  }
}

}  // namespace

void ReadFile(const std::string& path, Data& data) {
  const std::string file = path.substr(path.rfind('/') + 1);
  try {
    const YAML::Node root = YAML::LoadFile(path);
    ReadDocument(root, file, data);
  } catch (const YAML::Exception& error) {
    Fail(file, error.what());
  }
}

}  // namespace preview::rules::generate
