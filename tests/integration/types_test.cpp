// The catalogue against testdata/types: every resource type has a case that fires, a near miss, an
// unknown and a before/after pair, in every language that can grant access to it and as lines of
// `preview batch`; and the program says what is expected of them. testdata/types/README.md
// describes the files.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "preview/cli/git.h"
#include "rules/catalogue.h"

namespace preview {
namespace {

namespace fs = std::filesystem;
using model::Language;
using nlohmann::json;

constexpr std::array<const char*, 4> kCases = {"fires", "near_miss", "unknown", "change"};
constexpr std::array<Language, 2> kLanguages = {Language::kTerraform, Language::kCloudFormation};

std::string Name(Language language) {
  return language == Language::kTerraform ? "terraform" : "cloudformation";
}

std::string TextOf(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

struct Folder {
  fs::path path;
  json expect;
};

// The folders of each type, by `type` of their expect.json.
const std::map<std::string, std::vector<Folder>>& Folders() {
  static const auto* const folders = [] {
    auto* found = new std::map<std::string, std::vector<Folder>>;
    for (const auto& entry : fs::directory_iterator(fs::path(PREVIEW_ROOT) / "testdata/types")) {
      if (!entry.is_directory()) continue;
      json expect = json::parse(TextOf(entry.path() / "expect.json"), nullptr, false);
      EXPECT_TRUE(expect.is_object() && expect.contains("type")) << entry.path();
      (*found)[expect["type"].get<std::string>()].push_back({entry.path(), std::move(expect)});
    }
    return found;
  }();
  return *folders;
}

// The parts of a folder that are inputs of their own: itself, or where an account has only one such
// resource, a folder for each case.
std::vector<fs::path> Parts(const fs::path& folder) {
  if (!fs::exists(folder / "fires")) return {folder};
  std::vector<fs::path> parts;
  for (const char* one : kCases) parts.push_back(folder / one);
  return parts;
}

json Run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {PREVIEW_PROGRAM, "--account", "111122223333", "--region",
                                       "us-east-1", "--format", "json"});
  const cli::ProgramResult result = cli::RunProgram(arguments, std::size_t{16} << 20);
  json report = json::parse(result.out, nullptr, false);
  EXPECT_TRUE(report.is_object()) << result.out << result.error;
  if (!report.is_object()) return json::object({{"findings", {}}, {"undetermined", {}}});
  EXPECT_EQ(report["errors"], json::array());
  return report;
}

std::vector<std::string> InputsOf(const fs::path& part, Language language) {
  if (language == Language::kTerraform) return {(part / "plan.json").string()};
  std::vector<std::string> arguments;
  if (fs::exists(part / "before.yaml")) {
    arguments = {"--base", (part / "before.yaml").string()};
  }
  arguments.push_back((part / "template.yaml").string());
  return arguments;
}

struct Report {
  std::vector<json> findings;
  std::vector<json> undetermined;
};

Report Check(const fs::path& folder, Language language) {
  Report report;
  for (const fs::path& part : Parts(folder)) {
    const json out = Run(InputsOf(part, language));
    for (const json& finding : out["findings"]) report.findings.push_back(finding);
    for (const json& entry : out["undetermined"]) report.undetermined.push_back(entry);
  }
  return report;
}

// `near_miss_inline` is NearMissInline in CloudFormation.
std::string Label(const std::string& label, Language language) {
  if (language == Language::kTerraform) return label;
  std::string camel;
  bool upper = true;
  for (const char letter : label) {
    if (letter != '_') {
      camel += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(letter))) : letter;
    }
    upper = letter == '_';
  }
  return camel;
}

// Whether an entry of a report is about the resource that the label names, or about what grants
// access to it.
bool IsOf(const json& entry, const std::string& label, Language language,
          const std::set<std::string>& names) {
  const std::string address = entry["resourceAddress"].get<std::string>();
  const std::string name = Label(label, language);
  if (language == Language::kTerraform) return address.substr(address.rfind('.') + 1) == name;
  // `FiresPolicy` may be what a variant of the case is about.
  if (names.contains(address)) return address == name;
  return address == name + "Policy" || address == name + "Permission";
}

// The resources that the cases of a folder are about.
std::set<std::string> NamesOf(const Folder& folder, Language language) {
  std::set<std::string> names;
  for (const char* one : kCases) {
    for (const json& variant : folder.expect["variants"][Name(language)]) {
      names.insert(Label(one + variant.get<std::string>(), language));
      names.insert(Label(std::string(one) + "_ended" + variant.get<std::string>(), language));
    }
  }
  return names;
}

std::string PrincipalText(const json& principal) {
  const auto& item = principal.items().begin();
  const std::string& value = item.value().get_ref<const std::string&>();
  constexpr std::string_view kRoot = "arn:aws:iam::";
  const bool root = value.starts_with(kRoot) && value.ends_with(":root");
  return item.key() + " " + (root ? value.substr(kRoot.size(), 12) : value);
}

// What of a finding is compared with what is expected.
std::string Summary(const json& finding) {
  return PrincipalText(finding["principal"]) + (finding["isPublic"] ? " public " : " ") +
         finding.value("condition", json::object()).dump() + " " +
         finding["changeType"].get<std::string>() + " " + finding.value("status", "ACTIVE");
}

// Of a template or plan and a batch line the actions have to be the same too.
std::string Full(const json& finding) { return Summary(finding) + " " + finding["action"].dump(); }

using Summaries = std::multiset<std::string>;

Summaries ListOf(const std::vector<json>& findings, std::string (*text)(const json&)) {
  Summaries list;
  for (const json& finding : findings) list.insert(text(finding));
  return list;
}

std::vector<json> Only(const std::vector<json>& entries, const std::string& label,
                       const Folder& folder, Language language) {
  const std::set<std::string> names = NamesOf(folder, language);
  std::vector<json> kept;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(kept),
               [&](const json& entry) { return IsOf(entry, label, language, names); });
  return kept;
}

// The labels of one case in one language, with what is expected of each: `change` has, where shares
// end, one more.
std::map<std::string, json> Labels(const Folder& folder, const std::string& one,
                                   Language language) {
  std::map<std::string, json> labels;
  const json& wanted = folder.expect[one];
  for (const json& variant : folder.expect["variants"][Name(language)]) {
    labels[one + variant.get<std::string>()] = wanted.value("findings", json());
    if (wanted.contains("ended")) {
      labels[one + "_ended" + variant.get<std::string>()] = wanted["ended"];
    }
  }
  return labels;
}

bool Grants(const rules::Binding& binding) {
  return binding.role != rules::BindingRole::kResource || !binding.policy.empty() ||
         !binding.share_accounts.empty();
}

bool CanGrant(std::string_view type, Language language) {
  const auto bindings = rules::Bindings();
  return std::any_of(bindings.begin(), bindings.end(), [&](const rules::Binding& binding) {
    return binding.resource_type == type && binding.language == language && Grants(binding);
  });
}

class EveryResourceType : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto found = Folders().find(GetParam());
    ASSERT_NE(found, Folders().end()) << "testdata/types has no folder for " << GetParam();
    folders_ = found->second;
  }
  [[nodiscard]] bool Has(Language language) const {
    return std::any_of(folders_.begin(), folders_.end(), [&](const Folder& folder) {
      return folder.expect["variants"].contains(Name(language));
    });
  }
  // Every folder in every language that it is written in.
  template <typename Each>
  void ForEach(Each each) const {
    for (const Folder& folder : folders_) {
      for (const Language language : kLanguages) {
        if (!folder.expect["variants"].contains(Name(language))) continue;
        SCOPED_TRACE(folder.path.filename().string() + " " + Name(language));
        each(folder, language, Check(folder.path, language));
      }
    }
  }
  std::vector<Folder> folders_;
};

TEST_P(EveryResourceType, HasTheFourCases) {
  for (const Folder& folder : folders_) {
    for (const char* one : kCases) ASSERT_TRUE(folder.expect.contains(one)) << one;
    EXPECT_FALSE(folder.expect["fires"]["findings"].empty());
    EXPECT_EQ(folder.expect["near_miss"]["findings"], json::array());
    EXPECT_EQ(folder.expect["unknown"]["as"], "undetermined");
    const json& change = folder.expect["change"]["findings"];
    EXPECT_TRUE(std::any_of(change.begin(), change.end(),
                            [](const json& finding) { return finding["changeType"] == "NEW"; }));
    EXPECT_FALSE(folder.expect["variants"].empty());
  }
}

// A language may be missing where the catalogue has nothing in it that grants, or where expect.json
// says why (a resource that is newer than the provider that the plans are made with).
TEST_P(EveryResourceType, IsWrittenInEveryLanguageThatCanGrant) {
  for (const Language language : kLanguages) {
    if (!CanGrant(GetParam(), language)) continue;
    const bool excused = std::any_of(folders_.begin(), folders_.end(), [&](const Folder& folder) {
      return folder.expect.contains("without") && folder.expect["without"].contains(Name(language));
    });
    EXPECT_TRUE(Has(language) || excused) << Name(language);
    EXPECT_FALSE(Has(language) && excused) << Name(language) << " is there and excused";
  }
}

TEST_P(EveryResourceType, FiresStaysSilentAndTellsBeforeFromAfter) {
  ForEach([](const Folder& folder, Language language, const Report& report) {
    std::size_t placed = 0;
    for (const char* one : {"fires", "near_miss", "change"}) {
      for (const auto& [label, wanted] : Labels(folder, one, language)) {
        const std::vector<json> got = Only(report.findings, label, folder, language);
        EXPECT_EQ(ListOf(got, Summary), ListOf(wanted.get<std::vector<json>>(), Summary)) << label;
        EXPECT_EQ(Only(report.undetermined, label, folder, language), std::vector<json>()) << label;
        for (const json& finding : got) EXPECT_EQ(finding["resourceType"], folder.expect["type"]);
        placed += got.size();
      }
    }
    for (const auto& label : Labels(folder, "unknown", language)) {
      placed += Only(report.findings, label.first, folder, language).size();
    }
    EXPECT_EQ(placed, report.findings.size()) << "findings on what no label names";
  });
}

TEST_P(EveryResourceType, NeverPassesTheUnknownInSilence) {
  ForEach([](const Folder& folder, Language language, const Report& report) {
    for (const auto& label : Labels(folder, "unknown", language)) {
      EXPECT_FALSE(Only(report.undetermined, label.first, folder, language).empty()) << label.first;
    }
  });
}

// The lines of batch.jsonl are the cases `fires`, `near_miss` and, for policies, `change`.
std::map<std::string, json> Batch(const fs::path& file) {
  std::map<std::string, json> answers;
  const cli::ProgramResult result =
      cli::RunProgram({PREVIEW_PROGRAM, "batch", file.string()}, std::size_t{16} << 20);
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    json answer = json::parse(line, nullptr, false);
    EXPECT_EQ(answer["errors"], json::array());
    EXPECT_EQ(answer["undetermined"], json::array());
    answers[answer["id"].get<std::string>()] = answer["findings"];
  }
  return answers;
}

// The line that says the same as a case: of a language or a variant where those grant something
// else (`cloudformation/fires`, `fires_shared`), else of the case. Null where there is none.
const json* LineOf(const std::map<std::string, json>& lines, const std::string& one,
                   const std::string& label, Language language) {
  for (const std::string& id : {Name(language) + "/" + label, label, one}) {
    const auto found = lines.find(id);
    if (found != lines.end()) return &found->second;
  }
  return nullptr;
}

TEST_P(EveryResourceType, IsDecidedAlikeInBatch) {
  std::size_t compared = 0;
  std::map<fs::path, std::map<std::string, json>> batches;
  for (const Folder& folder : folders_) {
    const fs::path file = folder.path / "batch.jsonl";
    if (fs::exists(file)) batches[folder.path] = Batch(file);
  }
  ForEach([&](const Folder& folder, Language language, const Report& report) {
    const std::map<std::string, json>& lines = batches[folder.path];
    for (const char* one : kCases) {
      for (const json& variant : folder.expect["variants"][Name(language)]) {
        const std::string label = one + variant.get<std::string>();
        const json* findings = LineOf(lines, one, label, language);
        if (findings == nullptr) continue;
        EXPECT_EQ(ListOf(Only(report.findings, label, folder, language), Full),
                  ListOf(findings->get<std::vector<json>>(), Full))
            << label;
        ++compared;
      }
    }
  });
  EXPECT_GT(compared, 0U) << "no batch.jsonl";
}

std::vector<std::string> TypeNames() {
  std::vector<std::string> names;
  for (const rules::ResourceType& type : rules::ResourceTypes()) names.emplace_back(type.name);
  return names;
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char letter : info.param.substr(5)) {
    if (letter != ':') name += letter;
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryResourceType, testing::ValuesIn(TypeNames()), TestName);

TEST(TypeFolders, AreAllOfTheCatalogue) {
  for (const auto& folder : Folders()) {
    EXPECT_NE(rules::FindResourceType(folder.first), nullptr) << folder.first;
  }
}

}  // namespace
}  // namespace preview
