#include "run.hpp"

#include <optional>

#include "cnv/runtime/launch.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "py_session.hpp"
#include "py_target.hpp"

namespace cnv::python {
namespace {

// Runs pending signal handlers; what they raise ends the run and is raised again after it.
struct Signals {
  std::optional<nb::python_error> raised;

  bool interrupted() {
    nb::gil_scoped_acquire gil;
    if (!raised && PyErr_CheckSignals() != 0) raised.emplace();
    return raised.has_value();
  }
};

}  // namespace

std::string_view end_name(HostLoop::End end) {
  switch (end) {
    case HostLoop::End::running: return "running";
    case HostLoop::End::closed: return "closed";
    case HostLoop::End::until_reached: return "until_reached";
    case HostLoop::End::interrupted: return "interrupted";
    case HostLoop::End::failed: return "failed";
    case HostLoop::End::viewer_lost: return "viewer_lost";
  }
  return "closed";
}

RunOptions& process_options() {
  static RunOptions options;
  return options;
}

nb::tuple run_app(nb::handle scene, nb::handle source, nb::handle target, const std::string& title, const std::string& program) {
  nb::object link = nb::cast(Link());
  AppSpec app;
  app.title = title;
  if (!scene.is_none()) app.scene = from_python<Scene>(scene);
  if (!target.is_none()) app.interaction_target = std::make_shared<PyInteractionTarget>(nb::borrow(target), link);
  if (!source.is_none() || !target.is_none()) app.session = [source, link = nb::handle(link)] { return make_session(source, link); };
  Signals signals;
  LaunchHooks hooks{.interrupted = [&] { return signals.interrupted(); }};
  RunResult result;
  {
    nb::gil_scoped_release released;
    result = cnv::run_app(app, process_options(), program, hooks);
    app = {};
  }
  if (nb::object exit = std::exchange(pending_exit(), nb::object()); exit.is_valid()) {
    PyErr_SetObject(PyExc_SystemExit, exit.ptr());
    throw nb::python_error();
  }
  if (signals.raised && !signals.raised->matches(PyExc_KeyboardInterrupt)) throw *std::move(signals.raised);
  return nb::make_tuple(result.exit_status, end_name(result.end));
}

}  // namespace cnv::python
