// How sections hang together. NEURON offers the parent of a section to hoc only, hence the small hoc helper.
#include <cmath>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/iterate.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {
namespace {

raw::Section* found_parent = nullptr;

// Called by hoc with the parent as the current section.
void note_current_section() {
  found_parent = api().cas();
  api().hoc_ret();
  api().double_push(0);
}

raw::Symbol* parent_query() {
  static raw::Symbol* const query = [] {
    const int builtin_function = api().symbol_type(required_symbol("fadvance"));
    api().register_function(note_current_section, "cnv_note_section_", builtin_function);
    run_hoc(
        "func cnv_query_parent_() { localobj ref\n"
        "ref = new SectionRef()\n"
        "if (ref.has_parent()) { ref.parent cnv_note_section_() return 1 }\n"
        "return 0\n"
        "}");
    return required_symbol("cnv_query_parent_");
  }();
  return query;
}

}  // namespace

void Section::connect(const Segment& parent, double child_x) {
  if (child_x != 0 && child_x != 1) throw NeuronError("Section " + name() + " can be attached by its end 0 or 1 only");
  if (parent.section() == *this) throw NeuronError("Section " + name() + " cannot be its own parent");
  checked();
  for (std::optional<Section> ancestor = parent.section(); ancestor; ancestor = ancestor->parent()) {
    if (*ancestor == *this) {
      throw NeuronError("Attaching " + name() + " to " + parent.section().name() + " would close a loop");
    }
  }
  guarded("connect " + name(), [&] { api().section_connect(section_, child_x, parent.section().get(), parent.x()); });
}

void Section::disconnect() {
  const CurrentSection current(checked());
  call_function("disconnect");
}

std::optional<Section> Section::parent() const {
  raw::Symbol* const query = parent_query();
  const CurrentSection current(checked());
  if (call_fast(query, "parent of a section") == 0) return std::nullopt;
  return Section(found_parent);
}

double Section::parent_x() const {
  static raw::Symbol* const parent_connection = required_symbol("parent_connection");
  const CurrentSection current(checked());
  return call_fast(parent_connection, "parent_connection");
}

double Section::child_x() const {
  static raw::Symbol* const section_orientation = required_symbol("section_orientation");
  const CurrentSection current(checked());
  return call_fast(section_orientation, "section_orientation");
}

std::vector<Section> Section::children() const {
  const ObjectRef list = ObjectRef::create("SectionList");
  const CurrentSection current(checked());
  list.call("children");
  return sections_of(api().sectionlist_data(list.get()));
}

}  // namespace cnv::nrn
