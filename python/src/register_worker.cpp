#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/unique_ptr.h>

#include "cnv/runtime/session_client.hpp"
#include "cnv/runtime/session_worker.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/thread/thread_channel.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "py_session.hpp"
#include "register.hpp"

namespace cnv::python {
namespace {

// The session's end of a connection, until a worker takes it.
struct WorkerEnd {
  std::unique_ptr<transport::Channel> channel;
};

int run_worker(nb::handle source, WorkerEnd& end, double speed) {
  if (!end.channel) throw ValueError("this end of the connection has been used already");
  int status = 0;
  {
    nb::gil_scoped_release released;
    status = run_session_worker([source] { return make_session(source); }, std::move(end.channel), speed);
  }
  if (nb::object exit = std::exchange(pending_exit(), nb::object()); exit.is_valid()) {
    PyErr_SetObject(PyExc_SystemExit, exit.ptr());
    throw nb::python_error();
  }
  return status;
}

nb::object poll(SessionClient& client, double timeout_s) {
  std::vector<Update> updates;
  {
    nb::gil_scoped_release released;
    updates = client.poll_updates(timeout_s);
  }
  return to_python(updates);
}

nb::tuple thread_ends() {
  auto [ours, theirs] = transport::make_thread_channels();
  return nb::make_tuple(nb::cast(std::make_unique<SessionClient>(std::move(ours))),
                        nb::cast(std::make_unique<WorkerEnd>(std::move(theirs))));
}

}  // namespace

void register_worker(nb::module_& m) {
  nb::class_<SessionClient>(m, "SessionClient", "A program's end of a connection to a session.")
      .def(nb::new_([](int socket) { return std::make_unique<SessionClient>(transport::make_pipe_channel(socket)); }),
           nb::arg("socket"), "Takes the descriptor over.")
      .def("poll_updates", &poll, nb::arg("timeout_s") = 0.0)
      .def(
          "send_command", [](SessionClient& c, nb::handle command) { c.send_command(from_python<Command>(command)); },
          nb::arg("command"))
      .def_prop_ro("ended", &SessionClient::ended)
      .def("stop", &SessionClient::stop, nb::arg("seconds"), nb::call_guard<nb::gil_scoped_release>());
  nb::class_<WorkerEnd>(m, "WorkerEnd", "A session's end of a connection.")
      .def(nb::new_([](int socket) {
             // The model's process: the host loop serves the socket, so that no thread of ours runs beside the model.
             return std::make_unique<WorkerEnd>(transport::make_pipe_channel(socket, {}, transport::Served::by_caller));
           }),
           nb::arg("socket"), "Takes the descriptor over.");
  m.def("thread_ends", &thread_ends, "(SessionClient, WorkerEnd) inside this process.");
  m.def("run_worker", &run_worker, nb::arg("source"), nb::arg("end"), nb::arg("speed") = 0.0,
        "Runs a session until its end; returns the exit status.");
}

}  // namespace cnv::python
