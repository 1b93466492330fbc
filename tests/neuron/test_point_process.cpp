#include "cnv/backends/neuron/point_process.hpp"

#include <cmath>
#include <cstdlib>

#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::AllOf;
using ::testing::HasSubstr;
using NeuronPointProcess = test::NeuronTest;

TEST_F(NeuronPointProcess, lies_on_its_section_whatever_the_current_one_is) {
  const Section first = create_section("first"), second = create_section("second");
  PointProcess synapse("ExpSyn", second(0.5));
  const CurrentSection nothing_to_do_with_it(first.get());
  EXPECT_EQ(synapse.object().call("get_loc"), 0.5);
  EXPECT_EQ(api().cas(), second.get());
  api().section_pop();  // get_loc pushed it
}

TEST_F(NeuronPointProcess, unknown_names_and_properties_list_what_exists) {
  const Section s = create_section("soma");
  EXPECT_THAT(error_of([&] { PointProcess("NoSuch", s(0.5)); }), AllOf(HasSubstr("'NoSuch'"), HasSubstr("IClamp")));
  EXPECT_THAT(error_of([&] { PointProcess("hh", s(0.5)); }), HasSubstr("no point process 'hh'"));
  PointProcess clamp("IClamp", s(0.5));
  EXPECT_THAT(error_of([&] { clamp.set("delay", 1); }),
              AllOf(HasSubstr("IClamp"), HasSubstr("'delay'"), HasSubstr("del, dur, amp")));
  EXPECT_THAT(error_of([&] { clamp.get("no_such"); }), HasSubstr("'no_such'"));
  EXPECT_THAT(error_of([&] { clamp.set("amp", std::nan("")); }), HasSubstr("finite"));
  EXPECT_THAT(error_of([] { PointProcess().get("amp"); }), HasSubstr("empty"));
}

TEST_F(NeuronPointProcess, a_clamp_takes_its_options_and_finite_values) {
  const Section s = create_section("soma");
  IClamp clamp{s(0.5), {.delay_ms = 1, .dur_ms = 500, .amp_nA = 0.5}};
  EXPECT_EQ(clamp.delay_ms(), 1);
  EXPECT_EQ(clamp.dur_ms(), 500);
  EXPECT_EQ(clamp.amp_nA(), 0.5);
  EXPECT_TRUE(clamp.set_amp(0.7));
  EXPECT_FALSE(clamp.set_amp(INFINITY));
  EXPECT_EQ(clamp.amp_nA(), 0.7);
}

TEST_F(NeuronPointProcess, many_errors_of_constructors_are_survived) {
  const Section s = create_section("soma");
  for (int i = 0; i < 2000; ++i) {
    OutputCapture quiet(true);
    ASSERT_NE(error_of([&] {
                const CurrentSection current(s.get());
                ObjectRef::create("IClamp", {7.0});
              }),
              "");
  }
  EXPECT_EQ(IClamp(s(0.5), {.amp_nA = 2}).amp_nA(), 2);
}

TEST_F(NeuronPointProcess, use_after_deletion_of_the_section_is_an_error) {
  const Section s = create_section("soma");
  IClamp clamp(s(0.5));
  delete_section(s);
  EXPECT_FALSE(clamp.valid());
  EXPECT_THAT(error_of([&] { clamp.set_amp(1); }), HasSubstr("deleted"));
}

TEST_F(NeuronPointProcess, leaves_the_model_with_its_last_handle) {
  const Section s = create_section("soma");
  const auto count = [] { return ObjectRef::create("List", {std::string("IClamp")}).call("count"); };
  {
    const IClamp clamp(s(0.5));
    const IClamp copy = clamp;
    EXPECT_EQ(count(), 1);
  }
  EXPECT_EQ(count(), 0);
}

TEST_F(NeuronPointProcess, a_network_runs_as_its_python_twin) {
  Section pre = create_section("pre"), post = create_section("post");
  for (Section* section : {&pre, &post}) {
    section->set_length_um(20);
    section->set("diam", 20);
    section->insert("hh");
  }
  PointProcess stimulus("NetStim");
  stimulus.set("start", 2);
  stimulus.set("number", 1);
  stimulus.set("interval", 10);
  stimulus.set("noise", 0);
  const PointProcess first("ExpSyn", pre(0.5)), second("ExpSyn", post(0.5));
  const NetCon drive(stimulus, first, {.delay_ms = 1, .weight = 0.05});
  NetCon link(pre(0.5), second, {.threshold_mV = 0, .delay_ms = 2, .weight = 0});
  EXPECT_TRUE(link.set_weight(0.05));
  EXPECT_FALSE(link.set_weight(std::nan("")));
  EXPECT_EQ(link.weight(), 0.05);
  EXPECT_EQ(link.delay_ms(), 2);
  EXPECT_EQ(link.threshold_mV(), 0);
  set_dt_ms(0.025);
  finitialize(-65);

  const std::vector<std::string> twin = test::run_twin("network");
  ASSERT_EQ(twin.size(), 1600u);
  double peak = -100;
  for (int i = 0; i < 800; ++i) {
    fadvance();
    ASSERT_EQ(pre(0.5).v(), std::strtod(twin[2 * i].c_str(), nullptr)) << "step " << i;
    ASSERT_EQ(post(0.5).v(), std::strtod(twin[2 * i + 1].c_str(), nullptr)) << "step " << i;
    peak = std::max(peak, post(0.5).v());
  }
  EXPECT_GT(peak, 0) << "the second cell should have spiked";
}

TEST_F(NeuronPointProcess, a_connection_needs_both_ends) {
  const Section s = create_section("soma");
  EXPECT_THAT(error_of([&] { NetCon(s(0.5), PointProcess()); }), HasSubstr("source and a target"));
  EXPECT_THAT(error_of([] { NetCon().weight(); }), HasSubstr("empty NetCon"));
}

}  // namespace
}  // namespace cnv::nrn
