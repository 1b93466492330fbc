#include "cnv/backends/neuron/pointer_sampler.hpp"

#include <cmath>

#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::HasSubstr;
using NeuronPointerSampler = test::NeuronTest;

TEST_F(NeuronPointerSampler, reads_time_variables_and_properties_in_float64) {
  test::BallAndStick model = test::ball_and_stick();
  PointerSampler sampler;
  EXPECT_EQ(sampler.add_time(), 0u);
  EXPECT_EQ(sampler.add(model.soma(0.5), "v"), 1u);
  EXPECT_EQ(sampler.add(model.clamp, "i"), 2u);
  finitialize(-65);
  double values[4];
  for (int i = 0; i < 300; ++i) {
    fadvance();
    sampler.sample(values);
    ASSERT_EQ(values[0], time_ms());
    ASSERT_EQ(values[1], model.soma(0.5).v());
    ASSERT_EQ(values[2], model.clamp.current_nA());
  }
  EXPECT_EQ(sampler.add(model.dend(0.5), "g_pas"), 3u);
  sampler.sample(values);
  EXPECT_EQ(values[3], 0.001);
  EXPECT_EQ(sampler.size(), 4u);
}

TEST_F(NeuronPointerSampler, unknown_names_are_refused) {
  test::BallAndStick model = test::ball_and_stick();
  PointerSampler sampler;
  EXPECT_THAT(error_of([&] { sampler.add(model.dend(0.5), "m_hh"); }), HasSubstr("dend has no range variable 'm_hh'"));
  EXPECT_THAT(error_of([&] { sampler.add(model.clamp, "delay"); }), HasSubstr("'delay'"));
  EXPECT_EQ(sampler.size(), 0u);
}

TEST_F(NeuronPointerSampler, survives_changes_and_reads_nan_for_what_is_gone) {
  test::BallAndStick model = test::ball_and_stick();
  PointerSampler sampler;
  sampler.add(model.soma(0.5), "v");
  sampler.add(model.dend(0.9), "v");
  sampler.add(model.dend(0.9), "i_pas");
  sampler.add_time();
  finitialize(-65);
  double values[4];
  const auto expect_true = [&] {
    sampler.sample(values);
    EXPECT_EQ(values[0], model.soma(0.5).v());
    EXPECT_EQ(values[1], model.dend(0.9).v());
  };
  fadvance();
  expect_true();
  model.dend.set_nseg(3);
  expect_true();
  fadvance();
  expect_true();
  for (int i = 0; i < 50; ++i) create_section("more");
  expect_true();
  fadvance();
  expect_true();
  model.dend.uninsert("pas");
  sampler.sample(values);
  EXPECT_TRUE(std::isnan(values[2]));
  delete_section(model.dend);
  sampler.sample(values);
  EXPECT_TRUE(std::isnan(values[1]));
  EXPECT_EQ(values[0], model.soma(0.5).v());
  fadvance();
  sampler.sample(values);
  EXPECT_EQ(values[3], time_ms());
  delete_sections(all_sections());
  sampler.sample(values);
  EXPECT_TRUE(std::isnan(values[0]));
}

TEST_F(NeuronPointerSampler, takes_over_a_ptr_vector) {
  test::BallAndStick model = test::ball_and_stick();
  const ObjectRef pointers = ObjectRef::create("PtrVector", {1.0});
  api().double_push(0);
  api().rangevar_push(required_symbol("v"), model.soma.get(), 0.5);
  char error[100];
  ASSERT_EQ(api().method_call_nothrow(pointers.get(), api().method_symbol(pointers.get(), "pset"), 2, error, 100), 0);
  api().double_pop();
  PointerSampler sampler = PointerSampler::adopt(pointers);
  ASSERT_EQ(sampler.size(), 1u);
  finitialize(-65);
  double value = 0;
  for (int i = 0; i < 50; ++i) fadvance();
  for (int i = 0; i < 100; ++i) create_section("more");
  fadvance();
  sampler.sample(&value);
  EXPECT_EQ(value, model.soma(0.5).v());
  EXPECT_NE(error_of([&] { sampler.add_time(); }), "");
  EXPECT_THAT(error_of([] { PointerSampler::adopt(ObjectRef::create("Vector")); }),
              HasSubstr("PtrVector is needed, not Vector"));
}

TEST_F(NeuronPointerSampler, an_adopted_pointer_to_a_deleted_section_is_an_error) {
  test::BallAndStick model = test::ball_and_stick();
  const ObjectRef pointers = ObjectRef::create("PtrVector", {1.0});
  api().double_push(0);
  api().rangevar_push(required_symbol("v"), model.dend.get(), 0.5);
  char error[100];
  ASSERT_EQ(api().method_call_nothrow(pointers.get(), api().method_symbol(pointers.get(), "pset"), 2, error, 100), 0);
  api().double_pop();
  PointerSampler sampler = PointerSampler::adopt(pointers);
  delete_section(model.dend);
  double value = 0;
  EXPECT_NE(error_of([&] { sampler.sample(&value); }), "");
}

}  // namespace
}  // namespace cnv::nrn
