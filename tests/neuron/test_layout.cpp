#include "cnv/backends/neuron/layout.hpp"

#include <cmath>

#include "cnv/backends/neuron/vector3.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using ::testing::ElementsAre;
using NeuronLayout = test::NeuronTest;

Section make(const std::string& name, double length, double diam) {
  Section section = create_section(name);
  section.set_length_um(length);
  section.set("diam", diam);
  return section;
}

std::vector<DisplayPath> layout(const std::vector<Section>& sections) {
  return display_paths(sections, attachments(sections));
}

// Shortest distance of a point from the straight line between the ends of a path.
double distance(const Vector3& point, const DisplayPath& path) {
  const Vector3 a = path.points.front().position, b = path.points.back().position;
  const double t = std::clamp(dot(point - a, b - a) / dot(b - a, b - a), 0.0, 1.0);
  return norm(point - (a + t * (b - a)));
}

TEST_F(NeuronLayout, the_model_is_not_changed) {
  Section soma = make("soma", 20, 20), a = make("a", 0.3, 2), b = make("b", 100, 1);
  b.set_nseg(5);
  b(0.1).set("diam", 3);
  a.connect(soma(1));
  b.connect(a(1));
  Section traced = make("traced", 1, 1);
  traced.add_point(0, 0, 0, 4);
  traced.add_point(30, 40, 0, 2);
  traced.connect(soma(0));
  std::vector<double> before, after;
  const std::vector<Section> all = all_sections();
  const auto read = [&](std::vector<double>& out) {
    for (const Section& section : all) {
      out.push_back(section.length_um());
      out.push_back(section.point_count());
      for (const Segment& segment : section.segments()) {
        out.push_back(segment.area_um2());
        out.push_back(segment.diam_um());
      }
    }
  };
  read(before);
  layout(all);
  read(after);
  EXPECT_EQ(before, after);
}

TEST_F(NeuronLayout, paths_are_as_long_as_the_sections_and_touch_their_parents) {
  Section soma = make("soma", 20, 20);
  std::vector<Section> all{soma};
  for (int i = 0; i < 12; ++i) {
    Section next = make("s" + std::to_string(i), 30 + i, 2);
    next.connect(all[i / 2](i % 3 == 0 ? 1 : i % 3 == 1 ? 0 : 0.5), i % 4 == 3 ? 1 : 0);
    all.push_back(next);
  }
  const std::vector<DisplayPath> paths = layout(all);
  const std::vector<Attachment> links = attachments(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(paths[i].points.size(), 2u);
    EXPECT_TRUE(paths[i].computed);
    const Vector3 a = paths[i].points[0].position, b = paths[i].points[1].position;
    EXPECT_NEAR(norm(b - a), all[i].length_um(), 1e-9);
    if (links[i].parent < 0) continue;
    const auto& parent = paths[links[i].parent].points;
    const double along = links[links[i].parent].fraction_of_path(links[i].parent_x);
    const Vector3 place = parent[0].position + along * (parent[1].position - parent[0].position);
    EXPECT_NEAR(norm(a - place), 0, 1e-9) << i;
  }
}

TEST_F(NeuronLayout, branches_do_not_lie_in_their_parents_or_siblings) {
  Section soma = make("soma", 20, 20), up = make("up", 50, 2), down = make("down", 50, 2), side = make("side", 50, 2);
  Section left = make("left", 50, 2), right = make("right", 50, 2), back = make("back", 50, 2);
  up.connect(soma(1));
  down.connect(soma(0));
  side.connect(soma(0.5));
  left.connect(up(1));
  right.connect(up(1));
  back.connect(up(0));
  const std::vector<Section> all{soma, up, down, side, left, right, back};
  const std::vector<DisplayPath> paths = layout(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Vector3 middle = 0.5 * (paths[i].points[0].position + paths[i].points[1].position);
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (k == i || all[k].parent() == all[i]) continue;  // a child may start anywhere on its parent
      EXPECT_GT(distance(middle, paths[k]), 5) << all[i].name() << " in " << all[k].name();
    }
  }
}

TEST_F(NeuronLayout, own_points_are_kept_and_neighbours_join_them) {
  Section soma = make("soma", 10, 10), dend = make("dend", 1, 1), tip = make("tip", 30, 1);
  dend.add_point(5, 5, 5, 2);
  dend.add_point(5, 25, 5, 1);
  dend.connect(soma(1));
  tip.connect(dend(1));
  const std::vector<Section> all{soma, dend, tip};
  const std::vector<DisplayPath> paths = layout(all);
  EXPECT_FALSE(paths[1].computed);
  EXPECT_THAT(paths[1].points[0].position, ElementsAre(5, 5, 5));
  EXPECT_THAT(paths[0].points[1].position, ElementsAre(5, 5, 5));
  EXPECT_THAT(paths[0].points[0].position, ElementsAre(5, -5, 5));
  EXPECT_THAT(paths[2].points[0].position, ElementsAre(5, 25, 5));
  EXPECT_THAT(paths[2].points[1].position, ElementsAre(5, 55, 5));
}

TEST_F(NeuronLayout, trees_stand_apart) {
  std::vector<Section> all;
  for (int i = 0; i < 20; ++i) all.push_back(make("cell", 20, 20));
  Section traced = make("traced", 1, 1);
  traced.add_point(0, 0, 0, 4);
  traced.add_point(300, 0, 0, 4);
  all.push_back(traced);
  const std::vector<DisplayPath> paths = layout(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      EXPECT_GT(distance(paths[k].points[0].position, paths[i]), 30) << i << " " << k;
    }
  }
}

}  // namespace
}  // namespace cnv::nrn
