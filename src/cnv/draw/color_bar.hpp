// The colour bar beside a 3-D view as plain data: its colours, ticks and title. Made by `view`; any thread.
#pragma once

#include <string>
#include <vector>

#include "cnv/draw/color_map.hpp"

namespace cnv {

struct ColorBarTick {
  double value = 0;
  float position = 0;  // 0 at the low end, 1 at the high end
  std::string label;   // true minus, as many decimals as the step needs
};

struct ColorBar {
  std::string title;  // "v (mV)"
  ColorScale scale;
  ColorTable table{};
  std::vector<ColorBarTick> ticks;
};

// Ticks at steps of 1, 2 or 5 times a power of ten, at most `max_ticks`, plus the low end when it is on a step.
// Limits that are equal or not finite: one tick at the low end or none.
std::vector<ColorBarTick> color_bar_ticks(double low, double high, int max_ticks = 8);

}  // namespace cnv
