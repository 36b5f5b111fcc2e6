#include "preview/access/key_atoms.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "preview/access/text_classes.h"

namespace preview::access {

namespace {

void AddTexts(const std::vector<const Test*>& tests, const SingleValueRequest& single,
              KeyAtoms& out) {
  TextClassesRequest request;
  request.literals = single.literals;
  request.max_classes = single.max_atoms;
  request.steps = single.steps;
  for (const Pattern& pattern : single.universe) request.universe.push_back(&pattern);
  for (const Pattern& pattern : single.patterns) request.patterns.push_back(&pattern);
  for (const Test* test : tests) {
    for (const TestValue& value : test->values) request.patterns.push_back(&value.pattern);
  }
  TextClasses classes = FindTextClasses(request);
  out.complete = out.complete && classes.complete;
  for (std::string& text : classes.examples)
    out.values.push_back(std::vector<std::string>{std::move(text)});
}

void AddNumbers(const std::vector<const Test*>& tests, KeyAtoms& out) {
  std::set<Decimal> breakpoints;
  for (const Test* test : tests) {
    for (const TestValue& value : test->values) {
      if (value.number) breakpoints.insert(*value.number);
    }
  }
  for (std::string& text : NumbersAround({breakpoints.begin(), breakpoints.end()})) {
    out.values.push_back(std::vector<std::string>{std::move(text)});
  }
}

void AddAddresses(const std::vector<const Test*>& tests, KeyAtoms& out) {
  // Each interval between two borders begins with a border: the first address of a network or the
  // one behind it.
  std::set<Address> borders{Address{}, Address{true, {}}};
  for (const Test* test : tests) {
    for (const TestValue& value : test->values) {
      if (!value.network) continue;
      borders.insert(value.network->first);
      if (auto next = Next(value.network->last)) borders.insert(*next);
    }
  }
  for (const Address& address : borders)
    out.values.push_back(std::vector<std::string>{ToText(address)});
}

}  // namespace

std::vector<std::string> DateExamples(const std::vector<std::int64_t>& sorted) {
  constexpr std::int64_t kSecond = 1'000'000;
  if (sorted.empty()) return {"2026-01-01T00:00:00Z"};
  std::vector<std::string> out{DateText(sorted.front() - kSecond)};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    out.push_back(DateText(sorted[i]));
    if (i + 1 == sorted.size()) {
      out.push_back(DateText(sorted[i] + kSecond));
    } else if (sorted[i + 1] - sorted[i] > 1) {
      out.push_back(DateText(sorted[i] + std::min(kSecond, (sorted[i + 1] - sorted[i]) / 2)));
    }
  }
  return out;
}

KeyAtoms SingleValueAtoms(const SingleValueRequest& request) {
  KeyAtoms out;
  if (request.boolean) {
    for (const char* text : {"true", "false"}) out.values.push_back(std::vector<std::string>{text});
    return out;
  }
  std::vector<const Test*> texts;
  std::vector<const Test*> numbers;
  std::vector<const Test*> addresses;
  std::set<std::int64_t> dates;
  bool any_date = false;
  bool any_bool = false;
  for (const Test* test : request.tests) {
    switch (test->family) {
      case Family::kString:
      case Family::kArn:
      case Family::kBinary:
        texts.push_back(test);
        break;
      case Family::kBool:
        any_bool = true;
        break;
      case Family::kNumeric:
        numbers.push_back(test);
        break;
      case Family::kDate:
        any_date = true;
        for (const TestValue& value : test->values) {
          if (value.date) dates.insert(*value.date);
        }
        break;
      case Family::kIp:
        addresses.push_back(test);
        break;
      case Family::kNull:
        break;
    }
  }
  if (any_bool) {
    for (const char* text : {"true", "false"}) out.values.push_back(std::vector<std::string>{text});
  }
  if (!numbers.empty()) AddNumbers(numbers, out);
  if (any_date) {
    for (std::string& text : DateExamples({dates.begin(), dates.end()})) {
      out.values.push_back(std::vector<std::string>{std::move(text)});
    }
  }
  if (!addresses.empty()) AddAddresses(addresses, out);
  if (!texts.empty() || !request.literals.empty() || !request.patterns.empty())
    AddTexts(texts, request, out);
  if (out.values.empty()) out.values.push_back(std::vector<std::string>{request.example});
  return out;
}

KeyAtoms ValueSetAtoms(const std::vector<const Test*>& tests,
                       const std::vector<ContextValue>& single, std::size_t max_atoms) {
  KeyAtoms out;
  // A value set matters only through which tests some, and which all, of its values match. So as
  // many values as there are set tests (each may ask for one of its own) are enough.
  std::size_t most = 0;
  bool bare = false;
  for (const Test* test : tests) {
    bool set = test->quantifier != Quantifier::kNone;
    most += set ? 1 : 0;
    bare = bare || (!set && test->family != Family::kNull);
  }
  // An operator without a quantifier tells one value from several.
  if (bare) most = std::max<std::size_t>(most, 2);
  most = std::clamp<std::size_t>(most, 1, single.size());
  std::vector<std::size_t> chosen;
  std::size_t work = 0;
  for (std::size_t size = 1; size <= most; ++size) {
    chosen.assign(size, 0);
    for (std::size_t i = 0; i < size; ++i) chosen[i] = i;
    while (true) {
      if (out.values.size() >= max_atoms || ++work > 4096) {
        out.complete = false;
        return out;
      }
      std::vector<std::string> values;
      for (std::size_t index : chosen) values.push_back(single[index]->front());
      out.values.emplace_back(std::move(values));
      std::size_t i = size;
      while (i > 0 && chosen[i - 1] == single.size() - size + i - 1) --i;
      if (i == 0) break;
      ++chosen[i - 1];
      for (std::size_t k = i; k < size; ++k) chosen[k] = chosen[k - 1] + 1;
    }
  }
  return out;
}

}  // namespace preview::access
