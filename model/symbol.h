// Symbols: definite texts that are decided only at deployment.
//
// A partly known string is an ordinary UTF-8 std::string in which each symbol is one code point of
// the supplementary private use planes (U+F0000 + n). So joining, splitting, JSON encoding and
// decoding and glob matching treat it as what it is, one opaque letter, without knowing of symbols
// at all. Every reader of user input replaces such code points by U+FFFD (parsers/text), so that no
// input can forge a symbol.
//
// The same origin is the same symbol: Intern() of an equal Symbol returns the same id, hence
// `arn:aws:s3:::⟨aws_s3_bucket.b.bucket⟩/*` in a policy equals the bucket's own ARN letter by
// letter.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace preview::model {

// What is known of the text that a symbol stands for.
enum class SymbolForm {
  kText,        // nothing
  kOwnAccount,  // the id of the account deployed to (not known to us, but inside the zone of trust)
  kNewAccount,  // the id of an account that the deployment itself creates: outside the zone of
                // trust
  kRegion,      // a region's name
  kPartition,   // aws, aws-cn, aws-us-gov
  kOwnOrganization,  // the id of the organization that the account is in
  kOpaqueId,  // an id that AWS makes up (vpc-…, key id, role unique id): never equal to a literal
              // text
};

struct Symbol {
  std::string name;  // as shown between ⟨ ⟩: `aws_s3_bucket.b.arn`, `parameter Partner`, `account`
  std::string
      resource;  // address of the resource of the same deployment that it comes from; else empty
  std::string attribute;  // which attribute of that resource
  SymbolForm form = SymbolForm::kText;
  bool sensitive = false;

  friend auto operator<=>(const Symbol&, const Symbol&) = default;
};

// Index into a SymbolTable. Not valid across tables.
enum class SymbolId : std::uint32_t {};

// First and last code point that stand for symbols.
inline constexpr char32_t kFirstSymbolLetter = 0xF0000;
inline constexpr char32_t kLastSymbolLetter = 0x10FFFD;

[[nodiscard]] constexpr bool IsSymbolLetter(char32_t letter) {
  return letter >= kFirstSymbolLetter && letter <= kLastSymbolLetter;
}

// Owns the symbols of one run. Ids are given in order of first use, so they depend on the input
// only.
class SymbolTable {
 public:
  // The id of `symbol`, new or existing. Nothing when the table is full (131,070 symbols); the
  // caller then leaves the value unknown.
  std::optional<SymbolId> Intern(const Symbol& symbol);
  [[nodiscard]] const Symbol& Get(SymbolId id) const;
  [[nodiscard]] std::size_t size() const { return symbols_.size(); }

 private:
  std::deque<Symbol> symbols_;
  std::map<Symbol, SymbolId> ids_;
};

// The UTF-8 text (4 bytes) of a symbol's letter, and back.
[[nodiscard]] std::string SymbolText(SymbolId id);
[[nodiscard]] std::optional<SymbolId> SymbolOfLetter(char32_t letter);

// True when `text` holds at least one symbol. Costs one scan for the bytes 0xF3 and 0xF4.
[[nodiscard]] bool HasSymbol(std::string_view text);

// The symbol that `text` consists of and nothing else; nothing otherwise.
[[nodiscard]] std::optional<SymbolId> AsSingleSymbol(std::string_view text);

// All symbols of `text` in order, with repetitions.
void ForEachSymbol(std::string_view text, const std::function<void(SymbolId)>& visit);

// `text` as shown to people: every symbol as ⟨name⟩, a sensitive one as ⟨sensitive⟩.
[[nodiscard]] std::string Display(std::string_view text, const SymbolTable& symbols);

// User input in which no symbol letter is left (each replaced by U+FFFD).
[[nodiscard]] std::string WithoutSymbolLetters(std::string_view text);

}  // namespace preview::model
