#include "preview/access/space.h"

#include <algorithm>

#include "preview/access/fused_keys.h"
#include "preview/access/key_atoms.h"
#include "preview/access/keys.h"
#include "preview/access/user_ids.h"

namespace preview::access {

namespace {

// A value that looks like one of the key's kind.
std::string ExampleOf(const rules::ConditionKey* key) {
  if (key == nullptr) return "x";
  switch (key->type) {
    case rules::KeyType::kIp:
      return "203.0.113.10";  // https://www.rfc-editor.org/rfc/rfc5737
    case rules::KeyType::kNumber:
      return "1";
    case rules::KeyType::kDate:
      return "2026-01-01T00:00:00Z";
    case rules::KeyType::kArn:
    case rules::KeyType::kBinary:
    case rules::KeyType::kBool:
    case rules::KeyType::kString:
      return "x";
  }
  return "x";
}

void SetAll(const Dimension& dimension, Box& box) {
  for (std::size_t i = 0; i < dimension.atoms.size(); ++i) {
    box[dimension.offset + i / 64] |= Word{1} << (i % 64);
  }
}

}  // namespace

Space::Space(const std::vector<const Layer*>& layers, const SpaceOptions& options)
    : options_(options) {
  CompileTests(layers);
  OpenSymbols();
  MakeCallers(layers);
  MakeKeyDimensions();
  MakeResourceDimensions(layers);
  LayOut();
  IndexCallers();
  IndexValues();
  MakeOutside();
}

std::optional<std::string> Space::Constant(std::string_view key) const {
  auto found = options_.constants.find(std::string(key));
  if (found != options_.constants.end()) return found->second;
  if (key == "aws:resourceaccount" || key == "s3:resourceaccount")
    return options_.environment.account;
  if (key == "aws:resourceorgid" && options_.zone->IsOrganization())
    return options_.zone->organization;
  return std::nullopt;
}

VariableText Space::Variables() const {
  return [this](std::string_view name) { return Constant(ToLower(name)); };
}

void Space::CompileTests(const std::vector<const Layer*>& layers) {
  VariableText variables = Variables();
  for (const Layer* layer : layers) {
    for (const Rule& rule : layer->rules) {
      auto& tests = tests_[&rule];
      rules_.push_back(&rule);
      for (model::Condition condition : rule.statement.conditions) {
        // A key with one known value compared with a lone variable is a test on the variable's key.
        auto constant = Constant(ToLower(condition.key));
        bool lone = constant && rule.variables && condition.values.size() == 1 &&
                    condition.values[0].starts_with("${") && condition.values[0].ends_with('}') &&
                    condition.values[0].find('}') == condition.values[0].size() - 1 &&
                    condition.values[0].find(',') == std::string::npos;
        if (lone &&
            !Constant(ToLower(condition.values[0].substr(2, condition.values[0].size() - 3)))) {
          condition.key = condition.values[0].substr(2, condition.values[0].size() - 3);
          condition.values[0] = *constant;
        }
        tests.push_back(CompileTest(condition, rule.variables, variables));
      }
      auto& matchers = matchers_[&rule];
      for (const model::PrincipalEntry& entry : rule.statement.principals)
        matchers.push_back(MatcherOf(entry));
    }
  }
}

void Space::OpenSymbols() {
  auto is_open = [&](const Element& element) {
    if (element.kind != ElementKind::kLetter) return false;
    auto id = model::SymbolOfLetter(element.letter);
    return id && options_.symbols != nullptr &&
           options_.symbols->Get(*id).form == model::SymbolForm::kText;
  };
  for (const Rule* rule : rules_) {
    for (const Test& test : tests_[rule]) {
      bool open = false;
      for (const TestValue& value : test.values) {
        bool here =
            std::any_of(value.pattern.elements.begin(), value.pattern.elements.end(), is_open);
        open = open || here;
        if (value.pattern.is_literal && !here) named_[test.key].insert(value.pattern.literal);
      }
      if (!open) continue;
      Test copy = test;
      copy.literals.clear();
      for (TestValue& value : copy.values) {
        if (std::any_of(value.pattern.elements.begin(), value.pattern.elements.end(), is_open)) {
          value.pattern = WithOpenSymbols(value.pattern);
        }
      }
      opened_.emplace(&test, std::move(copy));
    }
  }
}

void Space::MakeCallers(const std::vector<const Layer*>& layers) {
  CallersRequest request;
  request.zone = options_.zone;
  request.partition = options_.environment.partition;
  // Access Analyzer does not ask whether a service takes unsigned calls (inferred), and neither do
  // we.
  request.anonymous = true;
  request.max_atoms = options_.max_atoms;
  request.steps = &walk_steps_;
  for (const Layer* layer : layers) {
    for (const Rule& rule : layer->rules) {
      for (const PrincipalMatcher& matcher : matchers_[&rule]) request.matchers.push_back(matcher);
      for (const Test& test : tests_[&rule]) {
        if (test.key == "aws:username" || test.key == "aws:userid" ||
            test.key == "aws:principaltype")
          request.kinds_matter = true;
        bool text = test.family == Family::kString || test.family == Family::kArn;
        bool view = test.key == "aws:principalarn" || test.key == "aws:principalaccount" ||
                    test.key == "kms:calleraccount";
        if (view && text) request.tests.push_back(&test);
      }
    }
  }
  bool complete = true;
  callers_ = FindCallers(request, complete);
  Dimension dimension;
  static const std::vector<std::string> kViews = {"aws:principalarn",
                                                  "aws:principalaccount",
                                                  "kms:calleraccount",
                                                  "aws:principaltype",
                                                  "aws:principalisawsservice",
                                                  "aws:principalservicename",
                                                  "aws:principalservicenameslist"};
  dimension.keys = kViews;
  dimension.multivalued = {false, false, false, false, false, false, true};
  if (!complete) {
    complete_ = false;
    Caller rest;
    rest.arn = "arn:" + options_.environment.partition + ":iam::999999999999:role/other";
    rest.account = "999999999999";
    rest.example = true;
    dimension.rest = callers_.size();
    callers_.push_back(rest);
  }
  for (const Caller& caller : callers_) {
    std::vector<ContextValue> values;
    values.reserve(kViews.size());
    for (const std::string& key : kViews) values.push_back(CallerView(key, caller));
    dimension.atoms.push_back(std::move(values));
  }
  AddDimension(std::move(dimension));
}

void Space::AddDimension(Dimension dimension) {
  for (std::size_t i = 0; i < dimension.keys.size(); ++i) {
    key_index_[dimension.keys[i]] = {dimensions_.size(), i};
  }
  dimensions_.push_back(std::move(dimension));
  form_of_atom_.emplace_back();
}

void Space::MakeKeyDimensions() {
  // Ordered by key, so that the same input gives the same space.
  std::map<std::string, std::vector<const Test*>> by_key;
  for (const Rule* rule : rules_) {
    for (const Test& test : tests_[rule]) {
      if (!IsCallerView(test.key)) by_key[test.key].push_back(&test);
    }
  }
  FusedRequest request{by_key, options_.max_atoms, *options_.zone, &walk_steps_};
  for (FusedDimension& fused : MakeFusedDimensions(request)) {
    Dimension dimension;
    dimension.keys = std::move(fused.keys);
    dimension.multivalued = std::move(fused.multivalued);
    dimension.atoms = std::move(fused.atoms);
    if (!fused.complete) {
      complete_ = false;
      dimension.rest = dimension.atoms.size();
      dimension.atoms.push_back(dimension.atoms.back());
    }
    for (const std::string& key : dimension.keys) by_key.erase(key);
    AddDimension(std::move(dimension));
  }
  for (const auto& [key, tests] : by_key) AddKeyDimension(key, tests);
}

void Space::AddKeyDimension(const std::string& key, const std::vector<const Test*>& tests) {
  Dimension dimension;
  dimension.keys = {key};
  if (auto constant = Constant(key)) {
    dimension.multivalued = {false};
    dimension.atoms.push_back({ContextValue(std::vector<std::string>{*constant})});
    return AddDimension(std::move(dimension));
  }
  const rules::ConditionKey* known = rules::FindConditionKey(key);
  bool set_operators = std::any_of(tests.begin(), tests.end(), [](const Test* test) {
    return test->quantifier != Quantifier::kNone;
  });
  // A key that nobody described and that a set operator asks may have one value or several.
  bool multivalued = known != nullptr ? known->multivalued : set_operators;
  dimension.multivalued = {known != nullptr && known->multivalued};
  SingleValueRequest request;
  request.tests = tests;
  request.boolean = known != nullptr && known->type == rules::KeyType::kBool;
  request.max_atoms = options_.max_atoms;
  request.steps = &walk_steps_;
  request.universe = KeyUniverse(key);
  request.example = ExampleOf(known);
  if (auto further = options_.further_values.find(key); further != options_.further_values.end()) {
    request.literals = further->second;
  }
  AddOwnValues(key, request);
  if (key == "aws:userid") CutUserIds(*options_.zone, request);
  KeyAtoms atoms = SingleValueAtoms(request);
  if (key == "aws:userid") SettleUserIds(tests, atoms);
  bool complete = atoms.complete;
  if (multivalued) {
    atoms = ValueSetAtoms(tests, atoms.values, options_.max_atoms);
    complete = complete && atoms.complete;
  }
  if (!IsAlwaysPresent(key)) dimension.atoms.push_back({ContextValue()});
  if (key == "aws:userid")
    dimension.atoms.push_back({ContextValue(std::vector<std::string>{"anonymous"})});
  for (ContextValue& value : atoms.values) {
    bool trusted = std::any_of(value->begin(), value->end(), [&](const std::string& text) {
      return Trusted(key, text) || !IsPossibleValue(key, text);
    });
    if (!trusted) dimension.atoms.push_back({std::move(value)});
  }
  if (!complete) {
    complete_ = false;
    dimension.rest = dimension.atoms.size();
    dimension.atoms.push_back({ContextValue(std::vector<std::string>{"x"})});
  }
  AddDimension(std::move(dimension));
}

void Space::LayOut() {
  for (Dimension& dimension : dimensions_) {
    dimension.offset = words_;
    dimension.words = (dimension.atoms.size() + 63) / 64;
    words_ += dimension.words;
  }
  everything_.assign(words_, 0);
  for (const Dimension& dimension : dimensions_) SetAll(dimension, everything_);
}

std::optional<std::size_t> Space::DimensionOf(std::string_view key) const {
  auto found = key_index_.find(std::string(key));
  if (found == key_index_.end()) return std::nullopt;
  return found->second.first;
}

const std::vector<Test>& Space::TestsOf(const Rule& rule) const { return tests_.at(&rule); }

const std::vector<PrincipalMatcher>& Space::MatchersOf(const Rule& rule) const {
  return matchers_.at(&rule);
}

}  // namespace preview::access
