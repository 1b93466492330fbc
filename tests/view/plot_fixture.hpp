// A line plot over the history of the small cell, for the tests of LinePlotView.
#pragma once

#include <gtest/gtest.h>

#include "cnv/view/line_plot_view.hpp"
#include "view/scenes.hpp"

namespace cnv::scenes {

struct Plot {
  SceneStore store;
  LinePlotViewSpec spec;
  ViewState view_state;
  LinePlotView view;
  Theme theme = Theme::light;

  explicit Plot(LinePlotViewSpec s = {.id = "plot", .field_id = "history", .x_dim = "time", .series_dim = "segment"})
      : store(store_of(cell_scene())), spec(std::move(s)) {}
  void apply(const Update& update) { ASSERT_FALSE(store.apply(update).has_value()); }
  void update() { view.update(spec, store, view_state, theme); }
  const PlotPicture& paint() {
    update();
    return view.layout(600, 400, EstimatedMetrics{});
  }
};

}  // namespace cnv::scenes
