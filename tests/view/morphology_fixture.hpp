// One morphology view and its store, for tests of cells.
#pragma once

#include <gtest/gtest.h>

#include "cnv/view/morphology_view.hpp"
#include "view/scenes.hpp"

namespace cnv {

struct Cell {
  SceneStore store;
  MorphologyViewSpec spec;
  MorphologyView view;
  Theme theme = Theme::light;

  explicit Cell(Scene scene = scenes::cell_scene())
      : store(scenes::store_of(std::move(scene))),
        spec(std::get<MorphologyViewSpec>(*store.scene().views.find("cell"))) {
    update();
  }
  void update() { view.update(spec, store, theme); }
  void apply(const Update& u) {
    ASSERT_FALSE(store.apply(u).has_value());
    update();
  }
  std::vector<float> values() const { return {view.values().begin(), view.values().end()}; }
};

}  // namespace cnv
