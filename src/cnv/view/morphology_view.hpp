// MorphologyView: a MorphologyViewSpec and the store → pieces, values, colours, marks and texts to draw. Versions tell
// a renderer what to upload again. GUI thread only.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <glm/vec2.hpp>

#include "cnv/core/compartments.hpp"
#include "cnv/core/display_variable.hpp"
#include "cnv/core/scene_store.hpp"
#include "cnv/draw/camera.hpp"
#include "cnv/draw/color_bar.hpp"
#include "cnv/draw/lod_tree.hpp"
#include "cnv/draw/pick.hpp"
#include "cnv/view/morphology_pieces.hpp"
#include "cnv/view/tree_shelf.hpp"
#include "cnv/view/view_look.hpp"

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
  std::int64_t entity = -1;  // that stands for the compartment
  std::int32_t piece = -1;
  std::int32_t section_number = -1;
  std::string entity_id, label, section;
  double x = 0;                 // 0…1 along the section: of the point itself
  std::optional<double> value;  // none: no value here
  std::string unit;
  double diameter_um = 0;
  glm::vec3 point{0};  // um
  // For a tooltip: "dend[3]  x = 0.45" (the middle of the compartment), "−64.97 mV" ("–" without a value), "⌀ 1.20 µm".
  std::string place_text, value_text, diameter_text;
};

class MorphologyView {
 public:
  // Brings everything up to date with spec and store. Cheap when nothing changed: parts are compared by identity and
  // revision. Views of one geometry share its tree when they are given the same shelf.
  void update(const MorphologyViewSpec& spec, const SceneStore& store, Theme theme, TreeShelf* shelf = nullptr);

  // A copy that shows the same from then on, whatever becomes of this one.
  MorphologyView taken() const;

  // Null while the geometry is missing or cannot be drawn. Shared with renderer and picking.
  const std::shared_ptr<const LodTree>& tree() const { return tree_; }
  std::uint64_t geometry_version() const { return geometry_version_; }
  // Indexed by Pieces::value; empty: base colours. Valid until the next update().
  std::span<const float> values() const { return values_; }
  std::uint64_t values_version() const { return values_version_; }
  const ColorTable& color_table() const { return look_.table(); }
  ColorScale color_scale() const { return look_.scale(); }
  // Grows when the table or the scale changes.
  std::uint64_t colors_version() const { return look_.version(); }

  const Background& background() const { return look_.background(); }
  const std::vector<SectionMark>& section_marks() const { return section_marks_; }
  const std::vector<PlaceMark>& place_marks() const { return place_marks_; }
  const std::string& title() const { return title_; }
  // How many compartments: "70,988 segments", or empty.
  const std::string& detail() const { return detail_; }
  // One quiet sentence when there is nothing to draw.
  const std::string& message() const { return message_; }
  // None while no values colour the cell, or when the person hid it.
  std::optional<ColorBar> color_bar() const;
  // What the colours show: "v", "ina"; empty when the field does not say.
  const std::string& quantity() const { return quantity_; }
  const std::string& unit() const { return unit_; }
  const std::vector<Problem>& problems() const { return problems_; }

  std::optional<MorphologyHover> hover(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel,
                                       const PickOptions& options = {}) const;
  // Centre of an entity, um.
  std::optional<glm::vec3> place_of(std::string_view entity_id) const;

  // Colours and background, with what the person at the window chose.
  ViewLook& look() { return look_; }
  const ViewLook& look() const { return look_; }
  // The variables that the session offers for the colours, in groups; empty: none. The choice belongs to the session:
  // it is the new value of the state key.
  std::vector<Choice> variable_choices() const;
  // The same of an entity, for plots; chosen are those whose trace of it is in view already.
  std::vector<Choice> plot_choices(std::string_view entity_id, const Dict& state) const;
  bool offers_variables() const { return !variable_key_.empty() && variables_.size() > 1; }
  const std::string& variable_key() const { return variable_key_; }

 private:
  void update_geometry(const MorphologyViewSpec& spec, const SceneStore& store, TreeShelf* shelf);
  void read_variable(const StoredField& field);
  AppColors app_colors(const MorphologyViewSpec& spec, const SceneStore& store) const;
  void update_values(const MorphologyViewSpec& spec, const SceneStore& store);
  void use_entity_values(const MorphologyViewSpec& spec, const StoredField& field);
  void set_values(Array values, const StoredField& field);
  void clear_values();
  void update_colors(const MorphologyViewSpec& spec, const SceneStore& store, Theme theme);
  void update_marks(const SceneStore& store);
  bool detail_fits(const MorphologyViewSpec& spec, const SceneStore& store, const MorphologyGeometry& g);
  glm::vec3 place_of(std::int64_t entity) const;
  void add_problem(std::string cause, std::string message);
  const MorphologyGeometry* geometry() const;

  GeometryPtr geometry_;
  ValueIndex value_index_ = ValueIndex::entity;
  std::shared_ptr<const DrawnGeometry> drawn_;
  std::shared_ptr<const LodTree> tree_;
  Compartments held_;               // by the geometry
  std::int64_t values_needed_ = 0;  // of a detail field
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

  // The variable that the field says it shows; empty names: it says nothing.
  std::string variable_, variable_key_, traced_variable_;
  bool variable_is_initial_ = true;
  std::optional<Limits> variable_limits_;
  std::optional<Limits> recorded_;  // of all frames
  std::vector<DisplayVariable> variables_;
  std::uint64_t variables_revision_ = 0;

  ViewLook look_;
  Selection marked_;
  std::vector<std::int64_t> marked_entities_;
  std::uint64_t marked_version_ = 0;
  std::vector<SectionMark> section_marks_;
  std::vector<PlaceMark> place_marks_;
  std::string title_, detail_, message_, unit_, quantity_;
  std::vector<Problem> problems_;
};

// "70,988".
std::string with_thousands(std::int64_t count);

}  // namespace cnv
