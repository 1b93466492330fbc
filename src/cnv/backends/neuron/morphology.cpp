#include "cnv/backends/neuron/morphology.hpp"

#include <algorithm>

#include "cnv/backends/neuron/layout.hpp"
#include "cnv/backends/neuron/vector3.hpp"
#include "cnv/backends/shape/cut.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace {

constexpr int id_decimals = 5;  // of x in an entity id

std::vector<PathPoint> path_of(const std::vector<Point3d>& points) {
  std::vector<PathPoint> out;
  out.reserve(points.size());
  for (const Point3d& point : points) out.push_back({point.position, point.diam / 2, point.arc});
  return out;
}

// Sections that a Python program gave no name are called after their address, which says nothing and changes with each
// run.
std::string shown_name(const Section& section, std::size_t index) {
  const std::string name = section.name();
  return name.starts_with("__nrnsec_") ? "section[" + plain_text(index) + "]" : name;
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
    const std::size_t spans = path.points.size() - 1;
    if (detail_ == Detail::compartment || spans < static_cast<std::size_t>(nseg)) {
      for (Piece& piece : cut) piece.entity = piece.compartment;
      add_compartment_entities(section, shown_name(section, i), cut, nseg, reversed);
    } else {
      add_point_entities(section, shown_name(section, i), path.points, nseg, attached_[i], cut);
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

  // What becomes an entity where points are.
  struct Row {
    double along = 0;  // fraction of the path
    Vector3 start{}, end{};
    double radius = 0;
    double x = 0;
    std::int32_t compartment = 0;  // of the section
    std::size_t span = no_span;
  };
  static constexpr std::size_t no_span = static_cast<std::size_t>(-1);

  // One for each pair of points. Where points are uneven, a compartment may hold the middle of none: it gets an entity
  // of its own. Each piece ends at an entity of its own compartment.
  void add_point_entities(const Section& section, const std::string& name, const std::vector<Point3d>& points, int nseg,
                          const Attachment& attachment, std::vector<Piece>& cut) {
    const double total = points.back().arc > 0 ? points.back().arc : 1;
    std::vector<Row> rows;
    std::vector<bool> covered(static_cast<std::size_t>(nseg), false);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const Vector3& a = points[i].position;
      const Vector3& b = points[i + 1].position;
      const double along = std::min((points[i].arc + norm(b - a) / 2) / total, 1.0);
      const double x = attachment.fraction_of_path(along);
      rows.push_back({along, a, b, (points[i].diam + points[i + 1].diam) / 4, x, compartment_at(x, nseg), i});
      covered[static_cast<std::size_t>(rows.back().compartment)] = true;
    }
    const std::vector<CompartmentPart> parts = shape::compartment_parts(cut, nseg);
    for (int k = 0; k < nseg; ++k) {
      const CompartmentPart& part = parts[static_cast<std::size_t>(k)];
      if (covered[static_cast<std::size_t>(k)] || !part.first) continue;
      const double x = (k + 0.5) / nseg;
      rows.push_back({attachment.fraction_of_path(x), part.first->start, part.last->end, mean_radius(part), x, k});
    }
    std::ranges::stable_sort(rows, {}, &Row::along);

    std::vector<std::size_t> row_of_span(points.size() - 1), row_of_compartment(static_cast<std::size_t>(nseg));
    std::vector<double> nearest(static_cast<std::size_t>(nseg), 2);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const Row& row = rows[r];
      add_entity(section, name, row.start, row.end, row.radius, row.x, nseg);
      if (row.span != no_span) row_of_span[row.span] = r;
      const auto k = static_cast<std::size_t>(row.compartment);
      const double distance = std::abs(row.x - (row.compartment + 0.5) / nseg);
      if (distance >= nearest[k]) continue;
      nearest[k] = distance;
      row_of_compartment[k] = r;
    }
    for (Piece& piece : cut) {
      std::size_t r = row_of_span[static_cast<std::size_t>(piece.entity)];
      // Nobody points at a span without extent, which may stand on a border.
      if (piece.length > 0 && rows[r].compartment != piece.compartment)
        r = row_of_compartment[static_cast<std::size_t>(piece.compartment)];
      piece.entity = static_cast<std::int32_t>(r);
    }
  }

  static std::int32_t compartment_at(double x, int nseg) { return std::clamp(static_cast<int>(x * nseg), 0, nseg - 1); }

  static double mean_radius(const CompartmentPart& part) {
    return part.length > 0 ? part.radius_times_length / part.length : part.first->start_radius;
  }

  // The ends of a compartment's part of the path, and the mean radius along it.
  void add_compartment_entities(const Section& section, const std::string& name, const std::vector<Piece>& cut,
                                int nseg, bool reversed) {
    std::vector<CompartmentPart> parts = shape::compartment_parts(cut, nseg);
    for (int k = 0; k < nseg; ++k) {
      CompartmentPart& part = parts[static_cast<std::size_t>(k)];
      // A section without extent has pieces in one compartment only.
      if (!part.first) part.first = part.last = reversed ? &cut.front() : &cut.back();
      add_entity(section, name, part.first->start, part.last->end, mean_radius(part), (k + 0.5) / nseg, nseg);
    }
  }

  void add_entity(const Section& section, const std::string& name, const Vector3& a, const Vector3& b, double radius,
                  double x, int nseg) {
    shape::add_entity(out_, ids_, name, x, cylinder_between(a, b, radius));
    out_.entity_places.emplace_back(section, x);
    out_.entity_compartments.push_back(static_cast<std::int32_t>(out_.compartment_count()) - nseg +
                                       compartment_at(x, nseg));
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
