#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <numbers>

#include "cnv/backends/neuron/swc.hpp"
#include "cnv/base/exceptions.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

class NeuronSwcMulti : public test::NeuronTest {
 protected:
  void TearDown() override {
    fs::remove(path_);
    test::NeuronTest::TearDown();
  }
  const std::string& file(const std::string& text) {
    std::ofstream(path_) << text;
    return path_;
  }
  const std::string path_ = (fs::temp_directory_path() / ("cnv_multi_" + std::to_string(getpid()) + ".swc")).string();
};

double area(const std::vector<Section>& sections) {
  double sum = 0;
  for (const Section& section : sections) {
    for (const Segment& segment : section.segments()) sum += segment.area_um2();
  }
  return sum;
}

TEST_F(NeuronSwcMulti, each_root_gives_a_connected_tree) {
  const auto trees = load_swc_multi(
      file("5 3 100 0 0 1 2\n2 1 0 0 0 6 -1\n7 2 30 0 0 1 2\n8 2 40 0 0 1 7\n1 3 0 9 9 2 -1\n3 3 10 9 9 2 1\n"),
      "AVAL");
  ASSERT_EQ(trees.size(), 2u);
  EXPECT_EQ(trees[0].root_id, 2);
  EXPECT_EQ(trees[1].root_id, 1);
  std::vector<std::string> names;
  for (const SwcTree& tree : trees) {
    for (const Section& section : tree.sections) names.push_back(section.name());
  }
  EXPECT_THAT(names, ElementsAre("AVAL_soma[0]", "AVAL_dendrite[0]", "AVAL_axon[0]", "AVAL_dendrite[1]"));
  const std::vector<Section>& cell = trees[0].sections;
  EXPECT_EQ(cell[1].parent(), cell[0]);
  EXPECT_EQ(cell[2].parent(), cell[0]);
  EXPECT_EQ(cell[2].parent_x(), 0.5);
  EXPECT_NEAR(cell[2].length_um(), 10, 1e-5);
  EXPECT_NEAR(area({cell[0]}), 4 * std::numbers::pi * 36, 1e-3);
  EXPECT_FALSE(trees[1].sections[0].parent());
  EXPECT_EQ(trees[1].sections[0](0.5).diam_um(), 4);
}

TEST_F(NeuronSwcMulti, a_large_cell_is_as_large_as_neuron_imports_it) {
  const std::string path = test::data_file("Animal_2_Basal_2.CNG.swc");
  const auto trees = load_swc_multi(path);
  ASSERT_EQ(trees.size(), 1u);
  const std::vector<Section> reference = load_swc(path);
  EXPECT_EQ(trees[0].sections.size(), reference.size());
  EXPECT_NEAR(area(trees[0].sections) / area(reference), 1, 1e-3);
}

TEST_F(NeuronSwcMulti, the_sections_simulate_as_neurons_own) {
  const std::string& path =
      file("1 1 0 0 0 5 -1\n2 3 5 0 0 1 1\n3 3 150 0 0 0.5 2\n4 3 -5 0 0 1 1\n5 3 -150 0 0 0.7 4\n");
  const auto run = [](std::vector<Section> sections) {
    for (Section& section : sections) section.insert("hh");
    const IClamp clamp(sections[0](0.5), {.delay_ms = 1, .dur_ms = 1, .amp_nA = 0.5});
    set_dt_ms(0.025);
    finitialize(-65);
    std::vector<double> v;
    for (int i = 0; i < 400; ++i) {
      fadvance();
      for (const Section& section : sections) v.push_back(section(0.5).v());
    }
    delete_sections(sections);
    return v;
  };
  const std::vector<double> ours = run(load_swc_multi(path)[0].sections);
  EXPECT_EQ(ours, run(load_swc(path)));
  EXPECT_GT(*std::max_element(ours.begin(), ours.end()), 0);
}

TEST_F(NeuronSwcMulti, a_bad_file_leaves_nothing_behind) {
  EXPECT_THROW(load_swc_multi(file("1 1 0 0 0 5 -1\n2 3 1 0 0 -1 1\n")), ValueError);
  EXPECT_THROW(load_swc_multi(file("# nothing\n")), ValueError);
  EXPECT_THROW(load_swc_multi("/no/such.swc"), ValueError);
  EXPECT_TRUE(all_sections().empty());
}

}  // namespace
}  // namespace cnv::nrn
