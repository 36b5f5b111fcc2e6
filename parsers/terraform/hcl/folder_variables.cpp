#include "parsers/terraform/hcl/folder_variables.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "parsers/terraform/hcl/syntax.h"
#include "parsers/terraform/hcl/type.h"
#include "parsers/terraform/hcl/values.h"
#include "parsers/text/json.h"

namespace preview::terraform {

namespace {

using model::Value;

class NoScope : public Scope {
 public:
  std::optional<Value> Block(std::string_view /*block*/) override { return std::nullopt; }
  std::optional<Value> RootVariable(std::string_view /*name*/) override { return std::nullopt; }
  std::optional<Value> Builtin(std::string_view /*name*/) override { return std::nullopt; }
};

class VariableReader {
 public:
  VariableReader(OpenedSource& source, model::SymbolTable& symbols, model::SourceFiles& files,
                 model::Diagnostics& problems)
      : source_(source),
        files_(files),
        problems_(problems),
        evaluator_(source.EvaluatorOf(scope_, symbols)) {}

  // `*.tfvars` or `*.tfvars.json`.
  void ReadText(const std::string& shown, const std::string& text) {
    std::uint32_t file = files_.Add(shown, text);
    if (shown.ends_with(".json")) {
      text::JsonOptions options;
      options.file = file;
      auto json = text::ParseJson(text, options, &problems_);
      if (!json.ok() || !json.value().is_object()) {
        problems_.push_back(json.ok() ? model::Error{"`" + shown + "` is no JSON object", "", {}}
                                      : json.error());
        return;
      }
      for (std::size_t i = 0; i < json.value().keys.size(); ++i) {
        values_[json.value().keys[i]] = hcl::Enter(std::move(json.value().items[i]));
      }
      return;
    }
    hcl::Syntax syntax = hcl::ParseHcl(text, file, problems_);
    for (const hcl::Attribute& attribute : syntax.blocks[0].attributes) {
      values_[attribute.name] = Evaluate(syntax, attribute.value);
    }
  }

  // A text of the command line or the environment: an expression where the variable is no
  // primitive.
  void ReadOption(const std::string& name, const std::string& text) {
    const auto& variables = source_.tree().root().module->variables;
    auto declared = variables.find(name);
    if (declared == variables.end()) return;
    hcl::ExprRef constraint = declared->second.Value("type");
    bool literal = !constraint;
    if (constraint) {
      const hcl::Expr& expr = constraint.expr();
      literal = expr.kind == hcl::ExprKind::kVariable && expr.text != "any" &&
                expr.text != "list" && expr.text != "map";
    }
    if (literal) {
      values_[name] = Value::String(model::WithoutSymbolLetters(text));
      return;
    }
    hcl::ExprId root = 0;
    hcl::Syntax syntax = hcl::ParseExpression(text, 0, problems_, root);
    values_[name] = Evaluate(syntax, root);
  }

  [[nodiscard]] VariableValues Take() { return std::move(values_); }

 private:
  Value Evaluate(const hcl::Syntax& syntax, hcl::ExprId id) {
    hcl::Frame frame;
    frame.module = &evaluator_.root();
    return evaluator_.Evaluate({&syntax, id}, frame);
  }

  OpenedSource& source_;
  model::SourceFiles& files_;
  model::Diagnostics& problems_;
  NoScope scope_;
  hcl::Evaluator& evaluator_;
  VariableValues values_;
};

bool IsAutomatic(std::string_view name) {
  return name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json");
}

model::Result<std::string> ReadGiven(const std::string& path) {
  std::error_code error;
  auto size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file || size > hcl::kMaxFileBytes) {
    return model::Error{"variable file `" + path + "` cannot be read", "", {}};
  }
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace

model::Result<VariableValues> ReadVariables(OpenedSource& source, const FolderOptions& options,
                                            model::SymbolTable& symbols, model::SourceFiles& files,
                                            model::Diagnostics& problems) {
  VariableReader reader(source, symbols, files, problems);
  for (const auto& [name, text] : options.environment_variables) reader.ReadOption(name, text);
  std::vector<std::string> names{"terraform.tfvars", "terraform.tfvars.json"};
  for (const std::string& name : source.files().List(".")) {
    if (IsAutomatic(name)) names.push_back(name);
  }
  for (const std::string& name : names) {
    auto text = source.files().Read(name);
    if (text.ok()) reader.ReadText(source.files().Shown(name), text.value());
  }
  for (const std::string& path : options.variable_files) {
    auto text = ReadGiven(path);
    if (!text.ok()) return text.error();
    reader.ReadText(path, text.value());
  }
  for (const auto& [name, text] : options.variables) reader.ReadOption(name, text);
  return reader.Take();
}

}  // namespace preview::terraform
