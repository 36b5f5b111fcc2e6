#include "parsers/cloudformation/reading.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "parsers/cloudformation/library.h"
#include "parsers/cloudformation/suppressions.h"
#include "parsers/suppression/directive.h"

namespace preview::cloudformation {

namespace {

constexpr int kMaxReplays = 8;  // until no answer brings up another question

std::string SymbolFor(std::string_view name, model::SymbolForm form, model::SymbolTable& symbols) {
  const auto id = symbols.Intern({std::string(name), "", "", form, false});
  return id.has_value() ? model::SymbolText(*id) : std::string();
}

// The templates of one side, with what each stack is given.
struct Side {
  std::span<const TemplateText> texts;
  const Texts* parameters = nullptr;
  bool several = false;  // stacks on either side: what they hold is told apart by their labels
  std::vector<const Template*> sources;
};

class Reader {
 public:
  Reader(const TemplateOptions& options, const Overlay& overlay, model::SymbolTable& symbols,
         model::SourceFiles& files)
      : options_(options),
        overlay_(overlay),
        symbols_(symbols),
        files_(files),
        library_(options, files) {}

  model::Result<std::vector<model::Deployment>> Read(Side after, Side before) {
    for (Side* side : {&after, &before}) {
      if (auto error = Load(*side)) return *error;
    }
    std::vector<Reading> readings;
    std::vector<Decision> given;
    while (true) {
      readings.push_back(Run(after, before, given));
      const auto next = NextRun(readings.back().decisions);
      if (!next.has_value()) break;
      given = *next;
      if (readings.size() < options_.max_readings && steps_ < options_.max_steps) continue;
      return std::vector<model::Deployment>{TooMany(after, before, readings.size())};
    }
    return TellApart(std::move(readings), symbols_);
  }

 private:
  std::unique_ptr<Stack> MakeStack(const TemplateText& text, const Side& side) {
    auto stack = std::make_unique<Stack>();
    const bool several = side.several;
    stack->label = text.label;
    if (several && text.label.empty()) stack->label = text.stack.empty() ? text.name : text.stack;
    stack->scope = several ? stack->label + "/" : std::string();
    stack->environment = FilledEnvironment(text.environment, options_.environment, symbols_);
    stack->name = text.stack.empty() ? SymbolFor(stack->scope + "AWS::StackName",
                                                 model::SymbolForm::kText, symbols_)
                                     : text.stack;
    stack->given = side.parameters;
    stack->given_first = &text.parameters;
    return stack;
  }

  EvaluatorInput MakeInput() {
    EvaluatorInput input;
    input.options = &options_;
    input.symbols = &symbols_;
    input.decisions = &decisions_;
    input.nested = [this](const Template& parent, const std::string& path,
                          const PartEvaluator& evaluate, std::string& why) {
      return library_.FromFile(parent, path, evaluate, why);
    };
    return input;
  }

  std::optional<model::Error> Load(Side& side) {
    for (const TemplateText& text : side.texts) {
      Evaluator evaluator(MakeInput());
      evaluator.SetMayAsk(false);
      const PartEvaluator evaluate = [&](const Template& partial, const model::Value& value) {
        std::unique_ptr<Stack> stack = MakeStack(text, side);
        stack->source = &partial;
        return evaluator.Evaluate(*stack, value);
      };
      const auto source = library_.FromText(text, evaluate);
      if (!source.ok()) return source.error();
      side.sources.push_back(source.value());
    }
    return std::nullopt;
  }

  // Evaluates one side; named conditions that are decided at the end go into `reading`.
  std::vector<Item> Evaluate(const Side& side, Sides& sides, Reading& reading) {
    Evaluator evaluator(MakeInput());
    std::vector<Item> items;
    for (std::size_t i = 0; i < side.texts.size(); ++i) {
      std::unique_ptr<Stack> stack = MakeStack(side.texts[i], side);
      stack->source = side.sources[i];
      evaluator.AddStack(std::move(stack));
    }
    for (std::size_t i = 0; i < evaluator.stacks().size(); ++i) {
      Stack& stack = *evaluator.stacks()[i];
      const Template& source = *stack.source;
      sides.undetermined.insert(sides.undetermined.end(), source.problems.begin(),
                                source.problems.end());
      sides.notes.insert(sides.notes.end(), source.notes.begin(), source.notes.end());
      CollectItems(evaluator, stack, items);
    }
    sides.undetermined.insert(sides.undetermined.end(), evaluator.problems().begin(),
                              evaluator.problems().end());
    sides.notes.insert(sides.notes.end(), evaluator.notes().begin(), evaluator.notes().end());
    steps_ += evaluator.steps();
    evaluator.SetMayAsk(false);
    for (const auto& stack : evaluator.stacks()) AddConditions(evaluator, *stack, reading);
    for (Item& item : items) item.physical = PhysicalName(item.resource, symbols_);
    return items;
  }

  static void AddConditions(Evaluator& evaluator, Stack& stack, Reading& reading) {
    const model::Value* declared = stack.source->root.Find("Conditions");
    if (declared != nullptr && declared->is_object()) {
      for (const std::string& name : declared->keys) {
        const auto value = evaluator.Condition(stack, name, declared->place);
        if (value.has_value()) reading.conditions.emplace_back(stack.prefix + name, *value);
      }
    }
    for (const auto& [id, child] : stack.children) {
      if (child != nullptr) AddConditions(evaluator, *child, reading);
    }
  }

  Reading Run(const Side& after, const Side& before, const std::vector<Decision>& given) {
    std::vector<Decision> answers = given;
    for (int replay = 0;; ++replay) {
      Reading reading;
      decisions_.Start(answers);
      Sides sides;
      sides.before = Evaluate(before, sides, reading);
      reading.conditions.clear();  // the words are those of what is to be deployed
      sides.after = Evaluate(after, sides, reading);
      const bool settled = Settled(sides, answers.size());
      answers = decisions_.taken();
      if (!settled && replay < kMaxReplays) continue;
      overlay_(sides);
      reading.decisions = answers;
      reading.deployment = Finish(std::move(sides), after);
      reading.print = Print(reading.deployment);
      return reading;
    }
  }

  // Whether no text that was found to equal another one after `known` answers still stands in a
  // resource: it was evaluated before the answer.
  [[nodiscard]] bool Settled(const Sides& sides, std::size_t known) const {
    std::vector<std::string_view> late;
    for (std::size_t i = known; i < decisions_.taken().size(); ++i) {
      if (decisions_.taken()[i].equal) late.push_back(decisions_.taken()[i].left);
    }
    if (late.empty()) return true;
    for (const std::vector<Item>* items : {&sides.before, &sides.after}) {
      for (const Item& item : *items) {
        if (Holds(item.resource.attributes, late)) return false;
      }
    }
    return true;
  }

  static bool Holds(const model::Value& value, const std::vector<std::string_view>& texts) {
    std::vector<const model::Value*> open{&value};
    while (!open.empty()) {
      const model::Value* current = open.back();
      open.pop_back();
      for (const model::Value& item : current->items) open.push_back(&item);
      if (!current->is_string() || !model::HasSymbol(current->text)) continue;
      for (std::string_view text : texts) {
        if (current->text.find(text) != std::string::npos) return true;
      }
    }
    return false;
  }

  model::Deployment Finish(Sides sides, const Side& after) {
    model::Deployment deployment;
    deployment.language = model::Language::kCloudFormation;
    deployment.input = options_.input;
    deployment.environment = FilledEnvironment(
        after.texts.empty() ? model::Environment{} : after.texts.front().environment,
        options_.environment, symbols_);
    deployment.undetermined = std::move(sides.undetermined);
    deployment.notes = std::move(sides.notes);
    deployment.suppressions = SuppressionsOf(sides);
    MatchSides(sides.before, sides.after, options_.input, deployment.notes);
    for (Item& item : sides.before) deployment.before.resources.push_back(std::move(item.resource));
    for (Item& item : sides.after) deployment.after.resources.push_back(std::move(item.resource));
    return deployment;
  }

  // Of the files that make up `after`.
  std::vector<model::Suppression> SuppressionsOf(const Sides& sides) {
    std::vector<model::Suppression> suppressions;
    const auto may_hold = [](const model::SourceFiles::File& file) {
      return suppression::MayHold(file.text);
    };
    if (std::none_of(files_.files.begin(), files_.files.end(), may_hold)) return suppressions;
    std::set<std::uint32_t> files;
    for (const Item& item : sides.after) AddFiles(item.resource, files);
    for (const std::uint32_t file : files) {
      if (file >= files_.files.size()) continue;
      const auto [known, added] = suppressions_.try_emplace(file);
      if (added) known->second = ReadSuppressions(files_.files[file].text, file, options_.limits);
      suppressions.insert(suppressions.end(), known->second.begin(), known->second.end());
    }
    return suppressions;
  }

  static void AddFiles(const model::Resource& resource, std::set<std::uint32_t>& files) {
    if (resource.place.known()) files.insert(resource.place.file);
    std::vector<const model::Value*> open{&resource.attributes};
    while (!open.empty()) {
      const model::Value* value = open.back();
      open.pop_back();
      if (value->place.known()) files.insert(value->place.file);
      for (const model::Value& item : value->items) open.push_back(&item);
    }
  }

  // Unknown values count, tags do not.
  static std::string Print(const model::Deployment& deployment) {
    std::string print;
    for (const model::Inventory* inventory : {&deployment.before, &deployment.after}) {
      for (const model::Resource& resource : inventory->resources) {
        print += fmt::format("\n{}\t{}\t{}\t", resource.identity, resource.type, resource.address);
        for (std::size_t i = 0; i < resource.attributes.items.size(); ++i) {
          if (resource.attributes.keys[i] == "Tags") continue;
          print += resource.attributes.keys[i] + "=" + model::ToJson(resource.attributes.items[i]) +
                   "\t";
        }
      }
      print += "\n--";
    }
    for (const model::Undetermined& problem : deployment.undetermined)
      print += "\n" + problem.reason;
    return print;
  }

  model::Deployment TooMany(const Side& after, const Side& before, std::size_t made) {
    decisions_.Close();
    Reading reading = Run(after, before, {});
    model::Undetermined problem;
    problem.input = options_.input;
    problem.reason = fmt::format("the open conditions of the template have more than {} readings",
                                 std::min(made, options_.max_readings));
    problem.hint = "give the parameters' values with --parameters";
    if (!after.sources.empty()) problem.place = after.sources.front()->root.place;
    reading.deployment.undetermined.push_back(std::move(problem));
    return std::move(reading.deployment);
  }

  const TemplateOptions& options_;
  const Overlay& overlay_;
  model::SymbolTable& symbols_;
  const model::SourceFiles& files_;
  Decisions decisions_;
  Library library_;
  std::map<std::uint32_t, std::vector<model::Suppression>> suppressions_;  // by file
  std::size_t steps_ = 0;                                                  // of all readings so far
};

}  // namespace

model::Environment FilledEnvironment(model::Environment environment,
                                     const model::Environment& fallback,
                                     model::SymbolTable& symbols) {
  if (environment.account.empty()) environment.account = fallback.account;
  if (environment.region.empty()) environment.region = fallback.region;
  if (environment.partition.empty() || environment.partition == "aws")
    environment.partition = fallback.partition;
  if (environment.partition.empty()) environment.partition = "aws";
  if (environment.partition == "aws" && environment.region.starts_with("cn-"))
    environment.partition = "aws-cn";
  if (environment.partition == "aws" && environment.region.starts_with("us-gov-"))
    environment.partition = "aws-us-gov";
  if (environment.account.empty())
    environment.account = SymbolFor("account", model::SymbolForm::kOwnAccount, symbols);
  if (environment.region.empty())
    environment.region = SymbolFor("region", model::SymbolForm::kRegion, symbols);
  return environment;
}

model::Result<std::vector<model::Deployment>> ReadSides(std::span<const TemplateText> after,
                                                        std::span<const TemplateText> base,
                                                        const TemplateOptions& options,
                                                        const Overlay& overlay,
                                                        model::SymbolTable& symbols,
                                                        model::SourceFiles& files) {
  const Texts* base_parameters =
      options.base_parameters.has_value() ? &*options.base_parameters : &options.parameters;
  const bool several = after.size() > 1 || base.size() > 1;
  return Reader(options, overlay, symbols, files)
      .Read({after, &options.parameters, several, {}}, {base, base_parameters, several, {}});
}

model::Result<std::vector<model::Deployment>> ReadTemplates(std::span<const TemplateText> after,
                                                            std::span<const TemplateText> base,
                                                            const TemplateOptions& options,
                                                            model::SymbolTable& symbols,
                                                            model::SourceFiles& files) {
  return ReadSides(after, base, options, [](Sides&) {}, symbols, files);
}

}  // namespace preview::cloudformation
