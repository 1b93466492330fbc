// What the viewer says of itself to `compneurovis doctor`.
#pragma once

namespace cnv::app {

// Writes findings (base/findings.hpp) to descriptor 3 where it is a socket, else to stdout: with a window of the
// platform its display, without one everything else. Returns the exit status. Starts and ends Qt.
int print_facts(bool headless);

}  // namespace cnv::app
