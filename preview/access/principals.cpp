#include "preview/access/principals.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "preview/access/caller_classes.h"
#include "preview/access/keys.h"
#include "preview/access/text_classes.h"
#include "rules/catalogue.h"

namespace preview::access {

namespace {

using Form = PrincipalMatcher::Form;

// Between a role's ARN and its session's name in the text of one caller. Never part of an input
// text.
constexpr char32_t kSessionMark = 0x1;

// Accounts inside the zone that are told apart one by one; of more, none.
constexpr std::size_t kMaxOwnAccounts = 64;

std::string_view ResourceOfArn(std::string_view arn) {
  for (int i = 0; i < 5; ++i) {
    auto colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn;
}

bool IsAccountId(std::string_view text) {
  if (text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos)
    return true;
  return model::AsSingleSymbol(text).has_value();
}

// The caller that a text of the automaton stands for; nothing when it is none.
std::optional<Caller> CallerOf(std::string_view text) {
  Caller caller;
  auto mark = text.find('\x01');
  caller.arn = text.substr(0, mark);
  if (mark != std::string_view::npos) caller.session = text.substr(mark + 1);
  caller.account = AccountOfArn(caller.arn);
  std::string_view resource = ResourceOfArn(caller.arn);
  bool sts = caller.arn.find(":sts::") != std::string::npos;
  if (caller.account.empty() || !caller.arn.starts_with("arn:")) return std::nullopt;
  if (sts && resource.starts_with("federated-user/") && resource.size() > 15) {
    caller.kind = CallerKind::kFederatedUser;
  } else if (sts) {
    return std::nullopt;
  } else if (resource == "root") {
    caller.kind = CallerKind::kRoot;
  } else if (resource.starts_with("user/") && resource.size() > 5) {
    caller.kind = CallerKind::kUser;
  } else if (resource.starts_with("role/") && resource.size() > 5) {
    caller.kind = CallerKind::kRole;
  } else {
    return std::nullopt;
  }
  if (mark != std::string_view::npos && caller.kind != CallerKind::kRole) return std::nullopt;
  return caller;
}

void AppendText(Pattern& pattern, std::string_view text) {
  for (char32_t letter : Decode(text))
    pattern.elements.push_back({ElementKind::kLetter, letter, false});
}

void AppendAny(Pattern& pattern, ElementKind kind) { pattern.elements.push_back({kind, 0, false}); }

// Finds the signed callers when some condition has a wildcard: all tests run as one automaton over
// the caller's ARN.
class SignedCallers {
 public:
  SignedCallers(const CallersRequest& request, bool& complete)
      : request_(request), complete_(complete) {}

  std::vector<Caller> Find() {
    CollectAccounts();
    std::set<std::tuple<std::string, std::string>> seen;
    std::vector<Caller> callers;
    auto add = [&](std::string_view text) {
      auto caller = CallerOf(text);
      bool digits =
          caller && (caller->account.find_first_not_of("0123456789") == std::string::npos ||
                     model::HasSymbol(caller->account));
      if (!caller || (!digits && accounts_.contains(caller->account)) ||
          request_.zone->Contains(caller->account))
        return;
      if (rules::IsAwsServiceAccount(caller->account)) return;
      if (seen.emplace(caller->arn, caller->session).second) callers.push_back(std::move(*caller));
    };
    if (HasGlobs()) {
      for (const std::string& text : Classes()) add(text);
    } else {
      for (const std::string& text : Samples()) add(text);
    }
    return callers;
  }

 private:
  [[nodiscard]] bool HasGlobs() const {
    return std::any_of(request_.tests.begin(), request_.tests.end(), [](const Test* test) {
      return std::any_of(test->values.begin(), test->values.end(),
                         [](const TestValue& value) { return !value.pattern.is_literal; });
    });
  }

  void CollectAccounts() {
    // Account ids are digits or a symbol; their number of digits is not checked (the service
    // reported `123`).
    auto add = [&](std::string_view account) {
      bool digits = account.find_first_not_of("0123456789") == std::string_view::npos;
      if (!account.empty() && (digits || model::HasSymbol(account)))
        accounts_.insert(std::string(account));
    };
    for (const PrincipalMatcher& matcher : request_.matchers) add(matcher.account);
    for (const Test* test : request_.tests) {
      for (const TestValue& value : test->values) {
        if (value.pattern.is_literal) {
          add(test->key == "aws:principalarn" ? AccountOfArn(value.pattern.literal)
                                              : value.pattern.literal);
        } else if (!IsAccountId(AccountOfArn(value.text))) {
          add(AccountOfArn(value.text));  // `123` of `arn:aws:iam::123:user/*`
        }
      }
    }
  }

  // An account id that nobody mentioned.
  [[nodiscard]] std::string OtherAccount() const {
    for (char digit : {'9', '8', '7', '6', '5', '4', '3', '2', '1'}) {
      std::string account(12, digit);
      if (!accounts_.contains(account) && !request_.zone->Contains(account)) return account;
    }
    std::string account = "990000000000";
    for (int i = 0; accounts_.contains(account) || request_.zone->Contains(account); ++i) {
      std::string tail = std::to_string(i);
      account = "99" + std::string(10 - tail.size(), '0') + tail;
    }
    return account;
  }

  [[nodiscard]] std::string Iam(std::string_view account, std::string_view resource) const {
    return "arn:" + request_.partition + ":iam::" + std::string(account) + ":" +
           std::string(resource);
  }

  [[nodiscard]] std::set<std::string> NamedTexts() const {
    std::set<std::string> texts;
    for (const PrincipalMatcher& matcher : request_.matchers) {
      if (matcher.form == Form::kArn) texts.insert(matcher.arn);
      if (matcher.form == Form::kSession) texts.insert(matcher.arn + '\x01' + matcher.session);
    }
    for (const Test* test : request_.tests) {
      if (test->key != "aws:principalarn") continue;
      for (const TestValue& value : test->values) {
        if (value.pattern.is_literal) texts.insert(value.pattern.literal);
      }
    }
    return texts;
  }

  // Without wildcards: every caller that is named, and in every account (and one more) one that is
  // not.
  [[nodiscard]] std::vector<std::string> Samples() const {
    std::set<std::string> named = NamedTexts();
    std::vector<std::string> accounts(accounts_.begin(), accounts_.end());
    accounts.push_back(OtherAccount());
    std::vector<std::string> texts;
    for (const std::string& account : accounts) {
      std::string role = Iam(account, "role/example");
      while (named.contains(role)) role += "-x";
      texts.push_back(role);
      if (request_.kinds_matter) {
        std::string user = Iam(account, "user/example");
        while (named.contains(user)) user += "-x";
        texts.push_back(user);
        texts.push_back(Iam(account, "root"));
        texts.push_back("arn:" + request_.partition + ":sts::" + account +
                        ":federated-user/example");
      }
    }
    texts.insert(texts.end(), named.begin(), named.end());
    return texts;
  }

  // The classes when each pattern keeps to its segments; worth it when there are many.
  [[nodiscard]] std::optional<std::vector<std::string>> ClassesBySegments() {
    constexpr std::size_t kFew = 8;
    CallerClassesRequest classes;
    for (const Test* test : request_.tests) {
      for (const TestValue& value : test->values) {
        if (value.pattern.is_literal) continue;
        if (test->key == "aws:principalarn") {
          classes.arns.push_back(value.pattern);
        } else {
          classes.accounts.push_back(InSegment(value.pattern));
        }
      }
    }
    if (classes.arns.size() + classes.accounts.size() + accounts_.size() <= kFew)
      return std::nullopt;
    classes.partition = request_.partition;
    classes.named_accounts = accounts_;
    classes.named_accounts.insert(request_.zone->account);
    if (request_.zone->accounts.size() <= kMaxOwnAccounts) {
      classes.named_accounts.insert(request_.zone->accounts.begin(), request_.zone->accounts.end());
    }
    classes.named_accounts.erase("");
    classes.named = NamedTexts();
    classes.kinds_matter = request_.kinds_matter;
    if (SessionsMatter()) classes.session_mark = kSessionMark;
    classes.max_classes = request_.max_atoms;
    classes.steps = request_.steps;
    auto found = FindCallerClasses(classes);
    if (!found) return std::nullopt;
    complete_ = complete_ && found->complete;
    return std::move(found->examples);
  }

  [[nodiscard]] bool SessionsMatter() const {
    return std::any_of(request_.matchers.begin(), request_.matchers.end(),
                       [](const PrincipalMatcher& m) { return m.form == Form::kSession; });
  }

  // A pattern over an account's id, which holds no colon.
  static Pattern InSegment(Pattern pattern) {
    for (Element& element : pattern.elements) {
      if (element.kind == ElementKind::kAny) element.kind = ElementKind::kAnyInSegment;
      if (element.kind == ElementKind::kOne) element.kind = ElementKind::kOneInSegment;
    }
    return pattern;
  }

  [[nodiscard]] std::vector<std::string> Classes() {
    if (auto classes = ClassesBySegments()) return std::move(*classes);
    std::vector<Pattern> patterns = Universe();
    std::size_t universe = patterns.size();
    bool sessions = SessionsMatter();
    auto add = [&](Pattern pattern) {
      pattern.is_literal = false;
      if (sessions) {
        Pattern with_session = pattern;
        with_session.elements.push_back({ElementKind::kLetter, kSessionMark, false});
        AppendAny(with_session, ElementKind::kAny);
        patterns.push_back(std::move(with_session));
      }
      patterns.push_back(std::move(pattern));
    };
    for (const Test* test : request_.tests) {
      for (const TestValue& value : test->values) {
        if (value.pattern.is_literal) continue;
        if (test->key == "aws:principalarn") {
          add(value.pattern);
        } else {
          for (std::string_view service : {":iam::", ":sts::"})
            add(AccountPattern(service, value.pattern));
        }
      }
    }
    if (request_.kinds_matter) {
      // Users, roles, … are told apart even where no pattern does.
      std::vector<Pattern> kinds(patterns.begin(),
                                 patterns.begin() + static_cast<std::ptrdiff_t>(universe));
      for (Pattern& kind : kinds) add(std::move(kind));
    }
    TextClassesRequest classes;
    // Accounts inside are told apart too, so that an example from outside is found where there is
    // one.
    if (HasGlobs()) {
      accounts_.insert(request_.zone->account);
      if (request_.zone->accounts.size() <= kMaxOwnAccounts) {
        accounts_.insert(request_.zone->accounts.begin(), request_.zone->accounts.end());
      }
    }
    // Beyond so many accounts each would cost the automaton a pattern: they are then only sampled.
    constexpr std::size_t kMaxAccountPatterns = 128;
    if (accounts_.size() <= kMaxAccountPatterns) {
      for (const std::string& account : accounts_) {
        Pattern literal;
        AppendText(literal, account);
        for (std::string_view service : {":iam::", ":sts::"}) add(AccountPattern(service, literal));
      }
    }
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      (i < universe ? classes.universe : classes.patterns).push_back(&patterns[i]);
    }
    for (const std::string& text : NamedTexts()) classes.literals.push_back(text);
    if (accounts_.size() > kMaxAccountPatterns) {
      complete_ = false;
      for (const std::string& text : Samples()) classes.literals.push_back(text);
    }
    classes.max_classes = request_.max_atoms;
    classes.steps = request_.steps;
    TextClasses found = FindTextClasses(classes);
    complete_ = complete_ && found.complete;
    for (std::string& text : found.examples) Beautify(text, patterns);
    return std::move(found.examples);
  }

  // Twelve digits in place of a made-up account, a whole word in place of a letter, where no test
  // sees a difference.
  void Beautify(std::string& text, const std::vector<Pattern>& patterns) const {
    auto same = [&](const std::string& candidate) {
      auto caller = CallerOf(candidate);
      if (!caller || request_.zone->Contains(caller->account) ||
          accounts_.contains(caller->account))
        return false;
      return std::all_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
        return Matches(pattern, candidate, VariableReading::kMay) ==
               Matches(pattern, text, VariableReading::kMay);
      });
    };
    std::string account(AccountOfArn(text));
    if (!account.empty() && !IsAccountId(account) && !accounts_.contains(account)) {
      std::size_t at = text.find("::" + account + ":") + 2;
      std::vector<std::string> others{
          OtherAccount(),
          account + std::string(12 - std::min<std::size_t>(12, account.size()), '0')};
      for (char digit = '9'; digit >= '0'; --digit) {
        others.push_back(account);
        std::replace_if(
            others.back().begin(), others.back().end(), [](char c) { return c < '0' || c > '9'; },
            digit);
      }
      for (const std::string& other : others) {
        std::string candidate = text.substr(0, at) + other + text.substr(at + account.size());
        if (same(candidate)) {
          text = candidate;
          return;
        }
      }
    }
  }

  [[nodiscard]] static bool HasSymbol(const Pattern& pattern) {
    return std::any_of(pattern.elements.begin(), pattern.elements.end(), [](const Element& e) {
      return e.kind == ElementKind::kLetter && model::IsSymbolLetter(e.letter);
    });
  }

  // How the account in a caller's ARN may look: twelve letters, or an account that the policy names
  // although it has not twelve digits. Any text where a symbol stands beside a wildcard, since it
  // may be a part of an account or more than one.
  // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
  [[nodiscard]] std::vector<Pattern> AccountForms() const {
    std::vector<Pattern> forms(1);
    bool open = std::any_of(request_.tests.begin(), request_.tests.end(), [](const Test* test) {
      return std::any_of(test->values.begin(), test->values.end(), [](const TestValue& value) {
        return !value.pattern.is_literal && HasSymbol(value.pattern);
      });
    });
    if (open) {
      AppendAny(forms[0], ElementKind::kOneInSegment);
      AppendAny(forms[0], ElementKind::kAnyInSegment);
      return forms;
    }
    for (int i = 0; i < 12; ++i) AppendAny(forms[0], ElementKind::kOneInSegment);
    for (const std::string& account : accounts_) {
      if (account.size() == 12 && !model::HasSymbol(account)) continue;
      AppendText(forms.emplace_back(), account);
    }
    return forms;
  }

  [[nodiscard]] std::vector<Pattern> Universe() const {
    std::vector<Pattern> universe;
    std::vector<Pattern> accounts = AccountForms();
    for (auto [service, resource] :
         {std::pair{":iam::", ":role/"}, std::pair{":iam::", ":user/"},
          std::pair{":sts::", ":federated-user/"}, std::pair{":iam::", ":root"}}) {
      for (const Pattern& account : accounts) {
        Pattern pattern;
        AppendText(pattern, "arn:" + request_.partition + service);
        pattern.elements.insert(pattern.elements.end(), account.elements.begin(),
                                account.elements.end());
        AppendText(pattern, resource);
        if (std::string_view(resource) != ":root") {
          AppendAny(pattern, ElementKind::kOne);
          AppendAny(pattern, ElementKind::kAny);
        }
        universe.push_back(std::move(pattern));
      }
    }
    return universe;
  }

  [[nodiscard]] Pattern AccountPattern(std::string_view service, const Pattern& account) const {
    Pattern pattern;
    AppendText(pattern, "arn:" + request_.partition + std::string(service));
    for (const Element& element : InSegment(account).elements) pattern.elements.push_back(element);
    AppendText(pattern, ":");
    AppendAny(pattern, ElementKind::kAny);
    return pattern;
  }

  const CallersRequest& request_;
  bool& complete_;
  std::set<std::string> accounts_;
};

}  // namespace

bool PrincipalMatcher::Matches(const Caller& caller) const {
  switch (form) {
    case Form::kEveryone:
      return !aws_only || caller.kind != CallerKind::kFederated;
    case Form::kAccount:
      return caller.is_signed() && caller.account == account;
    case Form::kArn:
      return caller.is_signed() && caller.arn == arn;
    case Form::kSession: {
      if (caller.kind != CallerKind::kRole || caller.account != account ||
          caller.session != session)
        return false;
      std::string_view name = caller.arn;
      return name.substr(name.rfind('/') + 1) == role;
    }
    case Form::kFederated:
      return caller.kind == CallerKind::kFederated && caller.arn == arn;
    case Form::kCanonicalUser:
      return caller.canonical == arn && !arn.empty();
    case Form::kSigned:
      return caller.is_signed();
    case Form::kNobody:
      return false;
  }
  return false;
}

PrincipalMatcher MatcherOf(const model::PrincipalEntry& entry) {
  PrincipalMatcher out;
  switch (entry.kind) {
    case model::PrincipalKind::kEveryone:
      out.form = Form::kEveryone;
      return out;
    case model::PrincipalKind::kService:
      return out;
    case model::PrincipalKind::kFederated:
      out.form = Form::kFederated;
      out.arn = entry.text;
      return out;
    case model::PrincipalKind::kCanonicalUser:
      if (rules::IsAwsServiceAccount(entry.text)) return out;
      out.form = Form::kCanonicalUser;
      out.arn = entry.text;
      return out;
    case model::PrincipalKind::kAws:
      break;
  }
  const std::string& text = entry.text;
  if (text == "*") {
    out.form = Form::kEveryone;
    out.aws_only = true;
    return out;
  }
  if (!text.starts_with("arn:")) {
    // Ids of deleted principals (AIDA…, AROA…) match nobody.
    bool account = text.find_first_not_of("0123456789") == std::string::npos || IsAccountId(text);
    if (account || model::HasSymbol(text)) {
      out.form = Form::kAccount;
      out.account = text;
    }
    return out;
  }
  out.account = AccountOfArn(text);
  std::string_view resource = ResourceOfArn(text);
  if (rules::IsAwsServiceAccount(out.account)) {
    out.account.clear();
    return out;
  }
  if (resource == "root") {
    out.form = Form::kAccount;
  } else if (resource.starts_with("assumed-role/")) {
    auto slash = resource.find('/', 13);
    out.form = Form::kSession;
    out.role = resource.substr(13, slash == std::string_view::npos ? slash : slash - 13);
    out.session = slash == std::string_view::npos ? std::string_view() : resource.substr(slash + 1);
    std::string partition = text.substr(4, text.find(':', 4) - 4);
    out.arn = "arn:" + partition + ":iam::" + out.account + ":role/" + out.role;
  } else {
    out.form = Form::kArn;
    out.arn = text;
  }
  return out;
}

std::vector<Caller> FindCallers(const CallersRequest& request, bool& complete) {
  std::vector<Caller> callers = SignedCallers(request, complete).Find();
  std::vector<Caller> signed_callers = callers;
  if (request.anonymous) {
    Caller anonymous;
    anonymous.kind = CallerKind::kAnonymous;
    anonymous.account = "anonymous";
    callers.push_back(anonymous);
  }
  std::set<std::string> providers;
  std::set<std::string> canonical_users;
  for (const PrincipalMatcher& matcher : request.matchers) {
    if (matcher.form == Form::kFederated) providers.insert(matcher.arn);
    if (matcher.form == Form::kCanonicalUser) canonical_users.insert(matcher.arn);
  }
  for (const std::string& provider : providers) {
    Caller caller;
    caller.kind = CallerKind::kFederated;
    caller.arn = provider;
    callers.push_back(caller);
  }
  for (const std::string& id : canonical_users) {
    if (id == request.zone->canonical_user) continue;
    // Somebody of an outside account that is not known: any of the signed callers.
    for (Caller caller : signed_callers) {
      caller.canonical = id;
      callers.push_back(caller);
    }
  }
  return callers;
}

bool IsCallerView(std::string_view key) {
  return key == "aws:principalarn" || key == "aws:principalaccount" || key == "kms:calleraccount" ||
         key == "aws:principaltype" || key == "aws:principalisawsservice" ||
         key == "aws:principalservicename" || key == "aws:principalservicenameslist";
}

ContextValue CallerView(std::string_view key, const Caller& caller) {
  auto one = [](std::string text) {
    return ContextValue(std::vector<std::string>{std::move(text)});
  };
  if (caller.kind == CallerKind::kFederated) return std::nullopt;
  bool anonymous = caller.kind == CallerKind::kAnonymous;
  if (key == "aws:principalarn") return anonymous ? std::nullopt : one(caller.arn);
  if (key == "aws:principalaccount") return one(caller.account);
  if (key == "kms:calleraccount") return anonymous ? std::nullopt : one(caller.account);
  if (key == "aws:principalisawsservice") return anonymous ? std::nullopt : one("false");
  if (key == "aws:principaltype") {
    switch (caller.kind) {
      case CallerKind::kRoot:
        return one("Account");
      case CallerKind::kUser:
        return one("User");
      case CallerKind::kRole:
        return one("AssumedRole");
      case CallerKind::kFederatedUser:
        return one("FederatedUser");
      case CallerKind::kAnonymous:
        return one("Anonymous");
      case CallerKind::kFederated:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace preview::access
