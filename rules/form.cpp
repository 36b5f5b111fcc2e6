#include "rules/form.h"

#include <algorithm>

namespace preview::rules {

namespace {

FormPart ParsePlaceholder(std::string_view inner) {
  FormPart part;
  const std::size_t bar = inner.find('|');
  if (bar != std::string_view::npos) {
    part.default_text = inner.substr(bar + 1);
    inner = inner.substr(0, bar);
  }
  const std::size_t colon = inner.find(':');
  if (colon != std::string_view::npos) {
    part.transform = inner.substr(colon + 1);
    inner = inner.substr(0, colon);
  }
  part.name = inner;
  return part;
}

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html: a
// rule's ARN is `rule/NAME` on the default bus, `rule/BUS/NAME` on any other. The bus may be given
// by its ARN.
std::string RuleBus(std::string text) {
  const std::size_t slash = text.rfind('/');
  if (slash != std::string::npos) text.erase(0, slash + 1);
  return text.empty() || text == "default" ? "" : text + "/";
}

std::string Transformed(std::string text, std::string_view transform) {
  if (transform == "host") {
    for (std::string_view scheme : {"https://", "http://"}) {
      if (text.starts_with(scheme)) return text.substr(scheme.size());
    }
  } else if (transform == "last") {
    const std::size_t slash = text.rfind('/');
    if (slash != std::string::npos) return text.substr(slash + 1);
  } else if (transform == "tail") {
    const std::size_t colon = text.rfind(':');
    if (colon != std::string::npos) return text.substr(colon + 1);
  } else if (transform == "outpost") {
    return text.substr(0, text.find("/bucket/"));
  } else if (transform == "relative") {
    if (text.starts_with('/')) text.erase(0, 1);
  } else if (transform == "rule_bus") {
    return RuleBus(std::move(text));
  } else if (transform == "lower") {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  }
  return text;
}

// https://docs.aws.amazon.com/general/latest/gr/rande.html: service endpoints of China's partition
// end in .cn.
std::string_view DnsSuffix(std::string_view partition) {
  return partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

std::string EnvironmentText(std::string_view name, const model::Environment& environment) {
  if (name == "account") return environment.account;
  if (name == "region") return environment.region;
  if (name == "partition") return environment.partition;
  return std::string(DnsSuffix(environment.partition));
}

}  // namespace

bool IsEnvironmentName(std::string_view name) {
  return name == "account" || name == "region" || name == "partition" || name == "dns_suffix";
}

std::vector<FormPart> ParseForm(std::string_view form) {
  std::vector<FormPart> parts;
  while (!form.empty()) {
    const std::size_t open = form.find('{');
    const std::size_t close = open == std::string_view::npos ? open : form.find('}', open);
    if (close == std::string_view::npos) {
      parts.push_back({.literal = form});
      break;
    }
    if (open > 0) parts.push_back({.literal = form.substr(0, open)});
    parts.push_back(ParsePlaceholder(form.substr(open + 1, close - open - 1)));
    form.remove_prefix(close + 1);
  }
  return parts;
}

std::string FillForm(std::string_view form, const model::Environment& environment,
                     const std::function<std::string(std::string_view)>& text_of) {
  std::string filled;
  for (const FormPart& part : ParseForm(form)) {
    if (part.name.empty()) {
      filled += part.literal;
      continue;
    }
    std::string text =
        IsEnvironmentName(part.name) ? EnvironmentText(part.name, environment) : text_of(part.name);
    if (text.empty()) text = part.default_text;
    filled += Transformed(std::move(text), part.transform);
  }
  return filled;
}

std::optional<Captures> MatchForm(std::string_view form, std::string_view text) {
  const std::vector<FormPart> parts = ParseForm(form);
  Captures captures;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].name.empty()) {
      if (!text.starts_with(parts[i].literal)) return std::nullopt;
      text.remove_prefix(parts[i].literal.size());
      continue;
    }
    const bool last = i + 1 == parts.size();
    const std::size_t end = last ? text.size() : text.find(parts[i + 1].literal);
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    captures.emplace_back(parts[i].name, text.substr(0, end));
    text.remove_prefix(end);
  }
  if (!text.empty()) return std::nullopt;
  return captures;
}

}  // namespace preview::rules
