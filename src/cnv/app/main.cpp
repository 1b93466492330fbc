// What the executable runs: the viewer in a process of its own, started by run_app with sockets as descriptors 3 and 4;
// or, by hand, what of the viewer works here.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "cnv/app/facts.hpp"
#include "cnv/runtime/viewer_library.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/pipe/spawn.hpp"

extern "C" const cnv::ViewerLibrary* compneurovis_viewer_library();

extern "C" __attribute__((visibility("default"))) int compneurovis_viewer_main(int argc, char** argv) {
  CLI::App options{"The window of a running CompNeuroVis model. It is started by the model's program."};
  bool headless = false, facts = false;
  options.add_flag("--headless", headless, "no window and no display");
  options.add_flag("--facts", facts, "says what it is made of and what it finds here (compneurovis doctor reads it)");
  options.set_version_flag("--version", CNV_VERSION);
  options.allow_extras();
  CLI11_PARSE(options, argc, argv);
  if (facts) return cnv::app::print_facts(headless);
  if (!cnv::transport::is_socket(cnv::transport::child_socket)) {
    std::fprintf(stderr,
                 "compneurovis-viewer is started by a model's program, not by hand: run your script with\n  "
                 "compneurovis run script.py\n");
    return 2;
  }
  const auto& viewer = *compneurovis_viewer_library();
  if (const int status = viewer.prepare(headless)) return status;
  const int control = cnv::transport::is_socket(cnv::transport::child_control) ? cnv::transport::child_control : -1;
  cnv::ViewerRun run{.channel = cnv::transport::make_pipe_channel(cnv::transport::child_socket),
                     .control = control,
                     .headless = headless};
  return viewer.run(run);
}
