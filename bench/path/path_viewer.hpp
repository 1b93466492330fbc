// The viewer of the whole-path benchmarks that drive a host loop themselves: without a window, in a process of its own.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "cnv/runtime/find_viewer.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv::bench {

struct AttachedViewer {
  transport::ChildProcess process;
  std::unique_ptr<transport::Channel> channel;  // for HostLoop::add_viewer
};

// Ends the program, with the reason on stderr, when no viewer starts.
inline AttachedViewer start_viewer() {
  const auto ends = transport::make_socket_pair();
  auto spawned = transport::spawn(
      {find_viewer({}), {"--headless"}, transport::viewer_environment(transport::current_environment()), ends.theirs});
  ::close(ends.theirs);
  if (const auto* error = std::get_if<transport::SpawnError>(&spawned)) {
    std::fprintf(stderr, "no viewer: %s\n", error->text.c_str());
    std::exit(1);
  }
  return {std::get<transport::ChildProcess>(std::move(spawned)),
          transport::make_pipe_channel(ends.ours, {}, transport::Served::by_caller)};
}

}  // namespace cnv::bench
