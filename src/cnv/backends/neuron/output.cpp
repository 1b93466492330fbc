#include "cnv/backends/neuron/output.hpp"

#include <cstdio>
#include <sstream>
#include <string_view>

#include "cnv/backends/neuron/api.hpp"

namespace cnv::nrn {
namespace {

OutputCapture* innermost = nullptr;
int (*previous_callback)(int, char*) = nullptr;  // who printed before the outermost capture

constexpr int standard_output = 1;

bool blank(std::string_view line) { return line.find_first_not_of(" \t\r\n^") == std::string_view::npos; }

}  // namespace

OutputCapture::OutputCapture(bool quiet) : outer_(innermost), quiet_(quiet || (innermost && innermost->quiet_)) {
  if (!outer_) {
    if (auto** slot = api().print_callback) {
      previous_callback = *slot;
      *slot = &OutputCapture::receive;
    } else if (static bool redirected = false; !redirected && !Runtime::get().attached()) {
      api().stdout_redirect(&OutputCapture::receive);
      redirected = true;
    }
  }
  innermost = this;
}

OutputCapture::~OutputCapture() {
  innermost = outer_;
  if (!outer_) {
    if (auto** slot = api().print_callback) *slot = previous_callback;
  }
  if (err_.empty() || quiet_) return;
  if (outer_) {
    outer_->err_ += err_;
  } else {
    forward(standard_output + 1, err_);
  }
}

int OutputCapture::receive(int channel, char* text) {
  if (!innermost) {
    std::fputs(text, channel == standard_output ? stdout : stderr);
  } else if (channel != standard_output) {
    innermost->err_ += text;
  } else if (innermost->quiet_) {
    innermost->out_ += text;
  } else {
    innermost->forward(channel, text);
  }
  return 0;
}

void OutputCapture::forward(int channel, std::string text) const {
  if (previous_callback && previous_callback != &OutputCapture::receive) {
    previous_callback(channel, text.data());
  } else {
    std::fputs(text.c_str(), channel == standard_output ? stdout : stderr);
  }
}

std::string OutputCapture::take_error(const std::string& fallback) {
  std::string reason = readable_error(err_);
  err_.clear();
  if (!reason.empty()) return reason;
  constexpr std::string_view prefix = "hoc_execerror: ";
  const std::size_t at = fallback.find(prefix);
  return at == std::string::npos ? fallback : fallback.substr(at + prefix.size());
}

// NEURON prints "<program>: <reason>", in more lines when a Python callback failed, then " near line <n>", the source
// line and a caret, then the call stack. A reason that a mechanism printed itself stands before, and the first line is
// empty.
std::string readable_error(const std::string& printed) {
  constexpr std::string_view program = "NEURON: ";
  std::istringstream lines(printed);
  std::string line, before, reason;
  bool found = false;
  while (std::getline(lines, line) && line.rfind(" near line", 0) != 0) {
    const bool starts = !found && line.rfind(program, 0) == 0;
    if (starts) line.erase(0, program.size());
    found = found || starts;
    if (blank(line)) continue;
    std::string& part = found ? reason : before;
    part += (part.empty() ? "" : "\n") + line;
  }
  return reason.empty() ? before : reason;
}

}  // namespace cnv::nrn
