#include "preview/cli/git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "preview/cli/input.h"

namespace preview::cli {
namespace {

// One end of a pipe, closed when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { Close(); }

  void Set(int number) {
    Close();
    number_ = number;
  }
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

struct Pipe {
  Descriptor read;
  Descriptor write;

  bool Open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read.Set(ends[0]);
    write.Set(ends[1]);
    return true;
  }
};

[[noreturn]] void RunChild(std::vector<char*>& arguments, int out, int error) {
  const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (null >= 0) dup2(null, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(error, STDERR_FILENO);
  // Nothing is fetched, and nobody is asked.
  setenv("GIT_NO_LAZY_FETCH", "1", 1);
  setenv("GIT_TERMINAL_PROMPT", "0", 1);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

// Appends what is there to read; false when the end is reached.
bool Drain(int descriptor, std::string& text) {
  std::array<char, 65536> buffer{};
  ssize_t got = 0;
  do {
    got = read(descriptor, buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

void Collect(Pipe& out, Pipe& error, std::size_t most_bytes, pid_t child, ProgramResult& result) {
  while (out.read.get() >= 0 || error.read.get() >= 0) {
    std::array<pollfd, 2> waiting = {pollfd{out.read.get(), POLLIN, 0},
                                     pollfd{error.read.get(), POLLIN, 0}};
    if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) break;
    if (waiting[0].revents != 0 && !Drain(out.read.get(), result.out)) out.read.Close();
    if (waiting[1].revents != 0 && !Drain(error.read.get(), result.error)) error.read.Close();
    if (result.out.size() > most_bytes) {
      kill(child, SIGKILL);
      break;
    }
  }
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

ProgramResult RunProgram(const std::vector<std::string>& arguments, std::size_t most_bytes) {
  ProgramResult result;
  Pipe out;
  Pipe error;
  if (!out.Open() || !error.Open()) return result;
  std::vector<std::string> copies = arguments;
  std::vector<char*> pointers;
  for (std::string& copy : copies) pointers.push_back(copy.data());
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) return result;
  if (child == 0) RunChild(pointers, out.write.get(), error.write.get());
  out.write.Close();
  error.write.Close();
  Collect(out, error, most_bytes, child, result);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
  result.started = result.status != 127;
  return result;
}

model::Result<std::optional<std::string>> FileAtRevision(const std::string& path,
                                                         const std::string& revision,
                                                         std::size_t most_bytes) {
  if (revision.empty() || revision.starts_with('-')) {
    return model::Error{fmt::format("`{}` is no git revision", revision), "", {}};
  }
  const std::string folder = FolderOf(path);
  const std::string name = std::filesystem::path(path).filename().string();
  const std::string commit = revision + "^{commit}";
  const ProgramResult known = RunProgram(
      {"git", "-C", folder, "rev-parse", "--verify", "--quiet", "--end-of-options", commit},
      most_bytes);
  if (!known.started)
    return model::Error{"git could not be started", "`--base git:REF` needs git on PATH", {}};
  if (known.status != 0) {
    if (!known.error.empty())
      return model::Error{fmt::format("git: {}", FirstLine(known.error)), "", {}};
    return model::Error{fmt::format("git knows no revision `{}`", revision), "", {}};
  }
  const std::string object = fmt::format("{}:./{}", FirstLine(known.out), name);
  if (RunProgram({"git", "-C", folder, "cat-file", "-e", object}, most_bytes).status != 0)
    return std::optional<std::string>();
  ProgramResult shown = RunProgram({"git", "-C", folder, "cat-file", "blob", object}, most_bytes);
  if (shown.status != 0) {
    return model::Error{
        fmt::format("git could not show `{}`: {}", object, FirstLine(shown.error)), "", {}};
  }
  return std::optional<std::string>(std::move(shown.out));
}

}  // namespace preview::cli
