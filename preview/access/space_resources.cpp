// The resource dimensions of the space: which ARNs a layer can be asked for, and which of them a
// rule takes in.

#include <algorithm>
#include <set>

#include "preview/access/space.h"
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

}  // namespace

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
  request.steps = &walk_steps_;
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

bool Space::MayBeOwn(const Pattern& pattern, const std::string& arn) const {
  // Two names of which one is decided only at deployment may be the same, unless both belong to
  // known, different resources of this deployment.
  auto is_symbol = [](const Element& element) {
    return element.kind == ElementKind::kLetter && model::IsSymbolLetter(element.letter);
  };
  if (!model::HasSymbol(arn) &&
      std::none_of(pattern.elements.begin(), pattern.elements.end(), is_symbol))
    return false;
  std::set<std::string> of_pattern;
  std::set<std::string> of_arn;
  bool open = false;
  auto owners = [&](char32_t letter, bool shared, std::set<std::string>& out) {
    auto id = model::SymbolOfLetter(letter);
    if (!id || options_.symbols == nullptr) return;
    const model::Symbol& symbol = options_.symbols->Get(*id);
    if (symbol.form != model::SymbolForm::kText && symbol.form != model::SymbolForm::kOpaqueId)
      return;
    open = open || !shared;
    out.insert(symbol.resource);
  };
  // What both begin with is the same, whatever its symbols turn out to be: `⟨bucket⟩/*` is never
  // `⟨bucket⟩`.
  const std::u32string letters = Decode(arn);
  std::size_t same = 0;
  while (same < letters.size() && same < pattern.elements.size() &&
         pattern.elements[same].kind == ElementKind::kLetter &&
         pattern.elements[same].letter == letters[same]) {
    ++same;
  }
  for (std::size_t i = 0; i < pattern.elements.size(); ++i) {
    if (pattern.elements[i].kind == ElementKind::kLetter)
      owners(pattern.elements[i].letter, i < same, of_pattern);
  }
  for (std::size_t i = 0; i < letters.size(); ++i) owners(letters[i], i < same, of_arn);
  if (!open) return false;
  bool named = !of_pattern.contains("") && !of_arn.contains("");
  if (named && !of_pattern.empty() && !of_arn.empty() && of_pattern != of_arn) return false;
  PatternOptions plain;
  return Overlap(WithOpenSymbols(pattern), WithOpenSymbols(CompilePattern(arn, plain)));
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

std::size_t Space::ResourceDimension(std::size_t layer) const { return resource_dimension_[layer]; }

}  // namespace preview::access
