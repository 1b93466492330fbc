#include "cnv/backends/shape/cut.hpp"

namespace cnv::shape {
namespace {

constexpr double sliver_share = 1e-9;  // of the path: a border this close to a point is at the point

PathPoint between(const PathPoint& a, const PathPoint& b, double arc) {
  const double f = b.arc > a.arc ? (arc - a.arc) / (b.arc - a.arc) : 0;
  return {(1 - f) * a.position + f * b.position, (1 - f) * a.radius + f * b.radius, arc};
}

Piece piece_between(const PathPoint& a, const PathPoint& b, std::size_t entity, int compartment) {
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

std::vector<Piece> cut_at_compartments(std::span<const PathPoint> points, int count) {
  const double total = points.back().arc;
  const double step = total / count;
  const double sliver = sliver_share * total;
  std::vector<Piece> out;
  out.reserve(points.size() + static_cast<std::size_t>(count));
  int compartment = 0;
  for (std::size_t pair = 0; pair + 1 < points.size(); ++pair) {
    const PathPoint& first = points[pair];
    const PathPoint& last = points[pair + 1];
    PathPoint from = first;
    for (; compartment + 1 < count; ++compartment) {
      const double border = (compartment + 1) * step;
      if (last.arc <= border + sliver) break;
      if (border <= from.arc + sliver) continue;
      const PathPoint cut = between(first, last, border);
      out.push_back(piece_between(from, cut, pair, compartment));
      from = cut;
    }
    out.push_back(piece_between(from, last, pair, compartment));
  }
  return out;
}

std::vector<Piece> cut_cylinders(std::span<const PathPoint> points, std::span<const double> radii) {
  const PathPoint& first = points.front();
  const PathPoint& last = points.back();
  std::vector<Piece> out;
  const int count = static_cast<int>(radii.size());
  for (int k = 0; k < count; ++k) {
    PathPoint from = between(first, last, last.arc * k / count);
    PathPoint to = between(first, last, last.arc * (k + 1) / count);
    from.radius = to.radius = radii[static_cast<std::size_t>(k)];
    out.push_back(piece_between(from, to, 0, k));
  }
  return out;
}

std::vector<CompartmentPart> compartment_parts(std::span<const Piece> pieces, int count) {
  std::vector<CompartmentPart> out(static_cast<std::size_t>(count));
  for (const Piece& piece : pieces) {
    CompartmentPart& part = out[static_cast<std::size_t>(piece.compartment)];
    if (!part.first) part.first = &piece;
    part.last = &piece;
    part.length += piece.length;
    part.radius_times_length += piece.length * (piece.start_radius + piece.end_radius) / 2;
  }
  return out;
}

}  // namespace cnv::shape
