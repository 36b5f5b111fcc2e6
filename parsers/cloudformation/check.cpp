// What CloudFormation would refuse before it deploys anything: names that do not exist, circles,
// missing types. Errs towards silence: a template that CloudFormation accepts must not be called
// wrong.
#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "parsers/cloudformation/library.h"
#include "parsers/cloudformation/parts.h"

namespace preview::cloudformation {

using model::Value;

namespace {

struct Open {
  const Value* value = nullptr;
  bool conditional = false;  // within Fn::If: no edge of the graph
  bool condition = false;    // within Conditions: `Condition` is a function
};

class Checker {
 public:
  explicit Checker(Preparation& preparation)
      : preparation_(preparation), source_(*preparation.source) {}

  void Run() {
    CheckShapes();
    for (const auto& [id, body] : source_.resources) {
      current_ = &id;
      for (std::string_view part : {"Properties", "UpdatePolicy", "CreationPolicy"}) {
        if (const Value* value = body->Find(part)) Walk({value});
      }
      CheckDependsOn(*body);
      if (const Value* condition = body->Find("Condition");
          condition != nullptr && condition->is_string()) {
        CheckCondition(condition->text, condition->place);
      }
    }
    current_ = nullptr;
    for (const auto& [id, body] : source_.outputs) {
      Walk({body});
      if (const Value* condition = body->Find("Condition");
          condition != nullptr && condition->is_string()) {
        CheckCondition(condition->text, condition->place);
      }
    }
    for (const auto& [id, body] : source_.conditions) Walk({body, false, true});
    CheckCircles();
  }

 private:
  void CheckShapes() {
    for (const auto& [id, body] : source_.resources) {
      if (id.starts_with("Fn::")) continue;
      const Value* type = body->Find("Type");
      if (type == nullptr || !type->is_string()) {
        preparation_.Problem(body->place, fmt::format("resource `{}` has no `Type`", id));
      }
      const Value* properties = body->Find("Properties");
      if (properties != nullptr && !properties->is_object() && !properties->is_null()) {
        preparation_.Problem(properties->place,
                             fmt::format("the `Properties` of `{}` are no object", id));
      }
    }
    for (const auto& [id, body] : source_.parameters) {
      if (!body->is_object())
        preparation_.Problem(body->place, fmt::format("parameter `{}` is no object", id));
    }
    const Value* resources = source_.root.Find("Resources");
    if (resources == nullptr || !resources->is_object() || resources->items.empty()) {
      preparation_.Problem(source_.root.place, "the template has no `Resources`");
    }
  }

  void Walk(Open first) {
    std::vector<Open> open{first};
    while (!open.empty()) {
      const Open current = open.back();
      open.pop_back();
      const Value& value = *current.value;
      const std::string_view name = FunctionName(value);
      bool conditional = current.conditional;
      if (!name.empty()) {
        conditional = conditional || name == "Fn::If";
        if (CheckCall(name, value, current)) continue;
      }
      for (const Value& item : value.items) {
        if (!item.items.empty()) open.push_back({&item, conditional, current.condition});
      }
    }
  }

  // True when the parts of the call need no visit.
  bool CheckCall(std::string_view name, const Value& call, const Open& at) {
    const Value& argument = FunctionArgument(call);
    if (name == "Ref") {
      if (argument.is_string()) CheckReference(argument.text, call.place, at.conditional);
      return argument.is_string();
    }
    if (name == "Condition") {
      if (at.condition && argument.is_string()) CheckCondition(argument.text, call.place);
      return false;
    }
    if (name == "Fn::GetAtt") {
      const Value* target =
          argument.is_list() && !argument.items.empty() ? &argument.items[0] : &argument;
      if (target->is_string()) {
        CheckResource(target->text.substr(0, target->text.find('.')), call.place, at.conditional);
      }
      return false;
    }
    if (name == "Fn::Sub") CheckSub(argument, call.place, at.conditional);
    if (name == "Fn::If" && argument.is_list() && !argument.items.empty() &&
        argument.items[0].is_string()) {
      CheckCondition(argument.items[0].text, argument.items[0].place);
    }
    if (name == "Fn::FindInMap" && argument.is_list() && argument.items.size() == 3 &&
        argument.items[0].is_string() && !source_.mappings.contains(argument.items[0].text)) {
      preparation_.Problem(call.place,
                           fmt::format("mapping `{}` is not declared", argument.items[0].text));
    }
    return false;
  }

  void CheckSub(const Value& argument, const model::Place& place, bool conditional) {
    const bool with_map = argument.is_list() && !argument.items.empty();
    const Value& text = with_map ? argument.items[0] : argument;
    if (!text.is_string()) return;
    const Value* map = with_map && argument.items.size() > 1 ? &argument.items[1] : nullptr;
    std::size_t at = text.text.find("${");
    while (at != std::string::npos) {
      const std::size_t end = text.text.find('}', at);
      if (end == std::string::npos) return;
      std::string name = text.text.substr(at + 2, end - at - 2);
      at = text.text.find("${", end);
      const auto begin = name.find_first_not_of(' ');
      if (begin == std::string::npos) continue;
      name = name.substr(begin, name.find_last_not_of(' ') - begin + 1);
      if (name.starts_with("!") || (map != nullptr && map->Find(name) != nullptr)) continue;
      const std::size_t dot = name.find('.');
      if (dot == std::string::npos) {
        CheckReference(name, place, conditional);
      } else {
        CheckResource(name.substr(0, dot), place, conditional);
      }
    }
  }

  void CheckReference(const std::string& target, const model::Place& place, bool conditional) {
    if (target.starts_with("AWS::") || source_.parameters.contains(target)) return;
    CheckResource(target.substr(0, target.find('.')), place, conditional);
  }

  void CheckResource(const std::string& target, const model::Place& place, bool conditional) {
    if (source_.resources.contains(target)) {
      if (current_ != nullptr && !conditional) edges_[*current_].insert(target);
      return;
    }
    if (source_.sam || !said_.insert(target).second) return;
    preparation_.Problem(
        place, fmt::format("`{}` is neither a parameter nor a resource of the template", target));
  }

  void CheckCondition(const std::string& name, const model::Place& place) {
    if (source_.conditions.contains(name) || !said_.insert("condition " + name).second) return;
    preparation_.Problem(place, fmt::format("condition `{}` is not declared", name));
  }

  void CheckDependsOn(const Value& body) {
    const Value* depends = body.Find("DependsOn");
    if (depends == nullptr) return;
    if (depends->is_string()) CheckResource(depends->text, depends->place, false);
    for (const Value& item : depends->items) {
      if (item.is_string()) CheckResource(item.text, item.place, false);
    }
  }

  // Depth first over resources; a step onto one that is on the way is a circle. One circle is
  // enough.
  void CheckCircles() {
    std::set<std::string, std::less<>> done;
    for (const auto& [id, targets] : edges_) {
      std::vector<std::pair<std::string, std::vector<std::string>>> way;
      std::set<std::string, std::less<>> on_way;
      const auto enter = [&](const std::string& name) {
        const auto found = edges_.find(name);
        way.emplace_back(
            name, found == edges_.end()
                      ? std::vector<std::string>()
                      : std::vector<std::string>(found->second.begin(), found->second.end()));
        on_way.insert(name);
      };
      if (!done.contains(id)) enter(id);
      while (!way.empty()) {
        auto& [name, left] = way.back();
        if (left.empty()) {
          done.insert(name);
          on_way.erase(name);
          way.pop_back();
          continue;
        }
        const std::string next = left.back();
        left.pop_back();
        if (on_way.contains(next)) {
          preparation_.Problem(source_.resources.find(next)->second->place,
                               fmt::format("`{}` refers to itself in a circle", next));
          return;
        }
        if (!done.contains(next)) enter(next);
      }
    }
  }

  Preparation& preparation_;
  const Template& source_;
  const std::string* current_ = nullptr;
  std::map<std::string, std::set<std::string>> edges_;
  std::set<std::string> said_;
};

}  // namespace

void CheckTemplate(Preparation& preparation) {
  if (preparation.source->foreign_macro) return;
  Checker(preparation).Run();
}

}  // namespace preview::cloudformation
