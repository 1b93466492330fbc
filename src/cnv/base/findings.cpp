#include "cnv/base/findings.hpp"

#include <algorithm>

#include "cnv/base/numbers.hpp"

namespace cnv {

std::string findings_text(std::span<const Finding> findings) {
  std::size_t widest = 0;
  for (const auto& f : findings) widest = std::max(widest, f.name.size());
  std::string out;
  std::int64_t problems = 0;
  for (const auto& f : findings) {
    out += f.name + std::string(widest - f.name.size() + 2, ' ') + f.value + "\n";
    if (f.problem.empty()) continue;
    ++problems;
    out += "  ! " + f.problem + "\n";
  }
  if (problems == 0) return out + "Nothing is wrong.\n";
  return out + (problems == 1 ? "One thing is" : plain_text(problems) + " things are") +
         " wrong, see the lines with !\n";
}

bool is_well(std::span<const Finding> findings) {
  return std::all_of(findings.begin(), findings.end(), [](const Finding& f) { return f.problem.empty(); });
}

std::string findings_lines(std::span<const Finding> findings) {
  const auto in_line = [](std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
  };
  std::string out;
  for (const auto& f : findings) out += in_line(f.name) + "\t" + in_line(f.value) + "\t" + in_line(f.problem) + "\n";
  return out;
}

std::vector<Finding> findings_from_lines(const std::string& lines) {
  std::vector<Finding> out;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string line = lines.substr(at, end - at);
    const std::size_t first = line.find('\t'), second = first == line.npos ? first : line.find('\t', first + 1);
    if (second != line.npos)
      out.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    at = end + 1;
  }
  return out;
}

}  // namespace cnv
