#include "neuron/neuron_fixture.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <sstream>

namespace cnv::nrn::test {
namespace {

void empty_model() {
  const std::vector<Section> sections = all_sections();
  delete_sections(sections);
}

std::string python() {
  const char* environment = std::getenv("VIRTUAL_ENV");
  return environment ? std::string(environment) + "/bin/python" : "python3";
}

}  // namespace

void use_checkout_environment() {
  const std::string environment = std::string(CNV_SOURCE_DIR) + "/.venv";
  if (std::filesystem::exists(environment + "/bin/python")) setenv("VIRTUAL_ENV", environment.c_str(), 0);
}

std::vector<std::string> run_twin(const std::string& arguments) {
  const std::string command = python() + " " + CNV_SOURCE_DIR + "/tests/neuron/twin.py " + arguments;
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), count);
  EXPECT_EQ(pclose(pipe), 0) << command;
  std::vector<std::string> results;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("| ", 0) != 0) continue;
    std::istringstream words(line.substr(2));
    results.insert(results.end(), std::istream_iterator<std::string>(words), {});
  }
  return results;
}

std::string data_file(const std::string& name) { return std::string(CNV_SOURCE_DIR) + "/data/" + name; }

void NeuronTest::SetUp() {
  use_checkout_environment();
  ASSERT_NO_THROW({
    try {
      Runtime::open();
    } catch (const NeuronError& error) {
      std::fprintf(stderr, "These tests need NEURON: %s\n", error.what());
      throw;
    }
  });
  empty_model();
}

void NeuronTest::TearDown() { empty_model(); }

BallAndStick ball_and_stick() {
  BallAndStick model{create_section("soma"), create_section("dend"), {}};
  model.dend.connect(model.soma(1));
  model.soma.set_length_um(12.6157);
  model.soma.set("diam", 12.6157);
  model.dend.set_length_um(200);
  model.dend.set_nseg(51);
  model.dend.set("diam", 1);
  model.soma.insert("hh");
  model.dend.insert("pas");
  model.dend.set("e_pas", -65);
  model.clamp = {model.soma(0.5), {.delay_ms = 5, .dur_ms = 1, .amp_nA = 0.3}};
  set_dt_ms(0.025);
  return model;
}

}  // namespace cnv::nrn::test
