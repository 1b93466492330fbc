#include "neuron_functions.hpp"

#include "cnv/runtime/default_scene.hpp"
#include "convert.hpp"

namespace cnv::python {
namespace {

template <class T>
void read(nb::dict from, const char* key, T& out) {
  if (!from.contains(key)) return;
  try {
    from_python(from[key], out);
  } catch (const TypeError&) {
    rethrow_at(key);
  }
}

}  // namespace

void make_core(PyNeuronSession* memory, nb::handle session, nb::dict given) {
  NeuronOptions options;
  read(given, "dt", options.dt);
  read(given, "v_init", options.v_init);
  read(given, "max_samples", options.max_samples);
  read(given, "display_dt", options.display_dt);
  read(given, "title", options.title);
  read(given, "variable", options.variable);
  bool full = false, compartments = false;
  read(given, "full_history", full);
  read(given, "compartments", compartments);
  if (full) options.history_capture_mode = HistoryCaptureMode::full;
  if (compartments) options.detail = nrn::Detail::compartment;
  (new (memory) PyNeuronSession(std::move(options)))->bind(session);
}

std::string default_text(PyNeuronSession& s, const std::string& hook) {
  if (hook == "display_field_id") return s.NeuronSession::display_field_id();
  if (hook == "history_field_id") return s.NeuronSession::history_field_id();
  if (hook == "display_unit") return s.NeuronSession::display_unit();
  if (hook == "history_unit") return s.NeuronSession::history_unit();
  if (hook == "morphology_color_map") return s.NeuronSession::morphology_color_map();
  if (hook == "morphology_color_norm") return s.NeuronSession::morphology_color_norm();
  if (hook == "trace_title") return s.NeuronSession::trace_title();
  if (hook == "trace_y_label") return s.NeuronSession::trace_y_label();
  if (hook == "trace_y_unit") return s.NeuronSession::trace_y_unit();
  throw KeyError("no hook '" + hook + "'");
}

nb::object default_build_scene(PyNeuronSession& core, nb::handle geometry, nb::handle display_values, double time_value) {
  const Array values = array_from_python(display_values).astype(DType::f32);
  return to_python(core.NeuronSession::build_scene(from_python<GeometryPtr>(geometry), values.as<float>(), time_value));
}

nb::object stored_field(PyNeuronSession& core, const std::string& field_id) {
  const auto* field = core.has_store() ? core.present_store().find_field(field_id) : nullptr;
  return field ? to_python(field->snapshot()) : nb::none();
}

nb::object python_default_scene(nb::dict given) {
  DefaultSceneParts parts;
  read(given, "geometry", parts.geometry);
  read(given, "display", parts.display);
  read(given, "history", parts.history);
  read(given, "color_map", parts.color_map);
  read(given, "color_limits", parts.color_limits);
  read(given, "color_norm", parts.color_norm);
  read(given, "trace_title", parts.trace_title);
  read(given, "trace_y_label", parts.trace_y_label);
  read(given, "trace_y_unit", parts.trace_y_unit);
  read(given, "controls", parts.controls);
  read(given, "actions", parts.actions);
  read(given, "control_order", parts.control_order);
  read(given, "action_order", parts.action_order);
  read(given, "title", parts.title);
  return to_python(default_scene(std::move(parts)));
}

nb::object python_geometry(nb::handle sections) {
  const auto morphology = nrn::build_morphology(take_sections(sections));
  return to_python(GeometryPtr(std::make_shared<const AnyGeometry>(morphology_geometry(morphology))));
}

}  // namespace cnv::python
