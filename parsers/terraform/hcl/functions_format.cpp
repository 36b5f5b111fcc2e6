// `format` and `formatlist`. https://developer.hashicorp.com/terraform/language/functions/format
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/letters.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;

constexpr int kMaxWidth = 10'000;

struct Verb {
  bool minus = false;
  bool plus = false;
  bool space = false;
  bool zero = false;
  bool sharp = false;
  int width = -1;
  int precision = -1;
  char letter = 0;
};

class Formatter {
 public:
  // `arguments` are those behind the format.
  Formatter(Evaluator& evaluator, std::string_view format, std::vector<const Value*> arguments)
      : evaluator_(evaluator), format_(format), arguments_(std::move(arguments)) {}

  // The text; unknown when it depends on what is not known; a failure as terraform would report it.
  Value Run() {
    while (at_ < format_.size()) {
      char c = format_[at_++];
      if (c != '%') {
        out_.text += c;
      } else if (at_ < format_.size() && format_[at_] == '%') {
        out_.text += '%';
        ++at_;
      } else if (Value problem = One(); problem.is_unknown()) {
        return problem;
      }
    }
    if (!indexed_ && next_ < arguments_.size()) return Failure("`format` has too many arguments");
    return std::move(out_);
  }

 private:
  int Number() {
    int number = -1;
    while (at_ < format_.size() && format_[at_] >= '0' && format_[at_] <= '9') {
      number = std::min(std::max(number, 0) * 10 + (format_[at_++] - '0'), kMaxWidth + 1);
    }
    return number;
  }

  bool ReadVerb(Verb& verb) {
    for (; at_ < format_.size(); ++at_) {
      char c = format_[at_];
      if (c == '-')
        verb.minus = true;
      else if (c == '+')
        verb.plus = true;
      else if (c == ' ')
        verb.space = true;
      else if (c == '0')
        verb.zero = true;
      else if (c == '#')
        verb.sharp = true;
      else
        break;
    }
    verb.width = Number();
    if (at_ < format_.size() && format_[at_] == '.') {
      ++at_;
      verb.precision = std::max(Number(), 0);
    }
    if (at_ < format_.size() && format_[at_] == '[') {
      ++at_;
      int index = Number();
      if (index < 1 || at_ >= format_.size() || format_[at_] != ']') return false;
      ++at_;
      next_ = static_cast<std::size_t>(index - 1);
      indexed_ = true;
    }
    if (at_ >= format_.size()) return false;
    verb.letter = format_[at_++];
    return true;
  }

  // One verb: null when it went well.
  Value One() {
    Verb verb;
    if (!ReadVerb(verb)) return Failure("`format` cannot read its format");
    if (verb.width > kMaxWidth || verb.precision > kMaxWidth) {
      return Failure("`format` with a width beyond 10,000");
    }
    if (next_ >= arguments_.size()) return Failure("`format` has too few arguments");
    const Value& value = *arguments_[next_++];
    out_.sensitive |= HasSensitive(value);
    if (IsFailure(value)) return value;
    std::string text;
    Value problem = Write(verb, value, text);
    if (problem.is_unknown()) return problem;
    bool padded = verb.width >= 0 || verb.precision >= 0;
    if (padded && model::HasSymbol(text))
      return Undefined("format(\"" + std::string(format_) + "\", " +
                       Quote(value, evaluator_.symbols()) + ")");
    Pad(verb, text);
    out_.text += text;
    return {};
  }

  Value Write(const Verb& verb, const Value& value, std::string& text) {
    switch (verb.letter) {
      case 'v':
        return WriteAny(verb, value, text);
      case 's':
      case 'q':
        return WriteText(verb, value, text);
      case 't':
        return WriteBool(value, text);
      case 'd':
      case 'b':
      case 'o':
      case 'x':
      case 'X':
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return WriteNumber(verb, value, text);
      default:
        return Failure(std::string("`format` has no verb `%") + verb.letter + "`");
    }
  }

  Value Known(const Value& value) {
    bool symbolic = value.is_string() && model::HasSymbol(value.text);
    if (!value.is_unknown() && !symbolic) return {};
    return Undefined("format(\"" + std::string(format_) + "\", " +
                     Quote(value, evaluator_.symbols()) + ")");
  }

  Value WriteAny(const Verb& verb, const Value& value, std::string& text) {
    if (verb.sharp || value.is_list() || value.is_object()) {
      if (HasUnknown(value)) return Undefined("format(" + Quote(value, evaluator_.symbols()) + ")");
      text = EncodeJson(value);
      return {};
    }
    if (value.is_null()) {
      text = "null";
      return {};
    }
    if (value.is_number()) {
      Verb plain = verb;
      plain.letter = 'g';
      return WriteNumber(plain, value, text);
    }
    return WriteText(verb, value, text);
  }

  Value WriteText(const Verb& verb, const Value& value, std::string& text) {
    if (value.is_null()) return Failure("`format` with a null value");
    Value element = TextElement(evaluator_, value);
    if (element.is_unknown()) return element;
    text = element.text;
    if (verb.letter == 'q') text = EncodeQuoted(text);
    if (verb.precision >= 0 && verb.letter == 's' && !model::HasSymbol(text)) {
      std::vector<std::uint32_t> letters = Letters(text);
      if (letters.size() > static_cast<std::size_t>(verb.precision)) {
        letters.resize(static_cast<std::size_t>(verb.precision));
      }
      text = TextOf(letters);
    }
    return {};
  }

  static std::string EncodeQuoted(const std::string& text) {
    std::string out = "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      if (c == '\n')
        out += "\\n";
      else if (c == '\t')
        out += "\\t";
      else if (c == '\r')
        out += "\\r";
      else
        out += c;
    }
    return out + "\"";
  }

  Value WriteBool(const Value& value, std::string& text) {
    if (Value open = Known(value); open.is_unknown()) return open;
    auto boolean = ToBool(value);
    if (!boolean) return Failure("`format` needs a bool for `%t`");
    text = *boolean ? "true" : "false";
    return {};
  }

  Value WriteNumber(const Verb& verb, const Value& value, std::string& text) {
    if (Value open = Known(value); open.is_unknown()) return open;
    auto number = ToNumberText(value);
    if (!number) return Failure("`format` needs a number");
    if (verb.letter == 'g' && verb.precision < 0 && IsInteger(*number) && number->size() < 21) {
      text = *number;
    } else if (std::string_view("dboxX").find(verb.letter) != std::string_view::npos) {
      auto point = number->find('.');
      auto integer = ToInteger(number->substr(0, point));
      if (!integer || point != std::string::npos) return Failure("`format` needs a whole number");
      std::array<char, 80> buffer{};
      int base = verb.letter == 'd' ? 10 : verb.letter == 'b' ? 2 : verb.letter == 'o' ? 8 : 16;
      auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *integer, base).ptr;
      text.assign(buffer.data(), end);
      if (verb.letter == 'X')
        std::transform(text.begin(), text.end(), text.begin(), [](char c) {
          return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
    } else {
      WriteReal(verb, ToReal(*number), text);
    }
    if (verb.plus && !text.starts_with('-'))
      text.insert(0, "+");
    else if (verb.space && !text.starts_with('-'))
      text.insert(0, " ");
    return {};
  }

  static void WriteReal(const Verb& verb, long double real, std::string& text) {
    bool shortest = verb.precision < 0 && (verb.letter == 'g' || verb.letter == 'G');
    if (shortest) {
      text = NumberOf(real).text;
      return;
    }
    int precision = verb.precision < 0 ? 6 : verb.precision;
    const char* pattern = verb.letter == 'e'   ? "%.*Le"
                          : verb.letter == 'E' ? "%.*LE"
                          : verb.letter == 'g' ? "%.*Lg"
                          : verb.letter == 'G' ? "%.*LG"
                                               : "%.*Lf";
    int size = std::snprintf(nullptr, 0, pattern, precision, real);
    std::string buffer(static_cast<std::size_t>(size) + 1, '\0');
    std::snprintf(buffer.data(), buffer.size(), pattern, precision, real);
    buffer.pop_back();
    text = std::move(buffer);
  }

  static void Pad(const Verb& verb, std::string& text) {
    auto size = static_cast<int>(Letters(text).size());
    if (verb.width <= size) return;
    auto missing = static_cast<std::size_t>(verb.width - size);
    if (verb.minus) {
      text.append(missing, ' ');
    } else if (verb.zero) {
      bool sign = text.starts_with('-') || text.starts_with('+');
      text.insert(sign ? 1 : 0, missing, '0');
    } else {
      text.insert(0, missing, ' ');
    }
  }

  Evaluator& evaluator_;
  std::string_view format_;
  std::vector<const Value*> arguments_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
  bool indexed_ = false;
  Value out_ = Value::String("");
};

Value Format(Call& call) {
  std::vector<const Value*> arguments;
  for (std::size_t i = 1; i < call.size(); ++i) arguments.push_back(&call[i]);
  return Formatter(call.evaluator, call[0].text, std::move(arguments)).Run();
}

Value FormatList(Call& call) {
  std::optional<std::size_t> count;
  for (std::size_t i = 1; i < call.size(); ++i) {
    if (call[i].is_unknown()) return call.evaluator.UnknownCall(call);
    if (!call[i].is_list()) continue;
    if (count && *count != call[i].items.size()) {
      return Failure("`formatlist` needs lists of one length");
    }
    count = call[i].items.size();
  }
  Value list = Value::List();
  for (std::size_t row = 0; row < count.value_or(1); ++row) {
    std::vector<const Value*> arguments;
    for (std::size_t i = 1; i < call.size(); ++i) {
      arguments.push_back(call[i].is_list() ? &call[i].items[row] : &call[i]);
    }
    Value text = Formatter(call.evaluator, call[0].text, std::move(arguments)).Run();
    if (IsFailure(text)) return text;
    if (!call.evaluator.Spend(1 + text.text.size() / 64)) return call.evaluator.Exhausted();
    list.items.push_back(std::move(text));
  }
  return list;
}

constexpr std::array kFunctions{
    Function{"format", "Su*", Format},
    Function{"formatlist", "Su*", FormatList},
};

}  // namespace

std::span<const Function> FormatFunctions() { return kFunctions; }

}  // namespace preview::hcl
