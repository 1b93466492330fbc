// The C++ code of docs/concepts/neuron-utilities.md; tests/python/test_neuron_utils.py compares the two.
#include <filesystem>

#include "cnv/neuron.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using NeuronToolsPage = test::NeuronTest;

TEST_F(NeuronToolsPage, its_code_runs) {
  const auto before = std::filesystem::current_path();
  const auto folder = std::filesystem::temp_directory_path() / "cnv_tools_page";
  std::filesystem::create_directories(folder);
  std::filesystem::copy_file(test::data_file("m3s4s4t-vp-sup.CNG.swc"), folder / "cell.swc",
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::current_path(folder);
  // [page]
  std::vector<cnv::nrn::SwcTree> trees = cnv::nrn::load_swc_multi("cell.swc", "cell");
  std::vector<cnv::nrn::Section>& sections = trees[0].sections;
  for (cnv::nrn::Section& section : sections) section.insert("hh");
  cnv::nrn::IClamp clamp(sections[0](0.5), {.delay_ms = 1, .dur_ms = 5, .amp_nA = 0.5});
  cnv::nrn::export_json("cell.json", sections);

  cnv::nrn::ImportedModel copy = cnv::nrn::import_json("cell.json");
  cnv::nrn::generate_layout(copy.sections, {.branch_angle_deg = 45});
  // [page]
  std::filesystem::current_path(before);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(copy.sections.size(), sections.size());
  EXPECT_EQ(copy.point_processes.at(0).get("amp"), 0.5);
  EXPECT_EQ(copy.sections.back().point_count(), 2);
}

}  // namespace
}  // namespace cnv::nrn
