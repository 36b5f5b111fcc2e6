#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/text/json.h"

namespace preview::text {
namespace {

using model::Value;
using Path = std::span<const JsonStep>;

std::string Show(Path path) {
  std::string out;
  for (const JsonStep& step : path) {
    out += step.key.empty() ? "[" + std::to_string(step.index) + "]" : "/" + step.key;
  }
  return out;
}

class Filter : public JsonFilter {
 public:
  using Rule = std::function<JsonChoice(Path, const Value&)>;
  explicit Filter(Rule rule) : rule_(std::move(rule)) {}

  JsonChoice Choose(Path path, const Value& parent) override {
    asked.push_back(Show(path));
    return rule_(path, parent);
  }
  void Take(Path path, Value value) override { taken.push_back(Show(path) + " " + ToJson(value)); }

  std::vector<std::string> asked;
  std::vector<std::string> taken;

 private:
  Rule rule_;
};

std::string Parse(std::string_view text, Filter& filter, const JsonOptions& options = {}) {
  auto result = ParseJsonFiltered(text, options, filter);
  return result.ok() ? ToJson(result.value()) : "error: " + result.error().message;
}

TEST(JsonFilter, TakesElementsAsTheyCompleteAndDropsTheRest) {
  Filter filter([](Path path, const Value&) {
    if (path[0].key == "version") return JsonChoice::kKeep;
    if (path[0].key != "changes") return JsonChoice::kDrop;
    return path.size() == 1 ? JsonChoice::kAsk : JsonChoice::kTake;
  });
  EXPECT_EQ(
      Parse(
          R"({"big": {"x": [1, {"y": "\"}]"}]}, "changes": [{"a": [1]}, 2, []], "version": "1.2"})",
          filter),
      R"({"changes":[],"version":"1.2"})");
  EXPECT_EQ(filter.taken, (std::vector<std::string>{R"(/changes[0] {"a":[1]})", "/changes[1] 2",
                                                    "/changes[2] []"}));
  EXPECT_EQ(filter.asked, (std::vector<std::string>{"/big", "/changes", "/changes[0]",
                                                    "/changes[1]", "/changes[2]", "/version"}));
}

TEST(JsonFilter, ShowsWhatOfTheParentHasBeenRead) {
  // The type, which stands first, decides whether the change is kept.
  Filter filter([](Path path, const Value& parent) {
    if (path.size() == 1) return JsonChoice::kAskThenTake;
    if (path[1].key != "change") return JsonChoice::kKeep;
    const Value* type = parent.Find("type");
    return type != nullptr && type->text == "wanted" ? JsonChoice::kKeep : JsonChoice::kDrop;
  });
  EXPECT_EQ(
      Parse(
          R"([{"type": "wanted", "change": {"a": 1}}, {"type": "other", "change": {"a": 2}, "z": 0}])",
          filter),
      "[]");
  EXPECT_EQ(filter.taken, (std::vector<std::string>{R"([0] {"type":"wanted","change":{"a":1}})",
                                                    R"([1] {"type":"other","z":0})"}));
}

TEST(JsonFilter, CountsDroppedElementsInTheIndex) {
  Filter filter([](Path path, const Value&) {
    return path[0].index == 1 ? JsonChoice::kKeep : JsonChoice::kDrop;
  });
  EXPECT_EQ(Parse("[[0], [1], [2]]", filter), "[[1]]");
}

TEST(JsonFilter, KeepsPathsRightBehindNestedValues) {
  Filter filter([](Path, const Value&) { return JsonChoice::kAsk; });
  EXPECT_EQ(Parse(R"({"a": {"b": [{"c": 1}, 2]}, "d": 3})", filter),
            R"({"a":{"b":[{"c":1},2]},"d":3})");
  EXPECT_EQ(filter.asked,
            (std::vector<std::string>{"/a", "/a/b", "/a/b[0]", "/a/b[0]/c", "/a/b[1]", "/d"}));
}

TEST(JsonFilter, PlacesAreThoseOfTheWholeFile) {
  Filter filter([](Path path, const Value&) {
    return path[0].key == "b" ? JsonChoice::kKeep : JsonChoice::kDrop;
  });
  auto result = ParseJsonFiltered("{\"a\": [\n\"\\\"\",\n{}], \"b\": 1}", {}, filter);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value().key_places[0], (model::Place{0, 3, 6}));
  EXPECT_EQ(result.value().items[0].place, (model::Place{0, 3, 11}));
}

TEST(JsonFilter, ChecksWhatItDrops) {
  auto drop_all = [](Path, const Value&) { return JsonChoice::kDrop; };
  Filter filter(drop_all);
  EXPECT_EQ(Parse(R"({"a": [1, }]})", filter).substr(0, 6), "error:");
  JsonOptions shallow;
  shallow.limits.depth = 3;
  EXPECT_EQ(Parse("[[[1]]]", filter, shallow), "[]");
  EXPECT_EQ(Parse("[[[[1]]]]", filter, shallow), "error: nested deeper than 3 levels");
  JsonOptions few;
  few.limits.nodes = 1;
  EXPECT_EQ(Parse("[1, 2, [3, 4]]", filter, few), "[]");
}

}  // namespace
}  // namespace preview::text
