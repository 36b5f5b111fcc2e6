#include "parsers/cloudformation/change_overlay.h"

#include <fmt/core.h>

#include <map>
#include <optional>
#include <utility>

#include "parsers/cloudformation/parts.h"
#include "rules/catalogue.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr model::Language kLanguage = model::Language::kCloudFormation;

// What stands for a value that is known after the deployment only. Seen in change sets of the
// service.
constexpr std::string_view kKnownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}";
constexpr std::size_t kMaxDepth = 500;

// Whether an object or a list stands under that name: then nothing of it is known, not even that it
// is a text.
bool IsPartOfPolicy(std::string_view name) {
  for (std::string_view ending : {"Policy", "PolicyDocument", "PolicyText", "Policies", "Statement",
                                  "Principal", "Condition"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

// Texts of symbols that a change set made known: the name that CloudFormation gave to a resource.
using Learned = std::map<std::string, std::string, std::less<>>;

// Learns the one symbol of `pattern` from `text`: `…/⟨Queue.QueueName⟩` and `…/stack-Queue-1A2B`.
void Learn(const std::string& pattern, const std::string& text, const model::SymbolTable& symbols,
           Learned& learned) {
  std::string letter;
  int count = 0;
  model::ForEachSymbol(pattern, [&](model::SymbolId id) {
    const model::Symbol& symbol = symbols.Get(id);
    if (++count == 1 && !symbol.resource.empty() && symbol.attribute != "Ref")
      letter = model::SymbolText(id);
  });
  if (count != 1 || letter.empty()) return;
  const std::size_t at = pattern.find(letter);
  const std::string_view head = std::string_view(pattern).substr(0, at);
  const std::string_view tail = std::string_view(pattern).substr(at + letter.size());
  if (text.size() <= head.size() + tail.size() || !text.starts_with(head) || !text.ends_with(tail))
    return;
  learned.emplace(letter, text.substr(head.size(), text.size() - head.size() - tail.size()));
}

class Filler {
 public:
  Filler(model::SymbolTable& symbols, Learned& learned, std::string address)
      : symbols_(symbols), learned_(learned), address_(std::move(address)) {}

  // `value` with what is known after apply only taken from the template's value of the same place,
  // or a symbol.
  Value Fill(const Value& value, const Value* from_template, const std::string& path) {
    if (value.is_string()) return FillText(value, from_template, path);
    if (depth_ >= kMaxDepth) return Value::Unknown("property values that are nested too deeply");
    ++depth_;
    Value out = value;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const Value* other = nullptr;
      std::string step = std::to_string(i);
      if (value.is_object()) {
        step = value.keys[i];
        other = from_template == nullptr ? nullptr : from_template->Find(value.keys[i]);
      } else if (from_template != nullptr && from_template->is_list() &&
                 from_template->items.size() == value.items.size()) {
        other = &from_template->items[i];
      }
      out.items[i] = Fill(value.items[i], other, path.empty() ? step : path + "." + step);
    }
    --depth_;
    return out;
  }

 private:
  Value FillText(const Value& value, const Value* from_template, const std::string& path) {
    const std::size_t at = value.text.find(kKnownAfterApply);
    if (at == std::string::npos) {
      if (from_template != nullptr && from_template->is_string()) {
        Learn(from_template->text, value.text, symbols_, learned_);
      }
      return value;
    }
    if (from_template != nullptr) return *from_template;
    if (value.text == kKnownAfterApply && IsPartOfPolicy(path.substr(path.rfind('.') + 1)))
      return At(Value::Unknown("what is known after apply only"), value.place);
    Value out = value;
    out.text.clear();
    std::size_t copied = 0;
    for (std::size_t next = at; next != std::string::npos;
         next = value.text.find(kKnownAfterApply, copied)) {
      out.text.append(value.text, copied, next - copied);
      const auto id = symbols_.Intern({fmt::format("{}.{} (known after apply)", address_, path), "",
                                       "", model::SymbolForm::kText, false});
      if (!id.has_value()) return At(Value::Unknown("known after apply"), value.place);
      out.text += model::SymbolText(*id);
      copied = next + kKnownAfterApply.size();
    }
    out.text.append(value.text, copied);
    return out;
  }

  model::SymbolTable& symbols_;
  Learned& learned_;
  std::string address_;
  std::size_t depth_ = 0;
};

// The property that `Ref` is made of, from the physical id: `QueueName` out of a queue's URL.
void SetPhysicalName(model::Resource& resource, const std::string& physical_id) {
  if (physical_id.empty() || !resource.attributes.is_object()) return;
  std::string asked;
  int count = 0;
  const std::string hole = "\x01";
  const auto other = [&](std::string_view name) -> std::string {
    const Value* value = resource.attributes.Find(name);
    const auto text = value == nullptr ? std::nullopt : ScalarText(*value);
    if (text.has_value()) return *text;
    asked = name;
    ++count;
    return hole;
  };
  const auto form =
      rules::BuildAttribute(kLanguage, resource.type, "Ref", resource.environment, other);
  if (!form.has_value() || count != 1) return;
  const std::size_t at = form->find(hole);
  if (at == std::string::npos) return;
  const std::string_view head = std::string_view(*form).substr(0, at);
  const std::string_view tail = std::string_view(*form).substr(at + 1);
  if (physical_id.size() <= head.size() + tail.size() || !physical_id.starts_with(head) ||
      !physical_id.ends_with(tail)) {
    return;
  }
  resource.attributes.Set(
      asked, At(Value::String(physical_id.substr(head.size(),
                                                 physical_id.size() - head.size() - tail.size())),
                resource.place));
}

// The items of one side by their addresses. Removed ones are taken out at the end.
class Index {
 public:
  explicit Index(std::vector<Item>& items) : items_(items), removed_(items.size(), false) {
    for (std::size_t i = 0; i < items.size(); ++i) at_.emplace(items[i].resource.address, i);
  }

  Item* Find(const std::string& address) {
    const auto found = at_.find(address);
    return found == at_.end() ? nullptr : &items_[found->second];
  }

  Item& Add(const std::string& address) {
    at_.emplace(address, items_.size());
    removed_.push_back(false);
    return items_.emplace_back();
  }

  void Remove(const std::string& address) {
    const auto found = at_.find(address);
    if (found == at_.end()) return;
    removed_[found->second] = true;
    at_.erase(found);
  }

  void TakeOut() {
    std::vector<Item> left;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (!removed_[i]) left.push_back(std::move(items_[i]));
    }
    items_ = std::move(left);
  }

 private:
  std::vector<Item>& items_;
  std::vector<bool> removed_;
  std::map<std::string, std::size_t, std::less<>> at_;
};

class Applier {
 public:
  Applier(const ChangeList& list, Sides& sides, model::SymbolTable& symbols)
      : list_(list), sides_(sides), symbols_(symbols) {}

  void Run() {
    if (!list_.base_given) sides_.before = sides_.after;
    Index before(sides_.before);
    Index after(sides_.after);
    for (const Change& change : list_.changes) Apply(change, before, after);
    before.TakeOut();
    after.TakeOut();
    for (const auto& [letter, text] : learned_) {
      const model::Symbol& symbol = symbols_.Get(*model::AsSingleSymbol(letter));
      names_[symbol.resource].emplace_back(symbol.attribute, text);
    }
    for (std::vector<Item>* items : {&sides_.before, &sides_.after}) {
      for (Item& item : *items) UseLearned(item.resource);
      for (Item& item : *items) item.physical = PhysicalName(item.resource, symbols_);
    }
    sides_.undetermined.insert(sides_.undetermined.end(), list_.undetermined.begin(),
                               list_.undetermined.end());
    sides_.notes.insert(sides_.notes.end(), list_.notes.begin(), list_.notes.end());
  }

 private:
  void Apply(const Change& change, Index& before, Index& after) {
    if (!change.has_values) {
      if (!rules::BearsOnAccess(kLanguage, change.type)) return;
      model::Undetermined problem;
      problem.input = list_.input;
      problem.resource_address = change.address;
      problem.resource_type = change.type;
      problem.reason =
          fmt::format("the change set has no property values for `{}`", change.address);
      problem.place = change.place;
      sides_.undetermined.push_back(std::move(problem));
      return;
    }
    if (!IsAnalysed(change.type, change.before) && !IsAnalysed(change.type, change.after)) return;
    const bool imported = change.action == "Import";
    if (change.action == "Add") {
      before.Remove(change.address);
    } else {
      const Value& properties = imported && change.before.is_null() ? change.after : change.before;
      if (!properties.is_null()) Put(before, after, change, properties, true);
    }
    Item* old = before.Find(change.address);
    if (change.action == "Remove") {
      if (old != nullptr) old->keep_on_delete = change.policy_action == "Retain";
      after.Remove(change.address);
    } else if (!change.after.is_null()) {
      Put(after, after, change, change.after, !change.replaced);
    }
    if (change.replaced && old != nullptr)
      old->keep_on_replace = change.policy_action.ends_with("Retain");
  }

  // The item of `change` in `items`, made where there is none, with these properties.
  void Put(Index& items, Index& from_template, const Change& change, const Value& properties,
           bool has_physical_id) {
    const Item* known = from_template.Find(change.address);
    std::optional<Value> template_values;
    if (known != nullptr) template_values = known->resource.attributes;
    Item* item = items.Find(change.address);
    if (item == nullptr) {
      item = &items.Add(change.address);
      item->resource.address = change.address;
      item->resource.identity = change.address;
      item->resource.type = change.type;
      item->resource.environment = list_.environment;
      item->resource.place = change.place;
    }
    Filler filler(symbols_, learned_, change.address);
    item->resource.attributes =
        filler.Fill(properties, template_values.has_value() ? &*template_values : nullptr, "");
    if (has_physical_id) SetPhysicalName(item->resource, change.physical_id);
  }

  // Puts learned names in the place of their symbols, and into the resource that they name.
  void UseLearned(model::Resource& resource) {
    if (learned_.empty()) return;
    const auto names = names_.find(resource.address);
    if (names != names_.end() && resource.attributes.is_object()) {
      for (const auto& [attribute, text] : names->second) {
        if (resource.attributes.Find(attribute) != nullptr) continue;
        resource.attributes.Set(attribute, At(Value::String(text), resource.place));
      }
    }
    std::vector<Value*> open{&resource.attributes};
    while (!open.empty()) {
      Value* value = open.back();
      open.pop_back();
      for (Value& item : value->items) open.push_back(&item);
      if (value->is_string() && model::HasSymbol(value->text))
        value->text = WithLearned(value->text);
    }
  }

  [[nodiscard]] std::string WithLearned(std::string text) const {
    std::vector<std::string> letters;
    model::ForEachSymbol(text,
                         [&](model::SymbolId id) { letters.push_back(model::SymbolText(id)); });
    std::size_t at = 0;
    for (const std::string& letter : letters) {
      at = text.find(letter, at);
      const auto found = learned_.find(letter);
      const std::string_view replacement = found == learned_.end() ? letter : found->second;
      text.replace(at, letter.size(), replacement);
      at += replacement.size();
    }
    return text;
  }

  const ChangeList& list_;
  Sides& sides_;
  model::SymbolTable& symbols_;
  Learned learned_;
  // By address: attributes and the texts that were learned for them.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>, std::less<>> names_;
};

}  // namespace

void ApplyChanges(const ChangeList& list, Sides& sides, model::SymbolTable& symbols) {
  Applier(list, sides, symbols).Run();
}

}  // namespace preview::cloudformation
