#include "cnv/backends/jaxley/branch_cut.hpp"

#include <algorithm>

namespace cnv::jaxley {
namespace {

constexpr Vector3 up_axis{0, 0, 1};

Piece cylinder_piece(const Vector3& start, const Vector3& end, double radius, std::size_t entity) {
  return {.start = start,
          .end = end,
          .start_radius = radius,
          .end_radius = radius,
          .length = norm(end - start),
          .entity = static_cast<std::int32_t>(entity)};
}

}  // namespace

BranchShape cut_path(const Branch& branch) {
  const int count = static_cast<int>(branch.compartment_count);
  const std::vector<Piece> cut = cut_at_compartments(branch.path, count);
  const std::vector<CompartmentPart> parts = compartment_parts(cut, count);
  BranchShape out;
  for (std::size_t k = 0; k < branch.compartments.size(); ++k) {
    const Compartment& compartment = branch.compartments[k];
    const CompartmentPart& part = parts[static_cast<std::size_t>(compartment.local)];
    const double mean = branch.traced ? part.radius_times_length / part.length : compartment.radius;
    Cylinder cylinder = cylinder_between(part.first->start, part.last->end, std::max(mean, least_extent));
    cylinder.length = std::max(cylinder.length, least_extent);
    out.cylinders.push_back(cylinder);
    for (const Piece* piece = part.first; piece <= part.last; ++piece) {
      if (piece->length <= 0) continue;
      Piece& copy = out.pieces.emplace_back(*piece);
      copy.entity = static_cast<std::int32_t>(k);
      copy.start_radius = std::max(branch.traced ? piece->start_radius : compartment.radius, least_extent);
      copy.end_radius = std::max(branch.traced ? piece->end_radius : compartment.radius, least_extent);
    }
  }
  return out;
}

BranchShape cut_straight(const Branch& branch, const Vector3& start, const Vector3& axis) {
  BranchShape out;
  double reached = 0;
  for (std::size_t k = 0; k < branch.compartments.size(); ++k) {
    const Compartment& compartment = branch.compartments[k];
    const Vector3 from = start + reached * axis;
    reached += compartment.length;
    const Vector3 to = start + reached * axis;
    out.cylinders.push_back({0.5 * (from + to), axis, compartment.length, compartment.radius});
    out.pieces.push_back(cylinder_piece(from, to, compartment.radius, k));
  }
  return out;
}

BranchShape cut_through_centres(const Branch& branch) {
  const auto& compartments = branch.compartments;
  const std::size_t n = compartments.size();
  BranchShape out;
  for (std::size_t k = 0; k < n; ++k) {
    const Vector3 axis = k + 1 < n ? normalized(*compartments[k + 1].centre - *compartments[k].centre, up_axis)
                         : k       ? out.cylinders[k - 1].axis
                                   : up_axis;
    out.cylinders.push_back({*compartments[k].centre, axis, compartments[k].length, compartments[k].radius});
  }
  Vector3 from = out.cylinders[0].middle - (out.cylinders[0].length / 2) * out.cylinders[0].axis;
  for (std::size_t k = 0; k < n; ++k) {
    const Cylinder& own = out.cylinders[k];
    Vector3 to = own.middle + (own.length / 2) * own.axis;
    if (k + 1 < n)
      to = own.middle +
           own.length / (own.length + out.cylinders[k + 1].length) * (out.cylinders[k + 1].middle - own.middle);
    out.pieces.push_back(cylinder_piece(from, own.middle, own.radius, k));
    out.pieces.push_back(cylinder_piece(own.middle, to, own.radius, k));
    from = to;
  }
  return out;
}

}  // namespace cnv::jaxley
