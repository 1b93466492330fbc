#include "cnv/view/morphology_view.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "cnv/base/numbers.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/draw/piece_colors.hpp"

namespace cnv {
namespace {

bool same_field(const StoredField* a, const StoredField* b) { return a == b && a != nullptr; }

std::string quantity_of(const StoredField& field) {
  for (const auto key : {variable_attr, std::string_view("label"), std::string_view("quantity")})
    if (auto text = text_or_empty(field.attrs(), key); !text.empty()) return text;
  return field.unit() == "mV" ? "v" : field.id();
}

// At most four decimals, two where these are exact enough to tell compartments apart.
std::string compartment_x(double x) {
  std::string text = format_fixed(x, 4);
  while (text.ends_with('0') && text.size() > 4) text.pop_back();
  return text;
}

constexpr std::string_view compartment_dim = "compartment";

// Values that a detail field needs for the pieces.
std::int64_t values_needed(const PieceTable& table) {
  const Array index = table.compartment.astype(DType::i32);
  std::int64_t count = 0;
  for (const auto i : index.as<std::int32_t>()) count = std::max<std::int64_t>(count, i + 1);
  return count;
}

}  // namespace

std::string with_thousands(std::int64_t count) {
  const std::string digits = plain_text(count);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0 && digits[i - 1] != '-') out += ',';
    out += digits[i];
  }
  return out;
}

const MorphologyGeometry* MorphologyView::geometry() const {
  return geometry_ ? std::get_if<MorphologyGeometry>(geometry_.get()) : nullptr;
}

void MorphologyView::add_problem(std::string cause, std::string message) {
  problems_.push_back({Severity::warning, std::move(cause), std::move(message)});
}

MorphologyView MorphologyView::taken() const {
  MorphologyView out(*this);
  if (values_.data() == gathered_.data()) out.values_ = out.gathered_;
  return out;
}

void MorphologyView::update(const MorphologyViewSpec& spec, const SceneStore& store, Theme theme, TreeShelf* shelf) {
  problems_.clear();
  update_geometry(spec, store, shelf);
  update_values(spec, store);
  update_colors(spec, store, theme);
  update_marks(store);
  title_ = spec.title.empty() ? spec.id : spec.title;
  const auto* g = geometry();
  const std::int64_t count = held_.count();
  detail_ = g ? with_thousands(count) + (count == 1 ? " segment" : " segments") : std::string();
  message_ = tree_ ? "" : g && count == 0 ? "This model has no segments." : "There is no morphology to show.";
}

void MorphologyView::update_geometry(const MorphologyViewSpec& spec, const SceneStore& store, TreeShelf* shelf) {
  const auto* found = store.scene().geometries.find(spec.geometry_id);
  GeometryPtr now = found && std::holds_alternative<MorphologyGeometry>(**found) ? *found : nullptr;
  if (!now && !store.scene().geometries.empty())
    add_problem(
        "morphology geometry " + spec.geometry_id,
        "view '" + spec.id + "': the scene has no morphology geometry '" + spec.geometry_id + "'; nothing is drawn");
  const auto* g = now ? &std::get<MorphologyGeometry>(*now) : nullptr;
  if (now != geometry_) values_needed_ = g && g->pieces ? values_needed(*g->pieces) : 0;
  const auto wanted = g && detail_fits(spec, store, *g) ? ValueIndex::compartment : ValueIndex::entity;
  if (now == geometry_ && wanted == value_index_) return;
  if (now != geometry_) held_ = g ? Compartments(*g) : Compartments();
  geometry_ = std::move(now);
  value_index_ = wanted;
  ++geometry_version_;
  drawn_.reset();
  tree_.reset();
  if (!g || g->size() == 0) return;
  auto drawn = shelf ? shelf->find_or_make(geometry_, wanted) : make_drawn(*g, wanted);
  if (!drawn) return add_problem("morphology pieces " + spec.geometry_id, drawn.error());
  drawn_ = std::move(*drawn);
  tree_ = drawn_->tree;
}

// The detail field colours the pieces when there are pieces and it has a value for each of their compartments.
bool MorphologyView::detail_fits(const MorphologyViewSpec& spec, const SceneStore& store, const MorphologyGeometry& g) {
  const auto* detail = spec.detail_field_id && g.pieces ? store.find_field(*spec.detail_field_id) : nullptr;
  if (!detail) return false;
  const int axis = rows_axis(*detail, compartment_dim, spec.sample_dim.value_or(""));
  if (axis >= 0 && detail->extent(axis) >= values_needed_) return true;
  add_problem("detail field " + detail->id(), "view '" + spec.id + "': detail field '" + detail->id() +
                                                  "' has no value for each of the " + plain_text(values_needed_) +
                                                  " compartments; the color field is used");
  return false;
}

void MorphologyView::clear_values() {
  if (!values_.empty()) ++values_version_;
  values_ = {};
  field_ = nullptr;
  unit_.clear();
  quantity_.clear();
  variable_.clear();
  variables_.clear();
  variables_revision_ = 0;
}

// What a session says about the variable it shows, and the others that it could show.
void MorphologyView::read_variable(const StoredField& field) {
  quantity_ = quantity_of(field);
  unit_ = field.unit().value_or("");
  variable_ = text_or_empty(field.attrs(), variable_attr);
  variable_key_ = text_or_empty(field.attrs(), variable_key_attr);
  traced_variable_ = text_or_empty(field.attrs(), initial_variable_attr);
  variable_is_initial_ = variable_ == traced_variable_;
  if (!variable_.empty() && field.attrs().find(variable_unit_attr) && !(variable_is_initial_ && field.unit()))
    unit_ = text_or_empty(field.attrs(), variable_unit_attr);
  variable_limits_ = limits_attr(field, variable_limits_attr);
  recorded_ = limits_attr(field, value_range_attr);
  const auto* revision = field.attr_revisions().find(variables_attr);
  if (variables_revision_ != 0 && revision && *revision == variables_revision_) return;
  variables_ = variables_of(state_value(field.attrs(), variables_attr));
  variables_revision_ = revision ? *revision : 0;
}

void MorphologyView::update_values(const MorphologyViewSpec& spec, const SceneStore& store) {
  const auto& id = value_index_ == ValueIndex::compartment ? spec.detail_field_id : spec.color_field_id;
  const auto* field = id ? store.find_field(*id) : nullptr;
  if (id && !field && store.has_scene())
    add_problem("morphology field " + *id,
                "view '" + spec.id + "': the scene has no field '" + *id + "'; the base colours are shown");
  if (!field || !tree_) return clear_values();
  const bool same = same_field(field, field_) && field->id() == field_id_ &&
                    scene_revision_ == store.scene_revision() && values_of_geometry_ == geometry_version_;
  if (same && field->changed_revision() == field_revision_) {
    if (!field_problem_.empty()) add_problem("morphology values " + field_id_, field_problem_);
    return;
  }
  if (!same) rows_revision_ = 0;
  field_ = field;
  field_id_ = field->id();
  field_revision_ = field->changed_revision();
  scene_revision_ = store.scene_revision();
  values_of_geometry_ = geometry_version_;
  read_variable(*field);
  field_problem_.clear();
  if (value_index_ == ValueIndex::entity) {
    use_entity_values(spec, *field);
  } else if (auto rows = newest_rows(*field, compartment_dim, spec.sample_dim.value_or("")); rows) {
    set_values(std::move(rows->values), *field);
  } else {
    field_problem_ = rows.error();
  }
  if (field_problem_.empty()) return;
  field_problem_ = "view '" + spec.id + "': " + field_problem_;
  add_problem("morphology values " + field_id_, field_problem_);
  if (!values_.empty()) ++values_version_;
  values_ = {};
}

void MorphologyView::use_entity_values(const MorphologyViewSpec& spec, const StoredField& field) {
  auto rows = newest_rows(field, spec.entity_dim, spec.sample_dim.value_or(""));
  if (!rows) {
    field_problem_ = rows.error();
    return;
  }
  if (rows_revision_ != field.coord_revision(rows->axis)) {
    rows_ = match_entities(*geometry(), field.coord(rows->axis));
    rows_revision_ = field.coord_revision(rows->axis);
  }
  if (rows_.by_position) return set_values(std::move(rows->values), field);
  const auto from = rows->values.as<float>();
  gathered_.resize(rows_.rows.size());
  for (std::size_t i = 0; i < gathered_.size(); ++i)
    gathered_[i] = rows_.rows[i] < 0 ? missing_value : from[static_cast<std::size_t>(rows_.rows[i])];
  values_ = gathered_;
  ++values_version_;
}

void MorphologyView::set_values(Array values, const StoredField& field) {
  value_array_ = std::move(values);
  values_ = value_array_.as<float>();
  ++values_version_;
  if (value_index_ == ValueIndex::entity && value_array_.size() != geometry()->size() && field_problem_.empty())
    add_problem("morphology size " + field.id(), "field '" + field.id() + "' has " + plain_text(value_array_.size()) +
                                                     " values for " + plain_text(geometry()->size()) +
                                                     " segments; the others have no colour");
}

namespace {

// Amperes, alone or for an area: inward and outward are told apart.
bool is_current(std::string_view unit) {
  constexpr std::string_view prefixes = "afpnumk";
  std::string_view rest = unit;
  if (rest.starts_with("µ") || rest.starts_with("μ")) rest.remove_prefix(2);
  else if (rest.size() > 1 && prefixes.find(rest[0]) != std::string_view::npos) rest.remove_prefix(1);
  return rest.starts_with('A') && (rest.size() == 1 || rest[1] == '/' || rest[1] == ' ');
}

}  // namespace

// The view's own limits are for the variable that the session began with; any other brings its own, or follows what the
// data have shown, which does not flicker as limits of the moment would.
AppColors MorphologyView::app_colors(const MorphologyViewSpec& spec, const SceneStore& store) const {
  // Session programs use "scalar" when they have no wish; a potential or a variable then gets the map made for the
  // window.
  const bool no_wish = spec.color_map == "scalar" && spec.color_norm != "symmetric";
  AppColors out{.color_map =
                    spec.color_map == "scalar" && (unit_ == "mV" || !variable_.empty()) ? "voltage" : spec.color_map};
  const auto limits = variable_is_initial_ ? resolve_limits(spec.color_limits, store.state()) : variable_limits_;
  if (limits) {
    out.from = LimitsFrom::typed;
    out.limits = *limits;
  } else if (no_wish && (is_current(unit_) || (!variable_is_initial_ && look_.colors().has_both_signs()))) {
    out.color_map = "signed";
    out.from = LimitsFrom::symmetric_so_far;
  } else if (variable_is_initial_) {
    out.from = spec.color_norm == "symmetric" ? LimitsFrom::symmetric : LimitsFrom::data_now;
  } else {
    out.from = LimitsFrom::data_so_far;
  }
  out.know_beforehand(recorded_);
  return out;
}

void MorphologyView::update_colors(const MorphologyViewSpec& spec, const SceneStore& store, Theme theme) {
  if (const auto problem = look_.update_background(resolve(spec.background_color, store.state()), theme);
      !problem.empty())
    add_problem("background " + spec.id, "view '" + spec.id + "': background_color: " + problem);
  if (const auto& problem =
          look_.update_colors(label_with_unit(quantity_, unit_), values_, values_version_, app_colors(spec, store));
      !problem.empty())
    add_problem("color map " + look_.colors().map_name(), "view '" + spec.id + "': " + problem);
}

void MorphologyView::update_marks(const SceneStore& store) {
  section_marks_.clear();
  place_marks_.clear();
  if (!tree_) return;
  const auto& pieces = tree_->pieces();
  Selection selected = selection(store.state());
  if (selected != marked_ || marked_version_ != geometry_version_) {
    marked_ = std::move(selected);
    marked_version_ = geometry_version_;
    marked_entities_.clear();
    for (const auto& id : marked_.entity_ids) marked_entities_.push_back(geometry()->find_entity(id));
  }
  for (std::size_t i = 0; i < marked_entities_.size(); ++i) {
    const auto entity = marked_entities_[i];
    if (entity < 0) continue;
    const Rgba8 color = selection_color(store, look_.background().look, static_cast<int>(i));
    const auto piece = drawn_->piece_of_entity[static_cast<std::size_t>(entity)];
    const auto section = piece >= 0 && !pieces.section.empty() ? pieces.section[static_cast<std::size_t>(piece)] : -1;
    section_marks_.push_back({section, static_cast<std::int32_t>(entity), color});
    place_marks_.push_back({place_of(entity), static_cast<std::int32_t>(entity), color});
  }
}

glm::vec3 MorphologyView::place_of(std::int64_t entity) const {
  if (drawn_ && !drawn_->middle_of_entity.empty()) return drawn_->middle_of_entity[static_cast<std::size_t>(entity)];
  const auto& at = geometry()->positions;
  return {at.number_at(3 * entity), at.number_at(3 * entity + 1), at.number_at(3 * entity + 2)};
}

std::optional<glm::vec3> MorphologyView::place_of(std::string_view entity_id) const {
  const auto* g = geometry();
  const auto entity = g ? g->find_entity(entity_id) : -1;
  return entity < 0 ? std::nullopt : std::optional(place_of(entity));
}

std::optional<ColorBar> MorphologyView::color_bar() const {
  if (values_.empty() || !look_.color_bar_shown()) return std::nullopt;
  return look_.bar(label_with_unit(quantity_, unit_));
}

std::optional<MorphologyHover> MorphologyView::hover(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel,
                                                     const PickOptions& options) const {
  if (!tree_) return std::nullopt;
  const auto hit = pick(*tree_, make_projection(camera, size_px, tree_->bounds()), pixel, options);
  if (!hit) return std::nullopt;
  const auto& pieces = tree_->pieces();
  const auto piece = static_cast<std::size_t>(hit->piece);
  // A piece of a foreign geometry may lie in another compartment than its entity.
  const auto compartment =
      geometry()->pieces ? geometry()->pieces->compartment.as<std::int32_t>()[piece] : pieces.entity[piece];
  const auto stands = held_.entity_for(compartment);
  const std::int64_t entity = stands < 0 ? pieces.entity[piece] : stands;
  const double middle = held_.middle_of(compartment);
  MorphologyHover out;
  out.entity = entity;
  out.piece = hit->piece;
  out.section_number = pieces.section.empty() ? -1 : pieces.section[piece];
  out.entity_id = geometry()->entity_ids.string_at(entity);
  out.label = geometry()->label_at(entity);
  out.section = geometry()->section_names.string_at(entity);
  const auto& place = drawn_->places[piece];
  out.x = std::lerp(place.x_start, place.x_end, hit->position);
  const auto row = pieces.value[piece];
  if (row >= 0 && static_cast<std::size_t>(row) < values_.size() &&
      std::isfinite(values_[static_cast<std::size_t>(row)]))
    out.value = values_[static_cast<std::size_t>(row)];
  out.unit = unit_;
  out.diameter_um = 2.0 * std::lerp(pieces.start_radius[piece], pieces.end_radius[piece], hit->position);
  out.point = hit->point;
  out.place_text = (out.label == out.entity_id ? out.section : out.label) +
                   "  x = " + compartment_x(std::isnan(middle) ? held_.x_of(entity) : middle);
  const int decimals = out.value ? decimals_for_range(color_scale().low, color_scale().high) : 0;
  out.value_text = out.value ? format_with_unit(*out.value, decimals, unit_) : std::string(no_value);
  out.diameter_text = "⌀\u2009" + format_with_unit(out.diameter_um, 2, "µm");
  return out;
}

// ---- choices -----------------------------------------------------------------------------------------------------

namespace {

std::vector<Choice> grouped(const std::vector<DisplayVariable>& variables,
                            const std::function<bool(const DisplayVariable&)>& is_offered,
                            const std::function<bool(const DisplayVariable&)>& is_chosen) {
  std::vector<Choice> out;
  for (const auto& variable : variables) {
    if (!is_offered(variable)) continue;
    Choice choice{.id = variable.name,
                  .label = variable.name,
                  .detail = variable.unit,
                  .chosen = is_chosen(variable),
                  .colors = {},
                  .inner = {}};
    if (variable.group.empty()) {
      out.push_back(std::move(choice));
      continue;
    }
    auto group = std::find_if(out.begin(), out.end(),
                              [&](const Choice& c) { return c.id.empty() && c.label == variable.group; });
    if (group == out.end())
      group = out.insert(out.end(),
                         {.id = {}, .label = variable.group, .detail = {}, .chosen = false, .colors = {}, .inner = {}});
    group->chosen = group->chosen || choice.chosen;
    group->inner.push_back(std::move(choice));
  }
  return out;
}

}  // namespace

std::vector<Choice> MorphologyView::variable_choices() const {
  return grouped(
      variables_, [](const DisplayVariable&) { return true; },
      [&](const DisplayVariable& variable) { return variable.name == variable_; });
}

std::vector<Choice> MorphologyView::plot_choices(std::string_view entity_id, const Dict& state) const {
  const auto entity = geometry() ? geometry()->find_entity(entity_id) : -1;
  const bool is_selected = selection(state).number(entity_id) >= 0;
  const auto plotted = plotted_variables(state);
  return grouped(
      variables_, [&](const DisplayVariable& variable) { return entity >= 0 && variable.is_at(entity); },
      [&](const DisplayVariable& variable) {
        return is_selected &&
               (variable.name == traced_variable_ || std::ranges::find(plotted, variable.name) != plotted.end());
      });
}

}  // namespace cnv
