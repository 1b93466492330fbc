#include "cnv/backends/neuron/array_variable.hpp"

#include "cnv/backends/neuron/call.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace {

std::string exact(double value) { return general_text(value, 17); }

std::string element(const Segment& where, const std::string& variable, int index) {
  return variable + "[" + plain_text(index) + "](" + exact(where.x()) + ")";
}

}  // namespace

double get_element(const Segment& where, const std::string& variable, int index) {
  const CurrentSection current(where.section().get());
  run_hoc("hoc_ac_ = " + element(where, variable, index));
  return *api().symbol_dataptr(required_symbol("hoc_ac_"));
}

void set_element(const Segment& where, const std::string& variable, int index, double value) {
  const CurrentSection current(where.section().get());
  run_hoc(element(where, variable, index) + " = " + exact(value));
}

}  // namespace cnv::nrn
