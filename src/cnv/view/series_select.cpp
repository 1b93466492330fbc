#include "cnv/view/series_select.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/core/compartments.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/draw/surface_grid.hpp"
#include "cnv/view/grid_slice.hpp"
#include "cnv/view/view_colors.hpp"

namespace cnv {
namespace {

const GridSliceOperatorSpec* slice_of(const LinePlotViewSpec& spec, const SceneStore& store) {
  const auto* op = spec.operator_id ? store.scene().operators.find(*spec.operator_id) : nullptr;
  return op ? std::get_if<GridSliceOperatorSpec>(op) : nullptr;
}

const StoredField* source_of(const LinePlotViewSpec& spec, const SceneStore& store) {
  if (!spec.operator_id) return store.find_field(spec.field_id);
  const auto* op = slice_of(spec, store);
  return op ? store.find_field(op->field_id) : nullptr;
}

// What is left of one axis of the field.
struct AxisChoice {
  bool fixed = false;
  std::int64_t position = 0;
  bool some = false;  // `positions` instead of all
  std::vector<std::int64_t> positions;
};

struct Choices {
  std::vector<AxisChoice> axes;
  bool empty = false;
  std::string message, problem;

  std::vector<int> free_axes() const {
    std::vector<int> out;
    for (std::size_t i = 0; i < axes.size(); ++i)
      if (!axes[i].fixed) out.push_back(static_cast<int>(i));
    return out;
  }
};

bool all_text(const List& list) {
  return std::all_of(list.begin(), list.end(), [](const Value& v) { return v.is<std::string>(); });
}

std::int64_t find_label(const Array& coord, std::string_view label) {
  for (std::int64_t i = 0; i < coord.size(); ++i)
    if (coord.is_string() ? coord.string_at(i) == label : coord.text_at(i) == label) return i;
  return -1;
}

// The cells of the scene; what belongs together on one is worked out once per selection.
class Cells {
 public:
  explicit Cells(const SceneStore& store) : store_(store) {}

  const MorphologyGeometry* with(std::string_view entity_id) const {
    for (const auto& [id, geometry] : store_.scene().geometries)
      if (const auto* morphology = std::get_if<MorphologyGeometry>(geometry.get());
          morphology && morphology->find_entity(entity_id) >= 0)
        return morphology;
    return nullptr;
  }
  const Compartments& compartments(const MorphologyGeometry& geometry) {
    return held_.try_emplace(&geometry, geometry).first->second;
  }

 private:
  const SceneStore& store_;
  std::map<const MorphologyGeometry*, Compartments> held_;
};

// The row of an entity's trace: its own, or that of another entity of its compartment.
std::int64_t find_trace(const Array& coord, const std::string& entity_id, Cells& cells) {
  if (const auto own = find_label(coord, entity_id); own >= 0) return own;
  const auto* geometry = coord.is_string() ? cells.with(entity_id) : nullptr;
  if (!geometry) return -1;
  const Compartments& held = cells.compartments(*geometry);
  const auto compartment = held.of_entity(geometry->find_entity(entity_id));
  if (compartment < 0) return -1;
  for (std::int64_t row = 0; row < coord.size(); ++row) {
    const auto other = geometry->find_entity(coord.string_at(row));
    if (other >= 0 && held.of_entity(other) == compartment) return row;
  }
  return -1;
}

// Positions of the labels that exist, in the given order.
std::vector<std::int64_t> known_positions(const Array& coord, const std::vector<std::string>& labels) {
  std::vector<std::int64_t> out;
  for (const auto& label : labels)
    if (const auto at = find_label(coord, label); at >= 0) out.push_back(at);
  return out;
}

std::optional<std::vector<std::string>> labels_of(const Value& selector) {
  std::vector<std::string> out;
  if (const auto* list = selector.get_if<List>(); list && all_text(*list)) {
    for (const auto& item : *list) out.push_back(item.as_string());
    return out;
  }
  if (const auto* array = selector.get_if<Array>(); array && array->is_string() && array->ndim() == 1) {
    for (std::int64_t i = 0; i < array->size(); ++i) out.emplace_back(array->string_at(i));
    return out;
  }
  return std::nullopt;
}

void set_positions(Choices& choices, AxisChoice& axis, std::vector<std::int64_t> positions, std::string message) {
  axis.some = true;
  axis.positions = std::move(positions);
  if (!axis.positions.empty()) return;
  choices.empty = true;
  choices.message = std::move(message);
}

void apply_selector(Choices& choices, const StoredField& field, int axis_number, const Value& selector, Cells& cells,
                    bool of_selection) {
  auto& axis = choices.axes[static_cast<std::size_t>(axis_number)];
  const auto& dim = field.dims()[static_cast<std::size_t>(axis_number)];
  if (selector.is_null()) {
    choices.empty = true;
    choices.message = of_selection ? "Click the cell to see a trace." : "Nothing is chosen for '" + dim + "'.";
    return;
  }
  const Array coord = field.coord(axis_number);
  if (const auto* text = selector.get_if<std::string>()) {
    axis.fixed = true;
    axis.position = of_selection ? find_trace(coord, *text, cells) : find_label(coord, *text);
    if (axis.position >= 0) return;
    choices.empty = true;
    choices.message = "No samples of " + *text + " yet.";
    return;
  }
  if (const auto labels = labels_of(selector))
    return set_positions(choices, axis, known_positions(coord, *labels), "None of the chosen traces is recorded.");
  try {
    const Indexer indexer = resolve_indexer(field.id(), dim, coord, selector);
    if (const auto* one = std::get_if<std::int64_t>(&indexer)) {
      axis.fixed = true;
      axis.position = *one;
    } else {
      set_positions(choices, axis, std::get<std::vector<std::int64_t>>(indexer),
                    "Nothing is chosen for '" + dim + "'.");
    }
  } catch (const Exception& e) {
    choices.empty = true;
    choices.problem = e.what();
  }
}

std::string dim_list(const StoredField& field, const std::vector<int>& axes) {
  std::string out;
  for (const int axis : axes) out += (out.empty() ? "'" : ", '") + field.dims()[static_cast<std::size_t>(axis)] + "'";
  return axes.empty() ? "no dim" : out;
}

// The x axis among what is left, or -1 and a problem.
int x_axis_of(const LinePlotViewSpec& spec, const StoredField& field, const Choices& choices, std::string& problem) {
  const auto free = choices.free_axes();
  const std::size_t wanted = spec.series_dim ? 2 : 1;
  const auto is_free = [&](int axis) { return std::find(free.begin(), free.end(), axis) != free.end(); };
  int x = -1;
  if (spec.x_dim) x = field.find_axis(*spec.x_dim);
  else
    for (const int axis : free)
      if (!spec.series_dim || field.dims()[static_cast<std::size_t>(axis)] != *spec.series_dim) x = axis;
  const int series = spec.series_dim ? field.find_axis(*spec.series_dim) : -1;
  if (free.size() == wanted && is_free(x) && (!spec.series_dim || (series != x && is_free(series)))) return x;
  problem = "view '" + spec.id + "': after the selectors, " + dim_list(field, free) + " is left of field '" +
            field.id() + "'; a plot needs exactly " +
            (spec.series_dim ? "its series dim '" + *spec.series_dim + "' and its x dim" : "its x dim") +
            (spec.x_dim ? " '" + *spec.x_dim + "'" : std::string()) + ". Give selectors for the other dims.";
  return -1;
}

std::vector<std::int64_t> base_index(const Choices& choices) {
  std::vector<std::int64_t> index;
  for (const auto& axis : choices.axes) index.push_back(axis.fixed ? axis.position : 0);
  return index;
}

// Entities are shown by their place, "soma(0.5)", other coordinates as they are.
void name_entities(std::vector<SelectedSeries>& series, Cells& cells) {
  constexpr std::size_t few = 16;  // each is searched for; for more, an index of the geometry is quicker
  const auto* geometry = series.empty() ? nullptr : cells.with(series.front().key);
  if (!geometry) return;
  const Compartments& held = cells.compartments(*geometry);
  std::unordered_map<std::string_view, std::int64_t> rows;
  for (std::int64_t i = 0; series.size() > few && i < geometry->size(); ++i)
    rows.emplace(geometry->entity_ids.string_at(i), i);
  for (auto& one : series) {
    const auto found = rows.find(one.key);
    const auto row = found != rows.end() ? found->second : series.size() <= few ? geometry->find_entity(one.key) : -1;
    if (row >= 0) one.label = geometry->place_at(row, held.x_of(row));
  }
}

void add_series_of_dim(SeriesSelection& out, const Choices& choices, int series_axis, const Selection& selected,
                       Cells& cells) {
  const auto& axis = choices.axes[static_cast<std::size_t>(series_axis)];
  const Array coord = out.field->coord(series_axis);
  const auto count = axis.some ? static_cast<std::int64_t>(axis.positions.size()) : coord.size();
  for (std::int64_t i = 0; i < count; ++i) {
    SelectedSeries series{.label = {}, .key = {}, .index = base_index(choices), .number = static_cast<int>(i)};
    const auto position = axis.some ? axis.positions[static_cast<std::size_t>(i)] : i;
    series.index[static_cast<std::size_t>(series_axis)] = position;
    series.label = series.key = coord.text_at(position);
    series.selected = selected.number(series.key) >= 0;
    out.series.push_back(std::move(series));
  }
  if (coord.is_string()) name_entities(out.series, cells);
  out.series_mode = true;
}

// One trace per selected entity that the field knows; numbers follow the selection.
void add_series_of_selection(SeriesSelection& out, const Choices& choices, int axis, const Selection& selected,
                             Cells& cells) {
  const Array coord = out.field->coord(axis);
  for (std::size_t i = 0; i < selected.entity_ids.size(); ++i) {
    const auto& id = selected.entity_ids[i];
    const auto position = find_trace(coord, id, cells);
    if (position < 0) continue;
    SelectedSeries series{
        .label = id, .key = id, .selected = true, .index = base_index(choices), .number = static_cast<int>(i)};
    series.index[static_cast<std::size_t>(axis)] = position;
    out.series.push_back(std::move(series));
  }
  name_entities(out.series, cells);
  out.series_mode = true;
}

void apply_selectors(Choices& choices, const LinePlotViewSpec& spec, const StoredField& field, const SceneStore& store,
                     Cells& cells, bool several) {
  const auto followed = selection_dim(spec);
  for (const auto& [dim, selector] : spec.selectors) {
    const int axis = field.find_axis(dim);
    if (axis < 0) {
      choices.empty = true;
      choices.problem = "view '" + spec.id + "': field '" + field.id() + "' has no dim '" + dim + "' to select from";
      return;
    }
    // With several selected, the latest alone may be unknown to the field: the others still have traces.
    if (several && dim == followed) {
      choices.axes[static_cast<std::size_t>(axis)].fixed = true;
      continue;
    }
    apply_selector(choices, field, axis, resolve(selector, store.state()), cells, dim == followed);
    if (!choices.problem.empty()) return;
  }
}

SeriesSelection select_from_field(const LinePlotViewSpec& spec, const StoredField& field, const SceneStore& store) {
  SeriesSelection out;
  out.field = &field;
  out.title = field.id();
  out.unit = field.unit().value_or("");
  out.follows_selection = !selection_dim(spec).empty();
  Choices choices;
  choices.axes.resize(static_cast<std::size_t>(field.ndim()));
  const int followed = field.find_axis(selection_dim(spec));
  const Selection selected = selection(store.state());
  const bool several = followed >= 0 && selected.entity_ids.size() > 1;
  Cells cells(store);
  apply_selectors(choices, spec, field, store, cells, several);
  out.problem = choices.problem;
  out.message = choices.message;
  if (!choices.problem.empty() || choices.empty) return out;
  out.message.clear();
  out.x_axis = x_axis_of(spec, field, choices, out.problem);
  if (out.x_axis < 0) return out;
  out.x_dim = field.dims()[static_cast<std::size_t>(out.x_axis)];
  auto& along_x = choices.axes[static_cast<std::size_t>(out.x_axis)];
  out.some_x = along_x.some;
  out.x_positions = along_x.positions;
  if (spec.series_dim) {
    add_series_of_dim(out, choices, field.find_axis(*spec.series_dim), selected, cells);
  } else if (out.follows_selection && followed >= 0 && !selected.latest.empty() &&
             choices.axes[static_cast<std::size_t>(followed)].fixed) {
    add_series_of_selection(out, choices, followed, selected, cells);
  } else {
    out.series.push_back({.label = {}, .key = {}, .index = base_index(choices), .number = 0});
  }
  if (out.series.empty())
    out.message = spec.series_dim               ? "There is nothing along '" + *spec.series_dim + "' to show."
                  : selected.entity_ids.empty() ? "Nothing is selected."
                                                : "No samples of the selected segments yet.";
  return out;
}

// What stands at the axes of the surface that carries the slice, by dim of the field and for the values: the plot
// beside it says the same.
struct AxisWords {
  std::array<std::string, 2> dims;
  std::string values;
};

AxisWords axis_words(const GridSliceOperatorSpec& op, const StoredField& field, const SceneStore& store) {
  AxisWords out{{field.dims()[0], field.dims()[1]}, label_with_unit(quantity_label(field), field.unit().value_or(""))};
  for (const auto& [id, view] : store.scene().views) {
    const auto* surface = std::get_if<SurfaceViewSpec>(&view);
    if (!surface || !surface->axis_labels || surface->axis_labels->size() != 3) continue;
    const auto carried = slices_over(*surface, store);
    if (std::find(carried.begin(), carried.end(), &op) == carried.end()) continue;
    const auto* geometry = surface->geometry_id ? store.scene().geometries.find(*surface->geometry_id) : nullptr;
    const auto* grid = geometry ? std::get_if<GridGeometry>(geometry->get()) : nullptr;
    const auto& columns = grid ? grid->dims[1] : field.dims()[1];
    for (std::size_t axis : {0u, 1u}) out.dims[axis] = (*surface->axis_labels)[field.dims()[axis] == columns ? 0 : 1];
    out.values = (*surface->axis_labels)[2];
    break;
  }
  return out;
}

SeriesSelection select_from_slice(const GridSliceOperatorSpec& op, const StoredField& field, const SceneStore& store) {
  SeriesSelection out;
  out.field = &field;
  out.title = field.id();
  out.unit = field.unit().value_or("");
  if (field.ndim() != 2) {
    out.problem = "operator '" + op.id + "': field '" + field.id() + "' has " + plain_text(field.ndim()) +
                  " dims; a grid slice needs two";
    return out;
  }
  if (!op.axis_state_key || !op.position_state_key) {
    out.message = "The slice has no position.";
    return out;
  }
  const auto place = slice_place(op, field, store.state());
  if (!place) return out;
  const auto [fixed, at] = *place;
  out.x_axis = 1 - fixed;
  out.x_dim = field.dims()[static_cast<std::size_t>(out.x_axis)];
  const AxisWords words = axis_words(op, field, store);
  out.x_name = axis_name(words.dims[static_cast<std::size_t>(out.x_axis)]);
  out.y_name = axis_name(words.values);
  std::vector<double> along;
  for (std::int64_t i = 0; i < field.extent(fixed); ++i) along.push_back(field.coord_number(fixed, i));
  const ValueRange range = finite_range(std::span<const double>(along));
  out.title = field.id() + ", " +
              format_coordinate(words.dims[static_cast<std::size_t>(fixed)], along[static_cast<std::size_t>(at)],
                                range.low, range.high);
  SelectedSeries series{.label = {}, .key = {}, .index = {0, 0}, .number = 0};
  series.index[static_cast<std::size_t>(fixed)] = at;
  out.series.push_back(std::move(series));
  return out;
}

}  // namespace

SeriesSelection select_series(const LinePlotViewSpec& spec, const SceneStore& store) {
  const auto* field = source_of(spec, store);
  if (!field) {
    SeriesSelection out;
    const std::string id = spec.operator_id ? "operator '" + *spec.operator_id + "'" : "field '" + spec.field_id + "'";
    out.message = "There is nothing to plot yet.";
    if (store.has_scene() && (spec.operator_id || !spec.field_id.empty()))
      out.problem = "view '" + spec.id + "': the scene has no " + id + " to plot";
    return out;
  }
  if (field->dtype() == DType::string) {
    SeriesSelection out;
    out.problem = "view '" + spec.id + "': field '" + field->id() + "' holds text, which cannot be plotted";
    return out;
  }
  if (const auto* op = slice_of(spec, store)) return select_from_slice(*op, *field, store);
  return select_from_field(spec, *field, store);
}

SelectionStamp selection_stamp(const LinePlotViewSpec& spec, const SceneStore& store) {
  SelectionStamp stamp;
  stamp.scene_revision = store.scene_revision();
  stamp.field = source_of(spec, store);
  const auto& state = store.state();
  const auto* op = slice_of(spec, store);
  if (op) {
    if (op->axis_state_key) stamp.values.push_back(state_value(state, *op->axis_state_key));
    if (op->position_state_key) stamp.values.push_back(state_value(state, *op->position_state_key));
  }
  for (const auto& [dim, selector] : spec.selectors) stamp.values.push_back(resolve(selector, state));
  const Selection selected = selection(state);
  if (!selection_dim(spec).empty() || spec.series_dim)
    for (const auto& id : selected.entity_ids) stamp.values.emplace_back(id);
  if (!stamp.field) return stamp;
  stamp.append_axis = stamp.field->append_axis();
  for (int axis = 0; axis < stamp.field->ndim(); ++axis)
    stamp.coord_revisions.push_back(stamp.field->coord_revision(axis));
  const auto& dims = stamp.field->dims();
  const auto growing =
      stamp.append_axis >= 0 ? std::string_view(dims[static_cast<std::size_t>(stamp.append_axis)]) : std::string_view();
  const bool looked_at = !growing.empty() && (op || spec.selectors.contains(growing) || spec.series_dim == growing);
  if (looked_at) {
    stamp.extent_if_selected = stamp.field->extent(stamp.append_axis);
    stamp.coord_revisions.push_back(stamp.field->end_sample());
  }
  return stamp;
}

}  // namespace cnv
