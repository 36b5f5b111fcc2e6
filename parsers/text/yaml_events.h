// The nodes of a YAML document in the order of the file, before tags, aliases and scalars mean
// anything.
//
// Keeps yaml-cpp out of everything else. A flat list lets yaml.cpp expand an alias by reading the
// events of its anchor once more, on a budget, without copies of what is anchored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.h"
#include "model/result.h"
#include "parsers/text/limits.h"

namespace preview::text {

enum class YamlEventKind { kNull, kScalar, kAlias, kListBegin, kObjectBegin, kEnd };

struct YamlEvent {
  YamlEventKind kind = YamlEventKind::kNull;
  bool plain = false;      // scalar without quotes and without a tag
  std::string text;        // scalar
  std::string tag;         // `!Sub`, `tag:yaml.org,2002:str`; empty: none
  std::size_t target = 0;  // alias: index of the first event of what it stands for
  std::size_t end = 0;     // begin: index after the matching kEnd; else the own index plus one
  model::Place place;
};

// The one document of `text`, which is UTF-8 without byte order mark. Errors as in ParseYaml; an
// alias within its own anchor is not found here.
[[nodiscard]] model::Result<std::vector<YamlEvent>> ReadYamlEvents(std::string_view text,
                                                                   const Limits& limits,
                                                                   std::uint32_t file);

}  // namespace preview::text
