// AWS::Include: the content of a file takes the place of the call.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
#include <fmt/core.h>

#include <utility>

#include "parsers/cloudformation/implied.h"
#include "parsers/cloudformation/inventory.h"
#include "parsers/cloudformation/library.h"
#include "parsers/cloudformation/parts.h"
#include "parsers/text/yaml.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr int kMaxIncludes = 200;

// The location that an AWS::Include names; null when `transform` is another macro.
const Value* IncludeLocation(const Value& transform) {
  if (MemberText(transform, "Name") != "AWS::Include") return nullptr;
  const Value* parameters = transform.Find("Parameters");
  return parameters == nullptr ? nullptr : parameters->Find("Location");
}

// Where in a template a value is, as far as an include bears on access there.
enum class Where { kRoot, kResources, kResource, kPart, kAside };

Where WhereBelow(Where where, const Value& value, std::size_t index) {
  const std::string_view key = value.is_object() ? std::string_view(value.keys[index]) : "";
  switch (where) {
    case Where::kRoot:
      if (key == "Metadata") return Where::kAside;
      return key == "Resources" ? Where::kResources : Where::kPart;
    case Where::kResources:
      return Where::kResource;
    case Where::kResource: {
      if (key == "Metadata") return Where::kAside;
      const std::string type = MemberText(value, "Type");
      const bool aside =
          key == "Properties" && !type.starts_with("AWS::Serverless::") && !IsAnalysed(type, value);
      return aside ? Where::kAside : Where::kPart;
    }
    case Where::kPart:
      break;
    case Where::kAside:  // of a type that is not described a policy may be one that grants
      return key.find("Policy") == std::string_view::npos ? Where::kAside : Where::kPart;
  }
  return where;
}

Value ReadInclude(Preparation& preparation, const Value& location, const model::Place& place,
                  Where where = Where::kRoot) {
  std::optional<Value> evaluated = (*preparation.evaluate)(*preparation.source, location);
  const std::string name = evaluated.has_value() ? ScalarText(*evaluated).value_or("") : "";
  std::string why;
  const std::string file = LocalFile(preparation.source->folder, name, why);
  Value unknown = Value::Unknown("an included file");
  unknown.place = place;
  if (file.empty()) {
    std::string message = fmt::format("AWS::Include of `{}` is not covered: {}",
                                      model::HasSymbol(name) ? "a file" : name, why);
    if (where == Where::kAside) {
      preparation.AddNote(place, std::move(message));
    } else {
      preparation.Problem(place, std::move(message));
    }
    return unknown;
  }
  auto text = ReadLocalFile(file, preparation.options->limits.bytes);
  if (!text.ok()) {
    preparation.Problem(place, fmt::format("AWS::Include of `{}`: {}", name, text.error().message));
    return unknown;
  }
  const std::uint32_t index = preparation.files->Add(name, text.value());
  auto parsed = text::ParseYaml(text.value(), {preparation.options->limits, index});
  if (!parsed.ok()) {
    preparation.Problem(parsed.error().place, parsed.error().message);
    return unknown;
  }
  return std::move(parsed).value();
}

// Replaces member `index` of `object` by the members of `content`.
void Splice(Value& object, std::size_t index, Value content) {
  const auto offset = static_cast<std::ptrdiff_t>(index);
  object.keys.erase(object.keys.begin() + offset);
  object.items.erase(object.items.begin() + offset);
  if (index < object.key_places.size()) object.key_places.erase(object.key_places.begin() + offset);
  if (!content.is_object()) return;
  for (std::size_t i = 0; i < content.items.size(); ++i)
    object.Set(content.keys[i], std::move(content.items[i]));
}

// The policy in a local OpenAPI document takes the place of the property that names the file, as
// `aws cloudformation package` and `sam package` upload it.
void ReadOpenApiFile(Preparation& preparation, Value& properties, std::string_view location_name,
                     std::string_view body_name) {
  const Value* location = properties.Find(location_name);
  if (location == nullptr || !location->is_string()) return;
  std::string why;
  const std::string file = LocalFile(preparation.source->folder, location->text, why);
  if (file.empty()) return;
  auto text = ReadLocalFile(file, preparation.options->limits.bytes);
  if (!text.ok()) return;
  const std::uint32_t index = preparation.files->Add(location->text, text.value());
  auto document = text::ParseYaml(text.value(), {preparation.options->limits, index});
  if (!document.ok()) {
    preparation.Problem(document.error().place, document.error().message);
    return;
  }
  Value body = Value::Object();
  body.place = location->place;
  if (const Value* policy = document.value().Find(kOpenApiPolicy))
    body.Set(kOpenApiPolicy, *policy);
  properties.Set(body_name, std::move(body));
}

void ReadOpenApiFiles(Preparation& preparation, Value& root) {
  Value* resources = root.Find("Resources");
  if (resources == nullptr || !resources->is_object()) return;
  for (Value& body : resources->items) {
    Value* properties = body.Find("Properties");
    if (properties == nullptr || !properties->is_object()) continue;
    const std::string type = MemberText(body, "Type");
    if (type == "AWS::ApiGateway::RestApi")
      ReadOpenApiFile(preparation, *properties, "BodyS3Location", "Body");
    if (type == "AWS::Serverless::Api")
      ReadOpenApiFile(preparation, *properties, "DefinitionUri", "DefinitionBody");
  }
}

}  // namespace

void ApplyIncludes(Preparation& preparation, Value& root) {
  int includes = 0;
  if (const Value* transform = root.Find("Transform")) {
    std::vector<Value> calls =
        transform->is_list() ? transform->items : std::vector<Value>{*transform};
    for (const Value& call : calls) {
      const Value* location = IncludeLocation(call);
      if (location == nullptr || ++includes > kMaxIncludes) continue;
      Value content = ReadInclude(preparation, *location, call.place);
      if (!content.is_object()) continue;
      for (std::size_t i = 0; i < content.items.size(); ++i) {
        if (root.Find(content.keys[i]) == nullptr)
          root.Set(content.keys[i], std::move(content.items[i]));
      }
    }
  }
  // Pointers stay valid: a value is changed before its parts are looked at, and siblings are not
  // moved.
  std::vector<std::pair<Value*, Where>> open{{&root, Where::kRoot}};
  while (!open.empty()) {
    Value& value = *open.back().first;
    const Where where = open.back().second;
    open.pop_back();
    for (std::size_t i = 0; value.is_object() && i < value.keys.size(); ++i) {
      if (value.keys[i] != "Fn::Transform") continue;
      const Value* location = IncludeLocation(value.items[i]);
      if (location == nullptr || ++includes > kMaxIncludes) break;
      const model::Place place = value.items[i].place;
      Value content = ReadInclude(preparation, *location, place, where);
      if (value.keys.size() == 1) {
        value = std::move(content);
      } else {
        Splice(value, i, std::move(content));
      }
      break;
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (!value.items[i].items.empty())
        open.emplace_back(&value.items[i], WhereBelow(where, value, i));
    }
  }
  ReadOpenApiFiles(preparation, root);
}

}  // namespace preview::cloudformation
