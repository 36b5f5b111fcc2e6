// Which services resource control policies of an organization reach.
#pragma once

#include <string_view>

namespace preview::access {

// Whether resource control policies act on a service, by the prefix of its actions. For any other
// nothing may be subtracted.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
[[nodiscard]] bool SupportsResourceControl(std::string_view service);

}  // namespace preview::access
