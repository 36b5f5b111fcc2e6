// data.aws_iam_policy_document: from its arguments to the document that the provider will make of
// them.
//
// Follows the provider's own code, in which documents are merged statement by statement, by Sid:
// https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_document_data_source.go
// https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_model.go
#pragma once

#include "model/value.h"

namespace preview::terraform {

// An object `{Version, Id, Statement}` out of the `statement` blocks, `version` and `policy_id`
// among `attributes`; merged with no other document yet. A statement of which too much is unknown
// is an unknown value in the list; the whole is unknown when `statement` is. The place of every
// statement is that of its block.
[[nodiscard]] model::Value DocumentOfArguments(const model::Value& attributes);

// A document without statements and version, to merge into.
[[nodiscard]] model::Value EmptyDocument();

// Merges `newer` into `document`: the newer Id and the higher version win, a statement whose Sid is
// there already takes that one's place, all others are appended. An unknown `newer` appends one
// unknown statement.
void MergeDocument(model::Value& document, const model::Value& newer);

}  // namespace preview::terraform
