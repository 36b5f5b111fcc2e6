// Joins what the files say: which actions a type has, from iam-data and the type's own lists; and
// checks that everything that is named exists.
#include <algorithm>
#include <set>
#include <stdexcept>

#include "rules/form.h"
#include "rules/generate/data.h"

namespace preview::rules::generate {

namespace {

using Problems = std::vector<std::string>;

const std::set<std::string> kLevels = {"List", "Read", "Write", "Permissions", "Tagging"};
const std::set<std::string> kRoles = {"resource", "policy", "share", "special"};
const std::set<std::string> kSymbols = {"",       "text",      "own_account",      "new_account",
                                        "region", "partition", "own_organization", "opaque"};
const std::set<std::string> kKeyTypes = {"string", "arn", "ip", "number", "date", "bool", "binary"};
const std::set<std::string> kTransforms = {"",        "host",     "last",     "lower",
                                           "outpost", "relative", "rule_bus", "tail"};

// The entry of iam-data for `sqs:SendMessage`; null pointer: none.
const IamAction* FindIamAction(const IamData& iam, const std::string& name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos) return nullptr;
  auto service = iam.find(name.substr(0, colon));
  if (service == iam.end()) return nullptr;
  auto action = service->second.find(name.substr(colon + 1));
  return action == service->second.end() ? nullptr : &action->second;
}

// Bit i: iam-data has the action for form i.
unsigned FormsOf(const TypeData& type, const std::string& action, const IamAction& found) {
  const std::string service = action.substr(0, action.find(':'));
  unsigned mask = 0;
  for (std::size_t i = 0; i < type.forms.size(); ++i) {
    for (const std::string& iam_type : type.forms[i].iam_types) {
      for (const std::string& applies : found.resource_types) {
        if (iam_type == service + "/" + applies) mask |= 1U << i;
      }
    }
  }
  return mask;
}

void CheckForm(const std::string& form, const std::string& where, Problems& problems) {
  for (const FormPart& part : ParseForm(form)) {
    if (!kTransforms.contains(std::string(part.transform))) {
      problems.push_back(where + ": unknown transform `" + std::string(part.transform) + "`");
    }
    if (part.literal.find_first_of("{}") != std::string_view::npos) {
      problems.push_back(where + ": brace without partner in `" + form + "`");
    }
  }
}

// All actions of iam-data for the resource types of the type's forms.
std::map<std::string, ActionRow> FromIamData(const TypeData& type, const IamData& iam,
                                             Problems& problems) {
  std::map<std::string, ActionRow> rows;
  for (const FormData& form : type.forms) {
    for (const std::string& iam_type : form.iam_types) {
      const std::string service = iam_type.substr(0, iam_type.find('/'));
      auto found = iam.find(service);
      bool any = false;
      if (found != iam.end()) {
        for (const auto& [name, action] : found->second) {
          const std::string full = service + ":" + name;
          const unsigned mask = FormsOf(type, full, action);
          if (mask != 0) rows[full] = {.name = full, .level = action.level, .forms = mask};
          any =
              any || std::find(action.resource_types.begin(), action.resource_types.end(),
                               iam_type.substr(service.size() + 1)) != action.resource_types.end();
        }
      }
      if (!any) problems.push_back(type.name + ": iam_data has no actions for `" + iam_type + "`");
    }
  }
  return rows;
}

// Keeps the actions of `only`; one that iam-data ties to no resource type of ours is asked of the
// first form.
void KeepOnly(const TypeData& type, const IamData& iam, std::map<std::string, ActionRow>& rows,
              Problems& problems) {
  std::map<std::string, ActionRow> kept;
  for (const std::string& name : type.rules.only) {
    auto row = rows.find(name);
    if (row != rows.end()) {
      kept[name] = row->second;
    } else if (const IamAction* action = FindIamAction(iam, name)) {
      kept[name] = {.name = name, .level = action->level, .forms = 1};
    } else if (!type.rules.add.contains(name)) {
      problems.push_back(type.name + ": iam_data has no action `" + name + "`");
    }
  }
  rows = std::move(kept);
}

void ResolveActions(TypeData& type, const IamData& iam, Problems& problems) {
  std::map<std::string, ActionRow> rows = FromIamData(type, iam, problems);
  if (!type.rules.only.empty()) KeepOnly(type, iam, rows, problems);
  for (const std::string& name : type.rules.except) {
    if (rows.erase(name) == 0)
      problems.push_back(type.name + ": no action `" + name + "` to leave out");
  }
  for (const auto& [name, level] : type.rules.add) {
    rows[name] = {.name = name, .level = level, .forms = (1U << type.forms.size()) - 1};
  }
  for (const std::string& name : type.rules.all_forms) {
    if (rows.contains(name)) rows[name].forms = (1U << type.forms.size()) - 1;
    if (!rows.contains(name))
      problems.push_back(type.name + ": no action `" + name + "` for all forms");
  }
  for (const auto& [name, level] : type.rules.levels) {
    if (rows.contains(name)) rows[name].level = level;
    if (!rows.contains(name))
      problems.push_back(type.name + ": no action `" + name + "` for a level");
  }
  for (const auto& [name, key] : type.rules.keys) {
    if (rows.contains(name)) rows[name].key_action = key;
    if (!rows.contains(name))
      problems.push_back(type.name + ": no action `" + name + "` for a key");
  }
  for (auto& [name, row] : rows) {
    if (!kLevels.contains(row.level))
      problems.push_back(name + ": unknown level `" + row.level + "`");
    type.actions.push_back(row);
  }
  if (rows.empty()) problems.push_back(type.name + ": no actions");
}

void ResolveType(TypeData& type, const IamData& iam, Problems& problems) {
  for (const std::string* text : {&type.title, &type.service, &type.arn, &type.source}) {
    if (text->empty()) problems.push_back(type.name + ": title, service, arn or source is missing");
  }
  if (type.forms.empty() || type.forms.size() > 8) {
    problems.push_back(type.name + ": one to eight forms are wanted");
    return;
  }
  CheckForm(type.arn, type.name, problems);
  for (const auto& [name, arn] : type.names) {
    CheckForm(name, type.name, problems);
    CheckForm(arn, type.name, problems);
  }
  ResolveActions(type, iam, problems);
}

// A form may name base attributes only; `{path|/}` says the default of `path`.
void ResolveAttributes(const std::string& where, IacTypeData& type, Problems& problems) {
  std::map<std::string, std::string> defaults;
  for (const auto& [name, attribute] : type.attributes) {
    if (!kSymbols.contains(attribute.symbol)) {
      problems.push_back(where + "." + name + ": unknown symbol form `" + attribute.symbol + "`");
    }
    CheckForm(attribute.form, where + "." + name, problems);
    for (const FormPart& part : ParseForm(attribute.form)) {
      if (part.name.empty() || IsEnvironmentName(part.name)) continue;
      const std::string named(part.name);
      if (!part.default_text.empty()) defaults[named] = part.default_text;
      auto other = type.attributes.find(named);
      const bool base = other == type.attributes.end() || other->second.form.empty() ||
                        other->second.form == "{" + named + "}";
      if (!base) problems.push_back(where + "." + name + ": `" + named + "` has a form of its own");
    }
  }
  for (const auto& [name, text] : defaults) type.attributes[name].default_text = text;
}

void ResolveBinding(const BindingData& binding, const Data& data, Problems& problems) {
  const std::string where = binding.language + " " + binding.iac_type;
  const auto named = [&](const TypeData& type) { return type.name == binding.resource_type; };
  if (std::none_of(data.types.begin(), data.types.end(), named)) {
    problems.push_back(where + ": no resource type `" + binding.resource_type + "`");
  }
  if (!kRoles.contains(binding.role))
    problems.push_back(where + ": unknown role `" + binding.role + "`");
  if (binding.role == "resource") {
    auto type = data.iac_types.find({binding.language, binding.iac_type});
    if (type == data.iac_types.end() || !type->second.attributes.contains(binding.arn) ||
        type->second.attributes.at(binding.arn).form.empty()) {
      problems.push_back(where + ": no form for its ARN, attribute `" + binding.arn + "`");
    }
  }
  if (binding.role == "policy" && (binding.target.empty() || binding.policy.empty())) {
    problems.push_back(where + ": a policy wants `target` and `policy`");
  }
  if (binding.role == "share" && binding.target.empty()) {
    problems.push_back(where + ": a share wants `target`");
  }
}

}  // namespace

void Resolve(Data& data) {
  Problems problems;
  std::sort(data.types.begin(), data.types.end(),
            [](const TypeData& a, const TypeData& b) { return a.name < b.name; });
  for (std::size_t i = 0; i < data.types.size(); ++i) {
    if (i > 0 && data.types[i - 1].name == data.types[i].name) {
      problems.push_back(data.types[i].name + ": described twice");
    }
    ResolveType(data.types[i], data.iam, problems);
  }
  std::stable_sort(data.bindings.begin(), data.bindings.end(),
                   [](const BindingData& a, const BindingData& b) {
                     // Terraform first, as in model::Language.
                     return std::pair(a.language != "terraform", std::string_view(a.iac_type)) <
                            std::pair(b.language != "terraform", std::string_view(b.iac_type));
                   });
  for (const BindingData& binding : data.bindings) {
    ResolveBinding(binding, data, problems);
    // Types with bindings but no forms are IaC types too.
    IacTypeData& type = data.iac_types[{binding.language, binding.iac_type}];
    if (type.source.empty()) type.source = binding.source;
  }
  for (auto& [key, type] : data.iac_types) {
    ResolveAttributes(key.first + " " + key.second, type, problems);
  }
  for (const auto& [lower, key] : data.keys) {
    if (!kKeyTypes.contains(key.type))
      problems.push_back(key.name + ": unknown type `" + key.type + "`");
  }
  if (problems.empty()) return;
  std::string all;
  for (const std::string& problem : problems) all += problem + "\n";
  throw std::runtime_error(all);
}

}  // namespace preview::rules::generate
