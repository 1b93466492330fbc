#include "cnv/backends/neuron/range_variable.hpp"

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace {

raw::Symbol* range_symbol(const std::string& name) {
  static const int range_type = api().symbol_type(required_symbol("v"));
  raw::Symbol* symbol = api().symbol(name.c_str());
  return symbol && api().symbol_type(symbol) == range_type ? symbol : nullptr;
}

bool is_array(const std::string& name, const raw::Symbol* symbol) {
  return MechanismCatalogue::get().is_array(name) || api().symbol_is_array(symbol);
}

}  // namespace

bool RangeVariable::exists(const std::string& name) {
  raw::Symbol* symbol = range_symbol(name);
  return symbol && !is_array(name, symbol);
}

RangeVariable::RangeVariable(const std::string& name) : name_(name), symbol_(range_symbol(name)) {
  const MechanismCatalogue& catalogue = MechanismCatalogue::get();
  if (!symbol_) {
    throw NeuronError("There is no range variable named '" + name +
                      "'. Those of a section are v and those of its mechanisms: " + listed(catalogue.density()));
  }
  if (is_array(name, symbol_)) {
    throw NeuronError("The range variable '" + name + "' is an array; only single values can be used");
  }
  const Mechanism* owner = catalogue.owner_of(name);
  mechanism_ = owner ? owner->name : "";
  everywhere_ = name == "v" || mechanism_ == "morphology" || mechanism_ == "capacitance";
}

bool RangeVariable::on(const Section& section) const {
  if (everywhere_) return true;
  if (!mechanism_.empty()) return section.has_mechanism(mechanism_);
  // Not listed by any mechanism (i_membrane_): NEURON knows, and answers with an error.
  try {
    OutputCapture quiet(true);
    api().rangevar_get(symbol_, section.get(), 0.5);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void RangeVariable::require_on(const Section& section) const {
  if (!section.valid()) throw NeuronError("A section was used after it was deleted from the model");
  if (on(section)) return;
  throw NeuronError(section.name() + " has no range variable '" + name_ + "'. It has: " + listed(section.variables()));
}

double RangeVariable::get(const Section& section, double x) const {
  // Diameters follow new 3-D points only when something asks for the area.
  if (mechanism_ == "morphology") section(x).area_um2();
  return api().rangevar_get(symbol_, section.get(), x);
}

void RangeVariable::set(const Section& section, double x, double value) const {
  if (mechanism_ != "morphology" && mechanism_ != "extracellular") {
    api().rangevar_set(symbol_, section.get(), x, value);
    return;
  }
  // Only the interpreter's assignment adapts the 3-D points and marks the geometry as changed.
  const CurrentSection current(section.get());
  run_hoc(name_ + "(" + general_text(x, 17) + ") = " + general_text(value, 17));
}

const double* RangeVariable::address(const Section& section, double x) const {
  push(section, x);
  return api().double_ptr_pop();
}

}  // namespace cnv::nrn
