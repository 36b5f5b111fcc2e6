#include "preview/cli/collect.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "preview/report/words.h"

namespace preview::cli {
namespace {

// Things of one kind over all readings, by their text; keeps the order of first appearance.
template <typename T>
class Merged {
 public:
  explicit Merged(std::size_t readings) : readings_(readings) {}

  void Add(std::string key, std::size_t reading, const T& entry) {
    const auto [found, added] = positions_.emplace(std::move(key), entries_.size());
    if (added) entries_.push_back({entry, std::vector<bool>(readings_, false)});
    entries_[found->second].second[reading] = true;
  }
  [[nodiscard]] std::vector<std::pair<T, std::vector<bool>>>& entries() { return entries_; }

 private:
  std::size_t readings_;
  std::map<std::string, std::size_t, std::less<>> positions_;
  std::vector<std::pair<T, std::vector<bool>>> entries_;
};

class KeyText {
 public:
  KeyText& Add(std::string_view text) {
    text_.append(text).append(1, '\0');
    return *this;
  }
  template <typename Texts>
  KeyText& AddAll(const Texts& texts) {
    for (const auto& text : texts) Add(text);
    return Add("\x01");
  }
  KeyText& Add(const model::Place& place) {
    return Add(fmt::format("{}:{}:{}", place.file, place.line, place.column));
  }
  [[nodiscard]] std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string KeyOf(const model::Finding& finding) {
  KeyText key;
  key.Add(finding.resource_type)
      .Add(finding.stack)
      .Add(finding.resource_address)
      .Add(finding.resource);
  key.Add(finding.principal.kind).Add(finding.principal.value);
  for (const auto& [name, value] : finding.conditions) key.Add(name).Add(value);
  key.Add("\x01").Add(report::ChangeName(finding.change)).Add(report::StatusName(finding.status));
  key.Add(finding.is_public ? "public" : "").AddAll(finding.actions).AddAll(finding.new_actions);
  for (const model::FindingSource& source : finding.sources)
    key.Add(report::SourceName(source.type));
  return key.Take();
}

std::string KeyOf(const model::Note& note) {
  return KeyText()
      .Add(note.input)
      .Add(note.resource_address)
      .Add(note.message)
      .Add(note.place)
      .Take();
}

std::string KeyOf(const model::Undetermined& entry) {
  return KeyText()
      .Add(report::CodeName(entry.code))
      .Add(entry.input)
      .Add(entry.resource_address)
      .Add(entry.resource_type)
      .Add(entry.attribute)
      .Add(entry.reason)
      .Add(entry.place)
      .Add(entry.accepted.has_value() ? "accepted" : "")
      .Take();
}

class Collector {
 public:
  Collector(const std::vector<Decision>& readings, const Target& target)
      : readings_(readings),
        target_(target),
        findings_(readings.size()),
        notes_(readings.size()),
        undetermined_(readings.size()) {}

  void Run(report::Document& document) {
    for (std::size_t i = 0; i < readings_.size(); ++i) AddReading(i);
    for (const Decision& reading : readings_) whens_.push_back(reading.when);
    for (auto& [finding, holds] : findings_.entries()) {
      finding.when = WhenInWords(whens_, holds);
      document.findings.push_back(std::move(finding));
    }
    for (auto& [note, holds] : notes_.entries()) {
      note.message += Suffix(holds);
      document.notes.push_back(std::move(note));
    }
    for (auto& [entry, holds] : undetermined_.entries()) {
      entry.reason += Suffix(holds);
      document.undetermined.push_back(std::move(entry));
    }
    document.resources += resources_.size();
    document.decided += resources_.size() - open_.size();
  }

 private:
  [[nodiscard]] std::string Suffix(const std::vector<bool>& holds) const {
    const std::string when = WhenInWords(whens_, holds);
    return when.empty() ? when : fmt::format(" (when {})", when);
  }
  [[nodiscard]] std::string InputOf(const std::string& own, const std::string& stack,
                                    const std::string& address) const {
    if (!own.empty()) return own;
    for (const std::string& name : {address, stack}) {
      const auto found = target_.input_of.find(name);
      if (found != target_.input_of.end()) return found->second;
    }
    return target_.input;
  }
  void AddUndetermined(std::size_t reading, model::Undetermined entry) {
    entry.input = InputOf(entry.input, "", entry.resource_address);
    undetermined_.Add(KeyOf(entry), reading, entry);
  }
  void AddNote(std::size_t reading, model::Note note) {
    note.input = InputOf(note.input, "", note.resource_address);
    notes_.Add(KeyOf(note), reading, note);
  }
  void AddReading(std::size_t reading) {
    const Decision& decision = readings_[reading];
    for (std::size_t i = 0; i < decision.matches.size(); ++i)
      AddReport(reading, decision.matches[i], decision.reports[i]);
    for (const model::Undetermined& entry : decision.assembled.undetermined)
      AddUndetermined(reading, entry);
    for (const model::Note& note : decision.assembled.notes) AddNote(reading, note);
  }
  void AddReport(std::size_t reading, const Match& match, const access::Report& report) {
    const assemble::Assembled& assembled = readings_[reading].assembled;
    const model::Configuration& subject =
        match.after >= 0 ? assembled.after.configurations[static_cast<std::size_t>(match.after)]
                         : assembled.before.configurations[static_cast<std::size_t>(match.before)];
    const auto is_about = [&subject](const model::Undetermined& entry) {
      return entry.resource_address == subject.address;
    };
    std::string key = KeyText()
                          .Add(subject.resource_type)
                          .Add(subject.stack)
                          .Add(subject.address)
                          .Add(subject.arn)
                          .Take();
    bool open = !report.undetermined.empty() || (match.after >= 0 && !subject.undetermined.empty());
    open |= std::any_of(assembled.undetermined.begin(), assembled.undetermined.end(), is_about);
    if (report.shareable && open) open_.insert(key);
    if (report.shareable) resources_.insert(std::move(key));
    for (model::Finding finding : report.findings) {
      finding.input = InputOf(finding.input.empty() ? subject.input : finding.input, finding.stack,
                              finding.resource_address);
      findings_.Add(KeyOf(finding), reading, finding);
    }
    for (model::Undetermined entry : report.undetermined) {
      if (entry.input.empty())
        entry.input = InputOf(subject.input, subject.stack, entry.resource_address);
      AddUndetermined(reading, std::move(entry));
    }
    for (model::Note note : report.notes) {
      if (note.input.empty())
        note.input = InputOf(subject.input, subject.stack, note.resource_address);
      AddNote(reading, std::move(note));
    }
  }

  const std::vector<Decision>& readings_;
  const Target& target_;
  std::vector<std::string> whens_;
  Merged<model::Finding> findings_;
  Merged<model::Note> notes_;
  Merged<model::Undetermined> undetermined_;
  std::set<std::string> resources_;
  std::set<std::string> open_;  // of those, with something undetermined
};

std::vector<std::string_view> Clauses(std::string_view when) {
  constexpr std::string_view kAnd = " and ";
  std::vector<std::string_view> clauses;
  while (true) {
    const std::size_t end = when.find(kAnd);
    clauses.push_back(when.substr(0, end));
    if (end == std::string_view::npos) return clauses;
    when.remove_prefix(end + kAnd.size());
  }
}

int Rank(const model::Finding& finding) {
  if (finding.status == model::Status::kArchived) return 4;
  if (finding.status == model::Status::kResolved) return 2;
  switch (finding.change) {
    case model::ChangeType::kNew:
      return 0;
    case model::ChangeType::kChanged:
      return 1;
    case model::ChangeType::kUnchanged:
      return 3;
  }
  return 3;
}

}  // namespace

std::string WhenInWords(const std::vector<std::string>& readings, const std::vector<bool>& holds) {
  if (std::find(holds.begin(), holds.end(), false) == holds.end()) return {};
  const auto first =
      static_cast<std::size_t>(std::find(holds.begin(), holds.end(), true) - holds.begin());
  if (first == holds.size()) return {};
  for (const std::string_view clause : Clauses(readings[first])) {
    bool says_it = true;
    for (std::size_t i = 0; i < readings.size() && says_it; ++i) {
      const std::vector<std::string_view> clauses = Clauses(readings[i]);
      says_it = holds[i] == (std::find(clauses.begin(), clauses.end(), clause) != clauses.end());
    }
    if (says_it) return std::string(clause);
  }
  std::string words;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (holds[i]) words += (words.empty() ? "" : ", or ") + readings[i];
  }
  return words;
}

void Collect(const std::vector<Decision>& readings, const Target& target,
             report::Document& document) {
  Collector(readings, target).Run(document);
}

void SortFindings(std::vector<model::Finding>& findings, const model::SymbolTable& symbols) {
  using Key = std::tuple<int, bool, std::string, std::string, std::string, std::string, std::string,
                         std::string>;
  std::vector<std::pair<Key, std::size_t>> order;
  order.reserve(findings.size());
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const model::Finding& finding = findings[i];
    std::string conditions;
    for (const auto& [key, value] : finding.conditions) conditions += key + '\0' + value + '\0';
    order.push_back({Key(Rank(finding), !finding.is_public, finding.input, finding.stack,
                         finding.resource_address, model::Display(finding.resource, symbols),
                         finding.principal.kind + model::Display(finding.principal.value, symbols),
                         model::Display(conditions, symbols)),
                     i});
  }
  std::sort(order.begin(), order.end());
  std::vector<model::Finding> sorted;
  sorted.reserve(findings.size());
  for (const auto& [key, index] : order) sorted.push_back(std::move(findings[index]));
  findings = std::move(sorted);
}

}  // namespace preview::cli
