// SurfaceView: a SurfaceViewSpec, its slices and the store → grid, heights, colours, axes, slices and texts to draw.
// Versions tell a renderer what to upload again. GUI thread only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cnv/core/scene_store.hpp"
#include "cnv/draw/surface_axes.hpp"
#include "cnv/draw/surface_mesh.hpp"
#include "cnv/draw/surface_pick.hpp"
#include "cnv/view/grid_slice.hpp"
#include "cnv/view/panel_camera.hpp"
#include "cnv/view/surface_slice.hpp"
#include "cnv/view/view_look.hpp"

namespace cnv {

// How the axes look; where they lie is SurfaceView::axes().
struct AxesStyle {
  AxesPlace place = AxesPlace::none;
  int tick_count = 5;
  double tick_length_px = 5, tick_text_px = 11, label_text_px = 12;
  Rgba8 line, tick_text, label_text;
  double opacity = 1;
  std::array<std::string, 3> labels;
  friend bool operator==(const AxesStyle&, const AxesStyle&) = default;
};

// What lies under the pointer: a sample.
struct SurfaceHover {
  std::int64_t column = 0, row = 0;
  double x = 0, y = 0, value = 0;
  glm::vec3 point{0};                  // of the sample, in the picture's units
  std::string place_text, value_text;  // "x = 1.20   y = 0.40", "−64.97 mV"
};

class SurfaceView {
 public:
  // Brings everything up to date with spec and store. Cheap when nothing changed; new values without new coordinates
  // leave the grid as it is, and with fixed colour limits the axes too.
  void update(const SurfaceViewSpec& spec, const SceneStore& store, Theme theme);

  // A copy that shows the same from then on, whatever becomes of this one.
  SurfaceView taken() const;

  // False while there is nothing to draw; then message() says why.
  bool has_surface() const { return !heights_.empty(); }
  const SurfaceGrid& grid() const { return grid_; }
  std::uint64_t grid_version() const { return grid_version_; }
  // Rows × columns in data units, NaN for holes. Valid until the next update().
  std::span<const float> heights() const { return heights_; }
  std::uint64_t heights_version() const { return heights_version_; }
  // Colours of the heights: the map, or one colour throughout.
  const ColorTable& color_table() const { return colored_by_height_ ? look_.table() : uniform_; }
  ColorScale color_scale() const { return look_.scale(); }
  std::uint64_t colors_version() const { return colors_version_; }
  SurfaceShading shading() const { return shading_; }
  double opacity() const { return opacity_; }

  const AxesStyle& axes_style() const { return axes_style_; }
  // Data box of the axes: the grid; heights from the fixed limits, widened by the data where it leaves them.
  const SurfaceBox& axes_box() const { return axes_box_; }
  // Grows when the box or the style changes.
  std::uint64_t axes_version() const { return axes_version_; }
  SurfaceAxes axes(const Projection& projection, const FontMetrics& metrics);
  const std::vector<SurfaceSlice>& slices() const { return slices_; }

  // What a picture holds, in its own units: clip distances and fit come from it.
  const Bounds& bounds() const { return bounds_; }
  // Grows when the camera must be fitted anew: first data, another shape, other proportions.
  std::uint64_t frame_version() const { return frame_version_; }
  // What a fit leaves free around the surface.
  SurfaceRoom room() const;

  ViewLook& look() { return look_; }
  const ViewLook& look() const { return look_; }
  const Background& background() const { return look_.background(); }
  const std::string& title() const { return title_; }
  // "60 × 40", and what the person did to the heights.
  const std::string& detail() const { return detail_; }
  const std::string& message() const { return message_; }
  // None while one colour is shown throughout, or when the person hid it.
  std::optional<ColorBar> color_bar() const;
  const std::string& unit() const { return unit_; }
  const std::vector<Problem>& problems() const { return problems_; }

  std::optional<SurfaceHover> hover(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel) const;
  Projection projection(const Camera& camera, glm::vec2 size_px) const {
    return make_projection(camera, size_px, bounds_);
  }

  // ---- what the person at the window chooses; takes effect with the next update(), not sent ----------------------
  std::vector<Choice> proportions_choices() const;
  void choose_proportions(std::string_view id);
  std::vector<Choice> axes_choices() const;
  void choose_axes(std::string_view id);
  // Heights by a further factor, kept within 1/1000 … 1000.
  void stretch_heights(double factor);
  double stretch() const { return stretch_; }
  // The axes and the vertical scale follow the present heights alone, not those before.
  void forget_heights();
  // Colours, background, axes and proportions as the app says.
  void reset_look();

 private:
  struct Source;
  Result<Source> find_source(const SurfaceViewSpec& spec, const SceneStore& store) const;
  void update_grid(const Source& source, const SceneStore& store);
  void update_heights(const Source& source);
  void clear(std::string message);
  void update_space(const SurfaceViewSpec& spec, const SceneStore& store);
  void update_colors(const SurfaceViewSpec& spec, const SceneStore& store, Theme theme);
  void update_axes(const SurfaceViewSpec& spec, const SceneStore& store);
  void update_slices(const SurfaceViewSpec& spec, const SceneStore& store);
  SurfaceSlice make_slice(const GridSliceOperatorSpec& op, const SlicePlace& place) const;
  void color_slice(SurfaceSlice& slice, const GridSliceOperatorSpec& op, const SceneStore& store);
  // The resolved colour; nothing when it is the record's default, missing or wrong (a problem).
  std::optional<Rgba8> wished_color(const std::string& owner, const char* name, const Bindable<Value>& given,
                                    const Bindable<Value>& plain, const Dict& state);
  void add_problem(std::string cause, std::string message, Severity severity = Severity::warning);

  // What grid and heights were made from.
  const StoredField* field_ = nullptr;
  GeometryPtr geometry_;
  std::string field_id_;
  std::uint64_t scene_revision_ = 0, x_revision_ = 0, y_revision_ = 0, field_revision_ = 0;
  bool transposed_ = false;
  std::string x_dim_, y_dim_;

  SurfaceGrid grid_;
  Array values_;
  std::vector<float> own_heights_;
  std::span<const float> heights_;
  std::optional<Limits> recorded_;  // heights of all frames
  ValueRange height_range_, heights_so_far_;
  std::uint64_t grid_version_ = 0, heights_version_ = 0, frame_version_ = 0;

  std::string proportions_choice_, axes_choice_;  // empty: as the app says
  double stretch_ = 1;
  bool space_stale_ = true, frame_stale_ = true;
  ValueRange space_range_;    // of the heights that the space was made for
  glm::vec3 framed_size_{0};  // of the picture that the camera was fitted to

  ViewLook look_;
  ColorTable uniform_{};
  bool colored_by_height_ = true;
  std::uint64_t colors_version_ = 0, look_version_ = 0;
  SurfaceShading shading_ = SurfaceShading::unlit;
  double opacity_ = 1;
  std::optional<Limits> limits_;  // that the app fixes

  AxesStyle axes_style_;
  SurfaceBox axes_box_;
  Bounds bounds_;
  std::uint64_t axes_version_ = 0;
  std::array<double, 3> tick_steps_{};
  std::vector<SurfaceSlice> slices_;
  std::string title_, detail_, message_, unit_, quantity_;
  std::vector<Problem> problems_;
};

}  // namespace cnv
