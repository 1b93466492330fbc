// Choice: an entry of a menu as plain data. Made by view classes, shown by the desktop; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cnv/draw/color_map.hpp"

namespace cnv {

struct Choice {
  std::string id;
  std::string label;
  std::string detail;  // behind the label, quiet: a unit, numbers
  bool chosen = false;
  std::optional<ColorTable> colors;  // a strip beside the label
  std::vector<Choice> inner;         // a heading with entries of its own when not empty
};

}  // namespace cnv
