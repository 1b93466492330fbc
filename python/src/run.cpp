#include "run.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <optional>

#include "cnv/runtime/launch.hpp"
#include "cnv/runtime/launch_again.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "py_session.hpp"
#include "py_target.hpp"

namespace cnv::python {
namespace {

// Runs pending signal handlers; what they raise ends the run and is raised again after it. A simulator that calls back
// into Python may swallow what Ctrl-C raises there, so that it is noted where it is raised.
class Signals {
 public:
  Signals() {
    previous_ = getter()(number());
    if (!PyCallable_Check(previous_.ptr())) return;
    handler_ = nb::cpp_function([previous = previous_, raised = handler_raised_](nb::handle signal, nb::handle frame) {
      try {
        previous(signal, frame);
      } catch (...) {
        *raised = true;
        throw;
      }
    });
    try {
      setter()(number(), handler_);
    } catch (nb::python_error& error) {  // not the main thread: no signals come here
      if (!error.matches(PyExc_ValueError)) throw;
      handler_.reset();
    }
  }
  ~Signals() {
    if (!handler_.is_valid()) return;
    try {
      if (getter()(number()).is(handler_)) setter()(number(), previous_);
    } catch (nb::python_error& error) {
      error.discard_as_unraisable("the handler of SIGINT");
    }
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  bool interrupted() {
    nb::gil_scoped_acquire gil;
    if (!raised && PyErr_CheckSignals() != 0) raised.emplace();
    return raised.has_value() || *handler_raised_;
  }

  std::optional<nb::python_error> raised;

 private:
  static nb::object module() { return nb::module_::import_("signal"); }
  static nb::object getter() { return module().attr("getsignal"); }
  static nb::object setter() { return module().attr("signal"); }
  static nb::object number() { return module().attr("SIGINT"); }

  nb::object previous_, handler_;
  std::shared_ptr<bool> handler_raised_ = std::make_shared<bool>(false);
};

// The thread of the session where the window has the main one. It keeps one Python thread state for its whole life, as
// a thread of Python's own would: thread-local values of the user's code stay.
class SessionThread {
 public:
  void run(const std::function<void()>& body) {
    nb::gil_scoped_acquire gil;
    id_ = PyThread_get_thread_ident();
    {
      nb::gil_scoped_release released;
      body();
    }
    id_ = 0;
  }
  // KeyboardInterrupt between two instructions of what it runs.
  void break_off() {
    nb::gil_scoped_acquire gil;
    if (id_ != 0) PyThreadState_SetAsyncExc(id_, PyExc_KeyboardInterrupt);
  }

 private:
  unsigned long id_ = 0;  // with the GIL held
};

// `source` is a function that returns (why not, executable, arguments, files, their stamps).
Restart restart_from(nb::handle source) {
  try {
    const auto [why_not, program, arguments, files, stamps] =
        nb::cast<std::tuple<std::string, std::string, std::vector<std::string>, std::vector<std::string>,
                            std::vector<std::int64_t>>>(source());
    Restart restart = started_with(program, arguments, files, stamps);
    if (!why_not.empty()) restart.why_not = why_not;
    return restart;
  } catch (nb::python_error& error) {
    error.discard_as_unraisable("how the script is started again");
    return {.why_not = "It is not known how the script was started; the terminal says why."};
  }
}

}  // namespace

std::string_view end_name(HostLoop::End end) {
  switch (end) {
    case HostLoop::End::running: return "running";
    case HostLoop::End::closed: return "closed";
    case HostLoop::End::until_reached: return "until_reached";
    case HostLoop::End::interrupted: return "interrupted";
    case HostLoop::End::failed: return "failed";
    case HostLoop::End::viewer_lost: return "viewer_lost";
    case HostLoop::End::again: return "again";
  }
  return "closed";
}

RunOptions& process_options() {
  static RunOptions options;
  return options;
}

namespace {

// With the GIL; runs the app without it.
nb::tuple launched(AppSpec app, const std::string& program, nb::handle figures, nb::handle restart) {
  Signals signals;
  SessionThread thread;
  LaunchHooks hooks{.interrupted = [&] { return signals.interrupted(); },
                    .restart =
                        [restart] {
                          nb::gil_scoped_acquire gil;
                          return restart_from(restart);
                        },
                    .session_thread = [&](const std::function<void()>& body) { thread.run(body); },
                    .break_off = [&] { thread.break_off(); }};
  if (!figures.is_none())
    hooks.on_figures = [figures](const Dict& report) {
      nb::gil_scoped_acquire gil;
      figures(to_python(report));
    };
  RunResult result;
  {
    nb::gil_scoped_release released;
    result = cnv::run_app(app, process_options(), program, hooks);
    app = {};
  }
  if (result.end == HostLoop::End::again) start_again_at_exit();
  if (nb::object exit = std::exchange(pending_exit(), nb::object()); exit.is_valid()) {
    PyErr_SetObject(PyExc_SystemExit, exit.ptr());
    throw nb::python_error();
  }
  if (signals.raised && !signals.raised->matches(PyExc_KeyboardInterrupt)) throw *std::move(signals.raised);
  return nb::make_tuple(result.exit_status, end_name(result.end));
}

}  // namespace

nb::tuple run_app(nb::handle scene, nb::handle source, nb::handle target, const std::string& title,
                  const std::string& program, nb::handle figures, nb::handle restart) {
  AppSpec app;
  app.title = title;
  if (!scene.is_none()) app.scene = from_python<Scene>(scene);
  if (!target.is_none()) app.interaction_target = std::make_shared<PyInteractionTarget>(nb::borrow(target));
  if (!source.is_none()) app.session = [source] { return make_session(source); };
  return launched(std::move(app), program, figures, restart);
}

nb::tuple show_failure(const std::string& script, const std::string& message, const std::string& traceback,
                       nb::handle restart) {
  const auto fail = [script, message, traceback]() -> std::unique_ptr<Session> {
    throw SessionException(script, message, traceback);
  };
  return launched({.session = fail}, script, nb::none(), restart);
}

}  // namespace cnv::python
