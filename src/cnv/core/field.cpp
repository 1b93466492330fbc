#include "cnv/core/field.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/core/selector_error.hpp"

namespace cnv {
namespace {

std::string where(std::string_view id, std::string_view dim) {
  return "field '" + std::string(id) + "', dim '" + std::string(dim) + "'";
}

std::int64_t nearest(std::string_view id, std::string_view dim, const Array& coord, double target) {
  if (coord.is_string())
    throw TypeError(where(id, dim) + ": a number selects by the nearest coordinate, but the coordinate is text");
  if (coord.size() == 0) throw IndexError(where(id, dim) + " is empty");
  std::int64_t best = 0;
  double distance = std::fabs(coord.number_at(0) - target);
  for (std::int64_t i = 1; i < coord.size(); ++i) {
    const double d = std::fabs(coord.number_at(i) - target);
    if (d < distance) best = i, distance = d;
  }
  return best;
}

std::int64_t by_label(std::string_view id, std::string_view dim, const Array& coord, std::string_view label) {
  for (std::int64_t i = 0; i < coord.size(); ++i)
    if (coord.is_string() ? coord.string_at(i) == label : coord.text_at(i) == label) return i;
  throw KeyError(where(id, dim) + " has no coordinate '" + std::string(label) + "'");
}

std::int64_t position(std::string_view id, std::string_view dim, std::int64_t extent, std::int64_t index) {
  const std::int64_t resolved = index < 0 ? index + extent : index;
  if (resolved < 0 || resolved >= extent)
    throw IndexError(where(id, dim) + ": position " + plain_text(index) + " is outside 0 … " + plain_text(extent - 1));
  return resolved;
}

std::vector<std::int64_t> slice_positions(const Slice& slice, std::int64_t n) {
  // A step beyond the length selects one position as any larger one does; clamped, additions cannot overflow.
  const std::int64_t step = std::clamp<std::int64_t>(slice.step.value_or(1), -n - 1, n + 1);
  if (step == 0) throw ValueError("slice step cannot be zero");
  const auto bound = [&](std::optional<std::int64_t> v, std::int64_t missing) {
    if (!v) return missing;
    std::int64_t i = *v < 0 ? *v + n : *v;
    return step > 0 ? std::clamp<std::int64_t>(i, 0, n) : std::clamp<std::int64_t>(i, -1, n - 1);
  };
  const std::int64_t start = bound(slice.start, step > 0 ? 0 : n - 1), stop = bound(slice.stop, step > 0 ? n : -1);
  std::vector<std::int64_t> out;
  for (std::int64_t i = start; step > 0 ? i < stop : i > stop; i += step) out.push_back(i);
  return out;
}

List list_of(const Array& array) {
  List list;
  for (std::int64_t i = 0; i < array.size(); ++i) {
    if (is_float(array.dtype())) list.emplace_back(array.number_at(i));
    else if (array.is_string() || array.dtype() == DType::boolean) list.emplace_back(array.text_at(i));
    else list.emplace_back(static_cast<std::int64_t>(array.number_at(i)));
  }
  return list;
}

std::string label_of(const Value& v) {
  if (const auto* text = v.get_if<std::string>()) return *text;
  if (const auto* flag = v.get_if<bool>()) return *flag ? "True" : "False";
  if (const auto* number = v.get_if<double>()) return Array::scalar(*number).text_at(0);
  if (const auto* integer = v.get_if<std::int64_t>()) return plain_text(*integer);
  return v.repr();
}

std::vector<std::int64_t> list_positions(std::string_view id, std::string_view dim, const Array& coord,
                                         const List& list) {
  const auto all = [&](auto test) { return std::all_of(list.begin(), list.end(), test); };
  std::vector<std::int64_t> out;
  out.reserve(list.size());
  if (all([](const Value& v) { return v.is<std::int64_t>(); }))
    for (const auto& v : list) out.push_back(position(id, dim, coord.size(), v.as_int()));
  else if (all([](const Value& v) { return v.is<double>() || v.is<std::int64_t>(); }))
    for (const auto& v : list) out.push_back(nearest(id, dim, coord, v.as_double()));
  else
    for (const auto& v : list) out.push_back(by_label(id, dim, coord, label_of(v)));
  return out;
}

}  // namespace

Indexer resolve_indexer(std::string_view id, std::string_view dim, const Array& coord, const Value& selector) {
  if (selector.is<bool>() || selector.is<std::int64_t>()) return position(id, dim, coord.size(), selector.as_int());
  if (const auto* number = selector.get_if<double>()) return nearest(id, dim, coord, *number);
  if (const auto* text = selector.get_if<std::string>()) return by_label(id, dim, coord, *text);
  if (const auto* slice = selector.get_if<Slice>()) return slice_positions(*slice, coord.size());
  if (const auto* list = selector.get_if<List>()) return list_positions(id, dim, coord, *list);
  if (const auto* array = selector.get_if<Array>()) {
    if (array->ndim() != 1)
      throw TypeError(where(id, dim) + ": a selector array must have one dimension, not shape " +
                      shape_text(array->shape()));
    return list_positions(id, dim, coord, list_of(*array));
  }
  throw TypeError(selector_error(id, dim, selector.repr()));
}

std::string field_problem(std::string_view id, const Array& values, const std::vector<std::string>& dims,
                          const Coords& coords) {
  const std::string name = "field '" + std::string(id) + "': ";
  for (const auto& [dim, coord] : coords)
    if (coord.ndim() != 1)
      return name + "coordinate '" + dim + "' must have one dimension, not shape " + shape_text(coord.shape());
  if (static_cast<int>(dims.size()) != values.ndim())
    return name + plain_text(dims.size()) + " dims for values of shape " + shape_text(values.shape());
  const bool keys_agree = coords.size() == dims.size() &&
                          std::all_of(dims.begin(), dims.end(), [&](const auto& d) { return coords.contains(d); });
  if (!keys_agree) return name + "the coordinates must be given for exactly the dims";
  for (std::size_t i = 0; i < dims.size(); ++i)
    if (const auto& coord = *coords.find(dims[i]); coord.size() != values.extent(static_cast<int>(i)))
      return name + "coordinate '" + dims[i] + "' has " + plain_text(coord.size()) + " entries for an axis of " +
             plain_text(values.extent(static_cast<int>(i)));
  return {};
}

int Field::axis_index(std::string_view dim) const {
  for (std::size_t i = 0; i < dims.size(); ++i)
    if (dims[i] == dim) return static_cast<int>(i);
  throw UnknownDimError("field '" + id + "' has no dim '" + std::string(dim) + "'");
}

const Array& Field::coord(std::string_view dim) const {
  if (const auto* found = coords.find(dim)) return *found;
  throw UnknownDimError("field '" + id + "' has no dim '" + std::string(dim) + "'");
}

void Field::check() const {
  if (auto problem = field_problem(id, values, dims, coords); !problem.empty()) throw ValueError(problem);
}

Field Field::with_values(Array new_values, const Coords* new_coords, const Dict* attrs_update) const {
  Field result{id, std::move(new_values), dims, new_coords ? *new_coords : coords, unit, attrs};
  if (attrs_update)
    for (const auto& [key, value] : *attrs_update) result.attrs.set(key, value);
  result.check();
  return result;
}

Field Field::append(std::string_view dim, const Array& more, const Array& coord_values,
                    std::optional<std::int64_t> max_length, const Dict* attrs_update) const {
  const int axis = axis_index(dim);
  if (coord_values.ndim() != 1)
    throw ValueError("field '" + id + "': coord_values must have one dimension, not shape " +
                     shape_text(coord_values.shape()));
  if (more.ndim() != values.ndim())
    throw ValueError("field '" + id + "': appended values of shape " + shape_text(more.shape()) + " do not fit shape " +
                     shape_text(values.shape()));
  for (int i = 0; i < more.ndim(); ++i)
    if (i != axis && more.extent(i) != values.extent(i))
      throw ValueError("field '" + id + "': appended values of shape " + shape_text(more.shape()) +
                       " do not fit shape " + shape_text(values.shape()) + " along '" + std::string(dim) + "'");
  if (coord_values.size() != more.extent(axis))
    throw ValueError("field '" + id + "': " + plain_text(coord_values.size()) + " coordinates for " +
                     plain_text(more.extent(axis)) + " appended entries");
  Array joined = concatenate(values, more, axis);
  Array joined_coord = concatenate(coord(dim), coord_values, 0);
  if (max_length && *max_length >= 0 && joined_coord.size() > *max_length) {
    std::vector<std::int64_t> last;
    for (auto i = joined_coord.size() - *max_length; i < joined_coord.size(); ++i) last.push_back(i);
    joined = joined.take(axis, last);
    joined_coord = joined_coord.take(0, last);
  }
  Coords new_coords = coords;
  new_coords.set(dim, std::move(joined_coord));
  return with_values(std::move(joined), &new_coords, attrs_update);
}

Field Field::select(const Dict& selectors) const {
  Field result = *this;
  for (const auto& [dim, selector] : selectors) {
    const int axis = result.axis_index(dim);
    const Indexer indexer = resolve_indexer(id, dim, result.coord(dim), selector);
    if (const auto* one = std::get_if<std::int64_t>(&indexer)) {
      result.values = result.values.take_one(axis, *one);
      result.coords.erase(dim);
      result.dims.erase(result.dims.begin() + axis);
    } else {
      const auto& many = std::get<std::vector<std::int64_t>>(indexer);
      result.coords.set(dim, result.coord(dim).take(0, many));
      result.values = result.values.take(axis, many);
    }
  }
  return result;
}

}  // namespace cnv
