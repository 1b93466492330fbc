#include "cnv/backends/neuron/swc.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cnv/base/exceptions.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

namespace fs = std::filesystem;
using test::error_of;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NeuronSwc : public test::NeuronTest {
 protected:
  void TearDown() override {
    fs::remove(path_);
    test::NeuronTest::TearDown();
  }
  std::string file(const std::string& text) {
    std::ofstream(path_) << text;
    return path_;
  }
  static std::string error_at(const std::string& path) {
    try {
      load_swc(path);
    } catch (const ValueError& error) {
      return error.what();
    }
    return "";
  }
  std::string error_in(const std::string& text) { return error_at(file(text)); }
  const std::string path_ = (fs::temp_directory_path() / ("cnv \"swc\" " + std::to_string(getpid()) + ".swc")).string();
};

// Name, points, length, area, parent and place of every section, against NEURON's importer in Python.
void expect_as_twin(const std::string& path, int nseg) {
  std::vector<Section> sections = load_swc(path);
  const std::vector<std::string> twin = test::run_twin("swc '" + path + "' " + std::to_string(nseg));
  ASSERT_EQ(sections.size() * 6, twin.size());
  for (std::size_t i = 0; i < sections.size(); ++i) {
    Section& section = sections[i];
    section.set_nseg(nseg);
    double area = 0;
    for (const Segment& segment : section.segments()) area += segment.area_um2();
    const auto parent = section.parent();
    ASSERT_EQ(section.name(), twin[6 * i]);
    ASSERT_EQ(section.point_count(), std::atoi(twin[6 * i + 1].c_str())) << section.name();
    const double length = std::strtod(twin[6 * i + 2].c_str(), nullptr);
    ASSERT_NEAR(section.length_um(), length, 1e-6 * length) << section.name();
    const double twin_area = std::strtod(twin[6 * i + 3].c_str(), nullptr);
    ASSERT_NEAR(area, twin_area, 1e-6 * twin_area) << section.name();
    ASSERT_EQ(parent ? parent->name() : "-", twin[6 * i + 4]) << section.name();
    ASSERT_EQ(section.parent_x(), std::strtod(twin[6 * i + 5].c_str(), nullptr)) << section.name();
  }
}

TEST_F(NeuronSwc, the_demo_cell_is_as_neuron_imports_it) {
  expect_as_twin(test::data_file("m3s4s4t-vp-sup.CNG.swc"), 3);
}
TEST_F(NeuronSwc, a_medium_cell_is_as_neuron_imports_it) {
  expect_as_twin(test::data_file("Series006ok-2.CNG.swc"), 1);
}
TEST_F(NeuronSwc, the_large_cell_is_as_neuron_imports_it) {
  expect_as_twin(test::data_file("Animal_2_Basal_2.CNG.swc"), 1);
}

TEST_F(NeuronSwc, special_somas_are_as_neuron_imports_them) {
  expect_as_twin(file("1 1 0 0 0 5 -1\n"), 1);
  test::NeuronTest::SetUp();
  expect_as_twin(file("1 1 0 0 0 5 -1\n2 1 0 5 0 5 1\n3 1 0 -5 0 5 1\n4 3 5 0 0 1 1\n5 3 50 0 0 1 4\n"), 1);
  test::NeuronTest::SetUp();
  expect_as_twin(file("# one point\n1 1 0 0 0 5 -1\n2 3 5 0 0 1 1\n3 3 50 0 0 1 2\n4 3 90 9 0 1 3\n5 7 90 -9 0 1 3\n6 "
                      "3 99 -9 0 1 5\n"),
                 1);
  test::NeuronTest::SetUp();
  expect_as_twin(file("1 3 0 0 0 1 -1\n2 3 9 0 0 1 1\n3 3 9 0 0 1 2\n4 3 19 0 0 1 2\n5 3 9 9 0 1 1\n"), 1);
}

TEST_F(NeuronSwc, only_the_new_sections_are_returned) {
  const Section before = create_section("soma");
  const std::vector<Section> first = load_swc(test::data_file("m3s4s4t-vp-sup.CNG.swc"));
  const std::vector<Section> second = load_swc(test::data_file("m3s4s4t-vp-sup.CNG.swc"));
  EXPECT_EQ(first.size(), 25u);
  EXPECT_EQ(second.size(), 25u);
  EXPECT_EQ(all_sections().size(), 51u);
  EXPECT_TRUE(before.valid());
  for (std::size_t i = 0; i < 25; ++i) {
    ASSERT_TRUE(first[i].valid());
    EXPECT_EQ(first[i].name(), second[i].name());
    EXPECT_EQ(first[i].length_um(), second[i].length_um());
  }
}

TEST_F(NeuronSwc, hoc_sees_the_sections) {
  load_swc(test::data_file("m3s4s4t-vp-sup.CNG.swc"));
  EXPECT_EQ(error_of([] { run_hoc("soma[0] { L = 17 }"); }), "");
  EXPECT_EQ(all_sections()[0].length_um(), 17);
}

TEST_F(NeuronSwc, is_quiet) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  load_swc(test::data_file("Series006ok-2.CNG.swc"));
  std::fflush(stdout);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), IsEmpty());
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), IsEmpty());
}

TEST_F(NeuronSwc, errors_name_file_line_and_cause) {
  EXPECT_THAT(error_at("/no/such.swc"), AllOf(HasSubstr("/no/such.swc"), HasSubstr("cannot be read")));
  EXPECT_THAT(error_in(""), HasSubstr("holds no points"));
  EXPECT_THAT(error_in("# only a comment\n\n"), HasSubstr("holds no points"));
  EXPECT_THAT(error_in("1 1 0 0 0 5\n"), HasSubstr(":1: has 6 columns instead of 7"));
  EXPECT_THAT(error_in("# c\n1 1 0 0 zero 5 -1\n"), HasSubstr(":2: z 'zero' is not a number"));
  EXPECT_THAT(error_in("1 1 0 nan 0 5 -1\n"), HasSubstr(":1: y 'nan' is not a number"));
  EXPECT_THAT(error_in("1.5 1 0 0 0 5 -1\n"), HasSubstr("id '1.5' is not a whole number"));
  EXPECT_THAT(error_in("1 1 0 0 0 -5 -1\n"), HasSubstr(":1: the radius -5 is negative"));
  EXPECT_THAT(error_in("1 1 0 0 0 5 -1\n1 3 1 0 0 1 -1\n"), HasSubstr(":2: id 1 is used already on line 1"));
  EXPECT_THAT(error_in("1 1 0 0 0 5 -1\n2 3 1 0 0 1 3\n3 3 1 0 0 1 2\n"), HasSubstr(":2: point 2 is its own ancestor"));
  EXPECT_TRUE(all_sections().empty());
}

TEST_F(NeuronSwc, comments_blank_lines_and_line_ends_of_windows_are_read) {
  EXPECT_EQ(load_swc(file("# c\r\n  # d\r\n\r\n1 1 0 0 0 5 -1\r\n2 3 9 0 0 1 1 # note\r\n3 3 19 0 0 1 2\r\n")).size(),
            2u);
}

}  // namespace
}  // namespace cnv::nrn
