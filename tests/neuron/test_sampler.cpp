#include "cnv/backends/neuron/sampler.hpp"

#include <cmath>
#include <functional>

#include "cnv/backends/neuron/call.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::HasSubstr;

class NeuronSampler : public test::BallAndStickTest {
 protected:
  std::vector<Segment> everywhere() const {
    std::vector<Segment> places;
    for (const Section& section : all_sections()) {
      const std::vector<Segment> segments = section.segments();
      places.insert(places.end(), segments.begin(), segments.end());
    }
    return places;
  }
  // Each sampled value is what NEURON reads there one by one.
  static void expect_true(Sampler& sampler, const std::vector<Segment>& places) {
    std::vector<float> values(sampler.size(), -1);
    sampler.sample(values.data());
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Section& section = places[i].section();
      if (section.valid() && section.has_variable(sampler.variable())) {
        ASSERT_EQ(values[i], static_cast<float>(places[i].get(sampler.variable()))) << i;
      } else {
        ASSERT_TRUE(std::isnan(values[i])) << i;
      }
    }
  }
  static void steps(int count) {
    for (int i = 0; i < count; ++i) fadvance();
  }
};

TEST_F(NeuronSampler, reads_the_potential_of_every_segment_after_each_step) {
  const std::vector<Segment> places = everywhere();
  finitialize(-65);
  Sampler sampler(places, "v");
  for (int i = 0; i < 400; ++i) {
    fadvance();
    expect_true(sampler, places);
  }
  EXPECT_EQ(sampler.rebuilds(), 1);
  EXPECT_LT(model_.soma(0.5).v(), -70) << "the cell should have spiked";
}

TEST_F(NeuronSampler, reads_any_range_variable_and_nan_where_it_is_absent) {
  const std::vector<Segment> places = everywhere();
  finitialize(-65);
  for (const char* name : {"m_hh", "ina", "g_pas", "i_pas", "diam", "cm", "i_cap", "gnabar_hh"}) {
    Sampler sampler(places, name);
    steps(10);
    expect_true(sampler, places);
  }
  EXPECT_THAT(error_of([&] { Sampler(places, "no_such"); }), HasSubstr("'no_such'"));
}

TEST_F(NeuronSampler, a_variable_absent_everywhere_reads_nan) {
  const std::vector<Segment> places = everywhere();
  Sampler sampler(places, "e_extracellular");
  finitialize(-65);
  steps(2);
  expect_true(sampler, places);
}

TEST_F(NeuronSampler, places_may_be_any_and_repeat) {
  const std::vector<Segment> places{model_.dend(0.9), model_.soma(0), model_.dend(0.9), model_.soma(1),
                                    model_.dend(0.011)};
  finitialize(-65);
  Sampler sampler(places, "v");
  steps(300);
  expect_true(sampler, places);
}

TEST_F(NeuronSampler, follows_every_change_of_the_structure) {
  const std::vector<Segment> places = everywhere();
  finitialize(-65);
  Sampler v(places, "v"), m(places, "m_hh");
  std::vector<Section> more;
  std::vector<PointProcess> points;
  struct Edit {
    const char* name;
    std::function<void()> apply;
    bool step_at_once = true;  // false where NEURON needs a new initialisation first
  };
  const std::vector<Edit> edits{
      {"new mechanism", [&] { model_.dend.insert("hh"); }},
      {"nseg", [&] { model_.dend.set_nseg(7); }},
      {"new sections",
       [&] {
         for (int i = 0; i < 100; ++i) more.push_back(create_section("more"));
         more[3].connect(model_.dend(1));
       }},
      {"new point process", [&] { points.emplace_back("ExpSyn", model_.soma(0.5)); }},
      {"point process gone", [&] { points.clear(); }},
      {"two threads", [] { set_thread_count(2); }, false},
      {"one thread", [] { set_thread_count(1); }, false},
      {"mechanism gone", [&] { model_.dend.uninsert("hh"); }},
      {"sections gone", [&] { delete_sections(more); }},
      {"diameter", [&] { model_.dend.set("diam", 2); }},
      {"variable step on", [] { run_hoc("objref cv\ncv = new CVode()\n{cv.active(1)}"); }, false},
      {"variable step off", [] { run_hoc("{cv.active(0)}\nobjref cv"); }, false},
  };
  for (const Edit& edit : edits) {
    SCOPED_TRACE(edit.name);
    edit.apply();
    expect_true(v, places);  // before the next step
    expect_true(m, places);
    if (edit.step_at_once) fadvance();
    expect_true(v, places);  // after a step without new initialisation
    expect_true(m, places);
    finitialize(-65);
    steps(200);
    expect_true(v, places);
    expect_true(m, places);
  }
}

TEST_F(NeuronSampler, deleted_sections_read_nan) {
  const std::vector<Segment> places = everywhere();
  finitialize(-65);
  Sampler sampler(places, "v");
  steps(3);
  delete_section(model_.dend);
  expect_true(sampler, places);
  fadvance();
  expect_true(sampler, places);
  delete_section(model_.soma);
  expect_true(sampler, places);
}

TEST_F(NeuronSampler, an_empty_list_is_fine) {
  Sampler sampler({}, "v");
  finitialize(-65);
  fadvance();
  sampler.sample(nullptr);
  EXPECT_EQ(sampler.size(), 0u);
}

}  // namespace
}  // namespace cnv::nrn
