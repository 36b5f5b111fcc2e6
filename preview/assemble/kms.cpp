// Grants of KMS keys. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
#include "preview/assemble/passes.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

void AddUnknownPart(const Side& side, Draft& draft, const Resource& grant,
                    const std::string& attribute, const Value& value) {
  model::Undetermined undetermined;
  undetermined.attribute = attribute;
  undetermined.reason = "the grant `" + grant.address + "` is not known in full";
  undetermined.origin = value.text;
  undetermined.hint = "name the principal and the operations in the configuration itself";
  undetermined.place = value.place.known() ? value.place : grant.place;
  side.AddUndetermined(draft, std::move(undetermined));
}

// The text of a principal; an unknown one is said to be.
std::string PrincipalAt(const Side& side, Draft& draft, const Resource& grant,
                        const std::string& attribute) {
  const Value* value = FirstAt(grant.attributes, attribute);
  if (value != nullptr && value->is_unknown()) {
    AddUnknownPart(side, draft, grant, attribute, *value);
  }
  return TextOf(value).value_or("");
}

}  // namespace

void AddKeyGrants(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::KMS::Key");
  if (type == nullptr) return;
  for (const Resource* carrier : side.OfType("aws_kms_grant")) {
    const DraftId id =
        side.ForTarget(*carrier, FirstAt(carrier->attributes, "key_id"), "key_id", *type);
    Draft& draft = side.draft(id);
    model::KmsGrant grant;
    grant.carrier = carrier->address;
    grant.place = carrier->place;
    grant.grantee_principal = PrincipalAt(side, draft, *carrier, "grantee_principal");
    grant.retiring_principal = PrincipalAt(side, draft, *carrier, "retiring_principal");
    for (const Value* operation : ValuesAt(carrier->attributes, "operations")) {
      if (operation->is_unknown()) {
        AddUnknownPart(side, draft, *carrier, "operations", *operation);
      }
      if (auto text = TextOf(operation)) AddOnce(grant.operations, *text);
    }
    draft.configuration.grants.push_back(std::move(grant));
  }
}

}  // namespace preview::assemble
