// The space of requests, cut into atoms.
//
// A *dimension* is one thing that a request has: the caller, the resource, the value of a condition
// key (or of several keys that depend on each other). Its *atoms* are classes of values that no
// rule tells apart, each with an example. A set of values is a bitset over the atoms. A *box* is a
// product of such sets, one per dimension, all in one array of words: every statement is a box.
//
// Example: with `aws:SourceVpc` = vpc-1 in one statement and a source network in another, the
// dimensions are
//   caller {anonymous, outside account}, aws:SourceVpc {absent, vpc-1, other}, aws:SourceIp
//   {absent, in, out (v4), out (v6)}.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/symbol.h"
#include "model/zone.h"
#include "preview/access/key_atoms.h"
#include "preview/access/principals.h"
#include "preview/access/rule.h"
#include "preview/access/test.h"
#include "rules/catalogue.h"

namespace preview::access {

using Word = std::uint64_t;
using Box = std::vector<Word>;

// Steps of the automata that cut the texts of one space.
inline constexpr std::uint64_t kWalkSteps = 1'500'000;

struct Dimension {
  std::vector<std::string> keys;  // lower-case condition keys that it gives; empty for resources
  std::vector<bool> multivalued;  // per key
  // Per atom, per key: the example value. For the resource dimension one entry: the ARN.
  std::vector<std::vector<ContextValue>> atoms;
  // Index of the atom that stands for values beyond a bound; no value when all were found.
  std::optional<std::size_t> rest;
  std::size_t offset = 0;  // of its words in a box
  std::size_t words = 0;
};

// A rule ready for the search.
struct CompiledRule {
  const Rule* rule = nullptr;
  Box box;
  bool approximate = false;  // read with a variable or an unknown part
  // Of an approximate Deny: all that it may deny (`box` is what it surely denies). Else empty.
  Box largest;
};

struct SpaceOptions {
  const model::ZoneOfTrust* zone = nullptr;
  const rules::ResourceType* type = nullptr;
  model::Environment environment;
  const model::SymbolTable* symbols = nullptr;
  std::size_t max_atoms = 10'000;
  // Keys with one fixed value (`kms:ViaService`), lower case.
  std::map<std::string, std::string> constants;
  // Further values that keys must have classes for (`s3:DataAccessPointArn` of each access point),
  // lower case.
  std::map<std::string, std::vector<std::string>> further_values;
};

class Space {
 public:
  // Cuts the space for all layers that will be compared in it. `arns[i]` is the resource ARN that
  // layer i speaks of; layers with the same ARN share a resource dimension.
  Space(const std::vector<const Layer*>& layers, const SpaceOptions& options);
  Space(const Space&) = delete;  // its indices point into it
  Space& operator=(const Space&) = delete;

  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] const std::vector<Dimension>& dimensions() const { return dimensions_; }
  [[nodiscard]] const std::vector<Caller>& callers() const { return callers_; }
  // Requests from outside the zone of trust, split so that within each part all dimensions are
  // independent.
  [[nodiscard]] const std::vector<Box>& outside() const { return outside_; }
  [[nodiscard]] const Box& everything() const { return everything_; }
  [[nodiscard]] bool complete() const { return complete_; }

  // The box of a rule of layer `layer` (index as given to the constructor). An Allow is read as
  // large as it can be meant, a Deny as small.
  [[nodiscard]] CompiledRule Compile(const Rule& rule, std::size_t layer) const;
  // Restricts `box` to resource form `form` of layer `layer`.
  void RestrictToForm(Box& box, std::size_t layer, std::size_t form) const;
  // False when no example of the form exists for the layer.
  [[nodiscard]] bool HasForm(std::size_t layer, std::size_t form) const;

  // The atoms in which some value of the key of `test` matches `value` of it; words of the key's
  // dimension.
  [[nodiscard]] std::vector<Word> ValueAtoms(const Test& test, const TestValue& value) const;
  [[nodiscard]] std::vector<Word> AllAtoms(std::size_t dimension) const;
  // The callers that `matches` accepts, and those that a principal entry names; words of the
  // callers' dimension.
  template <typename Predicate>
  [[nodiscard]] std::vector<Word> CallersWhere(Predicate matches) const {
    std::vector<Word> atoms(dimensions_[0].words);
    for (std::size_t i = 0; i < callers_.size(); ++i) {
      if (matches(callers_[i])) atoms[i / 64] |= Word{1} << (i % 64);
    }
    return atoms;
  }
  [[nodiscard]] std::vector<Word> CallersOf(const PrincipalMatcher& matcher) const;

  [[nodiscard]] std::optional<std::size_t> DimensionOf(std::string_view key) const;
  [[nodiscard]] bool EmptyIn(const Box& box, std::size_t dimension) const;
  [[nodiscard]] bool Empty(const Box& box) const;
  [[nodiscard]] std::optional<std::size_t> FirstAtom(const Box& box, std::size_t dimension) const;
  void ClearAtom(Box& box, std::size_t dimension, std::size_t atom) const;
  [[nodiscard]] bool HasAtom(const Box& box, std::size_t dimension, std::size_t atom) const;
  // The requests in which `key` has the value `text`; everything when no rule looks at the key.
  [[nodiscard]] Box ContextBox(const std::string& key, const std::string& text) const;
  // The requests that do not come through an access point of the zone of trust itself.
  [[nodiscard]] Box WithoutOwnAccessPoints() const;
  // The dimension that holds the resource ARNs of a layer.
  [[nodiscard]] std::size_t ResourceDimension(std::size_t layer) const;

  // All tests of all layers, compiled; by rule and condition index.
  [[nodiscard]] const std::vector<Test>& TestsOf(const Rule& rule) const;
  [[nodiscard]] const std::vector<PrincipalMatcher>& MatchersOf(const Rule& rule) const;

 private:
  void OpenSymbols();
  // Whether the test holds for an atom, read as large (`largest`) or as small as it can be meant.
  [[nodiscard]] bool HoldsFor(const Test& test, const ContextValue& value, bool multivalued,
                              bool largest, bool& approximate) const;
  void CompileTests(const std::vector<const Layer*>& layers);
  void MakeCallers(const std::vector<const Layer*>& layers);
  void MakeKeyDimensions();
  void AddKeyDimension(const std::string& key, const std::vector<const Test*>& tests);
  void AddOwnValues(const std::string& key, SingleValueRequest& request) const;
  [[nodiscard]] bool LooksAt(const Rule& rule, std::size_t layer, std::size_t dimension) const;
  void AddDimension(Dimension dimension);
  void AddForm(std::size_t dimension, std::size_t form,
               const std::pair<std::string, std::string>& prefix_suffix,
               const std::vector<const Pattern*>& patterns);
  [[nodiscard]] bool Trusted(std::string_view key, const std::string& text) const;
  [[nodiscard]] VariableText Variables() const;
  [[nodiscard]] std::optional<std::string> Constant(std::string_view key) const;
  [[nodiscard]] Box BoxOf(const Rule& rule, std::size_t layer, bool largest,
                          bool& approximate) const;
  void RestrictToResources(const Rule& rule, std::size_t layer, bool largest, Box& box,
                           bool& approximate) const;
  [[nodiscard]] bool MayBeOwn(const Pattern& pattern, const std::string& arn) const;
  void MakeResourceDimensions(const std::vector<const Layer*>& layers);
  void LayOut();
  void IndexCallers();
  [[nodiscard]] std::vector<Word> CallersOf(const Rule& rule) const;
  void IndexValues();
  void MakeOutside();

  SpaceOptions options_;
  std::vector<const Rule*> rules_;  // in the order of layers and statements
  std::unordered_map<const Rule*, std::vector<Test>> tests_;
  // Tests in which a symbol stands that may be any text, with the symbol opened; by the test it
  // belongs to.
  std::unordered_map<const Test*, Test> opened_;
  std::unordered_map<std::string, std::set<std::string>>
      named_;  // key → literal values that tests name
  std::unordered_map<const Rule*, std::vector<PrincipalMatcher>> matchers_;
  std::vector<Caller> callers_;
  std::vector<Dimension> dimensions_;  // 0 is the caller
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>>
      key_index_;                                // key → dimension, component
  std::vector<std::size_t> resource_dimension_;  // per layer
  std::unordered_map<const Rule*, std::vector<Pattern>> resources_;
  std::vector<std::vector<std::size_t>>
      form_of_atom_;  // per dimension (resources only): ARN form of each atom
  // Where to look for what a principal entry or a literal names, so that thousands of them do not
  // cost the square: callers by account, ARN and canonical id; of large dimensions the atoms by
  // text and by address.
  using Places = std::vector<std::uint32_t>;
  std::unordered_map<std::string_view, Places> callers_by_account_;
  std::unordered_map<std::string_view, Places> callers_by_arn_;
  std::unordered_map<std::string_view, Places> callers_by_canonical_;
  struct ValuePlaces {
    std::unordered_map<std::string_view, Places> by_text;
    std::vector<std::pair<Address, std::uint32_t>> by_address;  // sorted
  };
  std::unordered_map<std::string, ValuePlaces> values_by_key_;
  std::uint64_t walk_steps_ = kWalkSteps;  // left, for the automata of all dimensions together
  std::size_t words_ = 0;
  Box everything_;
  std::vector<Box> outside_;
  bool complete_ = true;
};

inline void IntersectInto(Box& box, const Box& with) {
  for (std::size_t i = 0; i < box.size(); ++i) box[i] &= with[i];
}

[[nodiscard]] inline bool Intersects(const Word* a, const Word* b, std::size_t words) {
  for (std::size_t i = 0; i < words; ++i) {
    if ((a[i] & b[i]) != 0) return true;
  }
  return false;
}

}  // namespace preview::access
