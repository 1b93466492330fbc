#include "cnv/backends/neuron/section_json.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cnv/base/exceptions.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class NeuronSectionJson : public test::NeuronTest {
 protected:
  void TearDown() override {
    fs::remove(path_);
    test::NeuronTest::TearDown();
  }
  std::string text() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void replace(const std::string& from, const std::string& to) {
    std::string all = text();
    ASSERT_NE(all.find(from), std::string::npos) << all;
    all.replace(all.find(from), from.size(), to);
    std::ofstream(path_) << all;
  }
  std::string error() const {
    try {
      import_json(path_);
    } catch (const ValueError& problem) {
      return problem.what();
    }
    return "";
  }
  const std::string path_ =
      (fs::temp_directory_path() / ("cnv_sections_" + std::to_string(getpid()) + ".json")).string();
};

TEST_F(NeuronSectionJson, the_layout_of_the_file) {
  Section soma = create_section("soma"), dend = create_section("dend");
  soma.add_point(0, 0, 0, 4);
  soma.add_point(8, 0, 0, 4);
  soma.insert("pas");
  dend.set_length_um(50);
  dend.set("diam", 1.5);
  dend.set_nseg(2);
  dend.connect(soma(1));
  const IClamp clamp(soma(0.5), {.delay_ms = 5, .dur_ms = 1, .amp_nA = 0.25});
  const Section both[] = {soma, dend};
  export_json(path_, both);
  std::string compact;
  for (const char c : text()) {
    if (c != ' ' && c != '\n') compact += c;
  }
  EXPECT_EQ(
      compact,
      R"({"sections":{"soma":{"parent":null,"parent_x":null,"geometry":[{"x":0.0,"y":0.0,"z":0.0,"diam":4.0},)"
      R"({"x":8.0,"y":0.0,"z":0.0,"diam":4.0}],"nseg":1,"Ra":35.4,"cm":[1.0],"density_mechs":{"pas":{"g":[0.001],"e":[-70.0]}},)"
      R"("ions":{},"point_processes":[{"type":"IClamp","section_loc":{"section":"soma","loc":0.5},)"
      R"("parameters":{"del":5.0,"dur":1.0,"amp":0.25}}]},"dend":{"parent":"soma","parent_x":1.0,"geometry":[],"L":50.0,)"
      R"("diam":[1.5,1.5],"nseg":2,"Ra":35.4,"cm":[1.0,1.0],"density_mechs":{},"ions":{},"point_processes":[]}}})");
}

TEST_F(NeuronSectionJson, a_round_trip_gives_the_same_simulation_and_file) {
  const auto run = [](const Section& soma, const Section& dend) {
    finitialize(-65);
    std::vector<double> v;
    for (int i = 0; i < 400; ++i) {
      fadvance();
      v.insert(v.end(), {soma(0.5).v(), dend(0.9).v()});
    }
    return v;
  };
  std::vector<double> before;
  std::string first;
  {
    const test::BallAndStick model = test::ball_and_stick();
    const Section both[] = {model.soma, model.dend};
    export_json(path_, both);
    first = text();
    before = run(model.soma, model.dend);
    delete_sections(both);
  }
  const ImportedModel model = import_json(path_);
  ASSERT_EQ(model.sections.size(), 2u);
  ASSERT_EQ(model.point_processes.size(), 1u);
  EXPECT_EQ(model.sections[1].parent(), model.sections[0]);
  export_json(path_, model.sections);
  EXPECT_EQ(text(), first);
  EXPECT_EQ(run(model.sections[0], model.sections[1]), before);
}

TEST_F(NeuronSectionJson, point_processes_keep_their_order_also_on_one_segment) {
  const Section soma = create_section("soma");
  std::vector<PointProcess> synapses;
  for (int i = 0; i < 5; ++i) {
    synapses.emplace_back("ExpSyn", soma(0.5));
    synapses.back().set("tau", 1 + i);
  }
  export_json(path_, std::span(&soma, 1));
  const std::string first = text();
  synapses.clear();
  delete_section(soma);
  const ImportedModel model = import_json(path_);
  ASSERT_EQ(model.point_processes.size(), 5u);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(model.point_processes[i].get("tau"), 1 + i);
  export_json(path_, model.sections);
  EXPECT_EQ(text(), first);
}

TEST_F(NeuronSectionJson, errors_name_file_and_key_and_leave_nothing_behind) {
  const auto write = [&] {
    const test::BallAndStick model = test::ball_and_stick();
    const Section both[] = {model.soma, model.dend};
    export_json(path_, both);
    delete_sections(both);
  };
  const std::pair<std::string, std::pair<std::string, std::string>> cases[] = {
      {"sections.soma.density_mechs.nix: Cannot insert 'nix'", {R"("hh": {)", R"("nix": {)"}},
      {"sections.soma: 'Ra' is missing", {R"("Ra")", R"("ra")"}},
      {"sections.dend.parent: there is no section 'somb'", {R"("parent": "soma")", R"("parent": "somb")"}},
      {"point_processes[0].parameters.nix: IClamp has no property", {R"("amp")", R"("nix")"}},
      {"is not JSON", {R"("sections")", R"(sections)"}},
  };
  for (const auto& [problem, change] : cases) {
    write();
    replace(change.first, change.second);
    EXPECT_THAT(error(), ::testing::AllOf(StartsWith(path_ + ": "), HasSubstr(problem)));
    EXPECT_TRUE(all_sections().empty());
  }
  EXPECT_THROW(import_json("/no/such.json"), ValueError);
  const Section same[] = {create_section("a"), create_section("a")};
  EXPECT_THAT(test::error_of([&] { export_json(path_, same); }), HasSubstr("Two sections are named a"));
  EXPECT_THROW(export_json("/no/such/folder.json", std::span(same, 1)), ValueError);
}

}  // namespace
}  // namespace cnv::nrn
