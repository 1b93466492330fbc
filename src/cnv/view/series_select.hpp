// Which traces of a field a line plot shows: selectors, series dim, selection and grid slices → positions in the field,
// without touching values. Pure functions, used by LinePlotView; any thread.
#pragma once

#include <string>
#include <vector>

#include "cnv/core/scene_store.hpp"
#include "cnv/core/stored_field.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/view/view_state.hpp"

namespace cnv {

struct SelectedSeries {
  std::string label;                // as shown: coordinate text, the place of an entity, or empty for a single trace
  std::string key;                  // coordinate text: the id of an entity, the key of its colour
  bool selected = false;            // trace of a selected entity
  std::vector<std::int64_t> index;  // position along each axis of the field; 0 along x
  int number = 0;                   // decides its colour
  friend bool operator==(const SelectedSeries&, const SelectedSeries&) = default;
};

struct SeriesSelection {
  const StoredField* field = nullptr;
  int x_axis = -1;
  std::string x_dim;
  AxisName x_name,
      y_name;  // of a slice: what the surface that carries it says at these axes, else the field; no slice: empty
  std::string title;                      // of a slice; else the field's id
  std::string unit;                       // the field's, or empty
  std::vector<std::int64_t> x_positions;  // the only positions along x, when a selector chose some
  bool some_x = false;                    // x_positions counts
  bool series_mode = false;               // legend and series colours
  bool follows_selection = false;         // a selector is bound to the selected entity
  std::vector<SelectedSeries> series;
  std::string message;  // one quiet sentence when the plot is empty
  std::string problem;  // misuse of the view, for a report; the plot is empty

  friend bool operator==(const SeriesSelection&, const SeriesSelection&) = default;
};

// Never throws. A missing view field gives an empty plot.
SeriesSelection select_series(const LinePlotViewSpec& spec, const SceneStore& store);

// What the result depends on, comparable and cheap: the resolved selectors, the state of slices and selection, the
// field's shape and coordinates except along a growing x. While two stamps are equal, select_series gives the same.
struct SelectionStamp {
  std::uint64_t scene_revision = 0;
  const StoredField* field = nullptr;
  std::vector<std::uint64_t> coord_revisions;
  int append_axis = -1;
  std::int64_t extent_if_selected = 0;  // of the append axis, when a selector or the slice looks at it
  List values;
  friend bool operator==(const SelectionStamp&, const SelectionStamp&) = default;
};
SelectionStamp selection_stamp(const LinePlotViewSpec& spec, const SceneStore& store);

}  // namespace cnv
