// HeatCells: samples of many rows → coloured cells of a heat map, where only what changed since the last picture is
// done. Used by HeatMapView; one thread.
//
// Where a pixel holds more samples than one, it shows the extreme that departs farther from the rest of its row, the
// median of the middles of the row's pixels. A mean would make a spike of one sample vanish, the maximum alone would
// hide dips such as inhibition, and min/max side by side would need two pixels; so the largest departure in view is
// shown at every zoom. Where a line of pixels holds more rows than one, it shows the row that departs farthest there.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "cnv/draw/color_map.hpp"
#include "cnv/draw/column_grid.hpp"
#include "cnv/draw/pyramid.hpp"
#include "cnv/draw/sliding_median.hpp"

namespace cnv {

// Another `data`: samples with the same number have other values.
struct HeatRows {
  std::uint64_t data = 0;
  int first = 0, count = 0, lines = 0;  // rows in view, in so many lines of pixels; lines <= count
  friend bool operator==(const HeatRows&, const HeatRows&) = default;
};

struct HeatInks {
  ColorTable table{};
  ColorScale scale;
  Rgba8 gap{}, ground{};  // where samples have no value; where there are none
  friend bool operator==(const HeatInks&, const HeatInks&) = default;
};

class HeatCells {
 public:
  // The samples of row `rows.first + i`, as columns of `grid` have them.
  using RowData = std::function<const Pyramid&(int i)>;
  // No samples in a column: nothing is known there. Brings `cells`, as this left them last time, up to date: rows.lines
  // x grid.columns(), row-major. Columns that show the same samples as last time are kept while `rows` and the grid's
  // version stay; colours where also `inks` stay.
  void update(const HeatRows& rows, const ColumnGrid& grid, std::span<const SampleSpan> columns, const RowData& data,
              const HeatInks& inks, std::vector<Rgba8>& cells);

  // Since the object was made: cells of one row and column whose samples were looked through, and cells that were
  // coloured.
  std::uint64_t reduced() const { return reduced_; }
  std::uint64_t colored() const { return colored_; }
  std::size_t memory_bytes() const;

 private:
  // Columns have slots, which they keep while the picture moves over them.
  struct Slot {
    std::int64_t column = 0;
    SampleSpan samples;
    bool used = false;
  };
  void forget(const HeatRows& rows, int most);
  std::size_t slot_of(std::int64_t column) const;
  void place_columns(const ColumnGrid& grid, std::span<const SampleSpan> columns);
  void move_cells(std::int64_t first_before, int columns_before, std::vector<Rgba8>& cells);
  void reduce(int row, const Pyramid& data);
  void find_rest(int row);
  int line_of(int row) const { return static_cast<int>(static_cast<std::int64_t>(row) * rows_.lines / rows_.count); }
  void compose_lines(std::vector<Rgba8>& cells);
  void compose_row(int row, std::vector<Rgba8>& cells);
  void compose_merged(int line, int row, int end_row, std::vector<Rgba8>& cells);
  void compose_block(int row, int end_row, std::size_t from_slot, float* out) const;
  void show(int line, std::size_t slot, float value, std::vector<Rgba8>& cells);
  void color(int line, std::size_t slot, std::vector<Rgba8>& cells);
  void color_all(std::vector<Rgba8>& cells);
  Rgba8 color_of(float value, std::size_t slot) const;

  HeatRows rows_;
  HeatInks inks_;
  std::uint64_t grid_version_ = 0;
  std::int64_t first_ = 0;
  int columns_ = 0, most_ = 0;
  std::size_t slots_per_row_ = 0;
  std::vector<Slot> slots_;
  // A slot whose column is another one, has other samples, or is gone, and where those are in spans_.
  struct Touched {
    std::size_t slot, span;
  };
  std::vector<Touched> touched_;
  std::vector<SampleSpan> spans_;            // each once: a sample wider than a pixel has several columns
  std::vector<Extremes> extremes_;           // of one row, of each span, for a moment
  std::vector<float> lows_, highs_;          // of each row and slot; NaN: no value
  std::vector<SlidingMedian> medians_;       // of each row
  std::vector<float> rests_, rests_before_;  // likewise
  std::vector<float> shown_;                 // of each line and slot
  std::vector<SlidingMedian::Entry> all_;    // of one row, for a moment
  std::vector<Rgba8> moved_;
  bool every_color_ = true;  // the cells get all of their colours at the end
  std::uint64_t reduced_ = 0, colored_ = 0;
};

}  // namespace cnv
