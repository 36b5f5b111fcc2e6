// Data to C++ source: constant arrays, sorted as rules/tables.h says.
#include <string_view>

#include "rules/generate/data.h"

namespace preview::rules::generate {

namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"sv";
}

std::string Bool(bool flag) { return flag ? "true" : "false"; }

std::string Language(const std::string& language) {
  return language == "terraform" ? "L::kTerraform" : "L::kCloudFormation";
}

std::string Symbol(const std::string& symbol) {
  if (symbol == "own_account") return "S::kOwnAccount";
  if (symbol == "new_account") return "S::kNewAccount";
  if (symbol == "region") return "S::kRegion";
  if (symbol == "partition") return "S::kPartition";
  if (symbol == "own_organization") return "S::kOwnOrganization";
  if (symbol == "opaque") return "S::kOpaqueId";
  return "S::kText";
}

std::string Role(const std::string& role) {
  if (role == "resource") return "BindingRole::kResource";
  if (role == "policy") return "BindingRole::kPolicy";
  if (role == "share") return "BindingRole::kShare";
  return "BindingRole::kSpecial";
}

std::string KeyTypeName(const std::string& type) {
  if (type == "arn") return "KeyType::kArn";
  if (type == "ip") return "KeyType::kIp";
  if (type == "number") return "KeyType::kNumber";
  if (type == "date") return "KeyType::kDate";
  if (type == "bool") return "KeyType::kBool";
  if (type == "binary") return "KeyType::kBinary";
  return "KeyType::kString";
}

// One constant array under construction. Other rows refer to parts of it by offset and count.
class Array {
 public:
  Array(std::string type, std::string name) : type_(std::move(type)), name_(std::move(name)) {}

  void Add(const std::string& row) {
    rows_ += "    " + row + ",\n";
    ++size_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  // The rows from `begin` on.
  [[nodiscard]] std::string Since(std::size_t begin) const {
    if (begin == size_) return "{}";
    return "{" + name_ + " + " + std::to_string(begin) + ", " + std::to_string(size_ - begin) + "}";
  }
  [[nodiscard]] std::string All() const { return Since(0); }
  [[nodiscard]] std::string Source() const {
    if (size_ == 0) return "";
    return "constexpr " + type_ + " " + name_ + "[] = {\n" + rows_ + "};\n\n";
  }

 private:
  std::string type_;
  std::string name_;
  std::string rows_;
  std::size_t size_ = 0;
};

struct Arrays {
  Array forms{"ArnForm", "kForms"};
  Array actions{"Action", "kActions"};
  Array types{"ResourceType", "kTypes"};
  Array name_forms{"NameForm", "kNameForms"};
  Array type_names{"TypeNames", "kTypeNames"};
  Array bindings{"Binding", "kBindings"};
  Array attributes{"Attribute", "kAttributes"};
  Array identifying{"std::string_view", "kIdentifying"};
  Array iac_types{"IacType", "kIacTypes"};
  Array keys{"ConditionKey", "kKeys"};
  Array accounts{"std::string_view", "kAccounts"};
};

void AddType(const TypeData& type, Arrays& arrays) {
  const std::size_t forms = arrays.forms.size();
  for (const FormData& form : type.forms) {
    arrays.forms.Add("{" + Quoted(form.name) + ", " + Quoted(form.suffix) + ", " +
                     Bool(form.of_account) + "}");
  }
  const std::size_t actions = arrays.actions.size();
  for (const ActionRow& action : type.actions) {
    arrays.actions.Add("{" + Quoted(action.name) + ", AccessLevel::k" + action.level + ", " +
                       std::to_string(action.forms) + ", " + Quoted(action.key_action) + "}");
  }
  arrays.types.Add(
      "{" + Quoted(type.name) + ", " + Quoted(type.title) + ", " + Quoted(type.service) + ", " +
      Quoted(type.arn) + ", " + arrays.forms.Since(forms) + ", " + arrays.actions.Since(actions) +
      ", " + Bool(!type.member.empty()) + ", " + Bool(type.in_access_analyzer) + ", " +
      Quoted(type.member) + ", " + Quoted(type.policy_member) + ", " + Bool(type.anonymous) + ", " +
      Bool(type.shared_image) + ", " + Quoted(type.shorthand) + ", " + Quoted(type.source) + "}");
  const std::size_t names = arrays.name_forms.size();
  for (const auto& [name, arn] : type.names) {
    arrays.name_forms.Add("{" + Quoted(name) + ", " + Quoted(arn) + "}");
  }
  if (!type.names.empty()) {
    arrays.type_names.Add("{" + Quoted(type.name) + ", " + arrays.name_forms.Since(names) + "}");
  }
}

void AddBinding(const BindingData& binding, Arrays& arrays) {
  std::string row = "{" + Language(binding.language) + ", " + Quoted(binding.iac_type) + ", " +
                    Role(binding.role) + ", " + Quoted(binding.resource_type) + ", " +
                    Quoted(binding.target) + ", " + Quoted(binding.policy) + ", " +
                    Bool(binding.policy_computed);
  for (const std::string* text :
       {&binding.share_accounts, &binding.share_organizations, &binding.share_group,
        &binding.share_actions, &binding.arn, &binding.exists_when, &binding.kms_key,
        &binding.encrypted, &binding.source}) {
    row += ", " + Quoted(*text);
  }
  arrays.bindings.Add(row + "}");
}

void AddIacType(const std::string& language, const std::string& name, const IacTypeData& type,
                const Data& data, Arrays& arrays) {
  const std::size_t bindings = arrays.bindings.size();
  for (const BindingData& binding : data.bindings) {
    if (binding.language == language && binding.iac_type == name) AddBinding(binding, arrays);
  }
  const std::size_t attributes = arrays.attributes.size();
  const std::size_t identifying = arrays.identifying.size();
  for (const auto& [attribute, entry] : type.attributes) {
    arrays.attributes.Add("{" + Quoted(attribute) + ", " + Quoted(entry.form) + ", " +
                          Quoted(entry.default_text) + ", " + Symbol(entry.symbol) + "}");
    if (entry.identifies) arrays.identifying.Add(Quoted(attribute));
  }
  arrays.iac_types.Add(
      "{" + Language(language) + ", " + Quoted(name) + ", " + arrays.bindings.Since(bindings) +
      ", " + arrays.attributes.Since(attributes) + ", " + arrays.identifying.Since(identifying) +
      ", " + Bool(type.grants_nothing) + ", " + Quoted(type.source) + "}");
}

Arrays MakeArrays(const Data& data) {
  Arrays arrays;
  for (const TypeData& type : data.types) AddType(type, arrays);
  for (const char* language : {"terraform", "cloudformation"}) {
    for (const auto& [key, type] : data.iac_types) {
      if (key.first == language) AddIacType(key.first, key.second, type, data, arrays);
    }
  }
  for (const auto& [lower, key] : data.keys) {
    arrays.keys.Add("{" + Quoted(key.name) + ", " + KeyTypeName(key.type) + ", " +
                    Bool(key.multivalued) + "}");
  }
  for (const auto& [account, source] : data.service_accounts) arrays.accounts.Add(Quoted(account));
  return arrays;
}

}  // namespace

std::string WriteTables(const Data& data, const std::string& function) {
  const Arrays arrays = MakeArrays(data);
  std::string source =
      "// Written by rules/generate from rules/data; do not edit.\n"
      "#include \"rules/tables.h\"\n\nnamespace preview::rules {\n\n";
  if (function != "BuiltInTables") source += "const Tables& " + function + "();\n\n";
  source +=
      "namespace {\n\nusing namespace std::string_view_literals;\n"
      "using L [[maybe_unused]] = model::Language;\n"
      "using S [[maybe_unused]] = model::SymbolForm;\n\n";
  for (const Array* array :
       {&arrays.forms, &arrays.actions, &arrays.types, &arrays.name_forms, &arrays.type_names,
        &arrays.bindings, &arrays.attributes, &arrays.identifying, &arrays.iac_types, &arrays.keys,
        &arrays.accounts}) {
    source += array->Source();
  }
  source += "constexpr Tables kTables = {\n    " + arrays.types.All() + ",\n    " +
            arrays.type_names.All() + ",\n    " + arrays.bindings.All() + ",\n    " +
            arrays.iac_types.All() + ",\n    " + arrays.keys.All() + ",\n    " +
            arrays.accounts.All() + ",\n};\n\n";
  source += "}  // namespace\n\nconst Tables& " + function +
            "() { return kTables; }\n\n}  // namespace preview::rules\n";
  return source;
}

}  // namespace preview::rules::generate
