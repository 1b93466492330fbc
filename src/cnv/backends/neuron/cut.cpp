#include "cnv/backends/neuron/cut.hpp"

#include "cnv/backends/neuron/vector3.hpp"

namespace cnv::nrn {
namespace {

constexpr double kSliver = 1e-9;  // of the section: a border this close to a point is at the point

struct Place {
  Vector3 position;
  double radius;
  double arc;
};

Place place_of(const Point3d& point) { return {point.position, point.diam / 2, point.arc}; }

Place between(const Place& a, const Place& b, double arc) {
  const double f = (arc - a.arc) / (b.arc - a.arc);
  return {(1 - f) * a.position + f * b.position, (1 - f) * a.radius + f * b.radius, arc};
}

Piece piece_between(const Place& a, const Place& b, std::size_t entity, int compartment) {
  Piece out;
  out.start = a.position;
  out.end = b.position;
  out.start_radius = a.radius;
  out.end_radius = b.radius;
  out.length = b.arc - a.arc;
  out.entity = static_cast<std::int32_t>(entity);
  out.compartment = compartment;
  return out;
}

}  // namespace

// NEURON sums truncated cones between points and borders; a point at a border belongs to the compartment before it.
std::vector<Piece> cut_at_compartments(const std::vector<Point3d>& points, int nseg) {
  const double total = points.back().arc;
  const double step = total / nseg;
  const double sliver = kSliver * total;
  std::vector<Piece> out;
  out.reserve(points.size() + static_cast<std::size_t>(nseg));
  int compartment = 0;
  for (std::size_t pair = 0; pair + 1 < points.size(); ++pair) {
    const Place first = place_of(points[pair]);
    const Place last = place_of(points[pair + 1]);
    Place from = first;
    for (; compartment + 1 < nseg; ++compartment) {
      const double border = (compartment + 1) * step;
      if (last.arc <= border + sliver) break;
      if (border <= from.arc + sliver) continue;
      const Place cut = between(first, last, border);
      out.push_back(piece_between(from, cut, pair, compartment));
      from = cut;
    }
    out.push_back(piece_between(from, last, pair, compartment));
  }
  return out;
}

std::vector<Piece> cut_cylinders(const std::vector<Point3d>& points, const std::vector<double>& diams) {
  const Place first = place_of(points.front());
  const Place last = place_of(points.back());
  std::vector<Piece> out;
  const int count = static_cast<int>(diams.size());
  for (int k = 0; k < count; ++k) {
    Place from = between(first, last, last.arc * k / count);
    Place to = between(first, last, last.arc * (k + 1) / count);
    from.radius = to.radius = diams[k] / 2;
    out.push_back(piece_between(from, to, 0, k));
  }
  return out;
}

}  // namespace cnv::nrn
