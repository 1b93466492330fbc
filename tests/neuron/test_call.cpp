#include "cnv/backends/neuron/call.hpp"

#include "cnv/backends/neuron/output.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using NeuronCall = test::NeuronTest;

TEST_F(NeuronCall, many_calls_leave_the_stack_as_it_was) {
  double sum = 0;
  for (int i = 0; i < 100'000; ++i) sum += call_function("cos", {0.0});
  EXPECT_EQ(sum, 100'000);
}

TEST_F(NeuronCall, failed_calls_leave_the_stack_as_it_was) {
  const Section a = create_section("a");
  const ObjectRef vector = ObjectRef::create("Vector", {3.0});
  for (int i = 0; i < 3000; ++i) {
    const CurrentSection current(a.get());
    OutputCapture quiet(true);
    ASSERT_NE(error_of([] { call_function("sqrt", {-1.0}); }), "") << i;
    ASSERT_NE(error_of([] { ObjectRef::create("Vector", {-3.0}); }), "") << i;
    ASSERT_NE(error_of([] { call_function("pt3dinsert", {std::string("text"), 2.0}); }), "") << i;
    ASSERT_NE(error_of([&] { vector.call("copy", {1.0}); }), "") << i;
    ASSERT_NE(error_of([] { call_function("pt3dinsert", {7.0, 0.0, 0.0, 0.0, 1.0}); }), "") << i;
    ASSERT_NE(error_of([&] { call_fast(required_symbol("x3d"), "x3d", {4.0}); }), "") << i;
    ASSERT_EQ(api().cas(), a.get()) << i;
  }
  EXPECT_EQ(call_function("sqrt", {4.0}), 2);
}

TEST_F(NeuronCall, an_unknown_function_is_an_error_not_a_crash) {
  EXPECT_THAT(error_of([] { call_function("no_such_function"); }), HasSubstr("nothing named 'no_such_function'"));
}

TEST_F(NeuronCall, the_message_is_the_true_reason) {
  EXPECT_THAT(error_of([] { call_function("sqrt", {-1.0}); }),
              AllOf(HasSubstr("sqrt"), HasSubstr("argument out of domain")));
  EXPECT_THAT(error_of([] { run_hoc("x = nosuch(3)"); }), HasSubstr("nosuch undefined function"));
  EXPECT_THAT(error_of([] { run_hoc("print 3 +"); }), HasSubstr("syntax error"));
  EXPECT_THAT(error_of([] { run_hoc("{execerror(\"my own\", \"text\")}"); }), HasSubstr("my own text"));
}

TEST_F(NeuronCall, errors_of_constructors_are_neuron_errors) {
  EXPECT_THAT(error_of([] { ObjectRef::create("Vector", {-3.0}); }),
              AllOf(HasSubstr("new Vector"), HasSubstr("Arg out of range")));
  EXPECT_THAT(error_of([] { ObjectRef::create("NoSuchClass"); }), HasSubstr("no class named 'NoSuchClass'"));
  EXPECT_THAT(error_of([] { ObjectRef::create("sqrt"); }), HasSubstr("no class named 'sqrt'"));
}

TEST_F(NeuronCall, methods_are_checked) {
  const ObjectRef vector = ObjectRef::create("Vector", {5.0});
  EXPECT_EQ(vector.call("size"), 5);
  EXPECT_EQ(vector.call("fill", {2.0}), 0);  // returns an object
  EXPECT_EQ(vector.call("sum"), 10);
  EXPECT_THAT(error_of([&] { vector.call("no_such_method"); }),
              HasSubstr("Vector has no method named 'no_such_method'"));
  EXPECT_THAT(error_of([&] { ObjectRef().call("size"); }), HasSubstr("empty object"));
}

TEST_F(NeuronCall, errors_do_not_change_a_simulation) {
  const auto run = [] {
    test::BallAndStick model = test::ball_and_stick();
    finitialize(-65);
    for (int i = 0; i < 1000; ++i) fadvance();
    const double v = model.soma(0.5).v();
    delete_sections(all_sections());
    return v;
  };
  const double before = run();
  error_of([] { run_hoc("nosuch()"); });
  error_of([] { call_function("sqrt", {-1.0}); });
  error_of([] { ObjectRef::create("Vector", {-3.0}); });
  EXPECT_EQ(run(), before);
}

TEST(NeuronOutput, the_reason_is_found_in_what_neuron_prints) {
  EXPECT_EQ(readable_error("NEURON: syntax error\n near line 1\n print 3 +\n          ^\n"), "syntax error");
  EXPECT_EQ(readable_error("hh mechanism not inserted in section a\nNEURON: \n near line 0\n ^\n"),
            "hh mechanism not inserted in section a");
  EXPECT_EQ(readable_error("NEURON: Python Callback failed:\nTraceback\nValueError: boom\n near line 0\n ^\n"),
            "Python Callback failed:\nTraceback\nValueError: boom");
  EXPECT_EQ(readable_error(""), "");
}

}  // namespace
}  // namespace cnv::nrn
