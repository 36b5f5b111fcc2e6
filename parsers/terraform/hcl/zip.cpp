#include "parsers/terraform/hcl/zip.h"

#include <zlib.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace preview::hcl {

namespace {

constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kMaxComment = 0xFFFF;

model::Error Damaged(std::string what) {
  return {.message = "the plan file is damaged: " + std::move(what),
          .help = "make it again with `terraform plan -out FILE`",
          .place = {}};
}

// Little-endian number of `size` bytes at `at`; the caller has checked that they are there.
std::uint32_t Number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    number |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return number;
}

struct Entry {
  std::string name;
  std::uint32_t method = 0;
  std::uint32_t flags = 0;
  std::size_t packed = 0;
  std::size_t size = 0;
  std::size_t offset = 0;
  std::uint32_t checksum = 0;
};

std::optional<std::size_t> FindEnd(std::string_view archive) {
  if (archive.size() < kEndSize) return std::nullopt;
  std::size_t last = archive.size() - kEndSize;
  std::size_t first = last > kMaxComment ? last - kMaxComment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (Number(archive, at, 4) == kEndSignature) return at;
  }
  return std::nullopt;
}

// Reads the central entry at `at` and moves behind it; nothing when it is none.
std::optional<Entry> ReadEntry(std::string_view archive, std::size_t& at) {
  if (at + kCentralSize > archive.size() || Number(archive, at, 4) != kCentralSignature) {
    return std::nullopt;
  }
  Entry entry;
  entry.flags = Number(archive, at + 8, 2);
  entry.method = Number(archive, at + 10, 2);
  entry.checksum = Number(archive, at + 16, 4);
  entry.packed = Number(archive, at + 20, 4);
  entry.size = Number(archive, at + 24, 4);
  std::size_t name = Number(archive, at + 28, 2);
  std::size_t rest = Number(archive, at + 30, 2) + Number(archive, at + 32, 2);
  entry.offset = Number(archive, at + 42, 4);
  if (at + kCentralSize + name + rest > archive.size()) return std::nullopt;
  entry.name = archive.substr(at + kCentralSize, name);
  at += kCentralSize + name + rest;
  return entry;
}

std::optional<std::string_view> PackedBytes(std::string_view archive, const Entry& entry) {
  std::size_t at = entry.offset;
  if (at + kLocalSize > archive.size() || Number(archive, at, 4) != kLocalSignature) {
    return std::nullopt;
  }
  at += kLocalSize + Number(archive, at + 26, 2) + Number(archive, at + 28, 2);
  if (at > archive.size() || entry.packed > archive.size() - at) return std::nullopt;
  return archive.substr(at, entry.packed);
}

// Inflates raw deflate data to exactly `size` bytes.
std::optional<std::string> Inflate(std::string_view packed, std::size_t size) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
  std::string out(size, '\0');
  std::string input(packed);                                // zlib takes no pointer to const
  stream.next_in = reinterpret_cast<Bytef*>(input.data());  // NOLINT
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT
  stream.avail_out = static_cast<uInt>(size);
  // One byte more than promised shows as Z_BUF_ERROR or Z_OK instead of the end.
  Bytef spare = 0;
  int status = Z_OK;
  if (size == 0) {
    stream.next_out = &spare;
    stream.avail_out = 1;
  }
  status = inflate(&stream, Z_FINISH);
  bool whole = status == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  if (!whole) return std::nullopt;
  return out;
}

std::optional<std::string> Unpack(std::string_view packed, const Entry& entry) {
  std::optional<std::string> content;
  if (entry.method == 0 && packed.size() == entry.size) content = std::string(packed);
  if (entry.method == 8) content = Inflate(packed, entry.size);
  if (!content) return std::nullopt;
  auto checksum = crc32(0L, reinterpret_cast<const Bytef*>(content->data()),  // NOLINT
                        static_cast<uInt>(content->size()));
  if (checksum != entry.checksum) return std::nullopt;
  return content;
}

}  // namespace

model::Result<std::map<std::string, std::string>> ReadZip(std::string_view archive,
                                                          std::string_view prefix,
                                                          const ZipLimits& limits) {
  auto end = FindEnd(archive);
  if (!end) return Damaged("it is no zip archive");
  std::size_t count = Number(archive, *end + 10, 2);
  std::size_t at = Number(archive, *end + 16, 4);
  if (count > limits.entries) return Damaged("it holds too many files");
  std::map<std::string, std::string> files;
  std::size_t total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    auto entry = ReadEntry(archive, at);
    if (!entry) return Damaged("its directory cannot be read");
    if (!entry->name.starts_with(prefix)) continue;
    if ((entry->flags & 1U) != 0) return Damaged("`" + entry->name + "` is encrypted");
    if (entry->size > limits.entry_bytes || entry->size > limits.total_bytes - total) {
      return Damaged("`" + entry->name + "` is too large");
    }
    total += entry->size;
    auto packed = PackedBytes(archive, *entry);
    auto content = packed ? Unpack(*packed, *entry) : std::nullopt;
    if (!content) return Damaged("`" + entry->name + "` cannot be unpacked");
    files[entry->name] = std::move(*content);
  }
  return files;
}

}  // namespace preview::hcl
