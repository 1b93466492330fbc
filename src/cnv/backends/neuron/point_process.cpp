#include "cnv/backends/neuron/point_process.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/backends/neuron/mechanisms.hpp"

namespace cnv::nrn {
namespace {

const Mechanism& required_point_mechanism(const std::string& name) {
  const MechanismCatalogue& catalogue = MechanismCatalogue::get();
  if (const Mechanism* found = catalogue.find_point(name)) return *found;
  throw NeuronError("There is no point process '" + name + "'. Available: " + listed(catalogue.point()));
}

ObjectRef create_on(const std::string& name, const Segment& where) {
  required_point_mechanism(name);
  if (!where.section().valid()) throw NeuronError(name + " needs a section of the model");
  const CurrentSection current(where.section().get());
  return ObjectRef::create(name, {where.x()});
}

}  // namespace

PointProcess::PointProcess(const std::string& name, const Segment& where) : object_(create_on(name, where)) {}

PointProcess::PointProcess(const std::string& name) {
  required_point_mechanism(name);
  object_ = ObjectRef::create(name);
}

bool PointProcess::valid() const { return object_ && api().prop_exists(object_.get()); }

std::vector<std::string> PointProcess::properties() const {
  return object_ ? required_point_mechanism(name()).variables : std::vector<std::string>{};
}

// NEURON itself does not check, and ends the process.
void PointProcess::require_property(const std::string& property) const {
  if (!object_) throw NeuronError("Property '" + property + "' of an empty point process");
  if (!valid()) throw NeuronError(name() + " is no longer on a section: it was deleted");
  const std::vector<std::string>& known = required_point_mechanism(name()).variables;
  if (std::ranges::find(known, property) == known.end()) {
    throw NeuronError(name() + " has no property '" + property + "'. It has: " + listed(known));
  }
}

double PointProcess::get(const std::string& property) const {
  require_property(property);
  return api().property_get(object_.get(), property.c_str());
}

void PointProcess::set(const std::string& property, double value) {
  require_property(property);
  if (!std::isfinite(value)) throw NeuronError(name() + "." + property + " must be finite");
  api().property_set(object_.get(), property.c_str(), value);
}

bool has_artificial_cells() {
  const ObjectRef types = ObjectRef::create("MechanismType", {1.0});
  const auto& points = MechanismCatalogue::get().point();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (types.call("is_artificial", {static_cast<double>(i)}) == 0) continue;
    if (ObjectRef::create("List", {points[i].name}).call("count") > 0) return true;
  }
  return false;
}

IClamp::IClamp(const Segment& where, Options options) : PointProcess("IClamp", where) {
  set("del", options.delay_ms);
  set("dur", options.dur_ms);
  set("amp", options.amp_nA);
}

bool IClamp::set_finite(const char* property, double value) {
  if (!std::isfinite(value)) return false;
  set(property, value);
  return true;
}

NetCon::NetCon(const Segment& source, const PointProcess& target, Options options) {
  if (!source.section().valid() || !target.valid())
    throw NeuronError("A NetCon needs a source and a target in the model");
  const CurrentSection current(source.section().get());
  object_ = guarded("new NetCon", [&] {
    const Api& nrn = api();
    nrn.rangevar_push(required_symbol("v"), source.section().get(), source.x());
    nrn.object_push(target.object().get());
    for (double value : {options.threshold_mV, options.delay_ms, options.weight}) nrn.double_push(value);
    return ObjectRef::adopt(nrn.object_new(required_symbol("NetCon"), 5));
  });
}

NetCon::NetCon(const PointProcess& source, const PointProcess& target, Options options) {
  if (!source.valid() || !target.valid()) throw NeuronError("A NetCon needs a source and a target in the model");
  object_ = ObjectRef::create(
      "NetCon", {source.object().get(), target.object().get(), options.threshold_mV, options.delay_ms, options.weight});
}

raw::Object* NetCon::checked() const {
  if (!object_) throw NeuronError("An empty NetCon was used");
  return object_.get();
}

double NetCon::weight() const { return api().property_array_get(checked(), "weight", 0); }
double NetCon::delay_ms() const { return api().property_get(checked(), "delay"); }
double NetCon::threshold_mV() const { return api().property_get(checked(), "threshold"); }

bool NetCon::set_weight(double weight) {
  if (!std::isfinite(weight)) return false;
  api().property_array_set(checked(), "weight", 0, weight);
  return true;
}

bool NetCon::set_delay(double delay_ms) {
  if (!std::isfinite(delay_ms)) return false;
  api().property_set(checked(), "delay", delay_ms);
  return true;
}

bool NetCon::set_threshold(double threshold_mV) {
  if (!std::isfinite(threshold_mV)) return false;
  api().property_set(checked(), "threshold", threshold_mV);
  return true;
}

}  // namespace cnv::nrn
