#include "preview/cli/ids.h"

#include <set>
#include <string>
#include <unordered_map>

#include "preview/report/words.h"

namespace preview::cli {
namespace {

class Hasher {
 public:
  explicit Hasher(const model::SymbolTable& symbols) : symbols_(symbols) {}

  void Add(std::string_view text) {
    hash_ =
        model::HasSymbol(text) ? Fnv1a(model::Display(text, symbols_), hash_) : Fnv1a(text, hash_);
    hash_ = Fnv1a(std::string_view("\0", 1), hash_);
  }
  [[nodiscard]] std::string Hex() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out(16, '0');
    for (std::size_t i = 0; i < 16; ++i) out[15 - i] = kDigits[(hash_ >> (4 * i)) & 0xF];
    return out;
  }

 private:
  const model::SymbolTable& symbols_;
  std::uint64_t hash_ = Fnv1a("");
};

std::string IdOf(const model::Finding& finding, const model::SymbolTable& symbols) {
  Hasher hasher(symbols);
  hasher.Add(finding.resource_type);
  hasher.Add(finding.stack);
  hasher.Add(finding.resource_address.empty() ? finding.resource : finding.resource_address);
  hasher.Add(finding.principal.kind);
  hasher.Add(finding.sensitive ? report::kSensitive : std::string_view(finding.principal.value));
  for (const auto& [key, value] : finding.conditions) {
    hasher.Add(key);
    hasher.Add(finding.sensitive ? report::kSensitive : std::string_view(value));
  }
  std::set<std::string_view> kinds;
  for (const model::FindingSource& source : finding.sources)
    kinds.insert(report::SourceName(source.type));
  for (const std::string_view kind : kinds) hasher.Add(kind);
  return hasher.Hex();
}

}  // namespace

std::uint64_t Fnv1a(std::string_view text, std::uint64_t hash) {
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 0x100000001b3;
  }
  return hash;
}

void AssignIds(std::vector<model::Finding>& findings, const model::SymbolTable& symbols) {
  std::unordered_map<std::string, int> uses;
  uses.reserve(findings.size());
  for (model::Finding& finding : findings) {
    finding.id = IdOf(finding, symbols);
    const int use = ++uses[finding.id];
    if (use > 1) finding.id += "-" + std::to_string(use);
  }
}

}  // namespace preview::cli
