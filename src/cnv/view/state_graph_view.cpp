#include "cnv/view/state_graph_view.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/numbers.hpp"
#include "cnv/core/stored_field.hpp"
#include "cnv/draw/number_format.hpp"

namespace cnv {
namespace {

constexpr double least_zoom = 0.2, most_zoom = 50;
constexpr Rgba8 grey_node{128, 128, 128, 255}, grey_edge{140, 140, 140, 217};

// Rest recedes into the ground: light maps begin light, dark ones dark.
std::string map_for_nodes(const std::string& name, Theme look) {
  return name != "fire" ? name : look == Theme::dark ? "fire" : "state-fire";
}
std::string map_for_edges(const std::string& name, Theme look) {
  return name == "bwr" && look == Theme::dark ? "ramp:#71a0ff:#3a3f47:#ff7a62" : name;
}

// A box has less room than a legend: one decimal fewer than elsewhere.
int box_decimals(const Limits& limits) { return std::max(0, decimals_for_range(limits.first, limits.second) - 1); }

// Rates of one graph lie orders of magnitude apart: small ones get up to two decimals more, for two digits that mean
// something.
std::string rate_text(double value, const Limits& limits) {
  const int least = box_decimals(limits);
  const int wanted = value != 0 && std::isfinite(value) ? decimals_for_two_digits(value) : least;
  return format_readable(value, std::clamp(wanted, least, least + 2));
}

ColorScale scale_of(const Limits& limits) {
  ColorScale scale{static_cast<float>(limits.first), static_cast<float>(limits.second), 0};
  if (!(scale.high > scale.low)) scale.high = scale.low;  // everything maps to 0
  return scale;
}

Rgba8 color_of(const ColorBar& bar, double value, Theme look) {
  const int entry = bar.scale.entry(static_cast<float>(value));
  return entry < 0 ? neutral_color(look) : bar.table[static_cast<std::size_t>(entry)];
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

double StateGraphView::Values::at(const std::string& name) const {
  const auto found = places.find(name);
  return found == places.end() ? 0 : data.number_at(found->second);
}

void StateGraphView::add_problem(std::string cause, std::string message) {
  problems_.push_back({Severity::error, std::move(cause), std::move(message)});
}

void StateGraphView::update(const StateGraphViewSpec& spec, const SceneStore& store, Theme theme) {
  if (!has_spec_ || spec.node_positions != spec_.node_positions || spec.edges != spec_.edges) update_structure(spec);
  if (spec.node_color_limits != spec_.node_color_limits) request_.widest_value.clear();
  spec_ = spec;
  has_spec_ = true;
  problems_ = structure_problems_;
  read(node_values_, spec.node_field_id, "node_field_id", store);
  read(edge_values_, spec.edge_field_id, "edge_field_id", store);
  update_background(spec, theme);
  update_bars(spec);
  for (const auto& name : spec.open_states)
    if (std::none_of(request_.nodes.begin(), request_.nodes.end(), [&](const auto& node) { return node.name == name; }))
      add_problem("open state " + spec.id + " " + name,
                  "view '" + spec.id + "': open_states: node_positions has no state '" + name + "'");
  update_nodes();
  update_edges();
  update_tip();
  title_ = spec.title.empty() ? spec.id : spec.title;
  message_ = request_.nodes.empty() ? "This graph has no states." : "";
}

void StateGraphView::update_structure(const StateGraphViewSpec& spec) {
  structure_problems_.clear();
  request_.nodes.clear();
  request_.edges.clear();
  request_.hovered_node.reset();
  request_.hovered_edge.reset();
  request_.widest_value.clear();
  std::unordered_map<std::string, std::size_t> numbers;
  for (const auto& [name, x, y] : spec.node_positions) {
    if (!std::isfinite(x) || !std::isfinite(y) || !numbers.try_emplace(name, request_.nodes.size()).second) {
      structure_problems_.push_back(
          {Severity::error, "state " + spec.id + " " + name,
           "view '" + spec.id + "': state '" + name + "' is left out: " +
               (numbers.contains(name) ? "its name comes twice in node_positions" : "its place is not two numbers")});
      continue;
    }
    request_.nodes.push_back({.name = name, .x = x, .y = y});
  }
  for (const auto& [source, target, id] : spec.edges) {
    const auto from = numbers.find(source), to = numbers.find(target);
    if (from == numbers.end() || to == numbers.end()) {
      structure_problems_.push_back({Severity::error, "edge " + spec.id + " " + id,
                                     "view '" + spec.id + "': edge '" + id +
                                         "' is left out: node_positions has no state '" +
                                         (from == numbers.end() ? source : target) + "'"});
      continue;
    }
    request_.edges.push_back({.source = from->second, .target = to->second, .id = id});
  }
}

void StateGraphView::read(Values& values, const std::string& field_id, std::string_view what, const SceneStore& store) {
  const auto* field = field_id.empty() ? nullptr : store.find_field(field_id);
  if (!field || field->ndim() != 1) {
    values = {};
    if (field_id.empty()) return;
    const std::string why =
        field ? "field '" + field_id + "' has " + plain_text(field->ndim()) + " dimensions; it must have one"
              : "the scene has no field '" + field_id + "'";
    return add_problem(std::string(what) + " " + spec_.id,
                       "view '" + spec_.id + "': " + std::string(what) + ": " + why);
  }
  if (field != values.field || field->coord_revision(0) != values.coord_revision) {
    values.field = field;
    values.coord_revision = field->coord_revision(0);
    values.places.clear();
    const Array coord = field->coord(0);
    for (std::int64_t i = 0; i < coord.size(); ++i) values.places.try_emplace(std::string(coord.text_at(i)), i);
  }
  values.data = field->values();
  values.unit = field->unit().value_or("");
}

void StateGraphView::update_background(const StateGraphViewSpec& spec, Theme theme) {
  background_ = background_for({255, 255, 255, 255}, theme);
  const auto color = scene_color(spec.background_color);
  if (color) background_ = background_for(*color, theme);
  else add_problem("background " + spec.id, "view '" + spec.id + "': background_color: " + color.error());
}

ColorBar StateGraphView::color_bar(const std::string& map, const Limits& limits, const Values& values,
                                   const std::string& field_id, std::string_view what) {
  const ColorMap found = color_map(map, background_.look);
  if (!found.problem.empty())
    add_problem(std::string(what) + " " + spec_.id,
                "view '" + spec_.id + "': " + std::string(what) + ": " + found.problem);
  return {
      .title = label_with_unit(field_id, values.unit), .scale = scale_of(limits), .table = found.table, .ticks = {}};
}

void StateGraphView::update_bars(const StateGraphViewSpec& spec) {
  request_.node_bar.reset();
  request_.edge_bar.reset();
  request_.node_size = std::isfinite(spec.node_size) ? std::clamp(spec.node_size, 4.0, 200.0) : 20;
  if (node_values_.field)
    request_.node_bar = color_bar(map_for_nodes(spec.node_color_map, background_.look), spec.node_color_limits,
                                  node_values_, spec.node_field_id, "node_color_map");
  if (edge_values_.field)
    request_.edge_bar = color_bar(map_for_edges(spec.edge_color_map, background_.look), spec.edge_color_limits,
                                  edge_values_, spec.edge_field_id, "edge_color_map");
}

void StateGraphView::update_nodes() {
  for (auto& node : request_.nodes) {
    node.open = std::find(spec_.open_states.begin(), spec_.open_states.end(), node.name) != spec_.open_states.end();
    node.value.reset();
    node.value_text.clear();
    node.color = grey_node;
    if (!node_values_.field) continue;
    node.value = node_values_.at(node.name);
    node.value_text = format_readable(*node.value, box_decimals(spec_.node_color_limits));
    node.color = color_of(*request_.node_bar, *node.value, background_.look);
    // Boxes grow with the longest number so far and never shrink: nothing moves while numbers run.
    if (characters(node.value_text) > characters(request_.widest_value)) request_.widest_value = node.value_text;
  }
  if (!node_values_.field) request_.widest_value.clear();
}

void StateGraphView::update_edges() {
  for (auto& edge : request_.edges) {
    edge.value_text.clear();
    edge.color = grey_edge;
    if (!edge_values_.field) continue;
    const double value = edge_values_.at(edge.id);
    edge.value_text = rate_text(value, spec_.edge_color_limits);
    edge.color = color_of(*request_.edge_bar, value, background_.look);
  }
}

void StateGraphView::update_tip() {
  tip_.clear();
  if (request_.hovered_node && *request_.hovered_node < request_.nodes.size()) {
    const auto& node = request_.nodes[*request_.hovered_node];
    tip_ = node.name;
    if (node.value) tip_ += "   " + with_unit(node.value_text, node_values_.unit);
    if (node.open) tip_ += "   open";
  } else if (request_.hovered_edge && *request_.hovered_edge < request_.edges.size()) {
    const auto& edge = request_.edges[*request_.hovered_edge];
    tip_ = request_.nodes[edge.source].name + " \u2192 " + request_.nodes[edge.target].name + "   " + edge.id;
    if (!edge.value_text.empty()) tip_ += "   " + with_unit(edge.value_text, edge_values_.unit);
  }
  request_.tip = tip_;
}

const StateGraphPicture& StateGraphView::layout(double width, double height, const FontMetrics& metrics) {
  request_.width = width;
  request_.height = height;
  request_.zoom = zoom_;
  request_.dx = dx_;
  request_.dy = dy_;
  picture_ = layout_state_graph(request_, metrics);
  return picture_;
}

const StateGraphPicture& StateGraphView::layout_like_last(double width, double height, const FontMetrics& metrics) {
  if (picture_.width > 0 && picture_.height > 0) {
    dx_ *= width / picture_.width;
    dy_ *= height / picture_.height;
  }
  return layout(width, height, metrics);
}

bool StateGraphView::hover_at(double px, double py) {
  const int node = picture_.node_at(px, py), edge = node < 0 ? picture_.edge_at(px, py) : -1;
  const auto wanted = [](int found) {
    return found < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(found));
  };
  if (wanted(node) == request_.hovered_node && wanted(edge) == request_.hovered_edge) return false;
  request_.hovered_node = wanted(node);
  request_.hovered_edge = wanted(edge);
  update_tip();
  return true;
}

bool StateGraphView::leave() {
  if (!request_.hovered_node && !request_.hovered_edge) return false;
  request_.hovered_node.reset();
  request_.hovered_edge.reset();
  update_tip();
  return true;
}

void StateGraphView::pan(double dx_px, double dy_px) {
  dx_ += dx_px;
  dy_ += dy_px;
}

void StateGraphView::zoom_at(double px, double py, double factor) {
  if (!(factor > 0)) return;
  const double zoom = std::clamp(zoom_ * factor, least_zoom, most_zoom), real = zoom / zoom_;
  dx_ = (px - picture_.middle_x) * (1 - real) + dx_ * real;
  dy_ = (py - picture_.middle_y) * (1 - real) + dy_ * real;
  zoom_ = zoom;
}

void StateGraphView::fit() {
  zoom_ = 1;
  dx_ = dy_ = 0;
}

}  // namespace cnv
