// run_app as Python calls it: turns the parts of an AppSpec into the C++ one and releases the GIL while the host runs.
#pragma once

#include <nanobind/nanobind.h>

#include <string>

#include "cnv/runtime/host_loop.hpp"
#include "cnv/runtime/run_options.hpp"

namespace cnv::python {

namespace nb = nanobind;

// "closed", "until_reached", "interrupted", "failed", "viewer_lost", "again", "running".
std::string_view end_name(HostLoop::End end);

// Options of `compneurovis run` for every later run_app of this process.
RunOptions& process_options();

// Returns (exit status, end): end is "closed", "until_reached", "interrupted", "failed" …. After "again" the end of
// this process is the start of the next one. Throws ViewerError, and what a signal handler of the program raised.
// `restart`: a function that returns (why not, executable, arguments, files, their stamps).
nb::tuple run_app(nb::handle scene, nb::handle source, nb::handle target, const std::string& title,
                  const std::string& program, nb::handle figures, nb::handle restart);

// Shows in the windows that were left to this process why its script shows nothing; returns as run_app.
nb::tuple show_failure(const std::string& script, const std::string& message, const std::string& traceback,
                       nb::handle restart);

}  // namespace cnv::python
