#include "cnv/backends/neuron/receiver.hpp"

#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using NeuronReceiver = test::NeuronTest;

TEST_F(NeuronReceiver, takes_the_sections_of_a_list_in_order_with_equal_names) {
  register_receivers();
  register_receivers();
  const Section a = create_section("same"), b = create_section("other"), c = create_section("same");
  const ObjectRef list = ObjectRef::create("SectionList");
  for (const Section* section : {&c, &a, &b}) {
    const CurrentSection current(section->get());
    list.call("append");
  }
  EXPECT_EQ(call_function("cnv_take_sections", {list.get()}), 3);
  EXPECT_THAT(take_sections(), ElementsAre(c, a, b));
  EXPECT_THAT(take_sections(), IsEmpty());
}

TEST_F(NeuronReceiver, wrong_arguments_take_nothing) {
  register_receivers();
  const ObjectRef vector = ObjectRef::create("Vector");
  EXPECT_EQ(call_function("cnv_take_sections", {vector.get()}), 0);
  EXPECT_THAT(take_sections(), IsEmpty());
  EXPECT_NE(error_of([] { call_function("cnv_take_sections", {1.0}); }), "");
  EXPECT_NE(error_of([] { call_function("cnv_take_sections"); }), "");
}

TEST_F(NeuronReceiver, takes_an_object) {
  register_receivers();
  {
    const ObjectRef pointers = ObjectRef::create("PtrVector", {3.0});
    call_function("cnv_take_object", {pointers.get()});
  }
  const ObjectRef taken = take_object();
  EXPECT_EQ(taken.class_name(), "PtrVector");
  EXPECT_EQ(taken.call("size"), 3);
  EXPECT_FALSE(take_object());
}

}  // namespace
}  // namespace cnv::nrn
