// MorphologyView: a MorphologyViewSpec and the store → pieces, values, colours, marks and texts to draw. Versions tell a
// renderer what to upload again. GUI thread only.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <glm/vec2.hpp>

#include "cnv/core/scene_store.hpp"
#include "cnv/draw/camera.hpp"
#include "cnv/draw/color_bar.hpp"
#include "cnv/draw/lod_tree.hpp"
#include "cnv/draw/pick.hpp"
#include "cnv/view/morphology_pieces.hpp"
#include "cnv/view/view_colors.hpp"

namespace cnv {

// A contour round a whole section.
struct SectionMark {
  std::int32_t section = -1;  // Pieces::section
  std::int32_t entity = -1;   // the selected entity in it
  Rgba8 color;
  friend bool operator==(const SectionMark&, const SectionMark&) = default;
};

// A ring at a recorded place.
struct PlaceMark {
  glm::vec3 point{0};  // um
  std::int32_t entity = -1;
  Rgba8 color;
  friend bool operator==(const PlaceMark&, const PlaceMark&) = default;
};

// What lies under the pointer.
struct MorphologyHover {
  std::int64_t entity = -1;
  std::int32_t piece = -1;
  std::int32_t section_number = -1;
  std::string entity_id, label, section;
  double x = 0;                   // 0…1 along the section
  std::optional<double> value;    // none: no value here
  std::string unit;
  double diameter_um = 0;
  glm::vec3 point{0};             // um
  // For a tooltip: "dend[3]  x 0.45", "−64.97 mV" ("–" without a value), "⌀ 1.20 µm".
  std::string place_text, value_text, diameter_text;
};

// Wishes of the person at the window; they win over the spec and are not sent.
struct ColorWishes {
  std::optional<std::string> color_map;
  std::optional<Limits> limits;
  std::optional<std::string> norm;  // "auto" or "symmetric", instead of fixed limits
  friend bool operator==(const ColorWishes&, const ColorWishes&) = default;
};

class MorphologyView {
 public:
  // Brings everything up to date with spec and store. Cheap when nothing changed: parts are compared by identity and
  // revision.
  void update(const MorphologyViewSpec& spec, const SceneStore& store, Theme theme);

  // Null while the geometry is missing or cannot be drawn. Shared with renderer and picking.
  const std::shared_ptr<const LodTree>& tree() const { return tree_; }
  std::uint64_t geometry_version() const { return geometry_version_; }
  // Indexed by Pieces::value; empty: base colours. Valid until the next update().
  std::span<const float> values() const { return values_; }
  std::uint64_t values_version() const { return values_version_; }
  const ColorTable& color_table() const { return color_table_; }
  ColorScale color_scale() const { return scale_; }
  // Grows when the table or the scale changes.
  std::uint64_t colors_version() const { return colors_version_; }

  const Background& background() const { return background_; }
  const std::vector<SectionMark>& section_marks() const { return section_marks_; }
  const std::vector<PlaceMark>& place_marks() const { return place_marks_; }
  const std::string& title() const { return title_; }
  // "70,988 segments", or empty.
  const std::string& detail() const { return detail_; }
  // One quiet sentence when there is nothing to draw.
  const std::string& message() const { return message_; }
  // None while no values colour the cell.
  std::optional<ColorBar> color_bar() const;
  const std::string& unit() const { return unit_; }
  const std::vector<Problem>& problems() const { return problems_; }

  std::optional<MorphologyHover> hover(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel, const PickOptions& options = {}) const;
  // Centre of an entity, um.
  std::optional<glm::vec3> place_of(std::string_view entity_id) const;

  const ColorWishes& color_wishes() const { return wishes_; }
  void set_color_wishes(ColorWishes wishes) { wishes_ = std::move(wishes); }

 private:
  void update_geometry(const MorphologyViewSpec& spec, const SceneStore& store);
  void update_values(const MorphologyViewSpec& spec, const SceneStore& store);
  void use_entity_values(const MorphologyViewSpec& spec, const StoredField& field);
  void set_values(Array values, const StoredField& field);
  void clear_values();
  void update_colors(const MorphologyViewSpec& spec, const SceneStore& store, Theme theme);
  ColorScale automatic_scale(bool symmetric);
  void update_marks(const SceneStore& store);
  bool detail_fits(const MorphologyViewSpec& spec, const SceneStore& store, const MorphologyGeometry& g);
  glm::vec3 place_of(std::int64_t entity) const;
  void add_problem(std::string cause, std::string message);
  const MorphologyGeometry* geometry() const;

  GeometryPtr geometry_;
  ValueIndex value_index_ = ValueIndex::entity;
  std::shared_ptr<const LodTree> tree_;
  std::vector<std::int32_t> piece_of_entity_;  // first piece of each entity, -1: none
  std::int64_t compartments_ = 0;              // that the pieces name
  std::uint64_t geometry_version_ = 0;

  // What the present values were made from.
  const StoredField* field_ = nullptr;
  std::string field_id_;
  std::uint64_t field_revision_ = 0, rows_revision_ = 0, scene_revision_ = 0, values_of_geometry_ = 0;
  std::string field_problem_;
  EntityRows rows_;
  Array value_array_;
  std::vector<float> gathered_;
  std::span<const float> values_;
  std::uint64_t values_version_ = 0;

  ColorWishes wishes_;
  ColorTable color_table_{};
  std::string color_map_name_;
  std::string color_map_problem_;
  ColorScale scale_, automatic_;
  std::uint64_t scaled_version_ = 0;
  bool scaled_symmetric_ = false;
  std::uint64_t colors_version_ = 0;
  Theme color_map_theme_ = Theme::light;

  Background background_;
  Selection marked_;
  std::vector<std::int64_t> marked_entities_;
  std::uint64_t marked_version_ = 0;
  std::vector<SectionMark> section_marks_;
  std::vector<PlaceMark> place_marks_;
  std::string title_, detail_, message_, unit_, quantity_;
  std::vector<Problem> problems_;
};

// Where a camera starts: a distance other than the default is kept, around the model's centre; otherwise the model fits
// the view. Angles other than the default are kept; otherwise the side that shows most is chosen.
Camera initial_camera(const PanelSpec& panel, const FitPoints& points, glm::vec2 size_px);

// "70,988".
std::string with_thousands(std::int64_t count);

}  // namespace cnv
