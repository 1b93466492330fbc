// The third file, tutorial.hpp, is the code of docs/tutorials/neuron-session.md.
#include "tutorial.hpp"

#include <cstdio>
#include <string_view>

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--which-viewer") return std::puts(cnv::find_viewer({}).c_str()) < 0;
  return cnv::run_app(cnv::build_neuron_app<Sampled>(), argc, argv);
}
