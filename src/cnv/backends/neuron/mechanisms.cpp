#include "cnv/backends/neuron/mechanisms.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <unordered_set>

#include "cnv/backends/neuron/call.hpp"

namespace cnv::nrn {
namespace {

enum class Kind { density = 0, point = 1 };

std::optional<MechanismCatalogue>& slot() {
  static std::optional<MechanismCatalogue> catalogue;
  return catalogue;
}

// Calls a method whose first argument is a string that it fills; `number` receives what the method returns.
std::string call_for_text(const ObjectRef& object, const char* method, std::initializer_list<double> more,
                          double* number = nullptr) {
  const Api& nrn = api();
  char* text = strdup("");  // NEURON frees and replaces it
  char error[256];
  OutputCapture capture;
  nrn.str_push(&text);
  for (double argument : more) nrn.double_push(argument);
  const int failed = nrn.method_call_nothrow(object.get(), nrn.method_symbol(object.get(), method),
                                             1 + static_cast<int>(more.size()), error, sizeof error);
  const double result = failed ? 0 : nrn.double_pop();
  if (number) *number = result;
  std::string out = text;
  std::free(text);
  if (failed) throw NeuronError(object.class_name() + "." + method + ": " + capture.take_error(error));
  return out;
}

// As MechanismStandard counts kinds of variables.
enum class Variables { all = 0, parameters = 1, assigned = 2, states = 3 };

std::vector<Mechanism::Parameter> read_names(const std::string& mechanism, Variables kind) {
  const ObjectRef standard = ObjectRef::create("MechanismStandard", {mechanism, static_cast<double>(kind)});
  const int count = static_cast<int>(standard.call("count"));
  std::vector<Mechanism::Parameter> out;
  for (int i = 0; i < count; ++i) {
    double size = 1;
    std::string name = call_for_text(standard, "name", {static_cast<double>(i)}, &size);
    out.push_back({std::move(name), static_cast<int>(size)});
  }
  return out;
}

void read_variables(Mechanism& mechanism) {
  const std::vector<Mechanism::Parameter> all = read_names(mechanism.name, Variables::all);
  mechanism.parameters = read_names(mechanism.name, Variables::parameters);
  std::unordered_set<std::string> ordinary;
  for (const auto& [name, size] : mechanism.parameters) ordinary.insert(name);
  for (const auto& [name, size] : read_names(mechanism.name, Variables::assigned)) ordinary.insert(name);
  for (const auto& [name, size] : read_names(mechanism.name, Variables::states)) {
    ordinary.insert(name);
    if (size == 1) mechanism.states.push_back(name);
  }
  for (const auto& [name, size] : all) {
    if (size > 1) mechanism.arrays.push_back({name, size});
    else mechanism.variables.push_back(name);
    // NEURON counts them with all variables, and with none of the kinds.
    if (!ordinary.contains(name)) mechanism.pointers.push_back(name);
  }
}

std::vector<Mechanism> read_mechanisms(Kind kind) {
  std::vector<Mechanism> mechanisms;
  const ObjectRef types = ObjectRef::create("MechanismType", {static_cast<double>(kind)});
  const int count = static_cast<int>(types.call("count"));
  for (int i = 0; i < count; ++i) {
    types.call("select", {static_cast<double>(i)});
    Mechanism& mechanism = mechanisms.emplace_back();
    mechanism.name = call_for_text(types, "selected", {});
    read_variables(mechanism);
  }
  return mechanisms;
}

const Mechanism* find(const std::vector<Mechanism>& mechanisms, std::string_view name) {
  const auto found = std::ranges::find(mechanisms, name, &Mechanism::name);
  return found == mechanisms.end() ? nullptr : &*found;
}

}  // namespace

MechanismCatalogue::MechanismCatalogue()
    : density_(read_mechanisms(Kind::density)), point_(read_mechanisms(Kind::point)) {
  for (std::size_t i = 0; i < density_.size(); ++i) {
    for (const std::string& variable : density_[i].variables) owner_.emplace(variable, i);
    for (const Mechanism::Parameter& array : density_[i].arrays) owner_.emplace(array.name, i);
  }
}

const MechanismCatalogue& MechanismCatalogue::get() {
  if (!slot()) slot() = MechanismCatalogue();
  return *slot();
}

void MechanismCatalogue::forget() { slot().reset(); }

const Mechanism* MechanismCatalogue::find_density(std::string_view name) const { return find(density_, name); }
const Mechanism* MechanismCatalogue::find_point(std::string_view name) const { return find(point_, name); }

const Mechanism* MechanismCatalogue::owner_of(const std::string& variable) const {
  const auto found = owner_.find(variable);
  return found == owner_.end() ? nullptr : &density_[found->second];
}

const Mechanism::Parameter* MechanismCatalogue::find_array(const std::string& variable) const {
  const Mechanism* owner = owner_of(variable);
  if (!owner) return nullptr;
  const auto found = std::ranges::find(owner->arrays, variable, &Mechanism::Parameter::name);
  return found == owner->arrays.end() ? nullptr : &*found;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::string listed(const std::vector<Mechanism>& mechanisms) {
  std::vector<std::string> names;
  for (const Mechanism& mechanism : mechanisms) names.push_back(mechanism.name);
  return listed(names);
}

}  // namespace cnv::nrn
