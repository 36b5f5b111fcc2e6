// Words for what tells readings apart: the fewest named conditions, in the template's order, that
// single a reading out.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "parsers/cloudformation/reading.h"

namespace preview::cloudformation {

namespace {

using Facts = std::map<std::string, bool, std::less<>>;  // words → whether they hold

// A decision in words: `parameter Stage` is `prod`.
std::string DecisionWords(const Decision& decision, bool equal, const model::SymbolTable& symbols) {
  std::string left = decision.left;
  const auto id = model::AsSingleSymbol(left);
  left = id.has_value() ? symbols.Get(*id).name : model::Display(left, symbols);
  return fmt::format("`{}` is {}`{}`", left, equal ? "" : "not ",
                     model::Display(decision.right, symbols));
}

struct Fact {
  std::string key;
  std::string when_true;
  std::string when_false;
};

// All facts of all readings, conditions first, in order of first appearance.
std::vector<Fact> AllFacts(const std::vector<Reading>& readings,
                           const model::SymbolTable& symbols) {
  std::vector<Fact> facts;
  std::set<std::string> seen;
  for (const Reading& reading : readings) {
    for (const auto& [name, value] : reading.conditions) {
      if (!seen.insert(name).second) continue;
      facts.push_back(
          {name, fmt::format("`{}` is true", name), fmt::format("`{}` is false", name)});
    }
  }
  for (const Reading& reading : readings) {
    for (const Decision& decision : reading.decisions) {
      const std::string key = DecisionWords(decision, true, symbols);
      if (!seen.insert(key).second) continue;
      facts.push_back({key, key, DecisionWords(decision, false, symbols)});
    }
  }
  return facts;
}

Facts FactsOf(const Reading& reading, const model::SymbolTable& symbols) {
  Facts facts;
  for (const auto& [name, value] : reading.conditions) facts.emplace(name, value);
  for (const Decision& decision : reading.decisions) {
    facts.emplace(DecisionWords(decision, true, symbols), decision.equal);
  }
  return facts;
}

// Words that hold in all of `own` and, together, in none of `others`.
std::string Words(const std::vector<const Facts*>& own, std::vector<const Facts*> others,
                  const std::vector<Fact>& facts) {
  std::string words;
  for (const Fact& fact : facts) {
    if (others.empty()) break;
    const auto first = own.front()->find(fact.key);
    if (first == own.front()->end()) continue;
    const bool value = first->second;
    const auto has_value = [&](const Facts* reading) {
      const auto found = reading->find(fact.key);
      return found != reading->end() && found->second == value;
    };
    if (!std::all_of(own.begin(), own.end(), has_value)) continue;
    const auto excludes = [&](const Facts* reading) {
      const auto found = reading->find(fact.key);
      return found != reading->end() && found->second != value;
    };
    const std::size_t before = others.size();
    std::erase_if(others, excludes);
    if (others.size() == before) continue;
    if (!words.empty()) words += " and ";
    words += value ? fact.when_true : fact.when_false;
  }
  return words;
}

}  // namespace

std::vector<model::Deployment> TellApart(std::vector<Reading> readings,
                                         const model::SymbolTable& symbols) {
  const std::vector<Fact> facts = AllFacts(readings, symbols);
  std::vector<Facts> by_reading;
  for (const Reading& reading : readings) by_reading.push_back(FactsOf(reading, symbols));
  std::vector<std::vector<std::size_t>> groups;
  std::map<std::string_view, std::size_t> group_of;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto [found, is_new] = group_of.emplace(readings[i].print, groups.size());
    if (is_new) groups.emplace_back();
    groups[found->second].push_back(i);
  }
  std::vector<model::Deployment> deployments;
  for (const std::vector<std::size_t>& group : groups) {
    std::vector<const Facts*> others;
    for (const std::vector<std::size_t>& other : groups) {
      if (&other == &group) continue;
      for (const std::size_t i : other) others.push_back(&by_reading[i]);
    }
    std::vector<const Facts*> own;
    for (const std::size_t i : group) own.push_back(&by_reading[i]);
    std::string when = others.empty() ? std::string() : Words(own, others, facts);
    if (when.empty() && !others.empty()) {
      // Nothing holds in all of them: one after the other.
      std::set<std::string> said;
      for (const std::size_t i : group) {
        const std::string words = Words({&by_reading[i]}, others, facts);
        if (words.empty() || !said.insert(words).second) continue;
        when += when.empty() ? words : " or " + words;
      }
    }
    readings[group.front()].deployment.when = std::move(when);
  }
  for (const std::vector<std::size_t>& group : groups) {
    deployments.push_back(std::move(readings[group.front()].deployment));
  }
  return deployments;
}

}  // namespace preview::cloudformation
