#include "parsers/policy/policy_parser.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <utility>

#include "model/symbol.h"
#include "parsers/text/json.h"

namespace preview::policy {

namespace {

using model::Condition;
using model::Effect;
using model::PrincipalEntry;
using model::PrincipalKind;
using model::Statement;
using model::Value;
using model::ValueKind;

std::string Lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

constexpr std::array<std::string_view, 27> kOperators = {"arnequals",
                                                         "arnlike",
                                                         "arnnotequals",
                                                         "arnnotlike",
                                                         "binaryequals",
                                                         "bool",
                                                         "dateequals",
                                                         "dategreaterthan",
                                                         "dategreaterthanequals",
                                                         "datelessthan",
                                                         "datelessthanequals",
                                                         "datenotequals",
                                                         "ipaddress",
                                                         "notipaddress",
                                                         "null",
                                                         "numericequals",
                                                         "numericgreaterthan",
                                                         "numericgreaterthanequals",
                                                         "numericlessthan",
                                                         "numericlessthanequals",
                                                         "numericnotequals",
                                                         "stringequals",
                                                         "stringequalsignorecase",
                                                         "stringlike",
                                                         "stringnotequals",
                                                         "stringnotequalsignorecase",
                                                         "stringnotlike"};

bool IsAccountId(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Why an `AWS` principal other than `*` is refused; nothing when it is well-formed. The ids of
// deleted users and roles (AIDA…, AROA…) are, and so is what is known only at deployment.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
std::optional<std::string> WrongAwsPrincipal(std::string_view text) {
  if (model::HasSymbol(text) || IsAccountId(text)) return std::nullopt;
  std::string shown = "principal `" + std::string(text) + "`";
  if (!text.starts_with("arn:")) {
    bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
    if (digits) return shown + " is no account id: it has not twelve digits";
    bool id =
        text.size() >= 16 && text.starts_with('A') &&
        text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
    return id ? std::nullopt : std::optional(shown + " is neither an account id nor an ARN");
  }
  std::array<std::string_view, 6> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto colon = i == 5 ? std::string_view::npos : text.find(':');
    parts[i] = text.substr(0, colon);
    text.remove_prefix(colon == std::string_view::npos ? text.size() : colon + 1);
  }
  // `cloudfront` owns origin access identities, whose ARNs are principals too.
  if (!IsAccountId(parts[4]) && parts[4] != "cloudfront")
    return shown + " has no account id of twelve digits";
  bool iam = parts[5] == "root" || parts[5].starts_with("user/") || parts[5].starts_with("role/");
  bool sts = parts[5].starts_with("assumed-role/") || parts[5].starts_with("federated-user/");
  bool service = (iam && parts[2] == "iam") || (sts && parts[2] == "sts");
  if (!service || !parts[1].starts_with("aws") || !parts[3].empty())
    return shown + " is no ARN of an account, a user, a role or a session";
  return std::nullopt;
}

// A nested policy text may hold \uDBxx escapes that decode to symbol letters; they are not ours.
std::string WithoutEscapedSymbols(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i + 12 <= out.size(); ++i) {
    if (out[i] != '\\' || out[i + 1] != 'u') continue;
    std::string head = Lower(std::string_view(out).substr(i + 2, 4));
    bool high = head.size() == 4 && head[0] == 'd' && head[1] == 'b' && head[2] >= '8';
    if (high && out[i + 6] == '\\' && out[i + 7] == 'u') out.replace(i, 12, "\\ufffd");
  }
  return out;
}

// One pass over one document.
class Reader {
 public:
  Reader(ParsedPolicy& out, const PolicyOptions& options) : out_(out), options_(options) {}

  void Document(const Value& root) {
    if (!root.is_object()) return Problem("the policy is not a JSON object", root.place);
    const Value* statements = nullptr;
    for (std::size_t i = 0; i < root.keys.size(); ++i) {
      std::string key = Lower(root.keys[i]);
      const Value& item = root.items[i];
      if (key == "version") {
        if (item.is_unknown()) {
          Unknown("Version", item);
          continue;
        }
        if (item.is_string()) out_.document.version = item.text;
        if (!item.is_string() || (item.text != "2012-10-17" && item.text != "2008-10-17")) {
          Problem("`Version` is neither `2012-10-17` nor `2008-10-17`", item.place);
        }
      } else if (key == "statement") {
        statements = &item;
      } else if (key != "id") {
        Problem("unknown element `" + root.keys[i] + "`", item.place);
      }
    }
    if (out_.document.version.empty()) out_.document.version = "2008-10-17";
    if (statements == nullptr) return Problem("the policy has no `Statement`", root.place);
    if (statements->is_unknown()) return Unknown("Statement", *statements);
    if (statements->is_object()) return StatementAt(*statements, 0);
    if (!statements->is_list())
      return Problem("`Statement` is neither a list nor an object", statements->place);
    // S3: `Could not parse the policy: Statement is empty!`
    if (statements->items.empty()) return Problem("`Statement` is empty", statements->place);
    for (std::size_t i = 0; i < statements->items.size(); ++i) {
      StatementAt(statements->items[i], static_cast<int>(i));
    }
  }

 private:
  void Problem(std::string reason, model::Place place) {
    out_.problems.push_back({index_, std::move(reason), place});
    broken_ = true;
  }

  // What the service refuses although it is clear what is meant: the statement is decided as well.
  void Flaw(std::string reason, model::Place place) {
    out_.problems.push_back({index_, std::move(reason), place});
  }

  void Unknown(std::string element, const Value& value) {
    out_.unknown.push_back({index_, std::move(element), value.text, value.place});
  }

  void StatementAt(const Value& value, int index) {
    index_ = index;
    broken_ = false;
    drop_ = false;
    if (value.is_unknown()) {
      Unknown("Statement", value);
    } else if (!value.is_object()) {
      Problem("the statement is not an object", value.place);
    } else {
      ReadStatement(value);
    }
    index_ = -1;
  }

  void ReadStatement(const Value& value) {
    Statement statement;
    statement.index = index_;
    statement.place = value.place;
    std::array<bool, 8> seen{};
    enum Element {
      kEffect,
      kPrincipal,
      kNotPrincipal,
      kAction,
      kNotAction,
      kResource,
      kNotResource,
      kOther
    };
    const Value* condition = nullptr;
    ReadEffect(value, statement);  // first: what is not known is read by effect
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      std::string key = Lower(value.keys[i]);
      const Value& item = value.items[i];
      Element element = kOther;
      if (key == "effect") {
        element = kEffect;
      } else if (key == "sid") {
        if (item.is_string()) statement.sid = item.text;
        if (!item.is_string() && !item.is_unknown() && !item.is_number()) {
          Problem("`Sid` is not a string", item.place);
        }
        // IAM asks that ids are unique in a policy; other services do not say so, and policies of
        // AWS's own samples for S3 repeat them.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
        bool repeated = item.is_string() && !item.text.empty() && !sids_.insert(item.text).second;
        if (options_.trust_policy && repeated)
          Flaw("`Sid` `" + item.text + "` is that of an earlier statement", item.place);
      } else if (key == "principal" || key == "notprincipal") {
        element = key == "principal" ? kPrincipal : kNotPrincipal;
        statement.not_principal = element == kNotPrincipal;
        ReadPrincipals(item, statement);
      } else if (key == "action" || key == "notaction") {
        element = key == "action" ? kAction : kNotAction;
        statement.not_action = element == kNotAction;
        ReadTexts(item, statement.not_action ? "NotAction" : "Action", statement.not_action,
                  statement, statement.actions);
        CheckActions(statement, item.place);
      } else if (key == "resource" || key == "notresource") {
        element = key == "resource" ? kResource : kNotResource;
        statement.not_resource = element == kNotResource;
        ReadTexts(item, statement.not_resource ? "NotResource" : "Resource", statement.not_resource,
                  statement, statement.resources);
      } else if (key == "condition") {
        condition = &item;
      } else {
        Problem("unknown element `" + value.keys[i] + "`", item.place);
      }
      seen[element] = true;
    }
    if (condition != nullptr) ReadConditions(*condition, statement);
    auto both = [&](Element a, Element b, const char* name) {
      if (seen[a] && seen[b])
        Problem(std::string("both `") + name + "` and `Not" + name + "`", value.place);
    };
    both(kPrincipal, kNotPrincipal, "Principal");
    both(kAction, kNotAction, "Action");
    both(kResource, kNotResource, "Resource");
    if (!seen[kEffect]) Problem("`Effect` is missing", value.place);
    if (!seen[kPrincipal] && !seen[kNotPrincipal]) Problem("`Principal` is missing", value.place);
    if (!seen[kAction] && !seen[kNotAction]) Problem("`Action` is missing", value.place);
    if (options_.trust_policy && seen[kNotPrincipal]) {
      Problem("`NotPrincipal` is not allowed in a role trust policy", value.place);
    }
    // `MalformedPolicyDocument: Has prohibited field Resource`
    if (options_.trust_policy && (seen[kResource] || seen[kNotResource])) {
      Flaw("`Resource` is not allowed in a role trust policy", value.place);
    }
    if (!broken_ && !drop_) out_.document.statements.push_back(std::move(statement));
  }

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
  void CheckActions(const Statement& statement, model::Place place) {
    for (const std::string& action : statement.actions) {
      bool service = action == "*" || action.find(':') != std::string::npos;
      if (!service && !model::HasSymbol(action))
        Flaw("action `" + action + "` names no service", place);
    }
  }

  void ReadEffect(const Value& value, Statement& statement) {
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      if (Lower(value.keys[i]) != "effect") continue;
      const Value& item = value.items[i];
      if (item.is_string() && item.text == "Allow") {
        statement.effect = Effect::kAllow;
      } else if (item.is_string() && item.text == "Deny") {
        statement.effect = Effect::kDeny;
      } else if (item.is_unknown()) {
        Unknown("Effect", item);
        statement.effect = Effect::kAllow;
        statement.approximate = true;
      } else {
        Problem("`Effect` is neither `Allow` nor `Deny`", item.place);
      }
    }
  }

  // What is to become of a statement with an unknown part: an Allow is read without the part, a
  // Deny is left out, so that the answer errs towards reporting.
  void LeaveOpen(Statement& statement) {
    statement.approximate = true;
    if (statement.effect == Effect::kDeny) drop_ = true;
  }

  void ReadTexts(const Value& value, const char* element, bool negated, Statement& statement,
                 std::vector<std::string>& out) {
    auto one = [&](const Value& item) {
      if (item.is_string()) {
        out.push_back(item.text);
      } else if (item.is_unknown()) {
        Unknown(element, item);
        LeaveOpen(statement);
        // An Allow on an unknown list may allow everything; with Not… it may exclude nothing.
        if (!negated) out.emplace_back("*");
      } else {
        Problem(std::string("`") + element + "` is neither a string nor a list of strings",
                item.place);
      }
    };
    if (value.is_list()) {
      for (const Value& item : value.items) one(item);
    } else {
      one(value);
    }
  }

  void ReadPrincipals(const Value& value, Statement& statement) {
    if (value.is_string()) {
      if (value.text != "*") return Problem("`Principal` is a string other than `*`", value.place);
      statement.principals.push_back({PrincipalKind::kEveryone, "*"});
      return;
    }
    if (value.is_unknown()) return UnknownPrincipal(value, statement);
    if (!value.is_object()) return Problem("`Principal` is neither `*` nor an object", value.place);
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      const std::string& key = value.keys[i];
      std::optional<PrincipalKind> kind;
      if (key == "AWS") kind = PrincipalKind::kAws;
      if (key == "Federated") kind = PrincipalKind::kFederated;
      if (key == "Service") kind = PrincipalKind::kService;
      if (key == "CanonicalUser") kind = PrincipalKind::kCanonicalUser;
      if (!kind) {
        Problem("`" + key + "` is no kind of principal", value.items[i].place);
        continue;
      }
      const Value& item = value.items[i];
      if (item.is_list()) {
        for (const Value& entry : item.items) Principal(entry, *kind, statement);
      } else {
        Principal(item, *kind, statement);
      }
    }
  }

  void UnknownPrincipal(const Value& value, Statement& statement) {
    Unknown("Principal", value);
    statement.approximate = true;
    // Who is meant is not known: an Allow is undetermined (not everybody), a Deny keeps nobody out.
    if (statement.effect == Effect::kDeny || statement.not_principal) drop_ = true;
  }

  void Principal(const Value& value, PrincipalKind kind, Statement& statement) {
    if (value.is_unknown()) return UnknownPrincipal(value, statement);
    if (!value.is_string() && !value.is_number()) {
      return Problem("a principal is not a string", value.place);
    }
    const std::string& text = value.text;
    bool glob = text.find('*') != std::string::npos || text.find('?') != std::string::npos;
    if (kind == PrincipalKind::kAws && glob && text != "*") {
      return Problem("principal `" + text + "` has a wildcard inside", value.place);
    }
    if (text.empty()) return Problem("a principal is empty", value.place);
    if (kind == PrincipalKind::kAws && text != "*") {
      if (auto wrong = WrongAwsPrincipal(text)) return Problem(std::move(*wrong), value.place);
    }
    statement.principals.push_back({kind, text});
  }

  void ReadConditions(const Value& value, Statement& statement) {
    if (value.is_unknown()) {
      Unknown("Condition", value);
      return LeaveOpen(statement);
    }
    if (!value.is_object()) return Problem("`Condition` is not an object", value.place);
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      const std::string& op = value.keys[i];
      const Value& block = value.items[i];
      if (!IsConditionOperator(op)) {
        Problem("`" + op + "` is no condition operator", block.place);
        continue;
      }
      if (block.is_unknown()) {
        Unknown("Condition " + op, block);
        LeaveOpen(statement);
        continue;
      }
      if (!block.is_object()) {
        Problem("the condition `" + op + "` is not an object", block.place);
        continue;
      }
      for (std::size_t k = 0; k < block.keys.size(); ++k) {
        ReadCondition(op, block.keys[k], block.items[k], statement);
      }
    }
  }

  void ReadCondition(const std::string& op, const std::string& key, const Value& value,
                     Statement& statement) {
    Condition condition{op, key, {}};
    bool open = false;
    // `Conditions must be prefaced by a vendor`
    if (key.find(':') == std::string::npos && !model::HasSymbol(key))
      Flaw("condition key `" + key + "` names no service", value.place);
    auto one = [&](const Value& item) {
      switch (item.kind) {
        case ValueKind::kString:
        case ValueKind::kNumber:
          if (SaysTooLittle(op, item.text)) {
            Unknown("Condition " + key, OpenText(item));
            open = true;
            break;
          }
          condition.values.push_back(item.text);
          break;
        case ValueKind::kBool:
          condition.values.emplace_back(item.boolean ? "true" : "false");
          break;
        case ValueKind::kUnknown:
          Unknown("Condition " + key, item);
          open = true;
          break;
        case ValueKind::kNull:
        case ValueKind::kList:
        case ValueKind::kObject:
          Problem("a value of condition `" + key + "` is no string, number or boolean", item.place);
          break;
      }
    };
    if (value.is_list()) {
      for (const Value& item : value.items) one(item);
    } else {
      one(value);
    }
    if (open) return LeaveOpen(statement);
    statement.conditions.push_back(std::move(condition));
  }

  // A part of a text can be compared with texts. An ARN is compared by its parts, and addresses,
  // numbers, dates and booleans as such: without them there is nothing to compare. The ARN of a
  // resource of the same deployment is one whatever it will be.
  [[nodiscard]] bool SaysTooLittle(const std::string& op, const std::string& text) const {
    constexpr long kColonsOfArn = 5;
    if (options_.symbols == nullptr || !model::HasSymbol(text)) return false;
    std::string name = Lower(op);
    if (name.find("string") != std::string::npos || name.find("binary") != std::string::npos)
      return false;
    bool arn = name.find("arn") != std::string::npos;
    if (!arn) return true;
    if (std::count(text.begin(), text.end(), ':') >= kColonsOfArn) return false;
    bool own = false;
    bool open = false;
    model::ForEachSymbol(text, [&](model::SymbolId id) {
      const model::Symbol& symbol = options_.symbols->Get(id);
      own = own || (!symbol.resource.empty() && symbol.attribute.ends_with("arn"));
      open = open || symbol.form == model::SymbolForm::kText;
    });
    return open && !own;
  }

  [[nodiscard]] Value OpenText(const Value& text) const {
    Value unknown = Value::Unknown("`" + model::Display(text.text, *options_.symbols) + "`");
    if (text.sensitive) unknown.text = "a sensitive value";
    unknown.place = text.place;
    return unknown;
  }

  ParsedPolicy& out_;
  const PolicyOptions& options_;
  std::set<std::string> sids_;
  int index_ = -1;
  bool broken_ = false;
  bool drop_ = false;
};

// The statement that a place in the policy's text lies in: the last one that begins before it. -1
// when none does.
int StatementOf(const Value& root, model::Place place) {
  auto before = [&](model::Place start) {
    return start.line < place.line || (start.line == place.line && start.column < place.column);
  };
  int out = -1;
  for (std::size_t i = 0; root.is_object() && i < root.keys.size(); ++i) {
    if (i < root.key_places.size() && root.key_places[i] == place)
      return -1;  // the key of the document itself
    if (Lower(root.keys[i]) != "statement") continue;
    const Value& statements = root.items[i];
    if (statements.is_object() && before(statements.place)) out = 0;
    for (std::size_t k = 0; statements.is_list() && k < statements.items.size(); ++k) {
      if (before(statements.items[k].place)) out = static_cast<int>(k);
    }
  }
  return out;
}

// A key that stands twice in one object, which AWS refuses; of its values the last one counts. The
// text is read once more, since only then it matters where in it things stand.
void AddRepeatedKeys(std::string_view text, model::Place place, ParsedPolicy& out) {
  model::Diagnostics repeated;
  auto parsed = text::ParseJsonWithSymbols(text, {}, &repeated);
  for (const model::Error& error : repeated) {
    int statement = parsed.ok() ? StatementOf(parsed.value(), error.place) : -1;
    out.problems.push_back({statement, error.message, place});
  }
}

}  // namespace

bool IsConditionOperator(std::string_view name) {
  std::string op = Lower(name);
  for (std::string_view prefix : {"foranyvalue:", "forallvalues:"}) {
    if (op.starts_with(prefix)) op = op.substr(prefix.size());
  }
  if (op.ends_with("ifexists") && op != "nullifexists") op.resize(op.size() - 8);
  return std::binary_search(kOperators.begin(), kOperators.end(), op);
}

ParsedPolicy ParsePolicy(const model::Value& document, const PolicyOptions& options) {
  ParsedPolicy out;
  out.sensitive = document.sensitive;
  if (document.is_null()) return out;
  if (document.is_unknown()) {
    out.unknown.push_back({-1, "policy", document.text, document.place});
    return out;
  }
  if (!document.is_string()) {
    Reader(out, options).Document(document);
    return out;
  }
  auto blank = [](unsigned char c) { return std::isspace(c) != 0; };
  if (std::all_of(document.text.begin(), document.text.end(), blank)) return out;
  model::Diagnostics repeated;
  std::string text = document.text;
  if (text.find("\\u") != std::string::npos) text = WithoutEscapedSymbols(text);
  text::JsonOptions json_options;
  json_options.track_places = false;
  auto parsed = text::ParseJsonWithSymbols(text, json_options, &repeated);
  if (!parsed.ok() && model::HasSymbol(text)) {
    // Part of the JSON itself is decided at deployment: a parameter that is the policy.
    out.unknown.push_back(
        {-1, "policy", "a text that is known at deployment only", document.place});
    return out;
  }
  if (!parsed.ok()) {
    out.problems.push_back(
        {-1, "the policy is not JSON: " + parsed.error().message, document.place});
    return out;
  }
  if (!repeated.empty()) AddRepeatedKeys(text, document.place, out);
  Reader(out, options).Document(parsed.value());
  for (Statement& statement : out.document.statements) {
    if (!statement.place.known()) statement.place = document.place;
  }
  return out;
}

}  // namespace preview::policy
