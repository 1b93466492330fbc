#include "cnv/backends/neuron/generate_layout.hpp"

#include <cmath>
#include <numbers>

#include "cnv/backends/neuron/vector3.hpp"
#include "cnv/base/exceptions.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using NeuronGeneratedLayout = test::NeuronTest;

Section make(const std::string& name, double length) {
  Section section = create_section(name);
  section.set_length_um(length);
  section.set("diam", 2);
  return section;
}

Vector3 direction(const Section& section) {
  const auto points = section.points();
  return normalized(points[1].position - points[0].position, {0, 0, 0});
}

TEST_F(NeuronGeneratedLayout, roots_stand_apart_and_branches_start_on_their_parents) {
  Section one = make("one", 50), two = make("two", 20), child = make("child", 10);
  child.connect(one(0.5));
  generate_layout(std::vector{one, two, child}, {.default_direction = {0, 3, 0}, .root_spacing_um = 70});
  EXPECT_THAT(one.points()[1].position, ElementsAre(0, DoubleNear(50, 1e-5), 0));
  EXPECT_THAT(two.points()[0].position, ElementsAre(70, 0, 0));
  EXPECT_THAT(child.points()[0].position, ElementsAre(0, DoubleNear(25, 1e-5), 0));
  EXPECT_NEAR(dot(direction(child), direction(one)), std::cos(30 * std::numbers::pi / 180), 1e-5);
  EXPECT_NEAR(child.length_um(), 10, 1e-5);
  EXPECT_EQ(child(0.5).diam_um(), 2);
}

TEST_F(NeuronGeneratedLayout, several_branches_spread_evenly_and_neighbouring_fans_differ) {
  Section soma = make("soma", 20), a = make("a", 50), b = make("b", 50);
  a.connect(soma(1));
  b.connect(soma(0));
  std::vector<Section> all{soma, a, b};
  for (int i = 0; i < 6; ++i) {
    all.push_back(make("tip", 30));
    all.back().connect((i < 3 ? a : b)(1));
  }
  generate_layout(all, {.branch_angle_deg = 40});
  EXPECT_NEAR(dot(direction(b), direction(soma)), -1, 1e-6);
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(dot(direction(all[3 + i]), direction(a)), std::cos(40 * std::numbers::pi / 180), 1e-5);
    EXPECT_NEAR(dot(direction(all[6 + i]), direction(b)), std::cos(40 * std::numbers::pi / 180), 1e-5);
    EXPECT_NEAR(dot(direction(all[3 + i]), direction(all[3 + (i + 1) % 3])),
                1 - 1.5 * std::pow(std::sin(40 * std::numbers::pi / 180), 2), 1e-5);
  }
}

TEST_F(NeuronGeneratedLayout, a_cell_hangs_on_another_for_position_only) {
  Section one = make("one", 50), two = make("two", 0.25), outside = make("outside", 9);
  const std::vector<CellConnection> links{{two, one, 1}, {one, outside, 0}};
  generate_layout(std::vector{one, two}, {}, links);
  EXPECT_THAT(two.points()[0].position, ElementsAre(0, 0, DoubleNear(50, 1e-5)));
  EXPECT_NEAR(two.length_um(), 1, 1e-6);
  EXPECT_FALSE(two.parent());
  EXPECT_EQ(outside.point_count(), 0);
}

TEST_F(NeuronGeneratedLayout, mistakes_change_nothing) {
  Section one = make("one", 50), two = make("two", 50);
  const std::vector<Section> both{one, two};
  EXPECT_THROW(generate_layout(both, {}, std::vector<CellConnection>{{one, two, 1}, {two, one, 1}}), ValueError);
  EXPECT_THROW(generate_layout(both, {}, std::vector<CellConnection>{{one, two, -0.5}}), ValueError);
  EXPECT_THROW(generate_layout(both, {.min_length_um = NAN}), ValueError);
  EXPECT_EQ(one.point_count() + two.point_count(), 0);
  delete_section(two);
  EXPECT_THROW(generate_layout(both), NeuronError);
  EXPECT_EQ(one.point_count(), 0);
}

TEST_F(NeuronGeneratedLayout, neurons_own_layout_is_a_call_away) {
  Section one = make("one", 50), two = make("two", 20);
  two.connect(one(1));
  define_shape_layout();
  EXPECT_GE(one.point_count(), 2);
  EXPECT_EQ(two.points()[0].position, one.points().back().position);
}

}  // namespace
}  // namespace cnv::nrn
