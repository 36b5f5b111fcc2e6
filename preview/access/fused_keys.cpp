#include "preview/access/fused_keys.h"

#include <algorithm>
#include <set>

#include "preview/access/key_atoms.h"
#include "preview/access/keys.h"

namespace preview::access {

namespace {

using Tests = std::vector<const Test*>;

const Tests& TestsOn(const FusedRequest& request, const std::string& key) {
  static const Tests kNone;
  auto found = request.by_key.find(key);
  return found == request.by_key.end() ? kNone : found->second;
}

ContextValue One(std::string text) { return std::vector<std::string>{std::move(text)}; }

SingleValueRequest RequestFor(const FusedRequest& request, const std::string& key,
                              const Tests& tests) {
  SingleValueRequest out;
  out.tests = tests;
  out.universe = KeyUniverse(key);
  out.max_atoms = request.max_atoms;
  if (request.zone.IsOrganization()) {
    out.literals.push_back(request.zone.organization + (key.ends_with("paths") ? "/r-root/" : ""));
  }
  return out;
}

// An organization and the paths of one account in it. Without an organization there is no path;
// with one there is.
std::optional<FusedDimension> Organization(const FusedRequest& request, const std::string& id_key,
                                           const std::string& paths_key) {
  const Tests& id_tests = TestsOn(request, id_key);
  const Tests& path_tests = TestsOn(request, paths_key);
  if (path_tests.empty()) return std::nullopt;
  FusedDimension out;
  out.keys = {id_key, paths_key};
  out.multivalued = {false, true};
  KeyAtoms ids = SingleValueAtoms(RequestFor(request, id_key, id_tests));
  KeyAtoms paths = SingleValueAtoms(RequestFor(request, paths_key, path_tests));
  out.complete = ids.complete && paths.complete;
  // Every organization that an id or a path names.
  std::set<std::string> organizations;
  for (const ContextValue& id : ids.values) organizations.insert(id->front());
  for (const ContextValue& path : paths.values) {
    organizations.insert(path->front().substr(0, path->front().find('/')));
  }
  bool own = request.zone.IsOrganization();
  out.atoms.push_back({ContextValue(), ContextValue()});
  for (const std::string& organization : organizations) {
    if (organization.empty() || !IsPossibleValue(id_key, organization) ||
        (own && organization == request.zone.organization))
      continue;
    std::vector<ContextValue> inside;
    bool generic = false;
    for (const ContextValue& path : paths.values) {
      if (path->front().substr(0, path->front().find('/')) != organization) continue;
      inside.push_back(path);
      generic = generic || path->front().find('/') == std::string::npos;
    }
    if (!generic) inside.push_back(One(organization + "/r-root/ou-other/"));
    KeyAtoms sets = ValueSetAtoms(path_tests, inside, request.max_atoms);
    out.complete = out.complete && sets.complete;
    for (ContextValue& set : sets.values) out.atoms.push_back({One(organization), std::move(set)});
  }
  return out;
}

std::optional<FusedDimension> MultiFactor(const FusedRequest& request) {
  const Tests& age_tests = TestsOn(request, "aws:multifactorauthage");
  if (age_tests.empty()) return std::nullopt;
  FusedDimension out;
  out.keys = {"aws:multifactorauthpresent", "aws:multifactorauthage"};
  out.multivalued = {false, false};
  out.atoms.push_back({ContextValue(), ContextValue()});
  out.atoms.push_back({One("false"), ContextValue()});
  out.atoms.push_back({One("true"), ContextValue()});
  SingleValueRequest age_request;
  age_request.tests = age_tests;
  age_request.max_atoms = request.max_atoms;
  KeyAtoms ages = SingleValueAtoms(age_request);
  out.complete = ages.complete;
  for (ContextValue& age : ages.values) out.atoms.push_back({One("true"), std::move(age)});
  return out;
}

std::optional<FusedDimension> Time(const FusedRequest& request) {
  FusedDimension out;
  out.keys = {"aws:currenttime", "aws:epochtime", "aws:tokenissuetime"};
  out.multivalued = {false, false, false};
  std::set<std::int64_t> breakpoints;
  bool any = false;
  for (const std::string& key : out.keys) {
    for (const Test* test : TestsOn(request, key)) {
      any = true;
      for (const TestValue& value : test->values) {
        if (value.date) breakpoints.insert(*value.date);
        if (value.number) {
          if (auto date = ParseDate(ToText(*value.number))) breakpoints.insert(*date);
        }
      }
    }
  }
  if (!any) return std::nullopt;
  std::vector<std::string> times = DateExamples({breakpoints.begin(), breakpoints.end()});
  bool issued = !TestsOn(request, "aws:tokenissuetime").empty();
  auto epoch = [](const std::string& date) { return std::to_string(*ParseDate(date) / 1'000'000); };
  for (std::size_t now = 0; now < times.size(); ++now) {
    out.atoms.push_back({One(times[now]), One(epoch(times[now])), ContextValue()});
    for (std::size_t then = 0; issued && then <= now; ++then) {
      out.atoms.push_back({One(times[now]), One(epoch(times[now])), One(times[then])});
    }
    if (out.atoms.size() > request.max_atoms) {
      out.complete = false;
      break;
    }
  }
  return out;
}

}  // namespace

std::vector<FusedDimension> MakeFusedDimensions(const FusedRequest& request) {
  std::vector<FusedDimension> out;
  auto add = [&](std::optional<FusedDimension> dimension) {
    if (dimension) out.push_back(std::move(*dimension));
  };
  add(Organization(request, "aws:principalorgid", "aws:principalorgpaths"));
  add(Organization(request, "aws:sourceorgid", "aws:sourceorgpaths"));
  add(MultiFactor(request));
  add(Time(request));
  return out;
}

}  // namespace preview::access
