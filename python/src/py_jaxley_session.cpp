#include "py_jaxley_session.hpp"

#include "convert.hpp"
#include "errors.hpp"
#include "py_block_runner.hpp"

namespace cnv::python {
namespace {

nb::handle model_helper(const char* name) { return lookup("compneurovis.backends.jaxley._model", name); }

}  // namespace

JaxleySession::Model PyJaxleySession::build_model() {
  nb::object session = nb::borrow(self());
  const auto progress = [&](const char* name, const char* detail) { link()->progress(name, detail); };
  begin_build();
  runner_object_.reset();
  progress("Load JAX and Jaxley", "");
  call_user_code("Jaxley", [&] { model_helper("prepare")(session); });
  progress("Build cells", "");
  nb::object cells = call_user_code(
      "build_cells", [&] { return nb::object(model_helper("cells_of")(session.attr("build_cells")())); });
  session.attr("cells") = cells;
  progress("Build network", "");
  nb::object network = call_user_code(
      "build_network", [&] { return nb::object(model_helper("network_of")(session.attr("build_network")(cells))); });
  session.attr("network") = network;
  progress("Set up model", "");
  call_user_code("setup_model",
                 [&] { session.attr("_runtime_handles") = session.attr("setup_model")(network, cells); });
  progress("Geometry", "");
  nb::object geometry = call_user_code("geometry", [&] { return nb::object(session.attr("_build_geometry")()); });
  auto shared = from_python<GeometryPtr>(geometry);
  set_geometry(geometry);
  progress("Parameters and state", "");
  runner_object_ = call_user_code("the runtime parameters", [&] {
    return nb::object(model_helper("make_runner")(session, overridden(sample_step_hook)));
  });
  progress("Compile", "");
  auto runner = std::make_unique<PyBlockRunner>(runner_object_);
  call_user_code("compiling", [&] { runner_object_.attr("compile")(options.dt); });
  end_build(shared);
  return {std::move(shared), std::move(runner)};
}

std::vector<DisplayVariable> PyJaxleySession::display_variables() {
  return call_user_code("display_variables", [&] {
    std::vector<DisplayVariable> variables;
    for (nb::handle entry : nb::list(runner_object_.attr("variables")())) {
      nb::tuple parts(entry);  // (name, unit, group)
      variables.push_back({.name = from_python<std::string>(parts[0]),
                           .unit = from_python<std::string>(parts[1]),
                           .group = from_python<std::string>(parts[2])});
      if (variables.back().name == "v") variables.back().limits = JaxleySession::morphology_color_limits();
    }
    tell_places(variables);
    return variables;
  });
}

nb::object PyJaxleySession::runner_object() { return runner_object_.is_valid() ? runner_object_ : nb::none(); }

void PyJaxleySession::shutdown() {
  JaxleySession::shutdown();
  runner_object_.reset();
}

}  // namespace cnv::python
