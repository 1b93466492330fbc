// NEURON's C interface ("neuronapi") as a table of functions found at run time, so that building needs no NEURON.
// Used by the wrappers of this folder only; a user sees Section, PointProcess and the like. One thread: NEURON is a
// single global model that is not reentrant.
#pragma once

#include <cstddef>
#include <string>

#include "cnv/backends/neuron/error.hpp"

namespace cnv::nrn {

// NEURON's own types, only ever handled by address.
namespace raw {
struct Symbol;
struct Object;
struct Section;
struct Item;
struct SectionIterator;
}  // namespace raw

// What nrn_stack_type returns.
enum class StackType { string = 1, variable = 2, number = 3, object_variable = 4, object = 5 };

// Members are named as in neuronapi.h without the prefix nrn_.
struct Api {
  int (*init)(int, const char**);
  void (*stdout_redirect)(int (*)(int, char*));

  raw::Section* (*section_new)(const char*);
  void (*section_connect)(raw::Section*, double, raw::Section*, double);
  void (*section_length_set)(raw::Section*, double);
  double (*section_length_get)(raw::Section*);
  double (*section_Ra_get)(raw::Section*);
  void (*section_Ra_set)(raw::Section*, double);
  const char* (*secname)(raw::Section*);
  void (*section_push)(raw::Section*);
  void (*section_pop)();
  bool (*section_is_active)(const raw::Section*);
  void (*section_ref)(raw::Section*);
  void (*section_unref)(raw::Section*);
  raw::Section* (*cas)();
  void (*mechanism_insert)(raw::Section*, const raw::Symbol*);
  raw::Item* (*allsec)();
  raw::Item* (*sectionlist_data)(const raw::Object*);
  raw::SectionIterator* (*sectionlist_iterator_new)(raw::Item*);
  void (*sectionlist_iterator_free)(raw::SectionIterator*);
  raw::Section* (*sectionlist_iterator_next)(raw::SectionIterator*);
  int (*sectionlist_iterator_done)(raw::SectionIterator*);

  int (*nseg_get)(const raw::Section*);
  void (*nseg_set)(raw::Section*, int);
  void (*rangevar_push)(raw::Symbol*, raw::Section*, double);
  double (*rangevar_get)(raw::Symbol*, raw::Section*, double);
  void (*rangevar_set)(raw::Symbol*, raw::Section*, double, double);

  raw::Symbol* (*symbol)(const char*);
  int (*symbol_type)(const raw::Symbol*);
  double* (*symbol_dataptr)(const raw::Symbol*);
  bool (*symbol_is_array)(const raw::Symbol*);
  void (*double_push)(double);
  double (*double_pop)();
  double* (*double_ptr_pop)();
  void (*str_push)(char**);
  char** (*str_pop)();
  void (*object_push)(raw::Object*);
  raw::Object* (*object_pop)();
  int (*stack_type)();
  raw::Object* (*object_new)(raw::Symbol*, int);
  void (*object_ref)(raw::Object*);
  void (*object_unref)(raw::Object*);
  const char* (*class_name)(const raw::Object*);
  bool (*prop_exists)(const raw::Object*);
  raw::Symbol* (*method_symbol)(const raw::Object*, const char*);
  int (*method_call_nothrow)(raw::Object*, raw::Symbol*, int, char*, std::size_t);
  int (*function_call_nothrow)(raw::Symbol*, int, char*, std::size_t);
  int (*hoc_call)(const char*);
  double (*property_get)(const raw::Object*, const char*);
  void (*property_set)(raw::Object*, const char*, double);
  void (*property_push)(raw::Object*, const char*);
  double (*property_array_get)(const raw::Object*, const char*, int);
  void (*property_array_set)(raw::Object*, const char*, int, double);
  int (*vector_capacity)(const raw::Object*);
  double* (*vector_data)(raw::Object*);
  void (*register_function)(void (*)(), const char*, int);
  void (*hoc_ret)();
  raw::Object** (*objgetarg)(int);
  double* (*getarg)(int);

  // Exported variables that are not part of neuronapi: null where a build lacks them.
  const int* structure_change_count = nullptr;   // moves at the first step after an edit of the model
  const int* structure_changed = nullptr;        // an edit is pending
  const int* tree_changed = nullptr;             // an edit of the topology is pending
  int (**print_callback)(int, char*) = nullptr;  // where NEURON prints to
  // Says how many indices of an array lie on the stack, before the array is named.
  void (*push_ndim)(int) = nullptr;
};

// Fills the table from a library opened with dlopen. Throws NeuronError that names the missing symbol.
Api bind_api(void* library, const std::string& path);

// Throws NeuronError unless the version is 9.0 or later. `version` as "9.0.2".
void check_version(const std::string& version, const std::string& path);

// NEURON in this process. Opened once; never closed.
class Runtime {
 public:
  // Takes the NEURON that is already loaded (a Python program imported it), else loads one: `library` if given, else
  // see find_library. Calls after the first return the same object. Throws NeuronError.
  static Runtime& open(const std::string& library = {});
  // The open runtime; opens it with defaults when there is none.
  static Runtime& get() { return instance_ ? *instance_ : open(); }

  const Api& api() const { return api_; }
  const std::string& library_path() const { return path_; }
  const std::string& version() const { return version_; }
  // True when NEURON was loaded by somebody else, who therefore decides about its output and its end.
  bool attached() const { return attached_; }

 private:
  Runtime(std::string path, bool attached);
  void start();
  static Runtime* instance_;

  Api api_{};
  std::string path_;
  std::string version_;
  bool attached_ = false;
};

inline const Api& api() { return Runtime::get().api(); }

}  // namespace cnv::nrn
