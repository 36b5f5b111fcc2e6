// Appends JSON to a string: no tree is built, members come out in the order they are written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace preview::report {

class JsonWriter {
 public:
  // `pretty`: two blanks a level and a line a member; else everything on one line.
  JsonWriter(std::string& out, bool pretty) : out_(out), pretty_(pretty) {}

  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginArray() { Begin('['); }
  void EndArray() { End(']'); }
  void Key(std::string_view key);
  void String(std::string_view text);
  void Number(std::size_t number);
  void Bool(bool value);
  void Null();
  // A value that is JSON already.
  void Raw(std::string_view json);

 private:
  void Begin(char bracket);
  void End(char bracket);
  void BeforeValue();
  void NewLine();

  std::string& out_;
  bool pretty_;
  bool after_key_ = false;
  std::vector<bool> has_members_;  // one entry an open bracket
};

}  // namespace preview::report
