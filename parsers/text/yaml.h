// YAML text to a model::Value with positions, as CloudFormation and the AWS CLI read it.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html: YAML 1.1.
// Scalars: a quoted or block scalar is a string. A plain one is null (`~`, `null`, nothing), a
// boolean (`true`, `yes`, `on` and their opposites), a decimal number as JSON writes it, or else a
// string with the text as written: so are dates
// (`2012-10-17`), hexadecimal, octal and base-60 numbers. An octal number is a problem besides,
// since CloudFormation takes an account id `012345670123` for 1402433619.
//
// Tags: `!Name content` is the object {"Fn::Name": content}, but {"Ref": …} and {"Condition": …}
// without prefix;
// `!GetAtt a.b.c` is {"Fn::GetAtt": ["a", "b.c"]}. The content of a tagged scalar is always a
// string. (As in
// https://github.com/aws/aws-cli/blob/develop/awscli/customizations/cloudformation/yamlhelper.py)
//
// Aliases are expanded and `<<` is merged, as `aws cloudformation package` does before it sends a
// template; CloudFormation itself takes neither.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/result.h"
#include "model/value.h"
#include "parsers/text/limits.h"

namespace preview::text {

struct YamlOptions {
  Limits limits;
  std::uint32_t file = 0;  // index into SourceFiles that places refer to
};

// Parses the one document of `text`; a text that is valid JSON is read as JSON. Errors: not YAML
// (with line and column), no document or several, deeper or larger than the limits, an alias within
// its own anchor, a key that is a list or an object or has a tag, invalid UTF-8, control
// characters. Repeated keys are `problems` (the last one wins), and so are tags that CloudFormation
// does not have (`!!binary`). Symbol letters are replaced by U+FFFD. The place of an object is its
// first key where it has no brace, tag or anchor; that of an empty value is its key's.
[[nodiscard]] model::Result<model::Value> ParseYaml(std::string_view text,
                                                    const YamlOptions& options,
                                                    model::Diagnostics* problems = nullptr);

}  // namespace preview::text
