// compneurovis-viewer: the viewer in a process of its own, started by run_app with sockets as descriptors 3 and 4.
#include <sys/socket.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "cnv/runtime/viewer_library.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/pipe/spawn.hpp"

extern "C" const cnv::ViewerLibrary* compneurovis_viewer_library();

namespace {

bool is_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App options{"The window of a running CompNeuroVis model. It is started by the model's program."};
  bool headless = false;
  options.add_flag("--headless", headless, "no window and no display");
  options.allow_extras();
  CLI11_PARSE(options, argc, argv);
  if (!is_socket(cnv::transport::child_socket)) {
    std::fprintf(stderr,
                 "compneurovis-viewer is started by a model's program, not by hand: run your script with\n  "
                 "compneurovis run script.py\n");
    return 2;
  }
  const auto& viewer = *compneurovis_viewer_library();
  if (const int status = viewer.prepare(headless)) return status;
  const int control = is_socket(cnv::transport::child_control) ? cnv::transport::child_control : -1;
  cnv::ViewerRun run{.channel = cnv::transport::make_pipe_channel(cnv::transport::child_socket),
                     .control = control,
                     .headless = headless};
  return viewer.run(run);
}
