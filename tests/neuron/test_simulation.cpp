#include "cnv/backends/neuron/simulation.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cnv/backends/neuron/mechanisms.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

namespace fs = std::filesystem;
using test::error_of;
using ::testing::AllOf;
using ::testing::HasSubstr;
using NeuronSimulation = test::NeuronTest;

TEST_F(NeuronSimulation, ball_and_stick_equals_its_python_twin_in_every_step) {
  test::BallAndStick model = test::ball_and_stick();
  finitialize(-65);
  const std::vector<std::string> twin = test::run_twin("ball_and_stick");
  ASSERT_EQ(twin.size(), 4000u);
  double peak = -100;
  for (int i = 0; i < 1000; ++i) {
    fadvance();
    const double values[] = {model.soma(0.5).v(), model.dend(0.9).v(), model.soma(0.5).get("m_hh"),
                             model.clamp.current_nA()};
    for (int k = 0; k < 4; ++k) ASSERT_EQ(values[k], std::strtod(twin[4 * i + k].c_str(), nullptr)) << "step " << i;
    peak = std::max(peak, values[0]);
  }
  EXPECT_NEAR(time_ms(), 25, 1e-9);
  EXPECT_NEAR(model.soma(0.5).v(), -65.172257, 1e-6);
  EXPECT_NEAR(peak, 33.465503, 1e-6);
}

TEST_F(NeuronSimulation, globals_are_read_and_checked) {
  set_dt_ms(0.05);
  EXPECT_EQ(dt_ms(), 0.05);
  set_celsius(20);
  EXPECT_EQ(celsius(), 20);
  set_celsius(6.3);
  EXPECT_THAT(error_of([] { set_dt_ms(0); }), HasSubstr("above 0"));
  EXPECT_THAT(error_of([] { set_dt_ms(std::nan("")); }), HasSubstr("above 0"));
  EXPECT_THAT(error_of([] { finitialize(std::nan("")); }), HasSubstr("finite"));
  set_dt_ms(0.025);
}

TEST_F(NeuronSimulation, time_is_right_with_several_threads) {
  test::BallAndStick one = test::ball_and_stick();
  test::BallAndStick two = test::ball_and_stick();
  set_thread_count(2);
  finitialize(-65);
  for (int i = 0; i < 40; ++i) fadvance();
  EXPECT_NEAR(time_ms(), 1, 1e-9);
  set_thread_count(1);
  finitialize(-65);
  EXPECT_EQ(time_ms(), 0);
}

TEST_F(NeuronSimulation, a_missing_hoc_file_is_an_error) {
  EXPECT_THAT(error_of([] { load_file("no_such_file.hoc"); }), HasSubstr("no_such_file.hoc"));
}

TEST_F(NeuronSimulation, missing_mechanisms_are_an_error) {
  EXPECT_THAT(error_of([] { load_mechanisms("/no/such/folder"); }),
              AllOf(HasSubstr("/no/such/folder"), HasSubstr("nrnivmodl")));
  const fs::path wrong = fs::temp_directory_path() / ("cnv_not_a_library_" + std::to_string(getpid()) + ".so");
  std::ofstream(wrong) << "text";
  EXPECT_THAT(error_of([&] { load_mechanisms(wrong.string()); }), HasSubstr(wrong.string()));
  fs::remove(wrong);
}

TEST_F(NeuronSimulation, compiled_mechanisms_are_loaded_once) {
  const fs::path folder = fs::temp_directory_path() / ("cnv_mechanisms_" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::copy_file(std::string(CNV_SOURCE_DIR) + "/tests/neuron/leak_twice.mod", folder / "leak_twice.mod",
                fs::copy_options::overwrite_existing);
  const char* environment = std::getenv("VIRTUAL_ENV");
  const std::string bin = environment ? "PATH='" + std::string(environment) + "/bin':\"$PATH\" " : "";
  const std::string compile = "cd '" + folder.string() + "' && " + bin + "nrnivmodl >nrnivmodl.log 2>&1";
  ASSERT_EQ(std::system(compile.c_str()), 0) << compile;

  EXPECT_TRUE(load_mechanisms(folder.string()));
  EXPECT_FALSE(load_mechanisms(folder.string()));
  Section s = create_section("soma");
  s.insert("leak_twice");
  s.set("g_leak_twice", 0.002);
  EXPECT_EQ(s(0.5).get("g_leak_twice"), 0.002);
  finitialize(-65);
  fadvance();
  EXPECT_NEAR(s(0.5).get("i_leak_twice"), 2 * 0.002 * (s(0.5).v() + 60), 1e-2);
  EXPECT_NE(MechanismCatalogue::get().find_density("leak_twice"), nullptr);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace cnv::nrn
