#include "cnv/view/morphology_pieces.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

std::vector<glm::vec3> points_of(const Array& array) {
  const Array plain = array.astype(DType::f32).row_major();
  const auto values = plain.as<float>();
  std::vector<glm::vec3> out(values.size() / 3);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = {values[3 * i], values[3 * i + 1], values[3 * i + 2]};
  return out;
}

template <class T>
std::vector<T> column_of(const Array& array) {
  const Array plain = array.astype(DTypeOf<T>::value).row_major();
  const auto values = plain.as<T>();
  return {values.begin(), values.end()};
}

std::vector<std::int32_t> section_numbers(const MorphologyGeometry& g) {
  std::unordered_map<std::string_view, std::int32_t> numbers;
  std::vector<std::int32_t> out;
  out.reserve(static_cast<std::size_t>(g.size()));
  for (std::int64_t i = 0; i < g.size(); ++i)
    out.push_back(
        numbers.try_emplace(g.section_names.string_at(i), static_cast<std::int32_t>(numbers.size())).first->second);
  return out;
}

void fill_from_table(Pieces& p, const PieceTable& table, ValueIndex index) {
  p.start = points_of(table.start);
  p.end = points_of(table.end);
  p.start_radius = column_of<float>(table.start_radius);
  p.end_radius = column_of<float>(table.end_radius);
  p.entity = column_of<std::int32_t>(table.entity);
  p.value = index == ValueIndex::compartment ? column_of<std::int32_t>(table.compartment) : p.entity;
  p.section = column_of<std::int32_t>(table.section);
  p.parent = column_of<std::int32_t>(table.parent);
}

void fill_from_entities(Pieces& p, const MorphologyGeometry& g) {
  const auto centres = points_of(g.positions);
  const auto orientation = column_of<float>(g.orientations);
  const auto radii = column_of<float>(g.radii), lengths = column_of<float>(g.lengths);
  const auto n = static_cast<std::size_t>(g.size());
  for (std::size_t i = 0; i < n; ++i) {
    const glm::vec3 axis{orientation[9 * i + 2], orientation[9 * i + 5], orientation[9 * i + 8]};
    const glm::vec3 half = 0.5F * lengths[i] * axis;
    p.start.push_back(centres[i] - half);
    p.end.push_back(centres[i] + half);
    p.entity.push_back(static_cast<std::int32_t>(i));
  }
  p.start_radius = p.end_radius = radii;
  p.value = p.entity;
  p.section = section_numbers(g);
}

std::vector<Rgba8> entity_colors(const Array& colors) {
  const auto channels = column_of<float>(colors);
  std::vector<Rgba8> out(channels.size() / 4);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = to_rgba8({channels[4 * i], channels[4 * i + 1], channels[4 * i + 2], channels[4 * i + 3]});
  return out;
}

constexpr float place_tolerance = 0.02F;

// One section: pieces in order, `total` their length in um.
template <class XOf>
void place_section(std::span<const std::size_t> order, float total, const Pieces& p, const XOf& x_of,
                   std::vector<PiecePlace>& places) {
  float at = 0;
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    const float begin = at / total;
    for (last = first; last < order.size() && p.entity[order[last]] == p.entity[order[first]]; ++last)
      at += glm::distance(p.start[order[last]], p.end[order[last]]);
    const float end = at / total, x = x_of(order[first]);
    if (x < begin - place_tolerance || x > end + place_tolerance) continue;
    float from = begin;
    for (std::size_t i = first; i < last; ++i) {
      const float to = from + glm::distance(p.start[order[i]], p.end[order[i]]) / total;
      places[order[i]] = {from, to};
      from = to;
    }
  }
}

std::string names(const std::vector<std::string>& dims) {
  std::string out;
  for (const auto& dim : dims) out += (out.empty() ? "'" : ", '") + dim + "'";
  return "(" + out + ")";
}

}  // namespace

Result<std::shared_ptr<const Pieces>> make_pieces(const MorphologyGeometry& geometry, ValueIndex index) {
  auto pieces = std::make_shared<Pieces>();
  if (geometry.pieces) fill_from_table(*pieces, *geometry.pieces, index);
  else fill_from_entities(*pieces, geometry);
  if (geometry.colors) pieces->entity_colors = entity_colors(*geometry.colors);
  if (auto good = check(*pieces); !good)
    return Error{"geometry '" + geometry.id + "' cannot be drawn: " + good.error()};
  return std::shared_ptr<const Pieces>(std::move(pieces));
}

std::vector<PiecePlace> piece_places(const MorphologyGeometry& geometry, const Pieces& p) {
  const auto x = column_of<float>(geometry.xlocs);
  const auto x_of = [&](std::size_t piece) { return x[static_cast<std::size_t>(p.entity[piece])]; };
  std::vector<PiecePlace> places(p.size());
  std::vector<std::size_t> order(p.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
    places[i] = {x_of(i), x_of(i)};
  }
  if (p.section.empty()) return places;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return p.section[a] != p.section[b] ? p.section[a] < p.section[b] : x_of(a) < x_of(b);
  });
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    float total = 0;
    for (last = first; last < order.size() && p.section[order[last]] == p.section[order[first]]; ++last)
      total += glm::distance(p.start[order[last]], p.end[order[last]]);
    if (p.section[order[first]] < 0 || !(total > 0)) continue;
    place_section(std::span(order).subspan(first, last - first), total, p, x_of, places);
  }
  return places;
}

std::vector<glm::vec3> entity_middles(const MorphologyGeometry& geometry, const Pieces& p) {
  std::vector<glm::vec3> out = points_of(geometry.positions);
  std::vector<float> length(out.size(), 0), gone(out.size(), 0);
  const auto length_of = [&](std::size_t piece) { return glm::distance(p.start[piece], p.end[piece]); };
  for (std::size_t i = 0; i < p.size(); ++i) length[static_cast<std::size_t>(p.entity[i])] += length_of(i);
  for (std::size_t i = 0; i < p.size(); ++i) {
    const auto entity = static_cast<std::size_t>(p.entity[i]);
    const float half = 0.5F * length[entity], own = length_of(i),
                before = std::exchange(gone[entity], gone[entity] + own);
    if (own > 0 && before <= half && half <= before + own)
      out[entity] = glm::mix(p.start[i], p.end[i], (half - before) / own);
  }
  return out;
}

EntityRows match_entities(const MorphologyGeometry& geometry, const Array& coord) {
  const auto n = geometry.size();
  if (!coord.is_string() || coord == geometry.entity_ids) return {};
  std::unordered_map<std::string_view, std::int32_t> row_of;
  for (std::int64_t row = 0; row < coord.size(); ++row)
    row_of.try_emplace(coord.string_at(row), static_cast<std::int32_t>(row));
  EntityRows out{.by_position = false, .rows = std::vector<std::int32_t>(static_cast<std::size_t>(n), -1)};
  bool any = false;
  for (std::int64_t i = 0; i < n; ++i) {
    const auto found = row_of.find(geometry.entity_ids.string_at(i));
    if (found == row_of.end()) continue;
    out.rows[static_cast<std::size_t>(i)] = found->second;
    any = true;
  }
  return any ? out : EntityRows{};
}

int rows_axis(const StoredField& field, std::string_view entity_dim, std::string_view sample_dim) {
  const int sample_axis = sample_dim.empty() ? -1 : field.find_axis(sample_dim);
  int axis = field.find_axis(entity_dim);
  if (axis < 0 && field.ndim() - (sample_axis >= 0) == 1) axis = sample_axis == 0 ? 1 : 0;
  return axis == sample_axis ? -1 : axis;
}

Result<FieldRows> newest_rows(const StoredField& field, std::string_view entity_dim, std::string_view sample_dim) {
  const auto problem = [&](const std::string& what) {
    return Error{"field '" + field.id() + "' with dims " + names(field.dims()) + " " + what};
  };
  const int sample_axis = sample_dim.empty() ? -1 : field.find_axis(sample_dim);
  const int axis = rows_axis(field, entity_dim, sample_dim);
  if (axis < 0) return problem("has no dim '" + std::string(entity_dim) + "' with one value per entity");
  if (field.dtype() == DType::string) return problem("holds text, which has no colour");

  // Only the newest slice of a growing field is copied.
  const bool slice = field.growing() && field.append_axis() == sample_axis;
  if (sample_axis >= 0 && field.extent(sample_axis) == 0) {
    const std::vector<float> none(static_cast<std::size_t>(field.extent(axis)),
                                  std::numeric_limits<float>::quiet_NaN());
    return FieldRows{Array::copy_of(none), axis};
  }
  Array values = slice ? field.values_between(field.end_sample() - 1, field.end_sample()) : field.values();
  for (int other = field.ndim() - 1; other >= 0; --other) {
    if (other == axis) continue;
    if (other != sample_axis && values.extent(other) != 1)
      return problem("has more than one value per entity: dim '" + field.dims()[static_cast<std::size_t>(other)] +
                     "' is neither '" + std::string(entity_dim) + "' nor the sample dim");
    values = values.take_one(other, values.extent(other) - 1);
  }
  return FieldRows{values.astype(DType::f32), axis};
}

}  // namespace cnv
