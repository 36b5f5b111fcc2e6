// The functions over texts and lists.
#include <fmt/core.h>

#include <charconv>
#include <utility>

#include "parsers/cloudformation/cidr.h"
#include "parsers/cloudformation/evaluator.h"
#include "parsers/cloudformation/parts.h"

namespace preview::cloudformation {

using model::Value;

namespace {

std::optional<std::size_t> Number(const Value& value) {
  const auto text = ScalarText(value);
  if (!text.has_value()) return std::nullopt;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::string Trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::string Base64(std::string_view text) {
  static constexpr char kLetters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8 | (i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      const bool padding = i + j > text.size();
      out += padding ? '=' : kLetters[bits >> (18 - 6 * j) & 63];
    }
  }
  return out;
}

// A list whose content waits for `value`: as a text, one symbol.
std::string WaitsFor(const Value& value, const model::SymbolTable& symbols) {
  if (value.is_unknown()) return value.text;
  const auto text = ScalarText(value);
  return text.has_value() ? model::Display(*text, symbols) : "a list";
}

// Whether a text holds a symbol that may itself hold the delimiter: a parameter, an import.
bool MayHoldDelimiter(std::string_view text, const model::SymbolTable& symbols) {
  bool may = false;
  model::ForEachSymbol(text, [&](model::SymbolId id) {
    const model::Symbol& symbol = symbols.Get(id);
    may = may || (symbol.form == model::SymbolForm::kText &&
                  (symbol.resource.empty() || symbol.attribute.ends_with("Arn")));
  });
  return may;
}

}  // namespace

std::optional<Value> Evaluator::CallSub(Stack& stack, const Value& call, const Value& argument) {
  const bool with_map = argument.is_list();
  const bool well_formed =
      argument.is_string() || (with_map && !argument.items.empty() && argument.items.size() <= 2 &&
                               argument.items[0].is_string() &&
                               (argument.items.size() == 1 || argument.items[1].is_object()));
  if (!well_formed)
    return Refused(stack, call.place, "`Fn::Sub` takes a text, or a text and a map");
  const std::string& text = with_map ? argument.items[0].text : argument.text;
  const Value* map = with_map && argument.items.size() == 2 ? &argument.items[1] : nullptr;
  std::string out;
  bool sensitive = argument.sensitive;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = text.find("${", at);
    const std::size_t end = begin == std::string::npos ? begin : text.find('}', begin);
    if (end == std::string::npos) break;
    out.append(text, at, begin - at);
    const std::string name = text.substr(begin + 2, end - begin - 2);
    if (name.starts_with("!")) {
      out.append("${").append(name, 1).append("}");
    } else {
      out += SubPart(stack, Trimmed(name), map, call.place, sensitive);
    }
    at = end + 1;
  }
  if (at < text.size()) out.append(text, at);
  return Text(std::move(out), sensitive, call.place);
}

std::string Evaluator::SubPart(Stack& stack, std::string_view name, const Value* map,
                               const model::Place& place, bool& sensitive) {
  std::optional<Value> value;
  const Value* given = map == nullptr ? nullptr : map->Find(name);
  if (given != nullptr) {
    value = Evaluate(stack, *given);
  } else {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos || stack.source->resources.contains(name)) {
      value = Reference(stack, std::string(name), place);
    } else {
      value = ResourceAttribute(stack, std::string(name.substr(0, dot)),
                                std::string(name.substr(dot + 1)), place);
    }
  }
  const Piece piece = TextOf(stack, value, place);
  sensitive = sensitive || piece.sensitive;
  return piece.text;
}

std::optional<Value> Evaluator::CallJoin(Stack& stack, const Value& call, const Value& argument) {
  if (!argument.is_list() || argument.items.size() != 2) {
    return Refused(stack, call.place, "`Fn::Join` takes a delimiter and a list");
  }
  const std::vector<Value> values = Arguments(stack, argument);
  const Piece delimiter = TextOf(stack, values[0], call.place);
  const Value& list = values[1];
  if (list.is_unknown()) {
    return Symbolic({fmt::format("Fn::Join of {}", list.text), "", "", model::SymbolForm::kText,
                     list.sensitive},
                    call.place);
  }
  if (!list.is_list()) {
    // A parameter of a list type that stands for one text.
    const Piece piece = TextOf(stack, list, call.place);
    return Text(piece.text, piece.sensitive, call.place);
  }
  std::string out;
  bool sensitive = list.sensitive;
  bool first = true;
  for (const Value& item : list.items) {
    if (item.is_null()) continue;
    const Piece piece = TextOf(stack, item, call.place);
    if (!first) out += delimiter.text;
    first = false;
    out += piece.text;
    sensitive = sensitive || piece.sensitive;
  }
  return Text(std::move(out), sensitive, call.place);
}

std::optional<Value> Evaluator::CallSplit(Stack& stack, const Value& call, const Value& argument) {
  if (!argument.is_list() || argument.items.size() != 2) {
    return Refused(stack, call.place, "`Fn::Split` takes a delimiter and a text");
  }
  const std::vector<Value> values = Arguments(stack, argument);
  const Piece delimiter = TextOf(stack, values[0], call.place);
  if (delimiter.text.empty())
    return Refused(stack, call.place, "the delimiter of `Fn::Split` is empty");
  if (values[1].is_unknown() || values[1].is_list()) {
    // A list joined by commas is what CloudFormation makes of it here.
    if (values[1].is_unknown())
      return UnknownAt(fmt::format("Fn::Split of {}", values[1].text), call.place);
  }
  std::string whole;
  if (values[1].is_list()) {
    for (const Value& item : values[1].items) {
      if (!whole.empty()) whole += ',';
      whole += TextOf(stack, item, call.place).text;
    }
  } else {
    whole = TextOf(stack, values[1], call.place).text;
  }
  if (MayHoldDelimiter(whole, *input_.symbols)) {
    return UnknownAt(fmt::format("Fn::Split of {}", model::Display(whole, *input_.symbols)),
                     call.place);
  }
  Value list = Value::List();
  list.place = call.place;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = whole.find(delimiter.text, at);
    list.items.push_back(Text(whole.substr(at, end == std::string::npos ? end : end - at),
                              values[1].sensitive, call.place));
    if (end == std::string::npos) break;
    at = end + delimiter.text.size();
  }
  return list;
}

std::optional<Value> Evaluator::CallSelect(Stack& stack, const Value& call, const Value& argument) {
  if (!argument.is_list() || argument.items.size() != 2) {
    return Refused(stack, call.place, "`Fn::Select` takes an index and a list");
  }
  const std::vector<Value> values = Arguments(stack, argument);
  const Value& list = values[1];
  const auto index = Number(values[0]);
  if (list.is_unknown() || !index.has_value()) {
    const std::string which =
        index.has_value() ? std::to_string(*index) : WaitsFor(values[0], *input_.symbols);
    if (!index.has_value() && !values[0].is_unknown() && !model::HasSymbol(values[0].text)) {
      return Refused(stack, call.place, "the index of `Fn::Select` is no number");
    }
    return Symbolic({fmt::format("Fn::Select {} of {}", which, WaitsFor(list, *input_.symbols)), "",
                     "", model::SymbolForm::kText, list.sensitive},
                    call.place);
  }
  if (!list.is_list()) {
    const auto text = ScalarText(list);
    if (text.has_value() && *index == 0) return list;
    if (text.has_value() && model::HasSymbol(*text)) {
      return Symbolic(
          {fmt::format("Fn::Select {} of {}", *index, model::Display(*text, *input_.symbols)), "",
           "", model::SymbolForm::kText, list.sensitive},
          call.place);
    }
  }
  if (!list.is_list() || *index >= list.items.size()) {
    return Refused(stack, call.place,
                   fmt::format("`Fn::Select`: the list has no element {}", *index));
  }
  Value chosen = list.items[*index];
  chosen.sensitive = chosen.sensitive || list.sensitive;
  return chosen;
}

std::optional<Value> Evaluator::CallBase64(Stack& stack, const Value& call, const Value& argument) {
  const Piece piece = TextOf(stack, Evaluate(stack, argument), call.place);
  if (model::HasSymbol(piece.text)) {
    return Symbolic(
        {"Fn::Base64 of a text with " + model::Display(piece.text.substr(0, 200), *input_.symbols),
         "", "", model::SymbolForm::kText, piece.sensitive},
        call.place);
  }
  return Text(Base64(piece.text), piece.sensitive, call.place);
}

std::optional<Value> Evaluator::CallCidr(Stack& stack, const Value& call, const Value& argument) {
  const std::vector<Value> values = Arguments(stack, argument);
  const bool well_formed = argument.is_list() && (values.size() == 2 || values.size() == 3);
  if (!well_formed)
    return Refused(stack, call.place, "`Fn::Cidr` takes a block, a count and a number of bits");
  const auto block = ScalarText(values[0]);
  const auto count = Number(values[1]);
  const auto bits = values.size() == 3 ? Number(values[2]) : std::optional<std::size_t>(8);
  if (!block.has_value() || model::HasSymbol(*block) || !count.has_value() || !bits.has_value()) {
    return UnknownAt(fmt::format("Fn::Cidr of {}", WaitsFor(values[0], *input_.symbols)),
                     call.place);
  }
  const auto blocks = SplitCidr(*block, *count, *bits);
  if (!blocks.has_value()) {
    if (block->find(':') != std::string::npos)
      return UnknownAt("Fn::Cidr of " + *block, call.place);
    return Refused(stack, call.place,
                   fmt::format("`Fn::Cidr` cannot make {} blocks of `{}`", *count, *block));
  }
  Value list = Value::List();
  for (const std::string& text : *blocks) list.items.push_back(Text(text, false, call.place));
  return At(std::move(list), call.place);
}

std::optional<Value> Evaluator::CallGetAZs(Stack& stack, const Value& call, const Value& argument) {
  const Piece region = TextOf(stack, Evaluate(stack, argument), call.place);
  const std::string name = region.text.empty() ? stack.environment.region : region.text;
  return UnknownAt(
      fmt::format("the availability zones of {}", model::Display(name, *input_.symbols)),
      call.place);
}

std::optional<Value> Evaluator::CallLength(Stack& stack, const Value& call, const Value& argument) {
  const std::optional<Value> list = Evaluate(stack, argument);
  if (!list.has_value() || list->is_unknown()) return UnknownAt("the length of a list", call.place);
  if (!list->is_list() && !list->is_object())
    return Refused(stack, call.place, "`Fn::Length` takes a list");
  Value value = Value::Number(std::to_string(list->items.size()));
  value.place = call.place;
  return value;
}

std::optional<Value> Evaluator::CallToJsonString(Stack& stack, const Value& call,
                                                 const Value& argument) {
  const std::optional<Value> value = Evaluate(stack, argument);
  if (!value.has_value()) return std::nullopt;
  // The object itself keeps the unknown parts and their places; whoever wants JSON text takes an
  // object as well.
  std::vector<const Value*> open{&*value};
  while (!open.empty()) {
    const Value* current = open.back();
    open.pop_back();
    if (current->is_unknown()) return value;
    for (const Value& item : current->items) open.push_back(&item);
  }
  return Text(model::ToJson(*value), value->sensitive, call.place);
}

std::optional<Value> Evaluator::CallTransform(Stack& stack, const Value& call,
                                              const Value& argument) {
  const std::string name = MemberText(argument, "Name");
  Problem(
      stack, call.place,
      fmt::format("macro `{}` is not run here", name.empty() ? "Fn::Transform" : name),
      "give the processed template: aws cloudformation get-template --template-stage Processed");
  return UnknownAt(fmt::format("macro `{}`", name), call.place);
}

}  // namespace preview::cloudformation
