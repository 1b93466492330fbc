// Small scenes for the tests of view.
#pragma once

#include <cmath>

#include "cnv/view/scene_model.hpp"

namespace cnv::scenes {

inline Array texts(const std::vector<std::string>& values) {
  return Array::strings(std::span<const std::string>(values));
}
inline Array floats(const std::vector<float>& values, Shape shape = {}) {
  return Array::copy_of(values, std::move(shape));
}
inline Array doubles(const std::vector<double>& values, Shape shape = {}) {
  return Array::copy_of(values, std::move(shape));
}

inline std::vector<double> steps(std::size_t n, double dt, double start = 0) {
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = start + dt * static_cast<double>(i);
  return out;
}

// Entities in a row along x, 10 µm long, radius 1 µm, two per section: "e0" … in sections "s0", "s0", "s1" …
inline MorphologyGeometry row_of_cylinders(int n) {
  std::vector<float> positions, orientations, radii, lengths, x;
  std::vector<std::string> ids, sections;
  for (int i = 0; i < n; ++i) {
    positions.insert(positions.end(), {10.0F * static_cast<float>(i), 0, 0});
    orientations.insert(orientations.end(), {0, 0, 1, 0, 1, 0, -1, 0, 0});  // third column is (1, 0, 0)
    radii.push_back(1);
    lengths.push_back(10);
    x.push_back(i % 2 ? 0.75F : 0.25F);
    ids.push_back("e" + std::to_string(i));
    sections.push_back("s" + std::to_string(i / 2));
  }
  MorphologyGeometry g;
  g.positions = floats(positions, {n, 3});
  g.orientations = floats(orientations, {n, 3, 3});
  g.radii = floats(radii);
  g.lengths = floats(lengths);
  g.entity_ids = texts(ids);
  g.section_names = texts(sections);
  g.xlocs = floats(x);
  return g;
}

inline Field display_field(const std::vector<std::string>& labels, const std::vector<float>& values,
                           std::string unit = "mV") {
  return Field{"display", floats(values), {"segment"}, {{"segment", texts(labels)}}, std::move(unit), {}};
}

// (segment, time): value 100·row + column.
inline Field history_field(const std::vector<std::string>& labels, std::size_t samples, double dt = 1) {
  std::vector<float> values;
  for (std::size_t row = 0; row < labels.size(); ++row)
    for (std::size_t i = 0; i < samples; ++i)
      values.push_back(100.0F * static_cast<float>(row) + static_cast<float>(i));
  return Field{"history",
               floats(values, {static_cast<std::int64_t>(labels.size()), static_cast<std::int64_t>(samples)}),
               {"segment", "time"},
               {{"segment", texts(labels)}, {"time", doubles(steps(samples, dt))}},
               "mV",
               {}};
}

// Four cylinders, their display field, a history of two of them, and a plot that follows the selection.
inline Scene cell_scene() {
  Scene scene;
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(row_of_cylinders(4)));
  scene.fields.set("display", display_field({"e0", "e1", "e2", "e3"}, {-80, -40, 0, 40}));
  scene.fields.set("history", history_field({"e0", "e1", "e2"}, 10));
  scene.views.set("cell", MorphologyViewSpec{.id = "cell",
                                             .title = "Cell",
                                             .color_field_id = "display",
                                             .color_limits = std::optional<Limits>(Limits{-80, 50})});
  scene.views.set("trace", LinePlotViewSpec{.id = "trace",
                                            .field_id = "history",
                                            .x_dim = "time",
                                            .selectors = {{"segment", StateBinding{"selected_entity_id"}}},
                                            .x_unit = "ms",
                                            .y_unit = "mV"});
  scene.controls.set("amp", slider("amp", "Amp", 0.5, {0, 2}));
  scene.normalize();
  return scene;
}

inline SceneStore store_of(Scene scene) {
  SceneStore store;
  const auto problem = store.apply(SceneReady{std::move(scene)});
  if (problem) throw std::runtime_error(problem->message);
  return store;
}

// A closed curve: cosines and sines of 0, 0.1, 0.2, …
inline std::pair<std::vector<double>, std::vector<float>> circle(int count) {
  std::pair<std::vector<double>, std::vector<float>> out;
  for (int i = 0; i < count; ++i) {
    out.first.push_back(std::cos(0.1 * i));
    out.second.push_back(static_cast<float>(std::sin(0.1 * i)));
  }
  return out;
}

inline FieldAppend append_columns(std::int64_t rows, std::int64_t columns, double first_x, double dt, float value,
                                  std::optional<std::int64_t> max_length = {}) {
  return {"history",
          "time",
          floats(std::vector<float>(static_cast<std::size_t>(rows * columns), value), {rows, columns}),
          doubles(steps(static_cast<std::size_t>(columns), dt, first_x)),
          max_length,
          {}};
}

}  // namespace cnv::scenes
