// Reads templates and prepares them: includes, AWS::LanguageExtensions and SAM are applied,
// sections are indexed.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "parsers/cloudformation/evaluator.h"
#include "parsers/cloudformation/stack.h"

namespace preview::cloudformation {

// What the steps of preparing share.
struct Preparation {
  Template* source = nullptr;
  const TemplateOptions* options = nullptr;
  model::SourceFiles* files = nullptr;
  const PartEvaluator* evaluate = nullptr;
  std::size_t nodes_left = 0;

  void Problem(const model::Place& place, std::string reason, std::string hint = {});
  void AddNote(const model::Place& place, std::string message, bool matters = false);
};

// AWS::Include of local files below the template's folder, wherever it stands.
void ApplyIncludes(Preparation& preparation, model::Value& root);
// Fn::ForEach, in every section.
void ApplyLoops(Preparation& preparation, model::Value& root);
// AWS::Serverless-2016-10-31, as far as it bears on access.
void ApplySam(Preparation& preparation, model::Value& root);
// Fills the indexes of `source` from its root.
void IndexSections(Template& source);
// What CloudFormation would refuse: references to nothing, circles, undeclared conditions and
// mappings.
void CheckTemplate(Preparation& preparation);

class Library {
 public:
  Library(const TemplateOptions& options, model::SourceFiles& files)
      : options_(options), files_(files) {}

  // Error: no YAML or JSON, or no object.
  model::Result<const Template*> FromText(const TemplateText& text, const PartEvaluator& evaluate);
  // A local file that a template names, below that template's folder. Null: `why` says why not.
  const Template* FromFile(const Template& parent, const std::string& path,
                           const PartEvaluator& evaluate, std::string& why);

 private:
  struct Part {  // what preparing asked for, to see whether the result serves again
    model::Value expression;
    std::string answer;
  };
  struct Prepared {
    std::unique_ptr<Template> source;
    std::vector<Part> parts;
  };

  model::Result<const Template*> Prepare(const TemplateText& text, const std::string& key,
                                         const PartEvaluator& evaluate);

  const TemplateOptions& options_;
  model::SourceFiles& files_;
  std::map<std::string, std::vector<Prepared>, std::less<>> prepared_;
};

// The file that `location` names below `folder`; empty when it names none or lies elsewhere (`why`
// says so).
[[nodiscard]] std::string LocalFile(const std::string& folder, const std::string& location,
                                    std::string& why);
// Reads a file of at most `most` bytes.
[[nodiscard]] model::Result<std::string> ReadLocalFile(const std::string& path, std::size_t most);

}  // namespace preview::cloudformation
