// run_app as Python calls it: turns the parts of an AppSpec into the C++ one and releases the GIL while the host runs.
#pragma once

#include <nanobind/nanobind.h>

#include <string>

#include "cnv/runtime/host_loop.hpp"
#include "cnv/runtime/run_options.hpp"

namespace cnv::python {

namespace nb = nanobind;

// "closed", "until_reached", "interrupted", "failed", "viewer_lost", "running".
std::string_view end_name(HostLoop::End end);

// Options of `compneurovis run` for every later run_app of this process.
RunOptions& process_options();

// Returns (exit status, end): end is "closed", "until_reached", "interrupted", "failed" …. Throws ViewerError, and what
// a signal handler of the program raised.
nb::tuple run_app(nb::handle scene, nb::handle source, nb::handle target, const std::string& title,
                  const std::string& program, nb::handle figures);

}  // namespace cnv::python
