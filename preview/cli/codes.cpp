#include "preview/cli/codes.h"

namespace preview::cli {
namespace {

constexpr CodeText kCodes[] = {
    {"PV001", "public access",
     "Anybody may do this: the principal is `*`, and no condition ties the access to a fixed "
     "account,\n"
     "organization, network or source. What counts as fixed is S3's \"meaning of public\", which "
     "is used\n"
     "for every type.",
     R"({
  "Effect": "Allow",
  "Principal": "*",
  "Action": "s3:GetObject",
  "Resource": "arn:aws:s3:::site/*"
})",
     "Name the accounts or roles that need it, add a condition with a fixed value "
     "(`aws:PrincipalOrgID`,\n"
     "`aws:SourceAccount`, `aws:SourceVpce`), or for a bucket turn on its public access block.",
     "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
     "access-control-block-public-access.html\n"
     "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"},
    {"PV002", "access from another account",
     "A principal of an account outside the zone of trust may do this: the account itself, or one "
     "of its\n"
     "roles or users. So is a `*` that a condition narrows to something outside.",
     R"({
  "Effect": "Allow",
  "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
  "Action": "sqs:SendMessage",
  "Resource": "*"
})",
     "If the account is yours, say so with `--trust 999999999999` or `trust:` in .preview.yaml, or "
     "make\n"
     "the organization the zone of trust with `--organization`. Else take the principal out, or "
     "name the\n"
     "one role that needs it.",
     "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html"},
    {"PV003", "access from another organization",
     "Principals of a whole organization (or an organizational unit) outside the zone of trust may "
     "do this,\n"
     "by `aws:PrincipalOrgID`, `aws:PrincipalOrgPaths` or a sharing list. Under an account as the "
     "zone of\n"
     "trust that includes the account's own organization.",
     R"({
  "Effect": "Allow",
  "Principal": "*",
  "Action": "sns:Publish",
  "Resource": "*",
  "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-abcde12345"}}
})",
     "If the organization is yours, run with `--organization o-abcde12345`. Else name accounts.",
     "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"},
    {"PV004", "access for federated identities",
     "Identities of a provider (SAML, OpenID Connect, Cognito) may do this. The provider may be "
     "registered\n"
     "in your own account: the people and jobs behind it are outside.",
     R"({
  "Effect": "Allow",
  "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
  "Action": "sts:AssumeRoleWithWebIdentity"
})",
     "Limit the audience and the subject: a condition on `<provider>:aud` and `<provider>:sub` "
     "with fixed\n"
     "values. A role trusted by a provider is reported all the same: accept it if it is meant.",
     "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html\n"
     "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html"},
    {"PV005", "access for a canonical user or ACL group",
     "An S3 canonical user id that is not the owner's, or a predefined group of an ACL "
     "(everybody,\n"
     "everybody with an AWS account), may do this.",
     R"(resource "aws_s3_bucket_acl" "site" {
  bucket = aws_s3_bucket.site.id
  acl    = "public-read"
})",
     "Set `BucketOwnerEnforced` object ownership, which turns ACLs off, and use a bucket policy. "
     "If the id\n"
     "is the owner's own, give it with `--canonical-user`.",
     "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html\n"
     "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"},
    {"PV006", "shared snapshot or image",
     "A snapshot or an image is shared with another account or with everybody. What is encrypted "
     "under a\n"
     "customer key is of use only to who may use the key: the finding says whether the principal "
     "may.",
     R"(resource "aws_snapshot_create_volume_permission" "partner" {
  snapshot_id = aws_ebs_snapshot.data.id
  account_id  = "999999999999"
})",
     "Take the account from the list, or accept the share if it is meant.",
     "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html\n"
     "https://docs.aws.amazon.com/ebs/latest/userguide/share-kms-key.html"},
    {"PV010", "undetermined",
     "Something that bears on access is not known: a value that is decided only at deployment, an "
     "import or\n"
     "a template that is not at hand, a form that the program cannot read. It is neither safe nor "
     "a\n"
     "finding, and the exit status says so (3).",
     R"(policy = jsonencode({
  Statement = [{
    Effect    = "Allow"
    Principal = { AWS = aws_organizations_account.new.id }   # known after apply
    Action    = "sqs:SendMessage"
  }]
}))",
     "The entry says what would decide it: a parameter, `--import`, `--source`, a name in place of "
     "an ARN.\n"
     "`--undetermined warn` lets a run pass in spite of it.",
     "https://developer.hashicorp.com/terraform/internals/json-format"},
    {"PV020", "malformed policy",
     "A statement that the service would reject: a missing or unknown element, a value of the "
     "wrong type, an\n"
     "unknown operator. It is left out; whatever else the resource grants is still decided.",
     R"({
  "Effect": "Alow",
  "Principal": "*",
  "Action": "sqs:SendMessage"
})",
     "Correct the statement; deploying it would fail.",
     "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"},
};

}  // namespace

std::span<const CodeText> CodeTexts() { return kCodes; }

}  // namespace preview::cli
