#include "tests/preview/assemble/fixture.h"

#include <gtest/gtest.h>

#include "parsers/text/json.h"

namespace preview::assemble::testing {

namespace {

// `??` texts as unknown values; test inputs are shallow.
void MakeUnknown(model::Value& value) {
  if (value.is_string() && value.text == "??") value = model::Value::Unknown("known after apply");
  for (model::Value& item : value.items) MakeUnknown(item);
}

std::string TypeOf(std::string_view address) {
  const std::size_t bracket = address.ends_with(']') ? address.rfind('[') : address.size();
  const std::string_view block = address.substr(0, bracket);
  const std::size_t name = block.rfind('.');
  const std::string_view head = block.substr(0, name);
  const std::size_t type = head.rfind('.');
  return std::string(type == std::string_view::npos ? head : head.substr(type + 1));
}

}  // namespace

Plan::Plan(model::Language language) {
  deployment.language = language;
  deployment.input = "plan.json";
  deployment.environment = {std::string(kAccount), "us-east-1", "aws"};
}

std::string Plan::SymbolOf(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  model::Symbol symbol;
  symbol.name = name;
  symbol.resource = name.substr(0, dot);
  symbol.attribute = name.substr(dot + 1);
  return model::SymbolText(*symbols.Intern(symbol));
}

model::Resource Plan::Make(std::string_view address, std::string_view attributes,
                           std::string_view type) {
  std::string text(attributes);
  for (std::size_t open = text.find("<<"); open != std::string::npos; open = text.find("<<")) {
    const std::size_t close = text.find(">>", open);
    const std::string symbol = SymbolOf(text.substr(open + 2, close - open - 2));
    text.replace(open, close + 2 - open, symbol);
  }
  auto parsed = text::ParseJsonWithSymbols(text, {});
  EXPECT_TRUE(parsed.ok()) << attributes;
  model::Resource resource;
  resource.address = address;
  resource.identity = address;
  resource.type = type.empty() ? TypeOf(address) : std::string(type);
  if (parsed.ok()) resource.attributes = parsed.value();
  MakeUnknown(resource.attributes);
  resource.environment = deployment.environment;
  resource.place = {1, 7, 1};
  return resource;
}

model::Resource& Plan::Before(std::string_view address, std::string_view attributes,
                              std::string_view type) {
  return deployment.before.resources.emplace_back(Make(address, attributes, type));
}

model::Resource& Plan::After(std::string_view address, std::string_view attributes,
                             std::string_view type) {
  return deployment.after.resources.emplace_back(Make(address, attributes, type));
}

void Plan::Both(std::string_view address, std::string_view attributes, std::string_view type) {
  Before(address, attributes, type);
  After(address, attributes, type);
}

model::Resource& Plan::Data(std::string_view address, std::string_view attributes) {
  model::Resource& resource = After(address, attributes);
  resource.address = "data." + resource.address;
  resource.from_data_source = true;
  return resource;
}

Assembled Plan::Run() { return Assemble(deployment, symbols, options); }

const model::Configuration* At(const model::Assembly& assembly, std::string_view address,
                               std::string_view type) {
  for (const model::Configuration& configuration : assembly.configurations) {
    if (configuration.address != address) continue;
    if (type.empty() || configuration.resource_type == type) return &configuration;
  }
  return nullptr;
}

std::string QuotedPolicy(std::string_view principal, std::string_view action) {
  const std::string policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":")" +
      std::string(principal) + R"("},"Action":")" + std::string(action) + R"(","Resource":"*"}]})";
  return model::ToJson(model::Value::String(policy));
}

std::string StatementJson(const model::PolicySource& source) {
  const model::Value* statement = source.document.FindPath("Statement");
  if (statement == nullptr || statement->items.size() != 1) return "";
  return model::ToJson(statement->items.front());
}

}  // namespace preview::assemble::testing
