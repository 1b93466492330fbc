// Exceptions across the border: cnv exceptions become Python's namesakes, Python exceptions become SessionException.
#pragma once

#include <nanobind/nanobind.h>

#include <memory>

#include "cnv/base/exceptions.hpp"
#include "cnv/runtime/session.hpp"

namespace cnv::python {

namespace nb = nanobind;

// An exception of a Python hook on its way through C++: hosts see a SessionException with the traceback; back in Python
// it is the original exception.
struct PythonFailure : SessionException {
  PythonFailure(std::string where, const std::string& message, std::string traceback, nb::python_error error)
      : SessionException(std::move(where), message, std::move(traceback)),
        error(std::make_shared<nb::python_error>(std::move(error))) {}
  std::shared_ptr<nb::python_error> error;
};

// The exception as an instance with its traceback, which older Pythons make only when asked. GIL held.
nb::python_error normalized(nb::python_error& error);

// The SystemExit that a hook raised; invalid: none. GIL held.
nb::object& pending_exit();

// Registers the translation of cnv exceptions.
void register_errors();
// Throws what a host understands instead of `raised`: Interrupted for KeyboardInterrupt, ControlRefused for its Python
// namesake, else PythonFailure. GIL held.
[[noreturn]] void throw_for_host(nb::python_error& raised, const std::string& where);

// The same for a value that a hook gave back and that does not fit.
[[noreturn]] void throw_for_host(PyObject* type, const Exception& problem, const std::string& where);

// Takes the GIL, calls fn, and translates its exception for the host.
template <class Fn>
decltype(auto) call_user_code(const char* where, Fn&& fn) {
  nb::gil_scoped_acquire gil;
  try {
    return fn();
  } catch (nb::python_error& error) {
    throw_for_host(error, where);
  } catch (const TypeError& problem) {
    throw_for_host(PyExc_TypeError, problem, where);
  } catch (const ValueError& problem) {
    throw_for_host(PyExc_ValueError, problem, where);
  }
}

}  // namespace cnv::python
