// Functions that encode and decode.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"
#include "parsers/text/encoding.h"
#include "parsers/text/json.h"
#include "parsers/text/yaml.h"

namespace preview::hcl {

namespace {

using model::Value;

constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// What is encoded, without the JSON that strings in it hold: nested JSON is text there.
Value WithoutInnerJson(Value value) {
  std::vector<Value*> open{&value};
  while (!open.empty()) {
    Value* next = open.back();
    open.pop_back();
    if (next->is_string() || next->is_unknown()) next->items.clear();
    for (Value& item : next->items) open.push_back(&item);
  }
  return value;
}

Value JsonEncode(Call& call) {
  Value encoded = WithoutInnerJson(call[0]);
  Value text =
      HasUnknown(encoded) ? call.evaluator.UnknownCall(call) : Value::String(EncodeJson(encoded));
  text.sensitive = HasSensitive(encoded);
  text.place = encoded.place;
  text.items.push_back(std::move(encoded));
  return text;
}

Value JsonDecode(Call& call) {
  const Value& text = call[0];
  if (IsFailure(text)) return text;
  bool encodes = (text.is_string() || text.is_unknown()) && text.items.size() == 1;
  if (encodes) return text.items[0];
  if (text.is_object() || text.is_list()) return text;
  if (text.is_unknown()) return call.evaluator.UnknownCall(call);
  if (!text.is_string()) return Failure("`jsondecode` needs a text");
  text::JsonOptions options;
  options.limits = call.evaluator.input().options.limits;
  options.track_places = false;
  auto json = text::ParseJsonWithSymbols(text.text, options);
  if (json.ok()) return Enter(std::move(json.value()));
  if (model::HasSymbol(text.text)) return call.evaluator.UnknownCall(call);
  return Failure("`jsondecode` cannot read its text: " + json.error().message);
}

// Block style as terraform writes it, every text in quotes. Recursion is bounded by the depth of
// the evaluator, which made the value.
void WriteYaml(const Value& value, const std::string& indent, bool in_list, std::string& out) {
  bool first = true;
  auto begin_line = [&] {
    if (!first || !in_list) out += indent;
    first = false;
  };
  if (value.is_list()) {
    for (const Value& item : value.items) {
      begin_line();
      bool block = (item.is_list() || item.is_object()) && !item.items.empty();
      out += "- ";
      WriteYaml(item, block ? indent + "  " : "", true, out);
    }
    if (value.items.empty()) out += "[]\n";
  } else if (value.is_object()) {
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      begin_line();
      const Value& item = value.items[i];
      out += EncodeJson(Value::String(value.keys[i])) + ":";
      bool block = (item.is_list() || item.is_object()) && !item.items.empty();
      out += block ? "\n" : " ";
      WriteYaml(item, block ? indent + (item.is_object() ? "  " : "") : "", !block, out);
    }
    if (value.keys.empty()) out += "{}\n";
  } else {
    out += EncodeJson(value) + "\n";
  }
}

Value YamlEncode(Call& call) {
  if (HasUnknown(call[0])) return call.evaluator.UnknownCall(call);
  std::string text;
  WriteYaml(call[0], "", false, text);
  return Value::String(std::move(text));
}

Value YamlDecode(Call& call) {
  text::YamlOptions options;
  options.limits = call.evaluator.input().options.limits;
  auto yaml = text::ParseYaml(call[0].text, options);
  if (!yaml.ok()) return Failure("`yamldecode` cannot read its text: " + yaml.error().message);
  Value value = Enter(std::move(yaml.value()));
  // The places are those in the text, not in a file.
  std::vector<Value*> open{&value};
  while (!open.empty()) {
    Value* next = open.back();
    open.pop_back();
    next->place = {};
    next->key_places.clear();
    for (Value& item : next->items) open.push_back(&item);
  }
  return value;
}

Value Base64Encode(Call& call) { return Value::String(EncodeBase64(call[0].text)); }

Value Base64Decode(Call& call) {
  std::string_view text = call[0].text;
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == '\n' || c == '\r') continue;
    auto digit = kBase64Digits.find(c);
    if (digit == std::string_view::npos) return Failure("`base64decode` cannot read its text");
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 0xFF);
    }
  }
  if (text::FindInvalidUtf8(out)) return Failure("`base64decode` gives no UTF-8 text");
  return Value::String(model::WithoutSymbolLetters(out));
}

// As Go's url.QueryEscape.
Value UrlEncode(Call& call) {
  const std::string& text = call[0].text;
  if (!HasPlainSymbolsOnly(text, call.evaluator.symbols())) return call.evaluator.UnknownCall(call);
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    bool symbol =
        i + 4 <= text.size() && model::AsSingleSymbol(std::string_view(text).substr(i, 4));
    if (symbol) {
      out += text.substr(i, 4);
      i += 3;
    } else if (std::isalnum(byte) != 0 || byte == '-' || byte == '_' || byte == '.' ||
               byte == '~') {
      out += text[i];
    } else if (byte == ' ') {
      out += '+';
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 0xF];
    }
  }
  return Value::String(std::move(out));
}

// Records of RFC 4180; nothing when a quote has no end.
std::optional<std::vector<std::vector<std::string>>> CsvRecords(std::string_view text) {
  std::vector<std::vector<std::string>> records;
  std::size_t at = 0;
  while (at < text.size()) {
    std::vector<std::string> record;
    bool more = true;
    while (more) {
      std::string field;
      bool quoted = at < text.size() && text[at] == '"';
      if (quoted) {
        ++at;
        while (true) {
          if (at >= text.size()) return std::nullopt;
          if (text[at] == '"' && text.substr(at + 1, 1) == "\"") {
            field += '"';
            at += 2;
          } else if (text[at] == '"') {
            ++at;
            break;
          } else {
            field += text[at++];
          }
        }
      }
      while (at < text.size() && text[at] != ',' && text[at] != '\n') field += text[at++];
      if (field.ends_with('\r')) field.pop_back();
      record.push_back(std::move(field));
      more = at < text.size() && text[at] == ',';
      if (at < text.size()) ++at;
    }
    bool blank = record.size() == 1 && record[0].empty();
    if (!blank) records.push_back(std::move(record));
  }
  return records;
}

Value CsvDecode(Call& call) {
  auto records = CsvRecords(call[0].text);
  if (!records || records->empty()) return Failure("`csvdecode` cannot read its text");
  Value list = Value::List();
  const std::vector<std::string>& header = (*records)[0];
  for (std::size_t i = 1; i < records->size(); ++i) {
    std::vector<std::string>& record = (*records)[i];
    if (record.size() != header.size()) return Failure("`csvdecode`: a record of another length");
    Members members;
    for (std::size_t k = 0; k < header.size(); ++k) {
      members.emplace_back(header[k], Value::String(std::move(record[k])));
    }
    list.items.push_back(MakeObject(std::move(members)));
  }
  return list;
}

constexpr std::array kFunctions{
    Function{"jsonencode", "u", JsonEncode},     Function{"jsondecode", "u", JsonDecode},
    Function{"yamlencode", "a", YamlEncode},     Function{"yamldecode", "S", YamlDecode},
    Function{"base64encode", "S", Base64Encode}, Function{"base64decode", "S", Base64Decode},
    Function{"urlencode", "s", UrlEncode},       Function{"csvdecode", "S", CsvDecode},
};

}  // namespace

std::string EncodeBase64(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t bits = 0;
    std::size_t count = std::min<std::size_t>(3, text.size() - i);
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 | (k < count ? static_cast<unsigned char>(text[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= count ? kBase64Digits[bits >> (18 - 6 * k) & 0x3F] : '=';
    }
  }
  return out;
}

std::span<const Function> EncodingFunctions() { return kFunctions; }

}  // namespace preview::hcl
