#include "cnv/backends/neuron/range_variable.hpp"

#include <charconv>

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

struct Parsed {
  std::string array;  // without the index
  int element = -1;   // none is named
};

Parsed parse(const std::string& name) {
  const auto open = name.find('[');
  if (open == std::string::npos || open == 0 || !name.ends_with(']')) return {name};
  int index = -1;
  const char *first = name.data() + open + 1, *last = name.data() + name.size() - 1;
  const auto [end, error] = std::from_chars(first, last, index);
  return error == std::errc() && end == last && index >= 0 ? Parsed{name.substr(0, open), index} : Parsed{name};
}

std::string elements_of(const Mechanism::Parameter& array) {
  std::vector<std::string> names;
  for (int i = 0; i < array.size; ++i) names.push_back(element_name(array.name, i));
  return listed(names);
}

// Those that a person who wrote `name` may have meant: m → m_hh, and names that differ by case.
std::vector<std::string> meant(const std::string& name) {
  std::vector<std::string> out;
  for (const Mechanism& mechanism : MechanismCatalogue::get().density())
    for (const std::string& variable : mechanism.variables)
      if (variable.starts_with(name + "_") || lower_ascii(variable) == lower_ascii(name)) out.push_back(variable);
  return out;
}

}  // namespace

std::string element_name(const std::string& array, int element) { return array + "[" + plain_text(element) + "]"; }

bool RangeVariable::exists(const std::string& name) {
  const Parsed parsed = parse(name);
  if (!range_symbol(parsed.array)) return false;
  const auto* array = MechanismCatalogue::get().find_array(parsed.array);
  return array ? parsed.element >= 0 && parsed.element < array->size && api().push_ndim
               : parsed.element < 0 && !api().symbol_is_array(range_symbol(name));
}

RangeVariable::RangeVariable(const std::string& name) : name_(name) {
  const MechanismCatalogue& catalogue = MechanismCatalogue::get();
  const Parsed parsed = parse(name);
  symbol_ = range_symbol(parsed.array);
  element_ = parsed.element;
  if (!symbol_) {
    const std::vector<std::string> candidates = meant(name);
    throw NeuronError("There is no range variable named '" + name + "'" +
                      (candidates.empty()
                           ? ": no mechanism that is loaded has one. They are named as in hoc, such as v, "
                             "m_hh or ina"
                           : ". Similar ones: " + listed(candidates)));
  }
  const auto* array = catalogue.find_array(parsed.array);
  if (array && element_ < 0)
    throw NeuronError("The range variable '" + name +
                      "' is an array; name one of its elements: " + elements_of(*array));
  if (array && !api().push_ndim)
    throw NeuronError("This build of NEURON does not let programs reach elements of arrays such as '" + name + "'");
  if (array && element_ >= array->size)
    throw NeuronError("The range variable '" + name + "' does not exist; the array has: " + elements_of(*array));
  if (!array && element_ >= 0)
    throw NeuronError("The range variable '" + parsed.array + "' is no array; use it without '[…]'");
  if (!array && api().symbol_is_array(symbol_))
    throw NeuronError("The range variable '" + name + "' is an array of an unknown size; it cannot be used");
  const Mechanism* owner = catalogue.owner_of(parsed.array);
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
  return element_ < 0 ? api().rangevar_get(symbol_, section.get(), x) : *address(section, x);
}

void RangeVariable::set(const Section& section, double x, double value) const {
  if (element_ < 0 && mechanism_ != "morphology" && mechanism_ != "extracellular") {
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

void RangeVariable::push(const Section& section, double x) const {
  if (element_ >= 0) {
    api().double_push(element_);
    api().push_ndim(1);
  }
  api().rangevar_push(symbol_, section.get(), x);
}

}  // namespace cnv::nrn
