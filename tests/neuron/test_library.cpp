#include "cnv/backends/neuron/library.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>

#include "neuron/neuron_fixture.hpp"

namespace cnv::nrn {
namespace {

using test::error_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(NeuronLibrary, a_path_without_the_library_is_named_with_what_to_do) {
  EXPECT_THAT(error_of([] { find_library("/no/such/place"); }),
              AllOf(HasSubstr("/no/such/place"), HasSubstr("the path given"), HasSubstr("pip install")));
}

TEST(NeuronLibrary, a_wrong_environment_variable_is_named) {
  const char* before = std::getenv("CNV_NEURON_LIBRARY");
  const std::string kept = before ? before : "";
  setenv("CNV_NEURON_LIBRARY", "/no/such/libnrniv.so", 1);
  EXPECT_THAT(error_of([] { find_library(); }),
              AllOf(HasSubstr("/no/such/libnrniv.so"), HasSubstr("CNV_NEURON_LIBRARY")));
  before ? setenv("CNV_NEURON_LIBRARY", kept.c_str(), 1) : unsetenv("CNV_NEURON_LIBRARY");
}

TEST(NeuronLibrary, the_environment_gives_a_library_that_exists) {
  test::use_checkout_environment();
  const std::string found = find_library();
  EXPECT_TRUE(std::filesystem::is_regular_file(found)) << found;
  EXPECT_EQ(find_library(std::filesystem::path(found).parent_path().string()), found);
}

TEST(NeuronApi, a_library_that_is_not_neuron_lacks_a_named_symbol) {
  void* maths = dlopen("libm.so.6", RTLD_NOW);
  ASSERT_NE(maths, nullptr);
  EXPECT_THAT(error_of([&] { bind_api(maths, "/lib/libm.so.6"); }),
              AllOf(HasSubstr("/lib/libm.so.6"), HasSubstr("nrn_init"), HasSubstr("older than 9.0")));
}

TEST(NeuronApi, versions_before_9_are_refused) {
  EXPECT_THAT(error_of([] { check_version("8.2.6", "/x/libnrniv.so"); }),
              AllOf(HasSubstr("8.2.6"), HasSubstr("/x/libnrniv.so"), HasSubstr("9.0 or later")));
  EXPECT_THAT(error_of([] { check_version("", "/x"); }), HasSubstr("unknown version"));
  EXPECT_EQ(error_of([] { check_version("9.0.2", "/x"); }), "");
  EXPECT_EQ(error_of([] { check_version("10.1.0", "/x"); }), "");
}

using NeuronRuntime = test::NeuronTest;

TEST_F(NeuronRuntime, opens_once_and_knows_path_and_version) {
  Runtime& runtime = Runtime::open();
  EXPECT_EQ(&runtime, &Runtime::open());
  EXPECT_EQ(&runtime, &Runtime::open(runtime.library_path()));
  EXPECT_THAT(runtime.version(), ::testing::MatchesRegex("[0-9]+\\.[0-9]+\\..*"));
  EXPECT_FALSE(runtime.attached());
  EXPECT_EQ(loaded_library(), runtime.library_path());
  EXPECT_TRUE(is_loaded(runtime.library_path()));
}

TEST_F(NeuronRuntime, a_second_library_is_refused) {
  EXPECT_THAT(error_of([] { Runtime::open("/bin/sh"); }), HasSubstr("already loaded from"));
}

TEST_F(NeuronRuntime, hoc_files_of_neuron_are_found_without_neuronhome) {
  EXPECT_EQ(error_of([] { load_file("stdrun.hoc"); }), "");
}

}  // namespace
}  // namespace cnv::nrn
