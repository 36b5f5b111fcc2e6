// What rules/data/*.yaml says, as read: the generator's own view, with texts where the tables have
// enums.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace preview::rules::generate {

// An action as iam-data has it.
struct IamAction {
  std::string level;
  std::vector<std::string> resource_types;
};
using IamData = std::map<std::string, std::map<std::string, IamAction>>;  // service, action

struct FormData {
  std::string name;
  std::string suffix;
  bool of_account = false;
  std::vector<std::string> iam_types;  // `sqs/queue`
};

struct ActionRules {
  std::vector<std::string> only;  // when not empty: exactly these
  std::vector<std::string> except;
  std::vector<std::string> all_forms;         // asked of every form, whatever iam-data says
  std::map<std::string, std::string> levels;  // action, level: instead of iam-data's
  std::map<std::string, std::string> add;   // action, level: iam-data does not have it for the type
  std::map<std::string, std::string> keys;  // action, key action
};

struct ActionRow {
  std::string name{};
  std::string level{};
  unsigned forms = 0;
  std::string key_action{};
};

struct TypeData {
  std::string name, title, service, arn, member, policy_member, shorthand, source;
  bool in_access_analyzer = false;
  bool anonymous = false;
  bool shared_image = false;
  std::vector<FormData> forms;
  ActionRules rules;
  std::vector<std::pair<std::string, std::string>> names;  // name form, ARN form
  std::vector<ActionRow> actions;                          // made by Resolve
  std::string file;
};

struct BindingData {
  std::string language, iac_type, role, resource_type, target, policy;
  bool policy_computed = false;
  std::string share_accounts, share_organizations, share_group, share_actions, arn, exists_when,
      kms_key, encrypted, source;
};

struct AttributeData {
  std::string form, default_text, symbol;
  bool identifies = false;
};

struct IacTypeData {
  std::map<std::string, AttributeData> attributes;
  bool grants_nothing = false;
  std::string source;
};

struct KeyData {
  std::string name, type;
  bool multivalued = false;
};

struct Data {
  IamData iam;
  std::vector<TypeData> types;
  std::vector<BindingData> bindings;
  std::map<std::pair<std::string, std::string>, IacTypeData> iac_types;  // language, type
  std::map<std::string, KeyData> keys;                                   // by lower-case name
  std::map<std::string, std::string> service_accounts;                   // account, source
};

// Adds what one file says to `data`. Throws std::runtime_error that names the file and the entry.
void ReadFile(const std::string& path, Data& data);

// Joins the parts: actions of each type, implied attributes and defaults, order; and checks them
// against each other. Throws std::runtime_error with all that is wrong, a line each.
void Resolve(Data& data);

// The C++ source that defines `preview::rules::<function>()`.
[[nodiscard]] std::string WriteTables(const Data& data, const std::string& function);

}  // namespace preview::rules::generate
