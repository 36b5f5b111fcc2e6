// Which kind of file this is, by its content: only the names of the outermost members are looked
// at.

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "parsers/terraform/plan.h"

namespace preview::terraform {

namespace {

constexpr std::size_t kMostMembers = 40;

// Names of the members of the object that `text` begins with, as far as the text goes; strings are
// not decoded.
class MemberNames {
 public:
  explicit MemberNames(std::string_view text) : text_(text) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != '{') return;
    ++at_;
    while (names_.size() < kMostMembers && ReadName() && SkipValue()) {
    }
  }

  [[nodiscard]] bool Has(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  // Text of the member's value from its first letter on; empty without the member.
  [[nodiscard]] std::string_view Value(std::string_view name) const {
    auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? std::string_view()
                                 : values_[static_cast<std::size_t>(found - names_.begin())];
  }
  [[nodiscard]] bool empty() const { return names_.empty(); }

 private:
  void SkipSpace() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n,:").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool SkipString() {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
    if (at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  bool ReadName() {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != '"') return false;
    std::size_t begin = at_ + 1;
    if (!SkipString()) return false;
    names_.push_back(text_.substr(begin, at_ - begin - 1));
    SkipSpace();
    values_.push_back(text_.substr(std::min(at_, text_.size())));
    return true;
  }
  bool SkipValue() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '"') {
        if (!SkipString()) return false;
        if (depth == 0) return true;
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') {
        if (depth == 0) return false;
        --depth;
      }
      if (depth == 0 && c == ',') return true;
      ++at_;
      if (depth == 0 && (c == '}' || c == ']')) return true;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> values_;
};

PlanKind Wrong(std::string kind, std::string help) {
  return {false, std::move(kind), std::move(help)};
}

constexpr std::string_view kShow =
    "make one with `terraform plan -out=tfplan` and `terraform show -json tfplan > plan.json`";

PlanKind OfMembers(const MemberNames& members) {
  static constexpr std::array<std::string_view, 5> kPlanMembers{
      "resource_changes", "planned_values", "resource_drift", "output_changes",
      "relevant_attributes"};
  bool has_format = members.Has("format_version");
  bool plan = std::any_of(kPlanMembers.begin(), kPlanMembers.end(),
                          [&](std::string_view name) { return members.Has(name); });
  // The members before `planned_values`, where the text given ends within them; or sorted ones.
  plan |= members.Has("configuration") &&
          members.Value("configuration").substr(0, 400).find("\"root_module\"") !=
              std::string_view::npos;
  plan |= members.Has("configuration") &&
          members.Value("configuration").substr(0, 400).find("\"provider_config\"") !=
              std::string_view::npos;
  plan |= has_format && members.Has("terraform_version") && members.Has("variables") &&
          !members.Has("values");
  if (plan) return {true, "", ""};
  if (members.Has("@level") && (members.Has("@module") || members.Has("type"))) {
    return Wrong("the stream of `terraform plan -json`, which has no values of attributes",
                 std::string(kShow));
  }
  if (members.Has("remote_plan_format")) {
    return Wrong(
        "a saved plan of HCP Terraform, which holds only the name of a run",
        "run `terraform show -json FILE > plan.json` where you are logged in to HCP Terraform");
  }
  if (members.Has("encrypted_data") && members.Has("encryption_version")) {
    return Wrong("a plan or state file that OpenTofu has encrypted",
                 "run `tofu show -json FILE > plan.json` with the same encryption settings");
  }
  if (members.Has("lineage") && members.Has("serial")) {
    return Wrong("a Terraform state file",
                 std::string("a plan says what changes: ") + std::string(kShow));
  }
  if (has_format && members.Has("values")) {
    return Wrong("a state as `terraform show -json` prints it, not a plan",
                 "name the plan file: `terraform plan -out=tfplan` and `terraform show -json "
                 "tfplan > plan.json`");
  }
  if (has_format && members.Has("provider_schemas")) {
    return Wrong("the output of `terraform providers schema -json`", std::string(kShow));
  }
  if (has_format && members.Has("valid") && members.Has("diagnostics")) {
    return Wrong("the output of `terraform validate -json`", std::string(kShow));
  }
  if (has_format && members.Has("terraform_version"))
    return {true, "", ""};  // a plan without anything in it
  std::string_view value = members.Value("format_version");
  auto end = value.find('"', std::min<std::size_t>(1, value.size()));
  std::string_view rest = end == std::string_view::npos ? value : value.substr(end + 1);
  bool only_format = value.starts_with('"') && rest.starts_with('}') &&
                     rest.find_first_not_of(" \t\r\n", 1) == std::string_view::npos;
  if (only_format) {
    return Wrong("an empty state as `terraform show -json` prints it, not a plan",
                 "name the plan file: `terraform plan -out=tfplan` and `terraform show -json "
                 "tfplan > plan.json`");
  }
  return {};
}

}  // namespace

PlanKind RecognisePlan(std::string_view text) {
  if (text.starts_with("PK\x03\x04")) {
    return Wrong("a binary plan file",
                 "run `terraform show -json FILE > plan.json` and give plan.json; the binary file "
                 "can be given with `--source`");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return Wrong(
        "UTF-16 text, as `>` of Windows PowerShell writes it",
        "run `terraform show -json tfplan | Out-File -Encoding utf8 plan.json`, or use `cmd`");
  }
  MemberNames members(text);
  if (!members.empty()) return OfMembers(members);
  std::string_view beginning = text.substr(0, 64 * 1024);
  bool printed =
      beginning.find("Terraform will perform the following actions") != std::string_view::npos ||
      beginning.find("OpenTofu will perform the following actions") != std::string_view::npos ||
      beginning.find("Terraform used the selected providers") != std::string_view::npos;
  if (printed) return Wrong("a plan printed for people", std::string(kShow));
  return {};
}

}  // namespace preview::terraform
