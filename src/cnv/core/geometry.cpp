#include "cnv/core/geometry.hpp"

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/core/one_of_members.hpp"

namespace cnv {
namespace {

void need(const std::string& id, std::string_view name, const Array& array, const Shape& shape) {
  if (array.shape() != shape)
    throw ValueError("geometry '" + id + "': " + std::string(name) + " has shape " + shape_text(array.shape()) +
                     ", expected " + shape_text(shape));
}

void need_type(const std::string& id, std::string_view name, const Array& array, DType dtype) {
  if (array.dtype() != dtype)
    throw ValueError("geometry '" + id + "': " + std::string(name) + " has type " +
                     std::string(dtype_name(array.dtype())) + ", expected " + std::string(dtype_name(dtype)));
}

void need_index(const std::string& id, std::string_view name, const Array& array, std::int64_t low, std::int64_t high) {
  for (const auto value : array.as<std::int32_t>())
    if (value < low || value >= high)
      throw ValueError("geometry '" + id + "': " + std::string(name) + " " + plain_text(value) + " is out of range");
}

void check_pieces(const std::string& id, const PieceTable& p, std::int64_t entities) {
  const auto m = p.entity.size();
  const std::pair<std::string_view, const Array*> floats[] = {{"pieces.start", &p.start},
                                                              {"pieces.end", &p.end},
                                                              {"pieces.start_radius", &p.start_radius},
                                                              {"pieces.end_radius", &p.end_radius}};
  for (const auto& [name, array] : floats) {
    need_type(id, name, *array, DType::f32);
    need(id, name, *array, array == &p.start || array == &p.end ? Shape{m, 3} : Shape{m});
  }
  const std::pair<std::string_view, const Array*> indices[] = {{"pieces.entity", &p.entity},
                                                               {"pieces.compartment", &p.compartment},
                                                               {"pieces.section", &p.section},
                                                               {"pieces.parent", &p.parent}};
  for (const auto& [name, array] : indices) {
    need_type(id, name, *array, DType::i32);
    need(id, name, *array, {m});
  }
  need_index(id, "pieces.entity", p.entity, 0, entities);
  need_index(id, "pieces.parent", p.parent, -1, m);
  need_index(id, "pieces.compartment", p.compartment, 0, std::int64_t{1} << 31);
}

}  // namespace

std::int64_t MorphologyGeometry::find_entity(std::string_view entity_id) const {
  for (std::int64_t i = 0; i < entity_ids.size(); ++i)
    if (entity_ids.string_at(i) == entity_id) return i;
  return -1;
}

std::string MorphologyGeometry::label_at(std::int64_t index) const {
  return std::string(labels.size() ? labels.string_at(index) : entity_ids.string_at(index));
}

std::string MorphologyGeometry::place_at(std::int64_t index, double x) const {
  if (labels.size() && labels.string_at(index) != entity_ids.string_at(index)) return label_at(index);
  std::string digits = fixed_text(x, 4);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return std::string(section_names.string_at(index)) + "(" + digits + ")";
}

Dict MorphologyGeometry::entity_info_at(std::int64_t i) const {
  return Dict{{"index", i},
              {"entity_id", entity_ids.string_at(i)},
              {"section_name", section_names.string_at(i)},
              {"xloc", xlocs.number_at(i)},
              {"label", label_at(i)}};
}

Dict MorphologyGeometry::entity_info(std::string_view entity_id) const {
  const auto i = find_entity(entity_id);
  if (i < 0) throw KeyError("geometry '" + id + "' has no entity '" + std::string(entity_id) + "'");
  return entity_info_at(i);
}

void MorphologyGeometry::check() const {
  for (const auto& [name, array] : {std::pair<std::string_view, const Array*>{"entity_ids", &entity_ids},
                                    {"section_names", &section_names},
                                    {"labels", &labels}})
    if (array->size() && !array->is_string())
      throw ValueError("geometry '" + id + "': " + std::string(name) + " must be text");
  const auto n = size();
  need(id, "entity_ids", entity_ids, {n});
  for (const auto& [name, array, shape] :
       {std::tuple<std::string_view, const Array*, Shape>{"positions", &positions, {n, 3}},
        {"orientations", &orientations, {n, 3, 3}},
        {"radii", &radii, {n}},
        {"lengths", &lengths, {n}},
        {"xlocs", &xlocs, {n}}}) {
    need(id, name, *array, shape);
    need_type(id, name, *array, DType::f32);
  }
  need(id, "section_names", section_names, {n});
  if (colors) {
    need(id, "colors", *colors, {n, 4});
    need_type(id, "colors", *colors, DType::f32);
  }
  if (labels.size()) need(id, "labels", labels, {n});
  if (pieces) check_pieces(id, *pieces, n);
}

void GridGeometry::check() const {
  if (dims.size() != 2)
    throw ValueError("geometry '" + id + "': a grid has exactly two dims, not " + plain_text(dims.size()));
  if (coords.size() != 2 || !coords.contains(dims[0]) || !coords.contains(dims[1]))
    throw ValueError("geometry '" + id + "': the coordinates must be given for exactly the dims");
  for (const auto& [dim, coord] : coords)
    if (coord.ndim() != 1)
      throw ValueError("geometry '" + id + "': coordinate '" + dim + "' must have one dimension, not shape " +
                       shape_text(coord.shape()));
}

template class OneOf<MorphologyGeometry, GridGeometry>;

}  // namespace cnv
