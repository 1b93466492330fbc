// ColumnGrid: which part of x each pixel column of a picture covers, so that a range that grows or rolls keeps its
// columns. Used by HeatMapView; one thread.
#pragma once

#include <cstdint>

#include "cnv/draw/plot_range.hpp"

namespace cnv {

// Column k covers [edge(k), edge(k + 1)); the picture shows `columns()` of them from `first()` on.
class ColumnGrid {
 public:
  // Exactly this range in exactly so many columns. One that was moved by whole columns keeps those it had.
  void fix(AxisRange range, int columns);
  // A range that the data decides. The first one, and one that stays, is shown exactly, in `most` columns. One that
  // moves is shown in whole columns, wider by at most two of them at each end; their width changes only where more than
  // `most` would be needed, and they are never wider than 6/5 of a pixel.
  void follow(AxisRange range, int most);
  // The same range as last time in another size.
  void resize(int most);
  // The next range is the first one.
  void reset() { *this = ColumnGrid(version_); }

  bool empty() const { return columns_ == 0; }
  int most() const { return most_; }
  int columns() const { return columns_; }
  std::int64_t first() const { return first_; }
  // A hair's breadth to the left, so that a sample on an edge, but for rounding, belongs to what follows: the samples
  // where a range began and ended lie on edges.
  double edge(std::int64_t k) const { return origin_ + (static_cast<double>(k) - rounding) * step_; }
  double step() const { return step_; }
  AxisRange range() const { return range_; }
  // Another one: the columns have nothing to do with those before.
  std::uint64_t version() const { return version_; }

 private:
  static constexpr double rounding = 1e-9;
  double place(std::int64_t k) const { return origin_ + static_cast<double>(k) * step_; }
  explicit ColumnGrid(std::uint64_t version) : version_(version) {}
  void start(AxisRange range, int columns);
  bool moved_by_columns(AxisRange range) const;
  void follow_moved(bool grew);

  std::uint64_t version_ = 0;
  double origin_ = 0, step_ = 1;
  std::int64_t first_ = 0;
  int columns_ = 0, most_ = 0;
  AxisRange range_, asked_;
  bool follows_ = false, moving_ = false;
  int moves_without_growth_ = 0;

 public:
  ColumnGrid() = default;
};

}  // namespace cnv
