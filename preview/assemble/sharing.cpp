#include "preview/assemble/sharing.h"

#include "model/symbol.h"
#include "preview/assemble/passes.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

// Lake Formation's groups: the own account's principals, and `123456789012:IAMPrincipals` for
// another account's.
// https://docs.aws.amazon.com/lake-formation/latest/dg/granting-catalog-permissions.html
constexpr std::string_view kOwnPrincipals = "IAM_ALLOWED_PRINCIPALS";
constexpr std::string_view kAccountPrincipals = ":IAMPrincipals";

// CodeBuild's visibility of a project whose builds everyone sees.
constexpr std::string_view kPublicBuilds = "PUBLIC_READ";

bool IsServicePrincipal(std::string_view text) {
  return text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn");
}

Value WithPlace(std::string text, const Value& from) {
  Value value = Value::String(std::move(text));
  value.place = from.place;
  value.sensitive = from.sensitive;
  return value;
}

// `all` is EC2's and RDS's word for everyone, `All` is Systems Manager's, `*` is that of endpoint
// services.
void AddEntry(model::Sharing& sharing, const Value& entry) {
  if (!sharing.place.known()) sharing.place = entry.place;
  if (entry.is_unknown()) {
    sharing.principals.push_back(entry);
    return;
  }
  for (std::string& text : SplitAtCommas(TextOf(&entry).value_or(""))) {
    if (IsServicePrincipal(text) || text == kOwnPrincipals) continue;
    if (text.ends_with(kAccountPrincipals)) text.resize(text.size() - kAccountPrincipals.size());
    if (text == "*" || EqualsWithoutCase(text, "all")) {
      sharing.everyone = true;
    } else if (text.find(":organizations:") != std::string::npos) {
      sharing.organizations.push_back(WithPlace(std::move(text), entry));
    } else {
      sharing.principals.push_back(WithPlace(std::move(text), entry));
    }
  }
}

// Where organizations are listed, organizational units are beside them.
std::string UnitsBeside(std::string_view path) {
  struct Row {
    std::string_view organizations;
    std::string_view units;
  };
  constexpr Row kRows[] = {{"organization_arn", "organizational_unit_arn"},
                           {"organization_arns", "organizational_unit_arns"},
                           {"OrganizationArns", "OrganizationalUnitArns"}};
  const std::size_t last = path.rfind('.') + 1;  // 0 where there is no dot
  for (const Row& row : kRows) {
    if (path.substr(last) == row.organizations) {
      return std::string(path.substr(0, last)) + std::string(row.units);
    }
  }
  return {};
}

// Of actions that are not all known the share is taken to be of all.
void AddActions(model::Sharing& sharing, const std::vector<const Value*>& actions) {
  for (const Value* action : actions) {
    auto text = TextOf(action);
    if (!text) return sharing.actions.clear();
    sharing.actions.push_back(std::move(*text));
  }
}

void Keep(Draft& draft, const Resource& carrier, model::Sharing sharing) {
  if (!sharing.everyone && sharing.principals.empty() && sharing.organizations.empty()) return;
  sharing.carrier = carrier.address;
  if (!sharing.place.known()) sharing.place = carrier.place;
  draft.configuration.shares.push_back(std::move(sharing));
}

// What a share holds, as notes: the share itself is what is analysed.
void NoteSharedResource(Side& side, Draft& draft, const Resource& carrier, const Value& shared) {
  if (auto text = TextOf(&shared)) {
    side.AddNote(draft, carrier, "the share holds `" + *text + "`");
  }
}

}  // namespace

void AddSharing(Draft& draft, const Resource& carrier, const ShareAttributes& attributes) {
  model::Sharing sharing;
  for (const Value* entry : ValuesAt(carrier.attributes, attributes.accounts)) {
    AddEntry(sharing, *entry);
  }
  // A list of both kinds has been sorted by then.
  if (attributes.organizations != attributes.accounts) {
    const std::string paths =
        std::string(attributes.organizations) + "," + UnitsBeside(attributes.organizations);
    for (const Value* entry : ValuesAt(carrier.attributes, paths)) {
      if (IsGiven(entry)) sharing.organizations.push_back(*entry);
    }
  }
  for (const Value* entry : ValuesAt(carrier.attributes, attributes.group)) {
    // Any other group (a product code's, for one) is nobody from outside by itself.
    // Which group it will be is open: somebody who is not known.
    const std::string group = TextOf(entry).value_or("");
    if (entry->is_unknown() || model::HasSymbol(group)) sharing.principals.push_back(*entry);
    if (EqualsWithoutCase(group, "all") || group == kPublicBuilds) sharing.everyone = true;
  }
  AddActions(sharing, ValuesAt(carrier.attributes, attributes.actions));
  Keep(draft, carrier, std::move(sharing));
}

// Principals of a RAM share come through the catalogue's bindings; this adds what is in the share.
// https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html
void AddResourceShares(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::RAM::ResourceShare");
  if (type == nullptr) return;
  struct Row {
    std::string_view iac_type;
    std::string_view share;
    std::string_view shared;
  };
  constexpr Row kAssociations[] = {
      {"aws_ram_resource_association", "resource_share_arn", "resource_arn"},
      {"AWS::RAM::ResourceAssociation", "ResourceShareArn", "ResourceArn"},
  };
  for (const Row& row : kAssociations) {
    for (const Resource* carrier : side.OfType(row.iac_type)) {
      const Value* share = FirstAt(carrier->attributes, row.share);
      const Link link = side.links().Find(*carrier, share, [&](const Resource& resource) {
        return side.IsA(resource, type->name);
      });
      if (link.kind != Link::Kind::kResource || link.resource->from_data_source) continue;
      Draft& draft = side.draft(side.ForResource(*link.resource, *type));
      for (const Value* shared : ValuesAt(carrier->attributes, row.shared)) {
        NoteSharedResource(side, draft, *carrier, *shared);
      }
    }
  }
  for (const Resource* share : side.OfType("AWS::RAM::ResourceShare")) {
    Draft& draft = side.draft(side.ForResource(*share, *type));
    for (const Value* shared : ValuesAt(share->attributes, "ResourceArns")) {
      NoteSharedResource(side, draft, *share, *shared);
    }
  }
}

}  // namespace preview::assemble
