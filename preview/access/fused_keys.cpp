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
  out.steps = request.steps;
  if (request.zone.IsOrganization()) {
    out.literals.push_back(request.zone.organization);
  }
  return out;
}

// What a path's pattern says of the organization's id, the text before the first `/`: every
// beginning of the pattern behind which the `/` may stand. `o-1/*` gives `o-1`; `o-*/r-1/*` gives
// `o-` and `o-*`, since its star may as well begin with the `/`.
void AddOrganizationPatterns(const Pattern& path, std::vector<Pattern>& out) {
  Pattern id;
  for (const Element& element : path.elements) {
    bool letter = element.kind == ElementKind::kLetter || element.kind == ElementKind::kLetterFold;
    bool border = element.kind == ElementKind::kLetter && element.letter == U'/';
    if (border || !letter) out.push_back(id);
    if (border) return;
    id.elements.push_back(element);
    if (!letter) out.push_back(id);
  }
}

KeyAtoms Organizations(const FusedRequest& request, const std::string& id_key,
                       const Tests& path_tests) {
  SingleValueRequest ids = RequestFor(request, id_key, TestsOn(request, id_key));
  for (const Test* test : path_tests) {
    for (const TestValue& value : test->values) {
      if (!value.pattern.is_literal) {
        AddOrganizationPatterns(value.pattern, ids.patterns);
        continue;
      }
      ids.literals.push_back(value.pattern.literal.substr(0, value.pattern.literal.find('/')));
    }
  }
  return SingleValueAtoms(ids);
}

// The paths in one organization, of which `/r-root/ou-other/` is shown where it is as good as any.
KeyAtoms PathsIn(const std::string& organization, const Tests& tests, const FusedRequest& request) {
  SingleValueRequest paths;
  paths.tests = tests;
  paths.max_atoms = request.max_atoms;
  paths.steps = request.steps;
  PatternOptions plain;
  Pattern inside = CompilePattern(organization + "/", plain);
  inside.is_literal = false;
  inside.literal.clear();
  inside.elements.push_back({ElementKind::kAny, 0, false});
  paths.universe = {inside};
  KeyAtoms out = SingleValueAtoms(paths);
  ContextValue usual = One(organization + "/r-root/ou-other/");
  auto alike = [&](const ContextValue& value) {
    return std::all_of(tests.begin(), tests.end(), [&](const Test* test) {
      return std::all_of(test->values.begin(), test->values.end(), [&](const TestValue& wanted) {
        return ValueMatches(*test, wanted, value->front(), VariableReading::kMay) ==
               ValueMatches(*test, wanted, usual->front(), VariableReading::kMay);
      });
    });
  };
  auto same = std::find_if(out.values.begin(), out.values.end(), alike);
  if (same != out.values.end()) *same = usual;
  std::erase_if(out.values, [&](const ContextValue& value) {
    return !value->front().starts_with(organization + "/");
  });
  return out;
}

// An organization and the paths of one account in it. Without an organization there is no path;
// with one there is. Organizations are told apart by their id and by the beginning of their paths,
// and every one has all the paths that some pattern tells apart: `o-*/r-1/*` is met in each.
std::optional<FusedDimension> Organization(const FusedRequest& request, const std::string& id_key,
                                           const std::string& paths_key) {
  const Tests& path_tests = TestsOn(request, paths_key);
  if (path_tests.empty()) return std::nullopt;
  FusedDimension out;
  out.keys = {id_key, paths_key};
  out.multivalued = {false, true};
  KeyAtoms ids = Organizations(request, id_key, path_tests);
  out.complete = ids.complete;
  out.atoms.push_back({ContextValue(), ContextValue()});
  for (const ContextValue& id : ids.values) {
    const std::string& organization = id->front();
    bool own = request.zone.IsOrganization() && organization == request.zone.organization;
    if (own || organization.empty() || !IsPossibleValue(id_key, organization)) continue;
    KeyAtoms paths = PathsIn(organization, path_tests, request);
    KeyAtoms sets = ValueSetAtoms(path_tests, paths.values, request.max_atoms);
    out.complete = out.complete && paths.complete && sets.complete;
    if (out.atoms.size() + sets.values.size() > request.max_atoms) {
      out.complete = false;
      break;
    }
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
  age_request.example = "60";
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
