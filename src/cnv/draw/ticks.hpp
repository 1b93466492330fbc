// Ticks of an axis at steps of 1, 2 or 5 times a power of ten, with labels that do not collide. Used by plots, surfaces
// and colour bars; any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cnv {

struct Tick {
  double value = 0;
  bool major = true;  // minor ticks have no label
  std::string label;  // true minus, as many decimals as the step needs, never a unit or an SI prefix
};

struct TickOptions {
  int min_count = 4, max_count = 7;
  // Explicit spacing in axis units, as a script gives it; not finite or not positive: as if absent.
  std::optional<double> major_spacing, minor_spacing;
  // Room a label takes along the axis, in the unit of length_px; unset: 7 px per character.
  std::function<double(std::string_view)> label_extent_px;
  double gap_px = 10;  // least distance between labels
  // Step of the ticks drawn last; kept while it still serves, so that a moving range does not flicker between steps.
  std::optional<double> previous_step;
  // Whether labels of long numbers that differ little, such as clock times, may count from an offset.
  bool from_offset = false;
};

struct TickSet {
  double step = 0;          // between labelled ticks; 0: none
  std::vector<Tick> ticks;  // ascending, all within [low, high]
  double offset = 0;        // what the labels leave out
};

// Ticks of [low, high] on an axis of length_px. Between min_count and max_count majors where a 1-2-5 step allows that
// and the labels do not collide; fewer when the axis is short. Explicit spacing is widened by 2, 5, 10 … where its
// labels would collide. Empty when low >= high, a bound is not finite, or length_px <= 0.
TickSet make_ticks(double low, double high, double length_px, const TickOptions& options = {});

// The smallest of 1, 2, 5 times a power of ten that is >= `at_least` (> 0).
double nice_step(double at_least);

// Decimals that show every multiple of `step` exactly, at most 15: 0.25 -> 2, 50 -> 0.
int step_decimals(double step);

// The label of one tick on an axis whose largest magnitude is `largest`: fixed decimals, or "1.5×10⁻⁷" on an axis below
// 0.0001 and where fixed decimals would need more than nine figures.
std::string tick_label(double value, double step, double largest);

}  // namespace cnv
