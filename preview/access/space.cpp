#include "preview/access/space.h"

#include <algorithm>
#include <set>

#include "model/check.h"
#include "preview/access/fused_keys.h"
#include "preview/access/key_atoms.h"
#include "preview/access/keys.h"
#include "preview/access/text_classes.h"

namespace preview::access {

namespace {

// Texts that the ARN form of a resource stands for: its ARN and the form's suffix, `*` in it any
// text but the empty one, `**` any text.
Pattern FormPattern(const std::string& arn, std::string_view suffix) {
  Pattern pattern;
  pattern.elements.reserve(arn.size() + suffix.size() + 1);
  for (char32_t letter : Decode(arn))
    pattern.elements.push_back({ElementKind::kLetter, letter, false});
  for (std::size_t i = 0; i < suffix.size(); ++i) {
    if (suffix[i] != '*') {
      pattern.elements.push_back(
          {ElementKind::kLetter, static_cast<unsigned char>(suffix[i]), false});
      continue;
    }
    bool may_be_empty = i + 1 < suffix.size() && suffix[i + 1] == '*';
    if (may_be_empty) ++i;
    if (!may_be_empty) pattern.elements.push_back({ElementKind::kOne, 0, false});
    pattern.elements.push_back({ElementKind::kAny, 0, false});
  }
  return pattern;
}

// `arn:aws:glue:us-east-1:111122223333:` of an ARN: its first five parts.
std::string AccountPart(const std::string& arn) {
  std::size_t end = 0;
  for (int i = 0; i < 5; ++i) {
    auto colon = arn.find(':', end);
    if (colon == std::string::npos) return arn;
    end = colon + 1;
  }
  return arn.substr(0, end);
}

// What the ARNs of the layer's forms begin with and go on with.
std::vector<std::pair<std::string, std::string>> Forms(const Layer& layer,
                                                       const rules::ResourceType& type) {
  std::vector<std::pair<std::string, std::string>> out;
  std::string arn = layer.arn.empty() ? "resource" : layer.arn;
  for (const std::string& suffix : layer.form_suffixes) out.emplace_back(arn, suffix);
  if (!out.empty()) return out;
  for (const rules::ArnForm& form : type.forms) {
    out.emplace_back(form.of_account ? AccountPart(arn) : arn, form.suffix);
  }
  if (out.empty()) out.emplace_back(arn, "");
  return out;
}

// Whether the pattern surely matches every text that begins with `prefix`: it ends in `*`, and what
// stands before that matches a beginning of `prefix`.
bool TakesAllBehind(const Pattern& pattern, std::string_view prefix) {
  const auto& elements = pattern.elements;
  if (elements.empty() || elements.back().kind != ElementKind::kAny || elements.back().variable)
    return false;
  if (pattern.has_variable) return false;
  return Matches(pattern, prefix, VariableReading::kMay);
}

// Whether the pattern may match some text that begins with `prefix`: their first letters agree.
bool MayMeet(const Pattern& pattern, std::string_view prefix) {
  std::u32string letters = Decode(prefix);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i == pattern.elements.size()) return false;
    if (pattern.elements[i].kind != ElementKind::kLetter) return true;
    if (pattern.elements[i].letter != letters[i]) return false;
  }
  return true;
}

// `text` with every symbol as a wildcard.
Pattern Opened(const Pattern& pattern) {
  Pattern out;
  for (const Element& element : pattern.elements) {
    bool symbol = element.kind == ElementKind::kLetter && model::IsSymbolLetter(element.letter);
    out.elements.push_back(symbol ? Element{ElementKind::kAny, 0, false} : element);
  }
  return out;
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
          value.pattern = Opened(value.pattern);
        }
      }
      opened_.emplace(&test, std::move(copy));
    }
  }
}

bool Space::HoldsFor(const Test& test, const ContextValue& value, bool multivalued, bool largest,
                     bool& approximate) const {
  VariableReading reading = largest ? VariableReading::kMay : VariableReading::kNever;
  bool holds = Holds(test, value, multivalued, reading);
  auto opened = opened_.find(&test);
  if (opened == opened_.end() || !value || multivalued || value->empty()) return holds;
  auto names = named_.find(test.key);
  if (names == named_.end() || !names->second.contains(value->front())) return holds;
  // A text that the policy names and a symbol may turn out to be the same: an Allow then takes it
  // in, a Deny that spares the symbol spares it.
  bool may = Holds(opened->second, value, multivalued, reading);
  bool result = largest ? holds || may : holds && (!test.negated || may);
  approximate = approximate || result != holds;
  return result;
}

void Space::MakeCallers(const std::vector<const Layer*>& layers) {
  CallersRequest request;
  request.zone = options_.zone;
  request.partition = options_.environment.partition;
  // Access Analyzer does not ask whether a service takes unsigned calls (inferred), and neither do
  // we.
  request.anonymous = true;
  request.max_atoms = options_.max_atoms;
  for (const Layer* layer : layers) {
    for (const Rule& rule : layer->rules) {
      for (const PrincipalMatcher& matcher : matchers_[&rule]) request.matchers.push_back(matcher);
      for (const Test& test : tests_[&rule]) {
        if (test.key == "aws:username" || test.key == "aws:principaltype")
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

bool Space::Trusted(std::string_view key, const std::string& text) const {
  const model::ZoneOfTrust& zone = *options_.zone;
  if (key == "aws:sourceaccount" || key == "aws:sourceowner") return zone.Contains(text);
  if (key == "aws:sourcearn") {
    return zone.Contains(AccountOfArn(text)) || zone.own_arns.contains(text);
  }
  if (!zone.IsOrganization()) return false;
  if (key == "aws:sourceorgid" || key == "aws:principalorgid") return text == zone.organization;
  if (key == "aws:sourceorgpaths" || key == "aws:principalorgpaths") {
    return text.starts_with(zone.organization + "/");
  }
  return false;
}

void Space::MakeKeyDimensions() {
  // Ordered by key, so that the same input gives the same space.
  std::map<std::string, std::vector<const Test*>> by_key;
  for (const Rule* rule : rules_) {
    for (const Test& test : tests_[rule]) {
      if (!IsCallerView(test.key)) by_key[test.key].push_back(&test);
    }
  }
  FusedRequest request{by_key, options_.max_atoms, *options_.zone};
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

// What is inside the zone gets classes of its own, so that an example from outside is found
// wherever there is one.
void Space::AddOwnValues(const std::string& key, SingleValueRequest& request) const {
  const model::ZoneOfTrust& zone = *options_.zone;
  constexpr std::size_t kMaxOwn = 64;
  std::vector<std::string> accounts{zone.account};
  if (zone.accounts.size() <= kMaxOwn)
    accounts.insert(accounts.end(), zone.accounts.begin(), zone.accounts.end());
  bool account_key = key == "aws:sourceaccount" || key == "aws:sourceowner";
  if (account_key)
    request.literals.insert(request.literals.end(), accounts.begin(), accounts.end());
  if (zone.IsOrganization() && (key == "aws:principalorgid" || key == "aws:sourceorgid")) {
    request.literals.push_back(zone.organization);
  }
  bool globs = std::any_of(request.tests.begin(), request.tests.end(), [](const Test* test) {
    return std::any_of(test->values.begin(), test->values.end(),
                       [](const TestValue& value) { return !value.pattern.is_literal; });
  });
  if (key == "aws:sourcearn" && globs) {
    PatternOptions options;
    options.wildcards = true;
    options.arn = true;
    for (const std::string& account : accounts) {
      if (!account.empty())
        request.patterns.push_back(CompilePattern("arn:*:*:*:" + account + ":*", options));
    }
    for (const std::string& arn : zone.own_arns) {
      bool meant = std::any_of(request.tests.begin(), request.tests.end(), [&](const Test* test) {
        return std::any_of(test->values.begin(), test->values.end(), [&](const TestValue& value) {
          return Matches(value.pattern, arn, VariableReading::kMay);
        });
      });
      if (meant) request.literals.push_back(arn);
    }
  }
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
  request.universe = KeyUniverse(key);
  if (auto further = options_.further_values.find(key); further != options_.further_values.end()) {
    request.literals = further->second;
  }
  AddOwnValues(key, request);
  KeyAtoms atoms = SingleValueAtoms(request);
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

void Space::MakeResourceDimensions(const std::vector<const Layer*>& layers) {
  VariableText variables = Variables();
  std::vector<const Layer*> layer_of(dimensions_.size());
  for (const Layer* layer : layers) {
    for (const Rule& rule : layer->rules) {
      auto& patterns = resources_[&rule];
      for (std::string text : rule.statement.resources) {
        std::string_view shorthand = options_.type->shorthand;
        if (!shorthand.empty() && text.starts_with(shorthand))
          text.replace(0, shorthand.size(), layer->arn + "/");
        patterns.push_back(CompileResource(text, rule.variables, &variables));
      }
    }
    auto same = std::find_if(layer_of.begin(), layer_of.end(), [&](const Layer* other) {
      return other != nullptr && other->arn == layer->arn &&
             other->form_suffixes == layer->form_suffixes;
    });
    resource_dimension_.push_back(static_cast<std::size_t>(same - layer_of.begin()));
    if (same != layer_of.end()) continue;
    layer_of.push_back(layer);
    AddDimension({});
  }
  for (std::size_t d = 1; d < dimensions_.size(); ++d) {
    if (layer_of[d] == nullptr) continue;
    std::vector<const Pattern*> patterns;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      if (resource_dimension_[l] != d) continue;
      for (const Rule& rule : layers[l]->rules) {
        for (const Pattern& pattern : resources_[&rule]) patterns.push_back(&pattern);
      }
    }
    auto forms = Forms(*layer_of[d], *options_.type);
    for (std::size_t form = 0; form < forms.size(); ++form) AddForm(d, form, forms[form], patterns);
  }
}

void Space::AddForm(std::size_t d, std::size_t form,
                    const std::pair<std::string, std::string>& prefix_suffix,
                    const std::vector<const Pattern*>& patterns) {
  const auto& [prefix, suffix] = prefix_suffix;
  Dimension& dimension = dimensions_[d];
  auto add = [&](std::string text) {
    dimension.atoms.push_back({ContextValue(std::vector<std::string>{std::move(text)})});
    form_of_atom_[d].push_back(form);
  };
  if (suffix.find('*') == std::string::npos) return add(prefix + suffix);
  Pattern universe = FormPattern(prefix, suffix);
  TextClassesRequest request;
  request.max_classes = options_.max_atoms;
  request.universe = {&universe};
  // A pattern that takes the whole form tells nothing apart in it.
  std::string whole = prefix + suffix.substr(0, suffix.find('*'));
  for (const Pattern* pattern : patterns) {
    if (!TakesAllBehind(*pattern, whole) && MayMeet(*pattern, whole))
      request.patterns.push_back(pattern);
  }
  if (request.patterns.empty() && suffix.find('*') + 1 == suffix.size())
    return add(whole + "example");
  TextClasses classes = FindTextClasses(request);
  for (std::string& text : classes.examples) add(std::move(text));
  if (!classes.complete) {
    complete_ = false;
    dimension.rest = dimension.atoms.size();
    add(whole + "x");
  }
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

void Space::MakeOutside() {
  bool username = key_index_.contains("aws:username");
  struct World {
    std::vector<CallerKind> kinds;
    bool canonical;
  };
  std::vector<World> worlds;
  if (username) {
    worlds.push_back({{CallerKind::kUser}, false});
    worlds.push_back({{CallerKind::kRole, CallerKind::kRoot, CallerKind::kFederatedUser}, false});
  } else {
    worlds.push_back(
        {{CallerKind::kRole, CallerKind::kRoot, CallerKind::kFederatedUser, CallerKind::kUser},
         false});
  }
  worlds.push_back({{CallerKind::kAnonymous}, false});
  worlds.push_back({{CallerKind::kFederated}, false});
  worlds.push_back(
      {{CallerKind::kRole, CallerKind::kRoot, CallerKind::kFederatedUser, CallerKind::kUser},
       true});
  for (const World& world : worlds) {
    Box box = CallerBox([&](const Caller& caller) {
      bool kind =
          std::find(world.kinds.begin(), world.kinds.end(), caller.kind) != world.kinds.end();
      return kind && caller.canonical.empty() != world.canonical;
    });
    if (EmptyIn(box, 0)) continue;
    bool anonymous = world.kinds.front() == CallerKind::kAnonymous;
    bool federated = world.kinds.front() == CallerKind::kFederated;
    bool absent = anonymous || federated;
    bool user = world.kinds.size() == 1 && world.kinds.front() == CallerKind::kUser;
    for (std::size_t d = 1; d < dimensions_.size(); ++d) {
      const Dimension& dimension = dimensions_[d];
      for (std::size_t i = 0; i < dimension.atoms.size(); ++i) {
        bool fits = true;
        for (std::size_t k = 0; k < dimension.keys.size() && fits; ++k) {
          const std::string& key = dimension.keys[k];
          if (!IsPrincipalKey(key) || Constant(key)) continue;
          const ContextValue& value = dimension.atoms[i][k];
          bool is_anonymous = key == "aws:userid" && value && value->front() == "anonymous";
          if (anonymous && key == "aws:userid") {
            fits = is_anonymous;
          } else if (absent && !(federated && key == "aws:tokenissuetime")) {
            fits = !value;
          } else if (key == "aws:userid") {
            fits = !is_anonymous && (value || world.canonical);
          } else if (key == "aws:username" && !world.canonical) {
            fits = value.has_value() == user;
          }
        }
        if (!fits) ClearAtom(box, d, i);
      }
    }
    if (!Empty(box)) outside_.push_back(std::move(box));
  }
}

bool Space::MayBeOwn(const Pattern& pattern, const std::string& arn) const {
  // Two names of which one is decided only at deployment may be the same, unless both belong to
  // known, different resources of this deployment.
  std::set<std::string> of_pattern;
  std::set<std::string> of_arn;
  bool open = false;
  auto owners = [&](char32_t letter, std::set<std::string>& out) {
    auto id = model::SymbolOfLetter(letter);
    if (!id || options_.symbols == nullptr) return;
    const model::Symbol& symbol = options_.symbols->Get(*id);
    if (symbol.form != model::SymbolForm::kText && symbol.form != model::SymbolForm::kOpaqueId)
      return;
    open = true;
    out.insert(symbol.resource);
  };
  for (const Element& element : pattern.elements) {
    if (element.kind == ElementKind::kLetter) owners(element.letter, of_pattern);
  }
  for (char32_t letter : Decode(arn)) owners(letter, of_arn);
  if (!open) return false;
  bool named = !of_pattern.contains("") && !of_arn.contains("");
  if (named && !of_pattern.empty() && !of_arn.empty() && of_pattern != of_arn) return false;
  PatternOptions plain;
  return Overlap(Opened(pattern), Opened(CompilePattern(arn, plain)));
}

CompiledRule Space::Compile(const Rule& rule, std::size_t layer) const {
  CompiledRule out;
  out.rule = &rule;
  out.approximate = rule.statement.approximate;
  bool allow = rule.statement.effect == model::Effect::kAllow;
  out.box = BoxOf(rule, layer, allow, out.approximate);
  if (!allow && out.approximate) {
    bool ignored = false;
    out.largest = BoxOf(rule, layer, true, ignored);
  }
  return out;
}

Box Space::BoxOf(const Rule& rule, std::size_t layer, bool largest, bool& approximate) const {
  Box box = everything_;
  const auto& matchers = MatchersOf(rule);
  for (std::size_t i = 0; i < callers_.size(); ++i) {
    if (!PrincipalMatches(rule, matchers, callers_[i])) ClearAtom(box, 0, i);
  }
  for (const Test& test : TestsOf(rule)) {
    auto [d, component] = key_index_.at(test.key);
    const Dimension& dimension = dimensions_[d];
    for (const TestValue& value : test.values)
      approximate = approximate || value.pattern.has_variable;
    for (std::size_t i = 0; i < dimension.atoms.size(); ++i) {
      if (!HasAtom(box, d, i)) continue;
      if (!HoldsFor(test, dimension.atoms[i][component], dimension.multivalued[component], largest,
                    approximate)) {
        ClearAtom(box, d, i);
      }
    }
  }
  RestrictToResources(rule, layer, largest, box, approximate);
  // Values beyond a bound: an Allow may reach them; a Deny that looks at the dimension does not.
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    if (!dimensions_[d].rest) continue;
    std::size_t rest = *dimensions_[d].rest;
    if (largest || !LooksAt(rule, layer, d)) {
      box[dimensions_[d].offset + rest / 64] |= Word{1} << (rest % 64);
    } else {
      ClearAtom(box, d, rest);
    }
  }
  return box;
}

bool Space::LooksAt(const Rule& rule, std::size_t layer, std::size_t dimension) const {
  for (const Test& test : TestsOf(rule)) {
    if (key_index_.at(test.key).first == dimension) return true;
  }
  if (dimension == 0) {
    const auto& matchers = MatchersOf(rule);
    return rule.statement.not_principal || rule.signed_only ||
           std::none_of(matchers.begin(), matchers.end(), [](const PrincipalMatcher& matcher) {
             return matcher.form == PrincipalMatcher::Form::kEveryone;
           });
  }
  const auto& patterns = resources_.at(&rule);
  if (dimension != resource_dimension_[layer] || patterns.empty()) return false;
  const std::string& arn = dimensions_[dimension].atoms.front()[0]->front();
  return rule.statement.not_resource ||
         std::none_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
           return TakesAllBehind(pattern, arn.substr(0, arn.find('/')));
         });
}

void Space::RestrictToResources(const Rule& rule, std::size_t layer, bool largest, Box& box,
                                bool& approximate) const {
  const auto& patterns = resources_.at(&rule);
  if (patterns.empty()) return;
  std::size_t d = resource_dimension_[layer];
  bool negated = rule.statement.not_resource;
  // For NotResource the reading of variables turns round with the negation.
  VariableReading reading = negated == largest ? VariableReading::kNever : VariableReading::kMay;
  for (const Pattern& pattern : patterns) approximate = approximate || pattern.has_variable;
  for (std::size_t i = 0; i < dimensions_[d].atoms.size(); ++i) {
    const std::string& arn = dimensions_[d].atoms[i][0]->front();
    bool any = std::any_of(patterns.begin(), patterns.end(),
                           [&](const Pattern& p) { return Matches(p, arn, reading); });
    if (!any && largest && !negated) {
      any = std::any_of(patterns.begin(), patterns.end(),
                        [&](const Pattern& p) { return MayBeOwn(p, arn); });
      approximate = approximate || any;
    }
    if (any == negated) ClearAtom(box, d, i);
  }
}

void Space::RestrictToForm(Box& box, std::size_t layer, std::size_t form) const {
  std::size_t d = resource_dimension_[layer];
  for (std::size_t i = 0; i < form_of_atom_[d].size(); ++i) {
    if (form_of_atom_[d][i] != form) ClearAtom(box, d, i);
  }
}

bool Space::HasForm(std::size_t layer, std::size_t form) const {
  const auto& forms = form_of_atom_[resource_dimension_[layer]];
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

Box Space::ContextBox(const std::string& key, const std::string& text) const {
  Box box = everything_;
  auto found = key_index_.find(key);
  if (found == key_index_.end()) return box;
  auto [d, component] = found->second;
  for (std::size_t i = 0; i < dimensions_[d].atoms.size(); ++i) {
    const ContextValue& value = dimensions_[d].atoms[i][component];
    if (!value || value->front() != text) ClearAtom(box, d, i);
  }
  return box;
}

Box Space::WithoutOwnAccessPoints() const {
  Box box = everything_;
  for (const char* key : {"s3:dataaccesspointarn", "s3:dataaccesspointaccount"}) {
    auto found = key_index_.find(key);
    if (found == key_index_.end()) continue;
    auto [d, component] = found->second;
    for (std::size_t i = 0; i < dimensions_[d].atoms.size(); ++i) {
      const ContextValue& value = dimensions_[d].atoms[i][component];
      if (!value) continue;
      std::string_view account = value->front();
      if (account.starts_with("arn:")) account = AccountOfArn(account);
      if (options_.zone->Contains(account)) ClearAtom(box, d, i);
    }
  }
  return box;
}

std::size_t Space::ResourceDimension(std::size_t layer) const { return resource_dimension_[layer]; }

Box Space::ValueBox(const Test& test, const TestValue& value) const {
  Box box = everything_;
  auto found = key_index_.find(test.key);
  PREVIEW_CHECK(found != key_index_.end());
  auto [d, component] = found->second;
  const Dimension& dimension = dimensions_[d];
  for (std::size_t i = 0; i < dimension.atoms.size(); ++i) {
    const ContextValue& texts = dimension.atoms[i][component];
    bool any = texts && std::any_of(texts->begin(), texts->end(), [&](const std::string& text) {
                 return ValueMatches(test, value, text, VariableReading::kMay);
               });
    if (!any) ClearAtom(box, d, i);
  }
  return box;
}

std::optional<std::size_t> Space::DimensionOf(std::string_view key) const {
  auto found = key_index_.find(std::string(key));
  if (found == key_index_.end()) return std::nullopt;
  return found->second.first;
}

bool Space::EmptyIn(const Box& box, std::size_t dimension) const {
  const Dimension& d = dimensions_[dimension];
  return std::all_of(box.begin() + static_cast<std::ptrdiff_t>(d.offset),
                     box.begin() + static_cast<std::ptrdiff_t>(d.offset + d.words),
                     [](Word w) { return w == 0; });
}

bool Space::Empty(const Box& box) const {
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    if (EmptyIn(box, d)) return true;
  }
  return false;
}

std::optional<std::size_t> Space::FirstAtom(const Box& box, std::size_t dimension) const {
  const Dimension& d = dimensions_[dimension];
  for (std::size_t w = 0; w < d.words; ++w) {
    Word word = box[d.offset + w];
    if (word != 0) return w * 64 + static_cast<std::size_t>(__builtin_ctzll(word));
  }
  return std::nullopt;
}

void Space::ClearAtom(Box& box, std::size_t dimension, std::size_t atom) const {
  box[dimensions_[dimension].offset + atom / 64] &= ~(Word{1} << (atom % 64));
}

bool Space::HasAtom(const Box& box, std::size_t dimension, std::size_t atom) const {
  return (box[dimensions_[dimension].offset + atom / 64] >> (atom % 64) & 1) != 0;
}

const std::vector<Test>& Space::TestsOf(const Rule& rule) const { return tests_.at(&rule); }

const std::vector<PrincipalMatcher>& Space::MatchersOf(const Rule& rule) const {
  return matchers_.at(&rule);
}

}  // namespace preview::access
