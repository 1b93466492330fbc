#include "cnv/backends/neuron/morphology.hpp"

#include <algorithm>

#include "cnv/backends/neuron/layout.hpp"
#include "cnv/backends/neuron/vector3.hpp"
#include "cnv/backends/shape/cut.hpp"
#include "cnv/base/exceptions.hpp"

namespace cnv::nrn {
namespace {

constexpr int id_decimals = 5;  // of x in an entity id

std::vector<PathPoint> path_of(const std::vector<Point3d>& points) {
  std::vector<PathPoint> out;
  out.reserve(points.size());
  for (const Point3d& point : points) out.push_back({point.position, point.diam / 2, point.arc});
  return out;
}

class MorphologyBuilder {
 public:
  MorphologyBuilder(std::span<const Section> sections, Detail detail)
      : sections_(sections),
        detail_(detail),
        attached_(attachments(sections)),
        paths_(display_paths(sections, attached_)) {}

  Morphology build() {
    for (std::size_t i = 0; i < sections_.size(); ++i) add_section(i);
    link_sections();
    return std::move(out_);
  }

 private:
  void add_section(std::size_t i) {
    const Section& section = sections_[i];
    const DisplayPath& path = paths_[i];
    const bool reversed = attached_[i].reversed;
    const int nseg = section.nseg();
    const auto first_entity = static_cast<std::int32_t>(out_.entity_count());
    const auto first_compartment = static_cast<std::int32_t>(out_.compartment_count());
    const std::vector<Segment> segments = section.segments();
    out_.compartment_places.insert(out_.compartment_places.end(), segments.begin(), segments.end());

    const std::vector<PathPoint> points = path_of(path.points);
    std::vector<Piece> cut =
        path.computed ? cut_cylinders(points, radii_of(segments, reversed)) : cut_at_compartments(points, nseg);
    if (reversed) {
      for (Piece& piece : cut) piece.compartment = nseg - 1 - piece.compartment;
    }
    if (detail_ == Detail::compartment) {
      for (Piece& piece : cut) piece.entity = piece.compartment;
      add_compartment_entities(section, cut, nseg, reversed);
    } else {
      add_point_entities(section, path.points, nseg, attached_[i]);
    }
    first_pieces_.push_back(static_cast<std::int32_t>(out_.pieces.size()));
    for (Piece& piece : cut) {
      piece.entity += first_entity;
      piece.compartment += first_compartment;
      piece.section = static_cast<std::int32_t>(i);
      piece.parent = &piece == cut.data() ? -1 : static_cast<std::int32_t>(out_.pieces.size()) - 1;
      out_.pieces.push_back(piece);
    }
  }

  static std::vector<double> radii_of(const std::vector<Segment>& segments, bool reversed) {
    std::vector<double> out;
    for (const Segment& segment : segments) out.push_back(segment.diam_um() / 2);
    if (reversed) std::ranges::reverse(out);
    return out;
  }

  void add_point_entities(const Section& section, const std::vector<Point3d>& points, int nseg,
                          const Attachment& attachment) {
    const std::string name = section.name();
    const double total = points.back().arc > 0 ? points.back().arc : 1;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const Vector3& a = points[i].position;
      const Vector3& b = points[i + 1].position;
      const double along = std::min((points[i].arc + norm(b - a) / 2) / total, 1.0);
      add_entity(section, name, a, b, (points[i].diam + points[i + 1].diam) / 4, attachment.fraction_of_path(along),
                 nseg);
    }
  }

  // The ends of a compartment's part of the path, and the mean radius along it.
  void add_compartment_entities(const Section& section, const std::vector<Piece>& cut, int nseg, bool reversed) {
    std::vector<CompartmentPart> parts = shape::compartment_parts(cut, nseg);
    const std::string name = section.name();
    for (int k = 0; k < nseg; ++k) {
      CompartmentPart& part = parts[static_cast<std::size_t>(k)];
      // A section without extent has pieces in one compartment only.
      if (!part.first) part.first = part.last = reversed ? &cut.front() : &cut.back();
      const double radius = part.length > 0 ? part.radius_times_length / part.length : part.first->start_radius;
      add_entity(section, name, part.first->start, part.last->end, radius, (k + 0.5) / nseg, nseg);
    }
  }

  void add_entity(const Section& section, const std::string& name, const Vector3& a, const Vector3& b, double radius,
                  double x, int nseg) {
    shape::add_entity(out_, ids_, name, x, cylinder_between(a, b, radius));
    out_.entity_places.emplace_back(section, x);
    const int local = std::clamp(static_cast<int>(x * nseg), 0, nseg - 1);
    out_.entity_compartments.push_back(static_cast<std::int32_t>(out_.compartment_count()) - nseg + local);
  }

  void link_sections() {
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const Attachment& link = attached_[i];
      if (link.parent < 0) continue;
      const double along = attached_[link.parent].fraction_of_path(link.parent_x);
      out_.pieces[first_pieces_[i]].parent = piece_at(link.parent, along);
    }
  }

  std::int32_t piece_at(int section, double fraction_of_path) const {
    const std::int32_t end = static_cast<std::size_t>(section) + 1 < first_pieces_.size()
                                 ? first_pieces_[section + 1]
                                 : static_cast<std::int32_t>(out_.pieces.size());
    if (fraction_of_path == 1) return end - 1;
    const double at = fraction_of_path * paths_[section].points.back().arc;
    std::int32_t i = first_pieces_[section];
    for (double reached = out_.pieces[i].length; i + 1 < end && reached < at; reached += out_.pieces[i].length) ++i;
    return i;
  }

  std::span<const Section> sections_;
  Detail detail_;
  std::vector<Attachment> attached_;
  std::vector<DisplayPath> paths_;
  Morphology out_;
  std::vector<std::int32_t> first_pieces_;  // of each section
  EntityIds ids_{id_decimals};
};

}  // namespace

Morphology build_morphology(std::span<const Section> sections, Detail detail) {
  if (sections.empty()) throw ValueError("There are no sections to show");
  return MorphologyBuilder(sections, detail).build();
}

}  // namespace cnv::nrn
