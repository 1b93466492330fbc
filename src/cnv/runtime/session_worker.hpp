// The session's side of a program without a viewer: a HostLoop in a worker, process or thread. Used by PipeTransport.
#pragma once

#include "cnv/runtime/host_loop.hpp"

namespace cnv {

// Until StopSession, an exception outside of reactions, or until the program is gone; shutdown() is always called.
// `speed` as in HostSettings, 0: as fast as it goes. Errors and tracebacks also go to stderr. Returns 0 only without
// errors.
int run_session_worker(SessionFactory source, std::unique_ptr<transport::Channel> channel, double speed = 0);

}  // namespace cnv
