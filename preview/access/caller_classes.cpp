#include "preview/access/caller_classes.h"

#include <algorithm>
#include <map>

#include "preview/access/keys.h"

namespace preview::access {

namespace {

// A pattern over an ARN, cut at the account's colons.
struct Parts {
  Pattern head;  // `arn:aws:iam::`
  Pattern account;
  Pattern name;
};

void MarkLiteral(Pattern& pattern) {
  std::u32string letters;
  for (const Element& element : pattern.elements) {
    if (element.kind != ElementKind::kLetter) return;
    letters += element.letter;
  }
  pattern.is_literal = true;
  pattern.literal = Encode(letters);
}

// Nothing in `out` for a pattern of fewer than six segments: it matches no caller. False when a
// wildcard may cross a segment before the name.
bool Cut(const Pattern& pattern, std::optional<Parts>& out) {
  Parts parts;
  int colons = 0;
  for (const Element& element : pattern.elements) {
    bool crosses = element.kind == ElementKind::kAny || element.kind == ElementKind::kOne;
    if (colons < 5 && crosses) return false;
    bool colon = element.kind == ElementKind::kLetter && element.letter == U':';
    if (colons < 4) {
      parts.head.elements.push_back(element);
    } else if (colons > 4) {
      parts.name.elements.push_back(element);
    } else if (!colon) {
      parts.account.elements.push_back(element);
    }
    if (colon) ++colons;
  }
  out.reset();
  if (colons < 5) return true;
  MarkLiteral(parts.account);
  MarkLiteral(parts.name);
  out = std::move(parts);
  return true;
}

Pattern TextPattern(std::string_view text, std::initializer_list<ElementKind> behind = {}) {
  Pattern pattern;
  for (char32_t letter : Decode(text))
    pattern.elements.push_back({ElementKind::kLetter, letter, false});
  for (ElementKind kind : behind) pattern.elements.push_back({kind, 0, false});
  return pattern;
}

class CallerClasses {
 public:
  explicit CallerClasses(const CallerClassesRequest& request) : request_(request) {}

  std::optional<TextClasses> Run() {
    for (const Pattern& pattern : request_.arns) {
      std::optional<Parts> parts;
      if (!Cut(pattern, parts)) return std::nullopt;
      if (parts) arns_.push_back(std::move(*parts));
    }
    for (const std::string& account : Accounts()) {
      for (const char* service : {"iam", "sts"}) AddCallers(account, service);
      if (out_.examples.size() > request_.max_classes) {
        out_.complete = false;
        break;
      }
    }
    return std::move(out_);
  }

 private:
  std::vector<std::string> Accounts() {
    Pattern any = TextPattern("", {ElementKind::kOneInSegment, ElementKind::kAnyInSegment});
    TextClassesRequest classes;
    classes.universe = {&any};
    classes.max_classes = request_.max_classes;
    classes.steps = request_.steps;
    for (const Parts& parts : arns_) classes.patterns.push_back(&parts.account);
    for (const Pattern& pattern : request_.accounts) classes.patterns.push_back(&pattern);
    classes.literals.assign(request_.named_accounts.begin(), request_.named_accounts.end());
    for (const std::string& text : request_.named) {
      std::string account(AccountOfArn(text));
      if (!account.empty()) classes.literals.push_back(account);
    }
    TextClasses found = FindTextClasses(classes);
    out_.complete = found.complete;
    for (std::string& account : found.examples) Beautify(account, classes.patterns);
    return std::move(found.examples);
  }

  // Twelve digits in place of a made-up account, where no pattern sees a difference.
  void Beautify(std::string& account, const std::vector<const Pattern*>& patterns) const {
    bool plain = account.find_first_not_of("0123456789") == std::string::npos;
    if (request_.named_accounts.contains(account) || (plain && account.size() == 12)) return;
    std::vector<std::string> others;
    for (char digit = '9'; digit >= '1'; --digit) others.emplace_back(12, digit);
    if (account.size() < 12) others.push_back(account + std::string(12 - account.size(), '0'));
    for (const std::string& other : others) {
      bool same = std::all_of(patterns.begin(), patterns.end(), [&](const Pattern* pattern) {
        return Matches(*pattern, account, VariableReading::kMay) ==
               Matches(*pattern, other, VariableReading::kMay);
      });
      if (!same || request_.named_accounts.contains(other)) continue;
      account = other;
      return;
    }
  }

  void AddCallers(const std::string& account, const std::string& service) {
    std::string head = "arn:" + request_.partition + ":" + service + "::";
    std::vector<const Pattern*> names;
    for (const Parts& parts : arns_) {
      if (Matches(parts.head, head, VariableReading::kMay) &&
          Matches(parts.account, account, VariableReading::kMay))
        names.push_back(&parts.name);
    }
    std::string before = head + account + ":";
    std::vector<std::string> named;
    for (auto it = request_.named.lower_bound(before);
         it != request_.named.end() && it->starts_with(before); ++it)
      named.push_back(it->substr(before.size()));
    for (const std::string& name : Names(service, names, named))
      out_.examples.push_back(before + name);
  }

  // Most classes of accounts have the same patterns alive: their names are found once.
  const std::vector<std::string>& Names(const std::string& service,
                                        const std::vector<const Pattern*>& patterns,
                                        const std::vector<std::string>& named) {
    auto [it, added] = names_.try_emplace({service, patterns, named});
    if (!added) return it->second;
    std::vector<Pattern> kinds;
    if (service == "sts") {
      kinds.push_back(TextPattern("federated-user/", {ElementKind::kOne, ElementKind::kAny}));
    } else {
      for (const char* kind : {"role/", "user/"})
        kinds.push_back(TextPattern(kind, {ElementKind::kOne, ElementKind::kAny}));
      kinds.push_back(TextPattern("root"));
    }
    TextClassesRequest classes;
    classes.max_classes = request_.max_classes;
    classes.steps = request_.steps;
    classes.literals = named;
    classes.patterns = patterns;
    std::vector<Pattern> with_sessions;
    with_sessions.reserve(patterns.size());
    for (const Pattern* pattern : patterns) {
      if (request_.session_mark == 0) break;
      Pattern& copy = with_sessions.emplace_back(*pattern);
      copy.is_literal = false;
      copy.elements.push_back({ElementKind::kLetter, request_.session_mark, false});
      copy.elements.push_back({ElementKind::kAny, 0, false});
      classes.patterns.push_back(&copy);
    }
    for (const Pattern& kind : kinds) {
      classes.universe.push_back(&kind);
      if (request_.kinds_matter) classes.patterns.push_back(&kind);
    }
    TextClasses found = FindTextClasses(classes);
    out_.complete = out_.complete && found.complete;
    it->second = std::move(found.examples);
    return it->second;
  }

  using NamesKey = std::tuple<std::string, std::vector<const Pattern*>, std::vector<std::string>>;

  const CallerClassesRequest& request_;
  std::vector<Parts> arns_;
  std::map<NamesKey, std::vector<std::string>> names_;
  TextClasses out_;
};

}  // namespace

std::optional<TextClasses> FindCallerClasses(const CallerClassesRequest& request) {
  return CallerClasses(request).Run();
}

}  // namespace preview::access
