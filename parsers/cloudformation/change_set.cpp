#include "parsers/cloudformation/change_set.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "parsers/cloudformation/change_overlay.h"
#include "parsers/cloudformation/parts.h"
#include "parsers/cloudformation/reading.h"
#include "parsers/text/json.h"

namespace preview::cloudformation {

using model::Value;

namespace {

// Part `index` of an ARN; empty when it has none.
std::string ArnPart(std::string_view arn, int index) {
  for (int i = 0; i < index; ++i) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return std::string(arn.substr(0, arn.find(':')));
}

struct Document {
  Value root;
  std::string id;
  std::string name;
};

model::Result<Document> ReadDocument(const ChangeSetText& text, const TemplateOptions& options,
                                     model::SourceFiles& files) {
  const std::uint32_t file = files.Add(text.name, text.text);
  auto parsed = text::ParseJson(text.text, {options.limits, file, true});
  if (!parsed.ok()) return parsed.error();
  Document document{std::move(parsed).value(), "", text.name};
  if (!IsChangeSet(document.root))
    return model::Error{"this is no change set", "", document.root.place};
  document.id = MemberText(document.root, "ChangeSetId");
  const Value* token = document.root.Find("NextToken");
  if (token != nullptr && !token->is_null()) {
    return model::Error{"the change set is cut off: it has a `NextToken`",
                        "aws cloudformation describe-change-set without --no-paginate and "
                        "--max-items gives all of it",
                        token->place};
  }
  return document;
}

// The `ResourceChange`s of a document.
std::vector<const Value*> ResourceChanges(const Document& document) {
  std::vector<const Value*> changes;
  for (const Value& change : document.root.Find("Changes")->items) {
    const Value* resource = change.Find("ResourceChange");
    if (resource != nullptr && resource->is_object()) changes.push_back(resource);
  }
  return changes;
}

bool HasContext(const Value& change) {
  return change.Find("BeforeContext") != nullptr || change.Find("AfterContext") != nullptr;
}

// A change set of which no resource has a context was described without values.
std::optional<model::Error> MissingValues(const Document& document) {
  const Value* first = nullptr;
  for (const Value* change : ResourceChanges(document)) {
    if (HasContext(*change)) return std::nullopt;
    if (first == nullptr && MemberText(*change, "ResourceType") != "AWS::CloudFormation::Stack")
      first = change;
  }
  if (first == nullptr) return std::nullopt;
  const std::string name = MemberText(document.root, "ChangeSetName");
  const std::string stack = MemberText(document.root, "StackName");
  return model::Error{
      "the change set has no property values",
      fmt::format("aws cloudformation describe-change-set --change-set-name {} --stack-name {} "
                  "--include-property-values",
                  name.empty() ? "NAME" : name, stack.empty() ? "STACK" : stack),
      first->place};
}

Value ParseContext(const Value* context, const text::Limits& limits) {
  if (context == nullptr) return {};
  Value value = *context;
  if (context->is_string()) {
    auto parsed = text::ParseJson(context->text, {limits, context->place.file, false});
    if (!parsed.ok()) return At(Value::Unknown("property values that are no JSON"), context->place);
    value = At(std::move(parsed).value(), context->place);
  }
  const Value* properties = value.Find("Properties");
  if (properties == nullptr) return At(Value::Object(), context->place);
  return *properties;
}

class Flattener {
 public:
  Flattener(const std::vector<Document>& documents, const TemplateOptions& options)
      : documents_(documents), options_(options) {}

  ChangeList Run() {
    std::set<std::string> nested;
    for (const Document& document : documents_) {
      for (const Value* change : ResourceChanges(document))
        nested.insert(MemberText(*change, "ChangeSetId"));
    }
    for (const Document& document : documents_) {
      if (document.id.empty() || !nested.contains(document.id)) Add(document, "", 0);
    }
    return std::move(list_);
  }

 private:
  // Nesting of stacks; deeper ones are named as not covered.
  static constexpr int kMaxNesting = 20;

  void Add(const Document& document, const std::string& prefix, int depth) {
    for (const Value* change : ResourceChanges(document)) {
      const std::string id = MemberText(*change, "LogicalResourceId");
      if (MemberText(*change, "ResourceType") == "AWS::CloudFormation::Stack") {
        AddNested(*change, prefix + id, depth);
        continue;
      }
      Change entry;
      entry.address = prefix + id;
      entry.type = MemberText(*change, "ResourceType");
      entry.action = MemberText(*change, "Action");
      entry.policy_action = MemberText(*change, "PolicyAction");
      entry.replaced = MemberText(*change, "Replacement") == "True";
      entry.physical_id = MemberText(*change, "PhysicalResourceId");
      entry.place = change->place;
      entry.has_values = HasContext(*change);
      entry.before = ParseContext(change->Find("BeforeContext"), options_.limits);
      entry.after = ParseContext(change->Find("AfterContext"), options_.limits);
      list_.changes.push_back(std::move(entry));
    }
  }

  void AddNested(const Value& change, const std::string& address, int depth) {
    const std::string id = MemberText(change, "ChangeSetId");
    for (const Document& document : documents_) {
      if (!id.empty() && document.id == id && depth < kMaxNesting) {
        Add(document, address + ".", depth + 1);
        return;
      }
    }
    model::Undetermined problem;
    problem.input = options_.input;
    problem.resource_address = address;
    problem.resource_type = "AWS::CloudFormation::Stack";
    problem.reason = fmt::format("the change set of nested stack `{}` is not covered", address);
    problem.hint = id.empty() ? "create the change set with --include-nested-stacks"
                              : fmt::format(
                                    "aws cloudformation describe-change-set --change-set-name {} "
                                    "--include-property-values gives it as another input",
                                    id);
    problem.place = change.place;
    list_.undetermined.push_back(std::move(problem));
  }

  const std::vector<Document>& documents_;
  const TemplateOptions& options_;
  ChangeList list_;
};

// What the change set cannot tell: one that is not complete, and without a template what it does
// not list.
void AddGaps(const Document& document, bool alone, const std::string& input,
             std::vector<model::Undetermined>& undetermined, std::vector<model::Note>& notes) {
  const std::string status = MemberText(document.root, "Status");
  const std::string reason = MemberText(document.root, "StatusReason");
  const bool nothing_to_do = reason.find("didn't contain changes") != std::string::npos ||
                             reason.find("No updates are to be performed") != std::string::npos;
  if ((status == "FAILED" && !nothing_to_do) || status == "CREATE_PENDING" ||
      status == "CREATE_IN_PROGRESS") {
    model::Undetermined problem;
    problem.input = input;
    problem.reason = fmt::format("the change set is not complete: its status is {}{}", status,
                                 reason.empty() ? std::string() : fmt::format(" (`{}`)", reason));
    problem.place = document.root.place;
    undetermined.push_back(std::move(problem));
  }
  const std::vector<const Value*> changes = ResourceChanges(document);
  const bool changes_old = std::any_of(changes.begin(), changes.end(), [](const Value* change) {
    return MemberText(*change, "Action") != "Add";
  });
  if (!alone || !changes_old) return;
  model::Note note;
  note.input = input;
  note.message = fmt::format(
      "a change set lists what changes only: a policy, a public access block or a key that stays "
      "is "
      "seen with the stack's template as another input (aws cloudformation get-template "
      "--stack-name {})",
      MemberText(document.root, "StackName"));
  note.place = document.root.place;
  note.matters = true;
  notes.push_back(std::move(note));
}

// Parameters of the change set, under those of the options.
void AddParameters(const Document& document, TemplateOptions& options) {
  const Value* parameters = document.root.Find("Parameters");
  if (parameters == nullptr || document.root.Find("ParentChangeSetId") != nullptr) return;
  for (const Value& parameter : parameters->items) {
    const std::string key = MemberText(parameter, "ParameterKey");
    const Value* value = parameter.Find("ParameterValue");
    if (key.empty() || value == nullptr || !value->is_string() || value->text == "****") continue;
    options.parameters.emplace(key, value->text);
  }
}

}  // namespace

model::Result<std::vector<model::Deployment>> ReadChangeSets(
    std::span<const ChangeSetText> change_sets, std::span<const TemplateText> templates,
    std::span<const TemplateText> base, const TemplateOptions& options, model::SymbolTable& symbols,
    model::SourceFiles& files) {
  std::vector<Document> documents;
  for (const ChangeSetText& text : change_sets) {
    auto document = ReadDocument(text, options, files);
    if (!document.ok()) return document.error();
    documents.push_back(std::move(document).value());
  }
  if (documents.empty()) return model::Error{"no change set was given", "", {}};
  for (const Document& document : documents) {
    if (auto error = MissingValues(document)) return *error;
  }
  TemplateOptions filled = options;
  ChangeList list = Flattener(documents, options).Run();
  for (const Document& document : documents) {
    const std::string stack_id = MemberText(document.root, "StackId");
    if (filled.environment.account.empty()) filled.environment.account = ArnPart(stack_id, 4);
    if (filled.environment.region.empty()) filled.environment.region = ArnPart(stack_id, 3);
    if (stack_id.starts_with("arn:aws-")) filled.environment.partition = ArnPart(stack_id, 1);
    AddParameters(document, filled);
  }
  for (const Document& document : documents) {
    AddGaps(document, templates.empty(), options.input, list.undetermined, list.notes);
  }
  list.environment = FilledEnvironment({}, filled.environment, symbols);
  list.base_given = !base.empty();
  list.input = options.input;
  std::vector<TemplateText> named(templates.begin(), templates.end());
  for (TemplateText& text : named) {
    if (text.stack.empty() && named.size() == 1)
      text.stack = MemberText(documents.front().root, "StackName");
  }
  const Overlay overlay = [&](Sides& sides) { ApplyChanges(list, sides, symbols); };
  auto deployments = ReadSides(named, base, filled, overlay, symbols, files);
  if (!deployments.ok()) return deployments;
  if (options.environment.account.empty() && !filled.environment.account.empty()) {
    for (model::Deployment& deployment : deployments.value()) {
      deployment.account_inferred_from = "StackId of the change set";
    }
  }
  return deployments;
}

}  // namespace preview::cloudformation
