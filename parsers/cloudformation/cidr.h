// Fn::Cidr for IPv4.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preview::cloudformation {

// The first `count` blocks of `bits` host bits each within `block` (`10.0.0.0/16`, 2,
// 8: 10.0.0.0/24, 10.0.1.0/24). Nothing when `block` is no IPv4 block or holds fewer. At most 256
// blocks, as CloudFormation has it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
[[nodiscard]] std::optional<std::vector<std::string>> SplitCidr(std::string_view block,
                                                                std::size_t count,
                                                                std::size_t bits);

}  // namespace preview::cloudformation
