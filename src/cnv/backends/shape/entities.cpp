#include "cnv/backends/shape/entities.hpp"

#include "cnv/base/numbers.hpp"

namespace cnv::shape {

Cylinder cylinder_between(const Vector3& a, const Vector3& b, double radius) {
  return {0.5 * (a + b), normalized(b - a, {0, 0, 1}), norm(b - a), radius};
}

std::string EntityIds::next(const std::string& section_name, double x) {
  const std::string plain = section_name + "@" + fixed_text(x, decimals_);
  std::string id = plain;
  for (int repeat = 2; !used_.insert(id).second; ++repeat) id = plain + "#" + plain_text(repeat);
  return id;
}

void add_entity(Entities& to, EntityIds& ids, const std::string& section_name, double x, const Cylinder& place) {
  for (double c : place.middle) to.positions.push_back(static_cast<float>(c));
  for (double c : rotation_from_z(place.axis)) to.orientations.push_back(static_cast<float>(c));
  to.radii.push_back(static_cast<float>(place.radius));
  to.lengths.push_back(static_cast<float>(place.length));
  to.xlocs.push_back(static_cast<float>(x));
  to.entity_ids.push_back(ids.next(section_name, x));
  to.section_names.push_back(section_name);
}

MorphologyGeometry morphology_geometry(const Entities& e, std::span<const Piece> pieces) {
  const auto n = static_cast<std::int64_t>(e.entity_count());
  MorphologyGeometry g;
  g.positions = Array::copy_of(e.positions, {n, 3});
  g.orientations = Array::copy_of(e.orientations, {n, 3, 3});
  g.radii = Array::copy_of(e.radii, {n});
  g.lengths = Array::copy_of(e.lengths, {n});
  g.xlocs = Array::copy_of(e.xlocs, {n});
  g.entity_ids = Array::strings(e.entity_ids);
  g.section_names = Array::strings(e.section_names);
  g.pieces = piece_table(pieces);
  return g;
}

}  // namespace cnv::shape
