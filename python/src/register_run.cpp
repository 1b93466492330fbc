#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cnv/base/exceptions.hpp"
#include "register.hpp"
#include "run.hpp"

namespace cnv::python {

void register_run(nb::module_& m) {
  m.def("run_app", &run_app, nb::arg("scene").none(), nb::arg("source").none(), nb::arg("target").none(),
        nb::arg("title"), nb::arg("program"), nb::arg("figures").none(),
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
  m.def("run_options_help", &run_options_help);
}

}  // namespace cnv::python
