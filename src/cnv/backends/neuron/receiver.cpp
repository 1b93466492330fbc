#include "cnv/backends/neuron/receiver.hpp"

#include <string>
#include <utility>

#include "cnv/backends/neuron/iterate.hpp"

namespace cnv::nrn {
namespace {

std::vector<Section> received_sections;
ObjectRef received_object;

raw::Object* first_argument() {
  raw::Object** argument = api().objgetarg(1);
  return argument ? *argument : nullptr;
}

void finish(double result) {
  api().hoc_ret();
  api().double_push(result);
}

// Both are called by NEURON, through which no exception of ours may pass; a wrong argument is answered with 0.
void receive_sections() {
  raw::Object* list = first_argument();
  const bool usable = list && std::string(api().class_name(list)) == "SectionList";
  if (usable) received_sections = sections_of(api().sectionlist_data(list));
  finish(usable ? static_cast<double>(received_sections.size()) : 0);
}

void receive_object() {
  raw::Object* object = first_argument();
  received_object = ObjectRef::share(object);
  finish(object ? 1 : 0);
}

}  // namespace

void register_receivers() {
  if (api().symbol("cnv_take_sections")) return;
  const int builtin_function = api().symbol_type(required_symbol("fadvance"));
  api().register_function(receive_sections, "cnv_take_sections", builtin_function);
  api().register_function(receive_object, "cnv_take_object", builtin_function);
}

std::vector<Section> take_sections() { return std::exchange(received_sections, {}); }
ObjectRef take_object() { return std::exchange(received_object, {}); }

}  // namespace cnv::nrn
