// How a host runs a session: pace, limits, what to write at the end. Filled from the command line, or by tests.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cnv/core/value.hpp"
#include "cnv/protocol/host_messages.hpp"
#include "cnv/transport/channel.hpp"

namespace cnv {

struct HostSettings {
  std::string title;                 // of the app; empty: the scene's
  std::string program;               // script or executable, for people
  std::vector<std::string> windows;  // names of the viewers, when there are several: each gets its number
  std::string theme = "system";      // "light", "dark", "system"
  std::optional<double> speed;       // ms of model time per s; 0: max; none: 20, or max when windowless
  bool windowless = false;           // an exception ends the run; so does the first picture of an app without a session
  std::optional<double> until_ms;    // stop at this model time
  std::optional<double> wall_s;      // stop after this long since the model runs
  std::string screenshot, report, dump;  // written by the viewer at the end
  std::string figure;                    // size of the pictures in the dump; empty: as in the window
  double min_send_interval_s = 0.012;    // between batches to one viewer
  double quantum_s = 0.004;              // at most this long in advance() between looks at commands
  double first_frame_timeout_s = 5.0;
  double finish_timeout_s = 60.0;     // at the end, for a viewer that writes files
  double last_words_timeout_s = 0.5;  // at the end, for one that does not: to take the last batch
  double silence_timeout_s = 10.0;    // a viewer that says nothing for so long at the end is given up
  // True once Ctrl-C was pressed; asked between batches.
  std::function<bool()> interrupted;
  // True once when the files above are wanted now, while the model goes on; asked between batches.
  std::function<bool()> files_wanted;
  // A channel to a new viewer in place of the one with this name, or null; `reason` says what happened to that one.
  std::function<std::unique_ptr<transport::Channel>(const std::string& name, const std::string& reason)> replace_viewer;
  // How this program is started anew; asked when a viewer comes, after the model has been built, and after failures.
  // None: nobody knows.
  std::function<Restart()> restart;
  // Asked when somebody wants that: empty, or what is in its way at this moment.
  std::function<std::string()> restart_problem;
  // What the host has counted, as in the report: once per second and at the end. On the host's thread.
  std::function<void(const Dict& report)> on_figures;
  // One line for the terminal: problems, errors, lost viewers.
  std::function<void(const std::string& text)> log;
};

}  // namespace cnv
