#include "cnv/backends/neuron/morphology.hpp"

#include <cmath>
#include <map>
#include <set>

#include "cnv/backends/neuron/swc.hpp"
#include "cnv/backends/neuron/vector3.hpp"
#include "cnv/base/exceptions.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::Pointwise;
using NeuronMorphology = test::NeuronTest;

constexpr double relative_error = 1e-9;

// The pieces of each compartment add up to its length and to its area in NEURON.
void expect_exact_pieces(const std::vector<Section>& sections, const Morphology& shape) {
  std::vector<double> areas(shape.compartment_count()), lengths(shape.compartment_count());
  for (const Piece& piece : shape.pieces) {
    areas[piece.compartment] += lateral_area(piece);
    lengths[piece.compartment] += piece.length;
    ASSERT_NEAR(piece.length, norm(piece.end - piece.start), 1e-3);
  }
  std::size_t k = 0;
  for (const Section& section : sections) {
    const double expected_length = section.length_um() / section.nseg();
    for (const Segment& segment : section.segments()) {
      ASSERT_EQ(shape.compartment_places[k].section(), section);
      ASSERT_DOUBLE_EQ(shape.compartment_places[k].x(), segment.x());
      const double area = segment.area_um2();
      ASSERT_NEAR(areas[k], area, relative_error * area) << section.name() << " " << segment.x();
      ASSERT_NEAR(lengths[k], expected_length, relative_error * section.length_um()) << section.name();
      ++k;
    }
  }
  ASSERT_EQ(k, shape.compartment_count());
}

void expect_valid(const Morphology& shape) {
  const std::size_t n = shape.entity_count();
  ASSERT_EQ(shape.positions.size(), 3 * n);
  ASSERT_EQ(shape.orientations.size(), 9 * n);
  ASSERT_EQ(shape.radii.size(), n);
  ASSERT_EQ(shape.lengths.size(), n);
  ASSERT_EQ(shape.xlocs.size(), n);
  ASSERT_EQ(shape.section_names.size(), n);
  ASSERT_EQ(shape.entity_places.size(), n);
  ASSERT_EQ(shape.entity_compartments.size(), n);
  EXPECT_EQ(std::set<std::string>(shape.entity_ids.begin(), shape.entity_ids.end()).size(), n);
  std::vector<int> pieces_of_entity(n);
  for (std::size_t i = 0; i < shape.pieces.size(); ++i) {
    const Piece& piece = shape.pieces[i];
    ASSERT_LT(static_cast<std::size_t>(piece.entity), n);
    ASSERT_LT(static_cast<std::size_t>(piece.compartment), shape.compartment_count());
    ASSERT_NE(piece.parent, static_cast<std::int32_t>(i));
    ASSERT_LT(piece.parent, static_cast<std::int32_t>(shape.pieces.size()));
    ++pieces_of_entity[piece.entity];
  }
  // What a person points at is the compartment: each has an entity, and a piece leads to one of its own.
  std::set<int> reached;
  for (const Piece& piece : shape.pieces) {
    if (piece.length == 0) continue;
    ASSERT_EQ(shape.entity_compartments[piece.entity], piece.compartment) << shape.entity_ids[piece.entity];
    reached.insert(piece.compartment);
  }
  ASSERT_EQ(reached.size(), shape.compartment_count());
  for (std::size_t i = 0; i < n; ++i) {
    ASSERT_GT(pieces_of_entity[i], 0) << shape.entity_ids[i];
    const Segment& centre = shape.compartment_places[shape.entity_compartments[i]];
    ASSERT_EQ(centre.section(), shape.entity_places[i].section());
    ASSERT_LE(std::abs(centre.x() - shape.entity_places[i].x()), 0.5 / centre.section().nseg() + 1e-9);
  }
}

class NeuronCells : public test::NeuronTest, public ::testing::WithParamInterface<std::pair<const char*, int>> {};

TEST_P(NeuronCells, pieces_have_the_lengths_and_areas_of_the_model) {
  std::vector<Section> sections = load_swc(test::data_file(GetParam().first));
  for (Section& section : sections) section.set_nseg(GetParam().second);
  const Morphology points = build_morphology(sections);
  std::map<std::string, std::size_t> entities;
  for (const std::string& name : points.section_names) ++entities[name];
  for (const Section& section : sections) {
    const auto spans = static_cast<std::size_t>(section.point_count()) - 1,
               compartments = static_cast<std::size_t>(section.nseg());
    if (spans < compartments || compartments == 1) EXPECT_EQ(entities[section.name()], std::max(spans, compartments));
    else EXPECT_GE(entities[section.name()], spans);
  }
  expect_valid(points);
  expect_exact_pieces(sections, points);
  const Morphology compartments = build_morphology(sections, Detail::compartment);
  EXPECT_EQ(compartments.entity_count(), compartments.compartment_count());
  expect_valid(compartments);
  expect_exact_pieces(sections, compartments);
}

INSTANTIATE_TEST_SUITE_P(files, NeuronCells,
                         ::testing::Values(std::pair("m3s4s4t-vp-sup.CNG.swc", 1),
                                           std::pair("m3s4s4t-vp-sup.CNG.swc", 7),
                                           std::pair("Series006ok-2.CNG.swc", 10),
                                           std::pair("Animal_2_Basal_2.CNG.swc", 3)));

TEST_F(NeuronMorphology, entities_are_pairs_of_points_with_true_radii) {
  Section dend = create_section("cell.dend[3]");
  dend.add_point(0, 0, 0, 4);
  dend.add_point(30, 0, 0, 2);
  dend.add_point(30, 0, -10, 2);
  const Morphology shape = build_morphology(std::vector{dend});
  EXPECT_THAT(shape.entity_ids, ElementsAre("cell.dend[3]@0.37500", "cell.dend[3]@0.87500"));
  EXPECT_THAT(shape.section_names, ElementsAre("cell.dend[3]", "cell.dend[3]"));
  EXPECT_THAT(shape.positions, ElementsAre(15, 0, 0, 30, 0, -5));
  EXPECT_THAT(shape.radii, ElementsAre(1.5, 1));
  EXPECT_THAT(shape.lengths, ElementsAre(30, 10));
  EXPECT_THAT(shape.xlocs, ElementsAre(0.375, 0.875));
  const std::vector<float> turned{0, 0, 1, 0, 1, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0, -1};
  EXPECT_THAT(shape.orientations, Pointwise(FloatNear(1e-6F), turned));
}

TEST_F(NeuronMorphology, rotations_turn_z_into_the_axis_and_keep_lengths) {
  for (const Vector3& raw :
       {Vector3{0, 0, 1}, Vector3{0, 0, -1}, Vector3{1e-9, 0, -1}, Vector3{1, 2, 3}, Vector3{-1, 0.2, -5}}) {
    const Vector3 axis = normalized(raw, {0, 0, 1});
    const std::array<double, 9> r = rotation_from_z(axis);
    const Vector3 columns[] = {{r[0], r[3], r[6]}, {r[1], r[4], r[7]}, {r[2], r[5], r[8]}};
    EXPECT_NEAR(norm(columns[2] - axis), 0, 1e-6);
    EXPECT_NEAR(norm(cross(columns[0], columns[1]) - columns[2]), 0, 1e-6);
    EXPECT_NEAR(dot(columns[0], columns[1]), 0, 1e-6);
  }
}

TEST_F(NeuronMorphology, equal_ids_get_a_suffix_and_keep_their_own_section) {
  std::vector<Section> sections;
  for (int i = 0; i < 3; ++i) sections.push_back(create_section("dend"));
  const Morphology shape = build_morphology(sections);
  EXPECT_THAT(shape.entity_ids, ElementsAre("dend@0.50000", "dend@0.50000#2", "dend@0.50000#3"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(shape.entity_places[i].section(), sections[i]);
}

TEST_F(NeuronMorphology, coincident_points_are_entities_without_length) {
  Section dend = create_section("dend");
  dend.set_nseg(4);
  for (double x : {0.0, 10.0, 10.0, 20.0, 20.0, 20.0, 40.0}) dend.add_point(x, 0, 0, 2 + x / 10);
  dend.add_point(40, 0, 0, 1);
  const Morphology shape = build_morphology(std::vector{dend});
  EXPECT_EQ(shape.entity_count(), 7u);
  EXPECT_EQ(shape.lengths[1], 0);
  expect_valid(shape);
  expect_exact_pieces({dend}, shape);
}

TEST_F(NeuronMorphology, a_section_with_fewer_spans_than_compartments_has_an_entity_for_each_compartment) {
  Section axon = create_section("axon");
  axon.set_nseg(50);
  axon.add_point(0, 0, 0, 2);
  axon.add_point(500, 0, 0, 1);
  const Morphology shape = build_morphology(std::vector{axon});
  EXPECT_EQ(shape.entity_count(), 50u);
  EXPECT_EQ(shape.entity_ids[0], "axon@0.01000");
  EXPECT_EQ(shape.entity_ids[49], "axon@0.99000");
  ASSERT_EQ(shape.pieces.size(), 50u);
  EXPECT_EQ(shape.pieces[49].compartment, 49);
  EXPECT_EQ(shape.pieces[49].entity, 49);
  EXPECT_EQ(shape.pieces[49].parent, 48);
  EXPECT_EQ(shape.pieces[0].parent, -1);
  expect_exact_pieces({axon}, shape);
}

// Spans of 5, 5 and 90 µm: the last compartments hold the middle of none, two spans lie in the first.
TEST_F(NeuronMorphology, uneven_points_leave_no_compartment_without_an_entity) {
  Section dend = create_section("dend");
  dend.set_nseg(3);
  for (double x : {0.0, 5.0, 10.0, 100.0}) dend.add_point(x, 0, 0, 1);
  const Morphology shape = build_morphology(std::vector{dend});
  EXPECT_THAT(shape.entity_ids, ElementsAre("dend@0.02500", "dend@0.07500", "dend@0.55000", "dend@0.83333"));
  EXPECT_THAT(shape.entity_compartments, ElementsAre(0, 0, 1, 2));
  EXPECT_THAT(std::vector<float>(shape.positions.begin() + 9, shape.positions.end()),
              Pointwise(FloatNear(1e-4F), std::vector<float>{250.0F / 3, 0, 0}));
  expect_valid(shape);
  expect_exact_pieces({dend}, shape);
}

TEST_F(NeuronMorphology, a_section_attached_by_its_end_counts_its_compartments_from_there) {
  Section soma = create_section("soma"), dend = create_section("dend");
  dend.set_nseg(3);
  for (double x : {0.0, 60.0, 90.0}) dend.add_point(x, 0, 0, 1);
  dend.connect(soma(1), 1);
  const Morphology shape = build_morphology(std::vector{soma, dend});
  EXPECT_THAT(shape.entity_ids, ElementsAre("soma@0.50000", "dend@0.16667", "dend@0.50000", "dend@0.83333"));
  EXPECT_FLOAT_EQ(shape.positions[3], 75);  // x = 0 is the far end
  expect_valid(shape);
  expect_exact_pieces({soma, dend}, shape);
}

TEST_F(NeuronMorphology, sections_without_points_have_exact_pieces_too) {
  Section soma = create_section("soma"), dend = create_section("dend"), axon = create_section("axon");
  dend.set_nseg(5);
  dend(0.1).set("diam", 9);
  dend.connect(soma(1));
  axon.add_point(0, 0, 0, 1);
  axon.add_point(0, 70, 0, 1);
  axon.connect(soma(0));
  const std::vector<Section> sections{soma, dend, axon};
  const Morphology shape = build_morphology(sections);
  EXPECT_THAT(shape.entity_ids, ElementsAre("soma@0.50000", "dend@0.10000", "dend@0.30000", "dend@0.50000",
                                            "dend@0.70000", "dend@0.90000", "axon@0.50000"));
  expect_valid(shape);
  expect_exact_pieces(sections, shape);
  EXPECT_EQ(soma.point_count(), 0);
}

TEST_F(NeuronMorphology, a_changed_length_scales_the_shape) {
  Section dend = create_section("dend");
  dend.set_nseg(2);
  dend.add_point(0, 0, 0, 2);
  dend.add_point(10, 0, 0, 1);
  dend.add_point(10, 10, 0, 1);
  dend.set_length_um(200);
  const Morphology shape = build_morphology(std::vector{dend});
  expect_exact_pieces({dend}, shape);
  EXPECT_NEAR(shape.lengths[0] + shape.lengths[1], 200, 1e-3);
}

TEST_F(NeuronMorphology, compartments_as_entities_have_ids_of_their_centres) {
  Section dend = create_section("dend");
  dend.set_nseg(3);
  dend.add_point(0, 0, 0, 2);
  dend.add_point(15, 0, 0, 2);
  dend.add_point(15, 15, 0, 4);
  const Morphology shape = build_morphology(std::vector{dend}, Detail::compartment);
  EXPECT_THAT(shape.entity_ids, ElementsAre("dend@0.16667", "dend@0.50000", "dend@0.83333"));
  EXPECT_FLOAT_EQ(shape.lengths[1], std::sqrt(50.0F));  // from one leg of the bend to the other
  EXPECT_THAT(std::vector<float>(shape.positions.begin() + 3, shape.positions.begin() + 6), ElementsAre(12.5, 2.5, 0));
  EXPECT_FLOAT_EQ(shape.radii[0], 1);
}

TEST_F(NeuronMorphology, pieces_continue_the_piece_they_hang_on) {
  Section root = create_section("root"), straight = create_section("straight"), reversed = create_section("reversed");
  Section base = create_section("base"), middle = create_section("middle");
  root.set_nseg(4);
  reversed.set_nseg(2);
  root.add_point(0, 0, 0, 2);
  root.add_point(100, 0, 0, 2);
  straight.add_point(100, 0, 0, 2);
  straight.add_point(150, 0, 0, 2);
  reversed.add_point(100, 0, 0, 2);
  reversed.add_point(100, 80, 0, 1);
  base.add_point(0, 0, 0, 1);
  base.add_point(-9, 0, 0, 1);
  middle.add_point(60, 0, 0, 1);
  middle.add_point(60, 9, 0, 1);
  straight.connect(root(1));
  reversed.connect(root(1), 1);
  base.connect(root(0));
  middle.connect(root(0.6));
  const std::vector<Section> sections{straight, root, reversed, base, middle};
  const Morphology shape = build_morphology(sections);
  ASSERT_EQ(shape.pieces.size(), 9u);  // straight 0, root 1…4, reversed 5…6, base 7, middle 8
  EXPECT_EQ(shape.pieces[0].parent, 4);
  EXPECT_EQ(shape.pieces[1].parent, -1);
  EXPECT_EQ(shape.pieces[5].parent, 4);
  EXPECT_EQ(shape.pieces[5].compartment, 6) << "a section attached by x = 1 begins there";
  EXPECT_FLOAT_EQ(shape.xlocs[5], 0.25);
  EXPECT_THAT(shape.pieces[5].start, ElementsAre(100, 0, 0));
  EXPECT_THAT(shape.pieces[6].end, ElementsAre(100, 80, 0));
  EXPECT_EQ(shape.pieces[6].parent, 5);
  EXPECT_EQ(shape.pieces[7].parent, 1);
  EXPECT_EQ(shape.pieces[8].parent, 3);
  expect_exact_pieces(sections, shape);
}

TEST_F(NeuronMorphology, no_sections_and_deleted_sections_are_errors) {
  EXPECT_THROW(build_morphology({}), ValueError);
  const Section gone = create_section("gone");
  delete_section(gone);
  EXPECT_NE(error_of([&] { build_morphology(std::vector{gone}); }), "");
}

}  // namespace
}  // namespace cnv::nrn
