// Calls into NEURON that always leave its stacks as they were, and turn its errors into NeuronError. Used by the
// classes of this folder. The owner thread of NEURON only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/output.hpp"
#include "cnv/backends/neuron/simulation.hpp"

namespace cnv::nrn {

using Argument = std::variant<double, std::string, raw::Object*>;

// A symbol of NEURON. Throws NeuronError when there is none of this name.
raw::Symbol* required_symbol(const std::string& name);

// Calls a hoc function and returns its number; 0 when it returns something else. Throws NeuronError that names `name`.
double call_function(raw::Symbol* function, std::string_view name, std::initializer_list<Argument> arguments = {});
double call_function(const std::string& name, std::initializer_list<Argument> arguments = {});

// Calls a hoc function and returns its text; empty when it returns something else. Throws NeuronError that names
// `name`.
std::string call_text_function(const std::string& name, std::initializer_list<Argument> arguments = {});

// Calls a function of NEURON (not a mathematical one like sqrt) that takes numbers only, without allocation: for inner
// loops. `name` is for the error.
double call_fast(raw::Symbol* function, const char* name, std::initializer_list<double> arguments = {});

// Runs `body`, in which NEURON may throw, and rethrows as NeuronError("<what>: <reason>").
template <class Body>
auto guarded(std::string_view what, Body&& body) {
  OutputCapture capture;
  try {
    return body();
  } catch (const NeuronError&) {
    throw;
  } catch (const std::exception& error) {
    throw NeuronError(std::string(what) + ": " + capture.take_error(error.what()));
  }
}

// Makes a section the current one while it lives.
class CurrentSection {
 public:
  explicit CurrentSection(raw::Section* section) : section_(section) { api().section_push(section); }
  ~CurrentSection();
  CurrentSection(const CurrentSection&) = delete;
  CurrentSection& operator=(const CurrentSection&) = delete;

 private:
  raw::Section* section_;
};

// A counted reference to an object of NEURON; may be empty.
class ObjectRef {
 public:
  ObjectRef() = default;
  // Takes over a reference that the caller holds.
  static ObjectRef adopt(raw::Object* object);
  // Adds a reference of its own.
  static ObjectRef share(raw::Object* object);
  // Makes an object of a class. Throws NeuronError.
  static ObjectRef create(const std::string& class_name, std::initializer_list<Argument> arguments = {});
  ObjectRef(const ObjectRef& other);
  ObjectRef(ObjectRef&& other) noexcept;
  ObjectRef& operator=(ObjectRef other) noexcept;
  ~ObjectRef();

  explicit operator bool() const { return object_ != nullptr; }
  raw::Object* get() const { return object_; }
  std::string class_name() const;
  // Calls a method. Throws NeuronError when there is no such method, or when it fails.
  double call(const std::string& method, std::initializer_list<Argument> arguments = {}) const;

 private:
  raw::Object* object_ = nullptr;
};

}  // namespace cnv::nrn
