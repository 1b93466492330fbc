#include "cnv/backends/neuron/display_variables.hpp"

#include <algorithm>

#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using ::testing::Contains;
using ::testing::Not;

class NeuronDisplayVariables : public test::BallAndStickTest {
 protected:
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& v : display_variables(all_sections())) out.push_back(v.name);
    return out;
  }
  static DisplayVariable find(const std::string& name) {
    for (const auto& v : display_variables(all_sections()))
      if (v.name == name) return v;
    return {};
  }
};

TEST_F(NeuronDisplayVariables, are_the_potential_and_what_the_mechanisms_of_the_cell_have) {
  const auto all = names();
  EXPECT_EQ(all.front(), "v");
  for (const char* name : {"m_hh", "gna_hh", "ina", "ik", "ena", "i_pas", "i_cap", "diam"})
    EXPECT_THAT(all, Contains(name));
  EXPECT_THAT(all, Not(Contains("dina_dv_"))) << "NEURON's own helper";
  EXPECT_THAT(all, Not(Contains("vext"))) << "no section has extracellular";
  for (const auto& name : all) EXPECT_EQ(std::count(all.begin(), all.end(), name), 1) << name;
}

TEST_F(NeuronDisplayVariables, have_the_units_of_neuron_and_the_limits_that_suit_them) {
  EXPECT_EQ(find("v"), (DisplayVariable{"v", "mV", "", Limits{-80, 50}}));
  EXPECT_EQ(find("ina"), (DisplayVariable{"ina", "mA/cm²", "na_ion", std::nullopt}));
  EXPECT_EQ(find("m_hh"), (DisplayVariable{"m_hh", "", "hh", Limits{0, 1}}));
  EXPECT_EQ(find("gnabar_hh").unit, "S/cm²");
  EXPECT_EQ(find("minf_hh").limits, std::nullopt) << "no state: nothing says that it is a gate";
  EXPECT_EQ(find("nai"), (DisplayVariable{"nai", "mM", "na_ion", std::nullopt}));
  EXPECT_EQ(display_variable("no_such_thing"), (DisplayVariable{"no_such_thing", "", "", std::nullopt}));
}

TEST_F(NeuronDisplayVariables, print_units_as_people_write_them) {
  EXPECT_EQ(printed_unit("mA/cm2"), "mA/cm²");
  EXPECT_EQ(printed_unit("um"), "µm");
  EXPECT_EQ(printed_unit("uF/cm2"), "µF/cm²");
  EXPECT_EQ(printed_unit("MOhm/cm"), "MΩ/cm");
  EXPECT_EQ(printed_unit("ohm-cm"), "Ω-cm");
  EXPECT_EQ(printed_unit("ms-1"), "ms⁻¹");
  EXPECT_EQ(printed_unit("/ms"), "/ms");
  EXPECT_EQ(printed_unit("1"), "");
  EXPECT_EQ(printed_unit("u"), "u");
}

}  // namespace
}  // namespace cnv::nrn
