// Input for the benchmarks: lines as `preview batch` takes them, the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace preview::bench {

// The synthetic policies of the literature (AccessRefinery, FSE 2026): n statements, principal
// globs that overlap in pairs, source ARNs that do not; with `networks` also networks nested in
// each other. They have n × n findings.
[[nodiscard]] std::string LiteratureLine(std::size_t n, bool networks);

// A policy of about 1 KB as people write them: own roles, services, a Deny of requests without TLS,
// and in a third of them somebody outside.
[[nodiscard]] std::string RealisticLine(std::uint64_t seed);

// Policies made to be hard, by family and size.
enum class Family {
  kSatisfiability,  // 3-SAT at the threshold, a Deny a clause
  kPigeonholes,     // n + 1 tags in n values, a Deny a pair
  kBoxes,           // Denies that are partial in five keys
  kStars,           // globs with n stars
  kTails,           // `*a` and n `?`
  kLetters,         // n independent `*x*`
  kLadder,          // NotResource with `?`, `??`, … up to n
  kAnyValues,       // ForAnyValue and ForAllValues over one key
  kProducts,        // n values in each of two tracked keys: n × n findings
  kSixKeys,         // n globs in each of six tracked keys
  kAccounts,        // n accounts in one Principal
  kOrganization,    // an organization of n accounts, beside a glob
  kNetworks,        // n networks, every other one denied
  kStatements,      // n statements, each with a role pattern and a VPC
};
[[nodiscard]] std::string AdversarialLine(Family family, std::size_t n);

}  // namespace preview::bench
