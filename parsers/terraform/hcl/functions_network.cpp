// Address ranges, and the functions of the AWS provider.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;
__extension__ typedef unsigned __int128 Bits;  // NOLINT(modernize-use-using)

// An address and the length of its prefix. `size` is 32 or 128.
struct Range {
  Bits address = 0;
  int prefix = 0;
  int size = 0;
};

Bits Mask(int size, int prefix) {
  Bits all = size == 128 ? ~Bits{0} : (Bits{1} << size) - 1;
  return prefix == 0 ? 0 : all & ~((Bits{1} << (size - prefix)) - 1);
}

std::optional<Range> ReadRange(const std::string& text) {
  auto slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  Range range;
  const char* last = text.data() + text.size();
  auto [end, error] = std::from_chars(text.data() + slash + 1, last, range.prefix);
  if (error != std::errc() || end != last || range.prefix < 0) return std::nullopt;
  std::array<unsigned char, 16> bytes{};
  std::string address = text.substr(0, slash);
  bool is_v6 = address.find(':') != std::string::npos;
  range.size = is_v6 ? 128 : 32;
  if (inet_pton(is_v6 ? AF_INET6 : AF_INET, address.c_str(), bytes.data()) != 1)
    return std::nullopt;
  if (range.prefix > range.size) return std::nullopt;
  for (int i = 0; i < range.size / 8; ++i) {
    range.address = range.address << 8 | bytes[static_cast<std::size_t>(i)];
  }
  range.address &= Mask(range.size, range.prefix);
  return range;
}

std::string WriteAddress(Bits address, int size) {
  std::array<unsigned char, 16> bytes{};
  for (int i = size / 8; i-- > 0;) {
    bytes[static_cast<std::size_t>(i)] = static_cast<unsigned char>(address & 0xFF);
    address >>= 8;
  }
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(size == 128 ? AF_INET6 : AF_INET, bytes.data(), buffer.data(), buffer.size());
  return buffer.data();
}

std::string WriteRange(const Range& range) {
  return WriteAddress(range.address, range.size) + "/" + std::to_string(range.prefix);
}

Value CidrHost(Call& call) {
  auto range = ReadRange(call[0].text);
  auto host = IntegerArgument(call, 1);
  if (!range || !host) return Failure("`cidrhost` cannot read `" + call[0].text + "`");
  int free = range->size - range->prefix;
  Bits count = free >= 127 ? ~Bits{0} : Bits{1} << free;
  auto distance = static_cast<Bits>(*host < 0 ? -(*host + 1) : *host);
  if (distance >= count)
    return Failure("`cidrhost`: there is no such host in `" + call[0].text + "`");
  Bits offset = *host < 0 ? (free == 128 ? ~distance : count - 1 - distance) : distance;
  return Value::String(WriteAddress(range->address | offset, range->size));
}

Value CidrNetmask(Call& call) {
  auto range = ReadRange(call[0].text);
  if (!range || range->size != 32)
    return Failure("`cidrnetmask` cannot read `" + call[0].text + "`");
  return Value::String(WriteAddress(Mask(32, range->prefix), 32));
}

std::optional<Range> Subnet(Range range, long long bits, Bits number) {
  if (bits < 0 || bits > range.size - range.prefix) return std::nullopt;
  auto extra = static_cast<int>(bits);
  if (extra < 127 && number >= Bits{1} << extra) return std::nullopt;
  range.prefix += extra;
  if (range.prefix > 0) range.address |= number << (range.size - range.prefix);
  return range;
}

Value CidrSubnet(Call& call) {
  auto range = ReadRange(call[0].text);
  auto bits = IntegerArgument(call, 1);
  auto number = IntegerArgument(call, 2);
  if (!range || !bits || !number || *number < 0) {
    return Failure("`cidrsubnet` cannot read `" + call[0].text + "`");
  }
  auto subnet = Subnet(*range, *bits, static_cast<Bits>(*number));
  if (!subnet) return Failure("`cidrsubnet`: there is no such network in `" + call[0].text + "`");
  return Value::String(WriteRange(*subnet));
}

// Networks one behind the other, each at the next address that its size allows.
Value CidrSubnets(Call& call) {
  auto range = ReadRange(call[0].text);
  if (!range) return Failure("`cidrsubnets` cannot read `" + call[0].text + "`");
  Value list = Value::List();
  Bits next = range->address;
  bool full = false;
  for (std::size_t i = 1; i < call.size(); ++i) {
    auto bits = IntegerArgument(call, i);
    auto subnet = bits ? Subnet(*range, *bits, 0) : std::nullopt;
    if (!subnet || full)
      return Failure("`cidrsubnets`: there is no room in `" + call[0].text + "`");
    int free = subnet->size - subnet->prefix;
    Bits step = free == 128 ? 0 : Bits{1} << free;
    Bits begin = step == 0 ? next : (next + step - 1) / step * step;
    if ((begin & Mask(range->size, range->prefix)) != range->address) {
      return Failure("`cidrsubnets`: there is no room in `" + call[0].text + "`");
    }
    subnet->address = begin;
    next = begin + step;
    full = next == 0 || (next & Mask(range->size, range->prefix)) != range->address;
    list.items.push_back(Value::String(WriteRange(*subnet)));
  }
  return list;
}

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse
constexpr std::array<std::string_view, 5> kArnParts{"partition", "service", "region", "account_id",
                                                    "resource"};

Value ArnBuild(Call& call) {
  std::string arn = "arn";
  for (const Operand& part : call.arguments) arn += ":" + part->text;
  return Value::String(std::move(arn));
}

Value ArnParse(Call& call) {
  std::string_view text = call[0].text;
  Members members;
  bool ok = text.starts_with("arn:");
  if (ok) text.remove_prefix(4);
  for (std::size_t i = 0; i < kArnParts.size() && ok; ++i) {
    bool last = i + 1 == kArnParts.size();
    std::size_t end = last ? text.size() : text.find(':');
    ok = end != std::string_view::npos;
    if (!ok) break;
    // A symbol before a colon may hold further colons.
    std::string part(text.substr(0, end));
    if (!last && !HasPlainSymbolsOnly(part, call.evaluator.symbols()))
      return call.evaluator.UnknownCall(call);
    members.emplace_back(kArnParts[i], Value::String(std::move(part)));
    text.remove_prefix(last ? end : end + 1);
  }
  if (ok) return MakeObject(std::move(members));
  if (model::HasSymbol(call[0].text)) return call.evaluator.UnknownCall(call);
  return Failure("`" + call[0].text + "` is no ARN");
}

constexpr std::array kFunctions{
    Function{"cidrhost", "Sn", CidrHost},
    Function{"cidrnetmask", "S", CidrNetmask},
    Function{"cidrsubnet", "Snn", CidrSubnet},
    Function{"cidrsubnets", "Sn*", CidrSubnets},
    Function{"provider::aws::arn_build", "sssss", ArnBuild},
    Function{"provider::aws::arn_parse", "s", ArnParse},
};

}  // namespace

std::span<const Function> NetworkFunctions() { return kFunctions; }

}  // namespace preview::hcl
