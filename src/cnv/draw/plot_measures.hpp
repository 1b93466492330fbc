// What is measured in a plot, in units of its data, before layout: cursors, places and a read-out of names and numbers.
// Filled by `view`, laid out by layout_plot; plain data, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cnv {

// A line across the plot with a handle above it.
struct MeasureCursor {
  std::string name;  // one letter
  double x = 0;
  bool focused = false;  // the arrow keys move it
};

struct MeasurePlace {
  double x = 0, y = 0;
  std::size_t series = 0;
  bool large = false;  // a ring; else a dot
};

// A level line: a width at a height.
struct MeasureSpan {
  double x0 = 0, x1 = 0, y = 0;
};

struct MeasureReadout {
  // Rows of the same length. The first cell is a name, the others are numbers, which stand under each other.
  std::vector<std::vector<std::string>> table;
  // Columns of the table that are left out where it is too wide, the first one first.
  std::vector<std::size_t> dispensable;
  // Below it, one after the other as there is room.
  struct Item {
    std::string name, value;
  };
  std::vector<Item> items;
  // Sentences at the end.
  std::vector<std::string> remarks;
  // Words to click on in its first line; files have none.
  struct Button {
    std::string id, text;
  };
  std::vector<Button> buttons;

  bool empty() const { return table.empty() && items.empty() && remarks.empty(); }
};

struct PlotMeasures {
  std::vector<MeasureCursor> cursors;
  std::vector<MeasurePlace> places;
  std::vector<MeasureSpan> spans;
  MeasureReadout readout;
};

}  // namespace cnv
