#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/file_stamp.hpp"
#include "cnv/runtime/doctor.hpp"
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
  m.def("run_options_want_files", [] {
    const RunOptions& given = process_options();
    return !given.screenshot.empty() || !given.report.empty() || !given.dump.empty();
  });
  m.def("run_option_doctor", [] { return process_options().doctor; });
  m.def("run_option_viewer", [] { return process_options().viewer; });
  m.def(
      "doctor",
      [](const std::vector<std::tuple<std::string, std::string, std::string>>& findings, const std::string& viewer) {
        std::vector<Finding> all;
        for (const auto& [name, value, problem] : findings) all.push_back({name, value, problem});
        for (const auto& more : {examine_system(), examine_viewer(viewer)})
          all.insert(all.end(), more.begin(), more.end());
        return std::make_tuple(findings_text(all), is_well(all));
      },
      nb::arg("findings"), nb::arg("viewer"),
      "The text of `compneurovis doctor`, and whether nothing is wrong; `findings`: (name, value, problem), to begin "
      "with.");
  m.attr("version") = CNV_VERSION;
}

}  // namespace cnv::python
