#include "preview/cli/suppress.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "parsers/suppression/directive.h"
#include "parsers/terraform/address.h"
#include "preview/report/words.h"

namespace preview::cli {
namespace {

model::Date DateOfSeconds(std::chrono::seconds since_epoch) {
  const auto days = std::chrono::floor<std::chrono::days>(since_epoch);
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

// Seconds of the year 9999; what lies behind has no date of four digits.
constexpr std::int64_t kLastSecond = 253'402'300'799;

// `module.a["x"].module.b.t.n` to `module.a.module.b` and `module.a`.
std::vector<std::string> ModulesOf(std::string_view address) {
  std::vector<std::string> modules;
  if (!address.starts_with("module.")) return modules;
  // An entry may be about a module itself: then the address ends there.
  auto parsed = terraform::ParseAddress(address);
  if (!parsed.has_value()) parsed = terraform::ParseAddress(std::string(address) + ".t.n");
  if (!parsed.has_value()) return modules;
  std::string prefix;
  for (const terraform::ModuleStep& step : parsed->modules) {
    prefix += (prefix.empty() ? "module." : ".module.") + step.name;
    modules.insert(modules.begin(), prefix);
  }
  return modules;
}

std::pair<std::uint32_t, std::uint32_t> Order(const model::Place& place) {
  return {place.line, place.column};
}

std::string Count(std::size_t number, std::string_view word) {
  return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
}

}  // namespace

model::Result<model::Date> Today(const Options& options) {
  if (!options.today.empty()) {
    if (const auto date = suppression::ParseDate(options.today)) return *date;
    return model::Error{fmt::format("`{}` is no day", options.today), "", {}};
  }
  const std::string& text = options.source_date_epoch;
  if (text.empty()) {
    return DateOfSeconds(std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch()));
  }
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0 ||
      seconds > kLastSecond) {
    return model::Error{fmt::format("SOURCE_DATE_EPOCH `{}` is no number of seconds", text),
                        "give the day with --today",
                        {}};
  }
  return DateOfSeconds(std::chrono::seconds(seconds));
}

ResourcePlaces::ResourcePlaces(const model::Deployment& deployment) {
  if (deployment.suppressions.empty()) return;
  for (const model::Resource& resource : deployment.after.resources) {
    if (resource.place.known())
      entries_[resource.address].push_back({resource.stack, resource.place});
  }
}

model::Place ResourcePlaces::Find(const std::string& stack, const std::string& address) const {
  const auto found = entries_.find(address);
  if (found == entries_.end()) return {};
  for (const Entry& entry : found->second) {
    if (entry.stack == stack) return entry.place;
  }
  return found->second.size() == 1 ? found->second.front().place : model::Place{};
}

// The suppressions of one reading, by what they stand on.
class Suppressor::Reading {
 public:
  Reading(Suppressor& owner, const std::vector<model::Suppression>& suppressions,
          const ResourcePlaces& places)
      : places_(places) {
    for (const model::Suppression& suppression : suppressions) Add(owner.Register(suppression));
    Index();
  }

  void Apply(Decision& decision) {
    for (access::Report& report : decision.reports) {
      for (std::size_t i = 0; i < report.findings.size(); ++i)
        Accept(report.findings[i], i < report.grants.size() ? report.grants[i] : kNoGrants);
      for (model::Undetermined& entry : report.undetermined) Accept(entry);
    }
    for (model::Undetermined& entry : decision.assembled.undetermined) Accept(entry);
    for (const Element& element : elements_) {
      for (Known* known : element.known) {
        known->seen.insert(element.seen.begin(), element.seen.end());
        known->open = known->open || element.open;
      }
    }
  }

 private:
  // Of several for one code, the first that holds is taken.
  struct Element {
    model::Place begin;
    model::Place end;
    int parent = -1;
    std::vector<Known*> known;
    std::map<model::Code, Known*> holding;
    std::map<model::Code, Known*> expired;
    std::set<model::Code> seen;
    bool open = false;
  };
  using Elements = std::vector<std::size_t>;  // by index, the narrowest first

  void Add(Known& known) {
    const model::Suppression& suppression = known.suppression;
    if (!suppression.problem.empty() || suppression.fetched || !suppression.begin.known()) return;
    const auto key =
        std::make_tuple(suppression.begin.file, suppression.begin.line, suppression.begin.column);
    const auto [found, added] = by_begin_.emplace(key, elements_.size());
    if (added) elements_.push_back({suppression.begin, suppression.end, -1, {}, {}, {}, {}, false});
    Element& element = elements_[found->second];
    element.known.push_back(&known);
    for (const model::Code code : suppression.codes)
      (known.expired ? element.expired : element.holding).emplace(code, &known);
    for (const std::string& module : suppression.modules) modules_[module].insert(found->second);
  }
  // `by_begin_` is in the order of the places, so what is open is a stack.
  void Index() {
    std::vector<std::size_t> open;
    for (const auto& [key, index] : by_begin_) {
      const model::Place& begin = elements_[index].begin;
      while (!open.empty() && (elements_[open.back()].begin.file != begin.file ||
                               Order(elements_[open.back()].end) <= Order(begin)))
        open.pop_back();
      if (!open.empty()) elements_[index].parent = static_cast<int>(open.back());
      open.push_back(index);
    }
  }
  void AddAround(const model::Place& place, Elements& out) const {
    if (!place.known()) return;
    auto next = by_begin_.upper_bound(std::make_tuple(place.file, place.line, place.column));
    if (next == by_begin_.begin()) return;
    int index = static_cast<int>(std::prev(next)->second);
    while (index >= 0) {
      const Element& element = elements_[static_cast<std::size_t>(index)];
      if (element.begin.file == place.file && Order(place) < Order(element.end))
        out.push_back(static_cast<std::size_t>(index));
      index = element.parent;
    }
  }
  void AddModules(std::string_view address, Elements& out) const {
    if (modules_.empty()) return;
    for (const std::string& module : ModulesOf(address)) {
      const auto found = modules_.find(module);
      if (found != modules_.end())
        out.insert(out.end(), found->second.begin(), found->second.end());
    }
  }
  void AddResource(const std::string& stack, const std::string& address, Elements& out) const {
    AddAround(places_.Find(stack, address), out);
    AddModules(address, out);
  }

  // The first suppression of the code that holds; null: none.
  Known* Holding(const Elements& elements, model::Code code) {
    Known* holding = nullptr;
    for (const std::size_t index : elements) {
      elements_[index].seen.insert(code);
      const auto found = elements_[index].holding.find(code);
      if (holding == nullptr && found != elements_[index].holding.end()) holding = found->second;
    }
    return holding;
  }
  void CountExpired(const std::set<std::size_t>& elements, model::Code code) {
    for (const std::size_t index : elements) {
      const auto found = elements_[index].expired.find(code);
      if (found != elements_[index].expired.end()) ++found->second->uses[code].expired;
    }
  }
  static model::AcceptedBy AcceptedBy(const Known& known) {
    const model::Suppression& suppression = known.suppression;
    return {suppression.reason,
            suppression.until.has_value() ? suppression::DateText(*suppression.until) : "",
            suppression.place};
  }

  static std::string InWords(const model::FindingSource& source) {
    if (source.carrier.empty() && source.statement < 0) return "another statement";
    if (source.statement < 0) return fmt::format("`{}`", source.carrier);
    return fmt::format("statement {} of `{}`", source.statement + 1, source.carrier);
  }
  void Accept(model::Finding& finding, const std::vector<model::FindingSource>& grants) {
    if (elements_.empty() || finding.status == model::Status::kResolved) return;
    Elements whole;
    AddResource(finding.stack, finding.resource_address, whole);
    const std::vector<model::FindingSource>& sources = grants.empty() ? finding.sources : grants;
    std::vector<Known*> holding;
    std::set<std::size_t> around;
    std::string missing;
    const auto cover = [&](const Elements& part) {
      around.insert(part.begin(), part.end());
      holding.push_back(Holding(part, finding.code));
      return holding.back() != nullptr;
    };
    for (const model::FindingSource& source : sources) {
      Elements part;
      AddAround(source.place, part);
      AddResource(finding.stack, source.carrier, part);
      part.insert(part.end(), whole.begin(), whole.end());
      if (!cover(part) && missing.empty()) missing = InWords(source);
    }
    if (sources.empty()) cover(whole);
    const bool all = std::find(holding.begin(), holding.end(), nullptr) == holding.end();
    const std::set<Known*> used(holding.begin(), holding.end());
    for (Known* known : used) {
      if (known == nullptr) continue;
      Use& use = known->uses[finding.code];
      ++(all ? use.accepted : use.partly);
      if (!all && use.missing.empty()) use.missing = missing;
    }
    if (!all) return CountExpired(around, finding.code);
    if (finding.status == model::Status::kArchived) return;
    finding.status = model::Status::kArchived;
    finding.accepted = AcceptedBy(*holding.front());
  }
  void Accept(model::Undetermined& entry) {
    if (elements_.empty()) return;
    Elements around;
    AddAround(entry.place, around);
    AddResource("", entry.resource_address, around);
    Known* holding = Holding(around, entry.code);
    if (holding == nullptr) {
      for (const std::size_t index : around) elements_[index].open = true;
      return CountExpired({around.begin(), around.end()}, entry.code);
    }
    ++holding->uses[entry.code].accepted;
    entry.accepted = AcceptedBy(*holding);
  }

  static inline const std::vector<model::FindingSource> kNoGrants;

  const ResourcePlaces& places_;
  std::vector<Element> elements_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::size_t> by_begin_;
  std::map<std::string, std::set<std::size_t>, std::less<>> modules_;
};

void Suppressor::Apply(const std::vector<model::Suppression>& suppressions,
                       const ResourcePlaces& places, Decision& decision) {
  if (!suppressions.empty()) Reading(*this, suppressions, places).Apply(decision);
}

Suppressor::Known& Suppressor::Register(const model::Suppression& suppression) {
  const std::uint32_t file = suppression.place.file;
  const std::string path = file < files_.files.size() ? files_.files[file].path : std::string();
  const auto [found, added] =
      known_.try_emplace(Key(path, suppression.place.line, suppression.place.column,
                             suppression.begin.line, suppression.begin.column));
  Known& known = found->second;
  if (added) {
    known.expired =
        suppression.problem.empty() && suppression.until.has_value() && IsPast(*suppression.until);
  }
  known.suppression = suppression;
  return known;
}

bool Suppressor::IsPast(const model::Date& until) {
  if (!today_.has_value()) today_ = Today(options_);
  return !today_->ok() || until < today_->value();
}

std::vector<std::string> Suppressor::WarningsOf(const Known& known) {
  const model::Suppression& suppression = known.suppression;
  if (suppression.fetched) {
    return {
        "this suppression is not taken: it is in a module that was fetched; put it on the module "
        "call"};
  }
  if (!suppression.problem.empty())
    return {fmt::format("this suppression is not taken: {}", suppression.problem)};
  if (!suppression.begin.known()) {
    return {
        "this suppression stands on nothing: put it into or directly above a statement, a "
        "resource, a data source or "
        "a module call"};
  }
  std::vector<std::string> warnings;
  for (const model::Code code : suppression.codes) {
    const std::string_view name = report::CodeName(code);
    const auto found = known.uses.find(code);
    const Use use = found == known.uses.end() ? Use{} : found->second;
    if (use.expired > 0) {
      warnings.push_back(fmt::format("the day of this suppression has passed ({}): {} {} {} again",
                                     suppression::DateText(*suppression.until), use.expired, name,
                                     use.expired == 1 ? "counts" : "count"));
    } else if (use.partly > 0) {
      warnings.push_back(
          fmt::format("this suppression covers only a part of what makes {} of {}, which therefore "
                      "stays: {} grants it too",
                      Count(use.partly, "finding"), name, use.missing));
    } else if (use.accepted == 0 && !known.open) {
      std::string others;
      for (const model::Code seen : known.seen) {
        if (seen != code)
          others += fmt::format("{}{}", others.empty() ? "" : ", ", report::CodeName(seen));
      }
      warnings.push_back(fmt::format("this suppression of {} matches nothing: {}", name,
                                     others.empty()
                                         ? std::string("remove it")
                                         : fmt::format("what is found there is {}", others)));
    }
  }
  return warnings;
}

void Suppressor::Warn(report::Document& document) const {
  for (const auto& [key, known] : known_) {
    for (std::string& warning : WarningsOf(known)) {
      model::Note note;
      note.message = std::move(warning);
      note.place = known.suppression.place;
      note.matters = !known.suppression.fetched;
      document.notes.push_back(std::move(note));
    }
  }
  if (today_.has_value() && !today_->ok())
    document.errors.push_back({"config", "", today_->error().message, today_->error().help, {}});
}

}  // namespace preview::cli
