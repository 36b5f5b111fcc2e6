#include "model/symbol.h"

#include "model/check.h"

namespace preview::model {

namespace {

// Both private use planes without their two noncharacters at the end of the first.
constexpr std::uint32_t kPlaneSize = 0xFFFE;
constexpr std::uint32_t kMaxSymbols = 2 * kPlaneSize;

char32_t LetterOf(SymbolId id) {
  auto index = static_cast<std::uint32_t>(id);
  return index < kPlaneSize ? kFirstSymbolLetter + index : 0x100000 + (index - kPlaneSize);
}

// Decodes the four-byte sequence at `text[i]`; nothing when there is none.
std::optional<char32_t> FourByteLetter(std::string_view text, std::size_t i) {
  auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
  if (byte(0) != 0xF3 && byte(0) != 0xF4) return std::nullopt;
  if (i + 4 > text.size()) return std::nullopt;
  char32_t letter = char32_t{byte(0) & 0x07U} << 18 | char32_t{byte(1) & 0x3FU} << 12 |
                    char32_t{byte(2) & 0x3FU} << 6 | char32_t{byte(3) & 0x3FU};
  return letter;
}

// Calls literal(part) and symbol(id) for the parts of `text` in order.
template <typename OnLiteral, typename OnSymbol>
void Walk(std::string_view text, OnLiteral literal, OnSymbol symbol) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    auto letter = FourByteLetter(text, i);
    auto id = letter ? SymbolOfLetter(*letter) : std::nullopt;
    if (!id) {
      ++i;
      continue;
    }
    if (i > begin) literal(text.substr(begin, i - begin));
    symbol(*id);
    i += 4;
    begin = i;
  }
  if (begin < text.size()) literal(text.substr(begin));
}

}  // namespace

std::optional<SymbolId> SymbolTable::Intern(const Symbol& symbol) {
  auto found = ids_.find(symbol);
  if (found != ids_.end()) return found->second;
  if (symbols_.size() >= kMaxSymbols) return std::nullopt;
  auto id = static_cast<SymbolId>(symbols_.size());
  symbols_.push_back(symbol);
  ids_.emplace(symbol, id);
  return id;
}

const Symbol& SymbolTable::Get(SymbolId id) const {
  auto index = static_cast<std::size_t>(id);
  PREVIEW_CHECK(index < symbols_.size());
  return symbols_[index];
}

std::string SymbolText(SymbolId id) {
  char32_t letter = LetterOf(id);
  auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  return {byte(0xF0 | letter >> 18), byte(0x80 | (letter >> 12 & 0x3F)),
          byte(0x80 | (letter >> 6 & 0x3F)), byte(0x80 | (letter & 0x3F))};
}

std::optional<SymbolId> SymbolOfLetter(char32_t letter) {
  if (!IsSymbolLetter(letter)) return std::nullopt;
  if (letter < 0x100000) {
    auto index = static_cast<std::uint32_t>(letter - kFirstSymbolLetter);
    if (index >= kPlaneSize) return std::nullopt;
    return static_cast<SymbolId>(index);
  }
  return static_cast<SymbolId>(static_cast<std::uint32_t>(letter - 0x100000) + kPlaneSize);
}

bool HasSymbol(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto letter = FourByteLetter(text, i);
    if (letter && IsSymbolLetter(*letter)) return true;
  }
  return false;
}

std::optional<SymbolId> AsSingleSymbol(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  auto letter = FourByteLetter(text, 0);
  return letter ? SymbolOfLetter(*letter) : std::nullopt;
}

void ForEachSymbol(std::string_view text, const std::function<void(SymbolId)>& visit) {
  Walk(text, [](std::string_view) {}, visit);
}

std::string Display(std::string_view text, const SymbolTable& symbols) {
  std::string out;
  Walk(
      text, [&](std::string_view part) { out += part; },
      [&](SymbolId id) {
        const Symbol& symbol = symbols.Get(id);
        out += "⟨";
        out += symbol.sensitive ? "sensitive" : symbol.name;
        out += "⟩";
      });
  return out;
}

std::string WithoutSymbolLetters(std::string_view text) {
  std::string out;
  Walk(text, [&](std::string_view part) { out += part; }, [&](SymbolId) { out += "\xEF\xBF\xBD"; });
  return out;
}

}  // namespace preview::model
