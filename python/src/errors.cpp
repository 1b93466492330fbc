#include "errors.hpp"

#include <nanobind/stl/string.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/runtime/find_viewer.hpp"
#include "record_classes.hpp"

namespace cnv::python {
namespace {

nb::handle error_class(const char* name) { return lookup("compneurovis._errors", name); }

void translate(const std::exception_ptr& pointer, void*) {
  try {
    std::rethrow_exception(pointer);
  } catch (const UnknownDimError& e) {
    PyErr_SetString(error_class("UnknownDimError").ptr(), e.what());
  } catch (const ValueError& e) {
    PyErr_SetString(PyExc_ValueError, e.what());
  } catch (const TypeError& e) {
    PyErr_SetString(PyExc_TypeError, e.what());
  } catch (const KeyError& e) {
    PyErr_SetString(PyExc_KeyError, e.what());
  } catch (const IndexError& e) {
    PyErr_SetString(PyExc_IndexError, e.what());
  } catch (const ViewerError& e) {
    PyErr_SetString(error_class("ViewerError").ptr(), e.what());
  } catch (const ControlRefused& e) {
    PyErr_SetString(error_class("ControlRefused").ptr(), e.control_id.c_str());
  } catch (const PythonFailure& e) {
    nb::python_error(*e.error).restore();
  } catch (const Interrupted&) {
    PyErr_SetNone(PyExc_KeyboardInterrupt);
  }
}

}  // namespace

nb::python_error normalized(nb::python_error& error) {
  error.restore();
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  if (traceback) PyException_SetTraceback(value, traceback);
  PyErr_Restore(type, value, traceback);
  return nb::python_error();
}

nb::object& pending_exit() {
  static nb::object* exit = new nb::object();  // outlives the interpreter's own end
  return *exit;
}

void register_errors() { nb::register_exception_translator(translate); }

void throw_for_host(nb::python_error& raised, const std::string& where) {
  nb::python_error error = normalized(raised);
  if (error.matches(PyExc_KeyboardInterrupt)) throw Interrupted();
  if (error.matches(PyExc_SystemExit)) {
    // sys.exit() in a hook ends the run; run_app() raises it again.
    pending_exit() = nb::borrow(error.value());
    throw Interrupted();
  }
  if (error.matches(error_class("ControlRefused"))) throw ControlRefused(nb::cast<std::string>(nb::str(error.value())));
  const nb::object traceback = error.traceback().is_valid() ? nb::borrow(error.traceback()) : nb::none();
  const nb::object lines = lookup("traceback", "format_exception")(error.type(), error.value(), traceback);
  // Without a frame the lines say no more than the message does, and a host then names the hook.
  const auto text = traceback.is_none() ? std::string() : nb::cast<std::string>(nb::str("").attr("join")(lines));
  const auto type = nb::cast<std::string>(error.type().attr("__name__"));
  const std::string message = type + ": " + nb::cast<std::string>(nb::str(error.value()));
  throw PythonFailure(where, message, text, std::move(error));
}

void throw_for_host(PyObject* type, const Exception& problem, const std::string& where) {
  PyErr_SetString(type, problem.what());
  nb::python_error error;
  throw_for_host(error, where);
}

}  // namespace cnv::python
