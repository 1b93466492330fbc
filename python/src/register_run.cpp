#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/file_stamp.hpp"
#include "cnv/runtime/launch_again.hpp"
#include "register.hpp"
#include "run.hpp"

namespace cnv::python {

void register_run(nb::module_& m) {
  m.def("run_app", &run_app, nb::arg("scene").none(), nb::arg("source").none(), nb::arg("target").none(),
        nb::arg("title"), nb::arg("program"), nb::arg("figures").none(), nb::arg("restart"),
        "Runs an app to its end; returns (exit status, end).");
  m.def(
      "set_run_options",
      [](const std::vector<std::string>& args) {
        auto options = parse_run_options(args, true);
        if (!options) throw ValueError(options.error());
        process_options() = *options;
        return options->rest;
      },
      nb::arg("args"),
      "Takes the options of `compneurovis run` from the front of args for this process; returns the rest. Raises "
      "ValueError.");
  m.def("show_failure", &show_failure, nb::arg("script"), nb::arg("message"), nb::arg("traceback"), nb::arg("restart"),
        "Shows in the windows that were left to this process why its script shows nothing; returns as run_app.");
  m.def(
      "file_stamp", [](const std::string& path) { return file_stamp(path).numbers(); }, nb::arg("path"),
      "(size, time of change in ns, inode); all 0: there is no such file.");
  m.def("has_handed_windows", &has_handed_windows, "Whether windows were left to this process and not taken over yet.");
  m.def("run_options_help", &run_options_help);
}

}  // namespace cnv::python
