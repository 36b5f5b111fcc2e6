#include "preview/access/resource_control.h"

#include <algorithm>
#include <array>

namespace preview::access {

namespace {

// The list of the page that the header names, as it stood in September 2026. OpenSearch Service is
// there under `opensearch` only, the prefix of its applications; a domain's actions (`es:`) are
// therefore left alone, which may report what a policy ends, but hides nothing.
constexpr auto kServices = std::to_array<std::string_view>({
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
});

}  // namespace

bool SupportsResourceControl(std::string_view service) {
  return std::find(kServices.begin(), kServices.end(), service) != kServices.end();
}

}  // namespace preview::access
