// What somebody who looked found, what of it is wrong, and what helps. Plain values; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace cnv {

struct Finding {
  std::string name;     // "viewer"
  std::string value;    // what is found and used
  std::string problem;  // what is wrong and what helps; empty: nothing
  friend bool operator==(const Finding&, const Finding&) = default;
};

// One line for each, problems below; the last line says how many there are.
std::string findings_text(std::span<const Finding> findings);
bool is_well(std::span<const Finding> findings);

// From one process to another: a line each, name, value and problem between tabs.
std::string findings_lines(std::span<const Finding> findings);
std::vector<Finding> findings_from_lines(const std::string& lines);

}  // namespace cnv
