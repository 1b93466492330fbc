// What the viewer's shared library offers. The executable runs it in a process of its own; launch opens it in the
// model's process only where the system lets no process start.
#pragma once

#include <functional>
#include <memory>

#include "cnv/transport/channel.hpp"

namespace cnv {

struct ViewerRun {
  std::unique_ptr<transport::Channel> channel;
  int control = -1;         // over which the program's next process comes (transport/pipe/handover.hpp); -1: none can
  bool headless = false;    // no window and no display
  bool own_process = true;  // false: this process belongs to the user's program
  std::function<void()> turn;  // called about 20 times a second by the viewer's thread; may be empty
};

// All functions are called from one thread, which in a process should be the main thread.
struct ViewerLibrary {
  const char* version;  // of the project; another one does not fit
  // Sets what must be set before other threads start, and looks for a display. 0, or the exit status of a viewer that
  // cannot open a window (said on stderr).
  int (*prepare)(bool headless);
  // Shows the window until it is closed or, without one, until the model is gone. Returns the exit status.
  int (*run)(ViewerRun& run);
};

// What helps where no window can be opened, behind "Run it".
inline constexpr const char* no_window_advice =
    "in a desktop session, or without a window: compneurovis run --headless script.py (a C++ app: --headless)";

// Name of the only symbol that the library exports: `const ViewerLibrary* ()`.
inline constexpr const char* viewer_library_symbol = "compneurovis_viewer_library";
inline constexpr const char* viewer_library_file = "libcompneurovis-viewer.so";
using ViewerLibraryFunction = const ViewerLibrary* (*)();

}  // namespace cnv
