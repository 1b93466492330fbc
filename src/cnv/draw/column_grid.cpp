#include "cnv/draw/column_grid.hpp"

#include <algorithm>
#include <cmath>

namespace cnv {
namespace {

constexpr int steady_moves = 8;  // then a range rolls and does not only pause in its growth

// Fewer columns are too wide; 6/5 of a pixel.
int least_columns(int most) { return most - most / 6; }
// How many columns to start with, to have room for growth; the new ones must reach least_columns() of the next size
// too.
int columns_to_grow_from(int most) { return most - most / 9; }
// A range of the same span reaches into up to two columns more, wherever it lies.
int columns_to_roll_in(int most) { return std::max(1, most - 2); }

}  // namespace

void ColumnGrid::start(AxisRange range, int columns) {
  ++version_;
  origin_ = range.low;
  step_ = range.span() / columns;
  first_ = 0;
  columns_ = columns;
  range_ = range;
  moves_without_growth_ = 0;
}

bool ColumnGrid::moved_by_columns(AxisRange range) const {
  constexpr double rounding_of_a_drag = 1e-7;
  const double by = (range.low - origin_) / step_;
  return std::fabs(by - std::round(by)) < rounding_of_a_drag &&
         std::fabs(range.span() / step_ - columns_) < rounding_of_a_drag;
}

void ColumnGrid::fix(AxisRange range, int columns) {
  if (!follows_ && most_ == columns && columns_ > 0 && moved_by_columns(range)) {
    first_ = std::llround((range.low - origin_) / step_);
    asked_ = range_ = range;
    return;
  }
  follows_ = moving_ = false;
  asked_ = range;
  most_ = columns;
  start(range, columns);
}

void ColumnGrid::follow(AxisRange range, int most) {
  const bool first = !follows_ || most != most_;
  follows_ = true;
  most_ = most;
  if (first) {
    moving_ = false;
    asked_ = range;
    return start(range, most);
  }
  moving_ = !(range == asked_);
  if (!moving_) return;
  const bool grew = range.span() > asked_.span() * (1 + 1e-9);
  asked_ = range;
  follow_moved(grew);
}

void ColumnGrid::follow_moved(bool grew) {
  const double from = std::floor((asked_.low - origin_) / step_), to = std::ceil((asked_.high - origin_) / step_);
  const double needed = to - from;
  moves_without_growth_ = grew ? 0 : moves_without_growth_ + 1;
  if (!(needed <= most_)) return start(asked_, grew ? columns_to_grow_from(most_) : columns_to_roll_in(most_));
  const bool rolls = moves_without_growth_ >= steady_moves;
  if (needed < least_columns(most_) || (rolls && needed < columns_to_roll_in(most_) - most_ / 32))
    return start(asked_, columns_to_roll_in(most_));
  // One column more than is needed stays, lest a rolling picture changes its width with every step.
  if (columns_ != static_cast<int>(needed) + 1) columns_ = static_cast<int>(needed);
  first_ = static_cast<std::int64_t>(to) - columns_;
  range_ = {std::min(place(first_), asked_.low), std::max(place(first_ + columns_), asked_.high)};
}

void ColumnGrid::resize(int most) {
  if (most == most_) return;
  most_ = most;
  // The labels of a moving axis make room for themselves and take it back: no reason to begin anew.
  if (moving_ && columns_ <= most && columns_ >= least_columns(most)) return;
  start(asked_, moving_ ? columns_to_grow_from(most) : most);
}

}  // namespace cnv
