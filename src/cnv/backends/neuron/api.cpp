#include "cnv/backends/neuron/api.hpp"

#include <dlfcn.h>

namespace cnv::nrn {
namespace {

class Binder {
 public:
  Binder(void* library, const std::string& path) : library_(library), path_(path) {}

  template <class Function>
  void function(Function& target, const char* name) const {
    target = reinterpret_cast<Function>(dlsym(library_, name));
    if (!target) {
      throw NeuronError("The library " + path_ + " has no function " + name +
                        ": it is not NEURON, or NEURON older than 9.0. Install one with: pip install 'neuron>=9'");
    }
  }
  template <class Variable>
  void variable(Variable& target, const char* name) const {
    target = reinterpret_cast<Variable>(dlsym(library_, name));
  }

 private:
  void* library_;
  const std::string& path_;
};

void bind_sections(const Binder& b, Api& api) {
  b.function(api.section_new, "nrn_section_new");
  b.function(api.section_connect, "nrn_section_connect");
  b.function(api.section_length_set, "nrn_section_length_set");
  b.function(api.section_length_get, "nrn_section_length_get");
  b.function(api.section_Ra_get, "nrn_section_Ra_get");
  b.function(api.section_Ra_set, "nrn_section_Ra_set");
  b.function(api.secname, "nrn_secname");
  b.function(api.section_push, "nrn_section_push");
  b.function(api.section_pop, "nrn_section_pop");
  b.function(api.section_is_active, "nrn_section_is_active");
  b.function(api.section_ref, "nrn_section_ref");
  b.function(api.section_unref, "nrn_section_unref");
  b.function(api.cas, "nrn_cas");
  b.function(api.mechanism_insert, "nrn_mechanism_insert");
  b.function(api.allsec, "nrn_allsec");
  b.function(api.sectionlist_data, "nrn_sectionlist_data");
  b.function(api.sectionlist_iterator_new, "nrn_sectionlist_iterator_new");
  b.function(api.sectionlist_iterator_free, "nrn_sectionlist_iterator_free");
  b.function(api.sectionlist_iterator_next, "nrn_sectionlist_iterator_next");
  b.function(api.sectionlist_iterator_done, "nrn_sectionlist_iterator_done");
  b.function(api.nseg_get, "nrn_nseg_get");
  b.function(api.nseg_set, "nrn_nseg_set");
  b.function(api.rangevar_push, "nrn_rangevar_push");
  b.function(api.rangevar_get, "nrn_rangevar_get");
  b.function(api.rangevar_set, "nrn_rangevar_set");
}

void bind_interpreter(const Binder& b, Api& api) {
  b.function(api.symbol, "nrn_symbol");
  b.function(api.symbol_type, "nrn_symbol_type");
  b.function(api.symbol_dataptr, "nrn_symbol_dataptr");
  b.function(api.symbol_is_array, "nrn_symbol_is_array");
  b.function(api.double_push, "nrn_double_push");
  b.function(api.double_pop, "nrn_double_pop");
  b.function(api.double_ptr_pop, "nrn_double_ptr_pop");
  b.function(api.str_push, "nrn_str_push");
  b.function(api.str_pop, "nrn_str_pop");
  b.function(api.object_push, "nrn_object_push");
  b.function(api.object_pop, "nrn_object_pop");
  b.function(api.stack_type, "nrn_stack_type");
  b.function(api.object_new, "nrn_object_new");
  b.function(api.object_ref, "nrn_object_ref");
  b.function(api.object_unref, "nrn_object_unref");
  b.function(api.class_name, "nrn_class_name");
  b.function(api.prop_exists, "nrn_prop_exists");
  b.function(api.method_symbol, "nrn_method_symbol");
  b.function(api.method_call_nothrow, "nrn_method_call_nothrow");
  b.function(api.function_call_nothrow, "nrn_function_call_nothrow");
  b.function(api.hoc_call, "nrn_hoc_call");
  b.function(api.property_get, "nrn_property_get");
  b.function(api.property_set, "nrn_property_set");
  b.function(api.property_push, "nrn_property_push");
  b.function(api.property_array_get, "nrn_property_array_get");
  b.function(api.property_array_set, "nrn_property_array_set");
  b.function(api.vector_capacity, "nrn_vector_capacity");
  b.function(api.vector_data, "nrn_vector_data");
  b.function(api.register_function, "nrn_register_function");
  b.function(api.hoc_ret, "nrn_hoc_ret");
  b.function(api.objgetarg, "nrn_objgetarg");
  b.function(api.getarg, "nrn_getarg");
}

}  // namespace

Api bind_api(void* library, const std::string& path) {
  const Binder b(library, path);
  Api api{};
  b.function(api.init, "nrn_init");
  b.function(api.stdout_redirect, "nrn_stdout_redirect");
  bind_sections(b, api);
  bind_interpreter(b, api);
  b.variable(api.structure_change_count, "structure_change_cnt");
  b.variable(api.structure_changed, "v_structure_change");
  b.variable(api.tree_changed, "tree_changed");
  b.variable(api.print_callback, "nrnpy_pr_stdoe_callback");
  b.variable(api.push_ndim, "_Z13hoc_push_ndimi");
  return api;
}

}  // namespace cnv::nrn
