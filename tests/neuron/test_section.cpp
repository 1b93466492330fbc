#include "cnv/backends/neuron/section.hpp"

#include <cmath>
#include <numbers>

#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using NeuronSection = test::NeuronTest;

TEST_F(NeuronSection, has_name_length_and_segments) {
  Section s = create_section("cell.soma");
  s.set_length_um(30);
  s.set_nseg(3);
  s.set("diam", 10);
  EXPECT_EQ(s.name(), "cell.soma");
  EXPECT_EQ(s.length_um(), 30);
  EXPECT_EQ(s.nseg(), 3);
  ASSERT_EQ(s.segments().size(), 3u);
  EXPECT_DOUBLE_EQ(s.segments()[1].x(), 0.5);
  EXPECT_DOUBLE_EQ(s(0.5).area_um2(), std::numbers::pi * 10 * 10);
}

TEST_F(NeuronSection, names_of_several_sections_stay_apart) {
  const Section a = create_section("a"), b = create_section("b");
  const std::string first = a.name();
  EXPECT_EQ(b.name(), "b");
  EXPECT_EQ(first, "a");
  EXPECT_THAT(all_sections(), ElementsAre(a, b));
}

TEST_F(NeuronSection, bad_numbers_are_refused_with_the_section_name) {
  Section s = create_section("soma");
  EXPECT_THAT(error_of([&] { s.set_length_um(-3); }), AllOf(HasSubstr("soma"), HasSubstr("-3")));
  EXPECT_THAT(error_of([&] { s.set_length_um(std::nan("")); }), HasSubstr("soma"));
  EXPECT_THAT(error_of([&] { s.set_nseg(0); }), HasSubstr("1…32767"));
  EXPECT_THAT(error_of([&] { s.set_axial_resistance_ohm_cm(0); }), HasSubstr("soma"));
  EXPECT_THAT(error_of([&] { s(1.5); }), AllOf(HasSubstr("x = 1.5"), HasSubstr("soma")));
  EXPECT_THAT(error_of([&] { s(-0.1); }), HasSubstr("not within 0…1"));
  EXPECT_THAT(error_of([&] { s(std::nan("")); }), HasSubstr("not within 0…1"));
}

TEST_F(NeuronSection, an_unknown_mechanism_lists_those_that_exist) {
  Section s = create_section("soma");
  EXPECT_THAT(error_of([&] { s.insert("no_such"); }),
              AllOf(HasSubstr("'no_such'"), HasSubstr("soma"), HasSubstr("pas"), HasSubstr("hh")));
  EXPECT_THAT(error_of([&] { s.insert("sin"); }), HasSubstr("no such density mechanism"));
  EXPECT_THAT(error_of([&] { s.insert("IClamp"); }), HasSubstr("no such density mechanism"));
  s.insert("hh");
  s.insert("hh");
  EXPECT_TRUE(s.has_mechanism("hh"));
  s.uninsert("hh");
  EXPECT_FALSE(s.has_mechanism("hh"));
}

TEST_F(NeuronSection, range_variables_are_read_written_and_checked) {
  Section s = create_section("soma");
  s.set_nseg(3);
  s.insert("hh");
  s(0.5).set("gnabar_hh", 0.2);
  EXPECT_EQ(s(0.5).get("gnabar_hh"), 0.2);
  EXPECT_EQ(s(0.1).get("gnabar_hh"), 0.12);
  s.set("gnabar_hh", 0.3);
  EXPECT_EQ(s(0.9).get("gnabar_hh"), 0.3);
  EXPECT_TRUE(s.has_variable("ina"));
  EXPECT_TRUE(s.has_variable("cm"));
  EXPECT_FALSE(s.has_variable("g_pas"));
  EXPECT_FALSE(s.has_variable("no_such"));
  EXPECT_THAT(error_of([&] { s(0.5).get("g_pas"); }),
              AllOf(HasSubstr("soma"), HasSubstr("'g_pas'"), HasSubstr("gnabar_hh"), HasSubstr("ina")));
  EXPECT_THAT(error_of([&] { s(0.5).get("no_such"); }), HasSubstr("no range variable named 'no_such'"));
  EXPECT_THAT(error_of([&] { s(0.5).get("fadvance"); }), HasSubstr("no range variable named 'fadvance'"));
  EXPECT_THAT(error_of([&] { s(0.5).get("vext"); }), HasSubstr("array"));
}

TEST_F(NeuronSection, diameter_of_a_traced_section_changes_its_points_and_area) {
  Section s = create_section("dend");
  s.add_point(0, 0, 0, 2);
  s.add_point(100, 0, 0, 2);
  EXPECT_EQ(s.length_um(), 100);
  EXPECT_NEAR(s(0.5).diam_um(), 500, 500);  // NEURON integrates it on demand
  EXPECT_NEAR(s(0.5).area_um2(), std::numbers::pi * 2 * 100, 1e-6);
  s.set("diam", 6);
  EXPECT_NEAR(s(0.5).area_um2(), std::numbers::pi * 6 * 100, 1e-6);
  EXPECT_NEAR(s.points()[0].diam, 6, 1e-6);
}

TEST_F(NeuronSection, points_are_read_back) {
  Section s = create_section("dend");
  EXPECT_EQ(s.point_count(), 0);
  s.add_point(1, 2, 3, 4);
  s.add_point(1, 2, 13, 2);
  const std::vector<Point3d> points = s.points();
  ASSERT_EQ(points.size(), 2u);
  EXPECT_THAT(points[1].position, ElementsAre(1, 2, 13));
  EXPECT_EQ(points[1].diam, 2);
  EXPECT_EQ(points[1].arc, 10);
  EXPECT_NE(error_of([&] { s.add_point(0, 0, std::nan(""), 1); }), "");
  s.clear_points();
  EXPECT_EQ(s.point_count(), 0);
}

TEST_F(NeuronSection, knows_parent_children_and_places) {
  Section soma = create_section("soma"), a = create_section("a"), b = create_section("b");
  a.connect(soma(1));
  b.connect(soma(0.25), 1);
  EXPECT_FALSE(soma.parent().has_value());
  EXPECT_EQ(a.parent(), soma);
  EXPECT_EQ(a.parent_x(), 1);
  EXPECT_EQ(a.child_x(), 0);
  EXPECT_EQ(b.parent_x(), 0.25);
  EXPECT_EQ(b.child_x(), 1);
  EXPECT_THAT(soma.children(), ::testing::UnorderedElementsAre(a, b));
  a.disconnect();
  EXPECT_FALSE(a.parent().has_value());
}

TEST_F(NeuronSection, loops_are_refused) {
  Section a = create_section("a"), b = create_section("b");
  b.connect(a(1));
  EXPECT_THAT(error_of([&] { a.connect(b(1)); }), HasSubstr("loop"));
  EXPECT_THAT(error_of([&] { a.connect(a(1)); }), HasSubstr("own parent"));
  EXPECT_THAT(error_of([&] { a.connect(b(1), 0.5); }), HasSubstr("0 or 1"));
  EXPECT_EQ(error_of([] { finitialize(-65); }), "");
}

TEST_F(NeuronSection, use_after_deletion_is_an_error) {
  Section s = create_section("soma");
  const Segment middle = s(0.5);
  delete_section(s);
  EXPECT_FALSE(s.valid());
  EXPECT_THAT(error_of([&] { s.name(); }), HasSubstr("deleted"));
  EXPECT_THAT(error_of([&] { s.insert("hh"); }), HasSubstr("deleted"));
  EXPECT_THAT(error_of([&] { middle.v(); }), HasSubstr("deleted"));
  EXPECT_THAT(error_of([&] { middle.area_um2(); }), HasSubstr("deleted"));
  EXPECT_THAT(error_of([] { Section().nseg(); }), HasSubstr("empty"));
  EXPECT_TRUE(all_sections().empty());
}

TEST_F(NeuronSection, sections_of_hoc_are_the_same_sections) {
  run_hoc("create hocsec[2]");
  run_hoc("hocsec[1] { L = 42 }");
  const std::vector<Section> all = all_sections();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].name(), "hocsec[1]");
  EXPECT_EQ(all[1].length_um(), 42);
}

TEST_F(NeuronSection, diameters_follow_new_points_at_once) {
  Section section = create_section("s");
  section.add_point(0, 0, 0, 4);
  section.add_point(10, 0, 0, 6);
  EXPECT_EQ(section(0.5).diam_um(), 5);
}

}  // namespace
}  // namespace cnv::nrn
