#include "parsers/terraform/address.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <utility>

namespace preview::terraform {

namespace {

void AppendUtf8(std::string& out, std::uint32_t letter) {
  if (letter < 0x80) {
    out += static_cast<char>(letter);
  } else if (letter < 0x800) {
    out += static_cast<char>(0xC0 | (letter >> 6));
    out += static_cast<char>(0x80 | (letter & 0x3F));
  } else if (letter < 0x10000) {
    out += static_cast<char>(0xE0 | (letter >> 12));
    out += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (letter & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (letter >> 18));
    out += static_cast<char>(0x80 | ((letter >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (letter & 0x3F));
  }
}

bool IsNameByte(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '-';
}

// One piece of an address: a name, or a key in brackets.
struct Token {
  bool key = false;
  std::string name;
  InstanceKey index;
  std::size_t end = 0;  // of the token in the text
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  // All tokens, or nothing when the text is no address.
  std::optional<std::vector<Token>> Run() {
    std::vector<Token> tokens;
    while (at_ < text_.size()) {
      bool first = tokens.empty();
      Token token;
      if (text_[at_] == '[') {
        if (first || !ReadKey(token)) return std::nullopt;
      } else {
        if (!first) {
          if (text_[at_] != '.') return std::nullopt;
          ++at_;
        }
        if (!ReadName(token)) return std::nullopt;
      }
      token.end = at_;
      tokens.push_back(std::move(token));
    }
    if (tokens.empty()) return std::nullopt;
    return tokens;
  }

 private:
  bool ReadName(Token& token) {
    std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '*') {
      ++at_;
    } else {
      while (at_ < text_.size() && IsNameByte(text_[at_])) ++at_;
    }
    token.name = text_.substr(begin, at_ - begin);
    return at_ > begin;
  }

  bool ReadKey(Token& token) {
    token.key = true;
    ++at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      token.index.kind = KeyKind::kString;
      if (!ReadQuoted(token.index.text)) return false;
    } else {
      std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != ']') ++at_;
      token.index.text = text_.substr(begin, at_ - begin);
      token.index.kind = token.index.text == "*" ? KeyKind::kAny : KeyKind::kNumber;
      if (token.index.text.empty()) return false;
    }
    if (at_ >= text_.size() || text_[at_] != ']') return false;
    ++at_;
    return true;
  }

  bool ReadQuoted(std::string& out) {
    ++at_;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\') {
        if (!ReadEscape(out)) return false;
      } else if ((c == '$' || c == '%') && text_.substr(at_ + 1, 1) == std::string_view(&c, 1) &&
                 text_.substr(at_ + 2, 1) == "{") {
        out += c;
        out += '{';
        at_ += 3;
      } else {
        out += c;
        ++at_;
      }
    }
    return false;
  }

  bool ReadEscape(std::string& out) {
    static constexpr std::array<std::pair<char, char>, 9> kSimple{{{'n', '\n'},
                                                                   {'r', '\r'},
                                                                   {'t', '\t'},
                                                                   {'"', '"'},
                                                                   {'\\', '\\'},
                                                                   {'a', '\a'},
                                                                   {'b', '\b'},
                                                                   {'f', '\f'},
                                                                   {'v', '\v'}}};
    if (at_ + 1 >= text_.size()) return false;
    char kind = text_[at_ + 1];
    at_ += 2;
    for (auto [letter, meaning] : kSimple) {
      if (letter == kind) {
        out += meaning;
        return true;
      }
    }
    std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0 || at_ + digits > text_.size()) return false;
    std::uint32_t letter = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      auto byte = static_cast<unsigned char>(text_[at_ + i]);
      if (std::isxdigit(byte) == 0) return false;
      auto digit = static_cast<std::uint32_t>(std::isdigit(byte) != 0 ? byte - '0'
                                                                      : (byte | 0x20) - 'a' + 10);
      letter = letter * 16 + digit;
    }
    at_ += digits;
    if (letter > 0x10FFFF) return false;
    AppendUtf8(out, letter);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool IsName(const std::vector<Token>& tokens, std::size_t i) {
  return i < tokens.size() && !tokens[i].key;
}

// Reads `[data.]type.name[key]` at `i`; false when it is not there.
bool ReadResource(const std::vector<Token>& tokens, std::size_t& i, bool& data, std::string& type,
                  std::string& name, InstanceKey& key) {
  data = IsName(tokens, i) && tokens[i].name == "data";
  if (data) ++i;
  if (!IsName(tokens, i) || !IsName(tokens, i + 1)) return false;
  type = tokens[i].name;
  name = tokens[i + 1].name;
  i += 2;
  if (i < tokens.size() && tokens[i].key) key = tokens[i++].index;
  return true;
}

void AppendQuoted(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if ((c == '$' || c == '%') && text.substr(i + 1, 1) == "{") {
      out += c;
      out += c;
    } else {
      out += c;
    }
  }
}

void ReadPath(const std::vector<Token>& tokens, std::size_t from, Reference& reference) {
  for (std::size_t i = from; i < tokens.size(); ++i) {
    if (tokens[i].key) {
      reference.path.push_back({tokens[i].index.text, true});
    } else {
      reference.path.push_back({tokens[i].name, false});
    }
  }
}

ReferenceKind KindOfEach(const std::vector<Token>& tokens) {
  if (!IsName(tokens, 1)) return ReferenceKind::kOther;
  if (tokens[0].name == "count") {
    return tokens[1].name == "index" ? ReferenceKind::kCountIndex : ReferenceKind::kOther;
  }
  if (tokens[1].name == "key") return ReferenceKind::kEachKey;
  return tokens[1].name == "value" ? ReferenceKind::kEachValue : ReferenceKind::kOther;
}

}  // namespace

std::optional<ResourceAddress> ParseAddress(std::string_view text) {
  auto tokens = Tokenizer(text).Run();
  if (!tokens) return std::nullopt;
  ResourceAddress address;
  std::size_t i = 0;
  while (IsName(*tokens, i) && (*tokens)[i].name == "module" && IsName(*tokens, i + 1)) {
    ModuleStep step{.name = (*tokens)[i + 1].name, .key = {}};
    i += 2;
    if (i < tokens->size() && (*tokens)[i].key) step.key = (*tokens)[i++].index;
    address.modules.push_back(std::move(step));
  }
  if (!ReadResource(*tokens, i, address.data, address.type, address.name, address.key)) {
    return std::nullopt;
  }
  if (i != tokens->size()) return std::nullopt;
  return address;
}

std::string KeyText(const InstanceKey& key) {
  switch (key.kind) {
    case KeyKind::kNone:
      return "";
    case KeyKind::kNumber:
      return "[" + key.text + "]";
    case KeyKind::kAny:
      return "[*]";
    case KeyKind::kString:
      break;
  }
  std::string out = "[\"";
  AppendQuoted(out, key.text);
  return out + "\"]";
}

std::string ModuleText(std::span<const ModuleStep> modules) {
  std::string out;
  for (const ModuleStep& step : modules) {
    if (!out.empty()) out += '.';
    out += "module." + step.name + KeyText(step.key);
  }
  return out;
}

std::string BlockText(std::string_view module, bool data, std::string_view type,
                      std::string_view name) {
  std::string out(module);
  if (!out.empty()) out += '.';
  if (data) out += "data.";
  out += type;
  out += '.';
  out += name;
  return out;
}

std::string BlockText(const ResourceAddress& address) {
  return BlockText(ModuleText(address.modules), address.data, address.type, address.name);
}

std::optional<Reference> ParseReference(std::string_view text) {
  auto parsed = Tokenizer(text).Run();
  if (!parsed || (*parsed)[0].key) return std::nullopt;
  const std::vector<Token>& tokens = *parsed;
  Reference reference;
  reference.text = text;
  const std::string& root = tokens[0].name;
  if (root == "var" || root == "local") {
    if (!IsName(tokens, 1)) return std::nullopt;
    reference.kind = root == "var" ? ReferenceKind::kVariable : ReferenceKind::kLocal;
    reference.name = tokens[1].name;
    ReadPath(tokens, 2, reference);
  } else if (root == "module") {
    if (!IsName(tokens, 1)) return std::nullopt;
    reference.kind = ReferenceKind::kModule;
    reference.name = tokens[1].name;
    std::size_t i = 2;
    if (i < tokens.size() && tokens[i].key) reference.key = tokens[i++].index;
    if (IsName(tokens, i)) reference.output = tokens[i++].name;
    ReadPath(tokens, i, reference);
  } else if (root == "each" || root == "count") {
    reference.kind = KindOfEach(tokens);
    ReadPath(tokens, 2, reference);
  } else if (root == "path" || root == "self" || root == "terraform" || tokens.size() < 2) {
    reference.kind = ReferenceKind::kOther;
  } else {
    std::size_t i = 0;
    if (!ReadResource(tokens, i, reference.data, reference.type, reference.name, reference.key)) {
      return std::nullopt;
    }
    reference.kind = ReferenceKind::kResource;
    ReadPath(tokens, i, reference);
  }
  return reference;
}

std::vector<Reference> UsesOf(std::span<const std::string> references) {
  std::vector<Reference> uses;
  std::string_view previous;
  for (const std::string& text : references) {
    bool step = text.size() < previous.size() && previous.substr(0, text.size()) == text &&
                (previous[text.size()] == '.' || previous[text.size()] == '[');
    previous = text;
    if (step) continue;
    if (auto reference = ParseReference(text)) {
      uses.push_back(std::move(*reference));
    } else {
      Reference other;
      other.text = text;
      uses.push_back(std::move(other));
    }
  }
  return uses;
}

}  // namespace preview::terraform
