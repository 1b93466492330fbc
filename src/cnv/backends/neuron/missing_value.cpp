#include "cnv/backends/neuron/missing_value.hpp"

#include <cmath>
#include <optional>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/backends/neuron/placed_points.hpp"
#include "cnv/backends/neuron/range_variable.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace {

constexpr double least_extent_um = 1e-6;  // below, an area or resistance is none
constexpr std::size_t most_named = 3;

std::string shown(double value) { return general_text(value, 6); }
std::string place_text(const Section& section, double x) { return section.name() + "(" + general_text(x, 4) + ")"; }

bool has_extent(double um) { return std::isfinite(um) && um > least_extent_um; }

// Of one section; none: nothing is wrong there.
std::optional<std::string> geometry_fault(const Section& section) {
  if (const double length = section.length_um(); !has_extent(length))
    return section.name() + " has a length of " + shown(length) + " µm; give L or its 3-D points an extent";
  for (const Segment& segment : section.segments()) {
    const double diam = RangeVariable("diam").get(section, segment.x());
    if (!has_extent(diam))
      return place_text(section, segment.x()) + " has a diameter of " + shown(diam) +
             " µm; give diam or the 3-D points there a value above 0";
  }
  return std::nullopt;
}

// Reversal potential and concentrations of the ions of one section.
std::optional<std::string> ion_fault(const Section& section) {
  constexpr std::string_view ending = "_ion";
  for (const Mechanism& mechanism : MechanismCatalogue::get().density()) {
    if (!mechanism.name.ends_with(ending) || !section.has_mechanism(mechanism.name)) continue;
    const std::string ion = mechanism.name.substr(0, mechanism.name.size() - ending.size());
    for (const std::string& name : {"e" + ion, ion + "i", ion + "o"}) {
      const RangeVariable variable(name);
      if (!variable.on(section)) continue;
      for (const Segment& segment : section.segments())
        if (const double value = variable.get(section, segment.x()); !std::isfinite(value))
          return name + " of " + place_text(section, segment.x()) + " is " + shown(value) +
                 "; set it to a number, and concentrations above 0";
    }
  }
  return std::nullopt;
}

std::optional<std::string> temperature_fault() {
  if (const double now = celsius(); !std::isfinite(now))
    return "the temperature celsius is " + shown(now) + " °C; set h.celsius to a number";
  return std::nullopt;
}

// Of all NetCons; which one is told by its place in hoc's list of them.
std::optional<std::string> weight_fault() {
  static raw::Symbol* const query = [] {
    run_hoc(
        "func cnv_query_weights_() { local i, j  localobj all, one\n"
        "all = new List(\"NetCon\")\n"
        "for i = 0, all.count - 1 {\n"
        "one = all.o(i)\n"
        "for j = 0, one.wcnt - 1 { if (!(one.weight[j] > -1e300 && one.weight[j] < 1e300)) { return i + 1 } }\n"
        "}\n"
        "return 0\n"
        "}");
    return required_symbol("cnv_query_weights_");
  }();
  const double number = call_function(query, "weights of NetCons", {});
  if (number == 0) return std::nullopt;
  return "a weight of the NetCon with the number " + shown(number - 1) +
         " in h.List('NetCon') is not a number; set it to one";
}

// Parameters of the density mechanisms of one section.
std::optional<std::string> parameter_fault(const Section& section) {
  for (const Mechanism& mechanism : MechanismCatalogue::get().density()) {
    if (!section.has_mechanism(mechanism.name)) continue;
    for (const auto& [name, size] : mechanism.parameters) {
      for (int i = 0; i < size; ++i) {
        const RangeVariable parameter(size > 1 ? element_name(name, i) : name);
        for (const Segment& segment : section.segments())
          if (const double value = parameter.get(section, segment.x()); !std::isfinite(value))
            return parameter.name() + " of " + place_text(section, segment.x()) + " is " + shown(value) +
                   "; set it to a number";
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> point_parameter_fault() {
  for (const Mechanism& type : MechanismCatalogue::get().point()) {
    for (const PlacedPoint& point : placed_points(type.name)) {
      for (const auto& [name, size] : type.parameters) {
        for (int i = 0; i < size; ++i) {
          const double value = size > 1 ? api().property_array_get(point.object.get(), name.c_str(), i)
                                        : api().property_get(point.object.get(), name.c_str());
          if (!std::isfinite(value))
            return name + " of " + type.name + " on " + place_text(Section(point.section), point.x) + " is " +
                   shown(value) + "; set it to a number";
        }
      }
    }
  }
  return std::nullopt;
}

// `look` asks NEURON, which refuses where a pointer leads nowhere.
template <class Look>
bool is_set(Look&& look) {
  OutputCapture quiet(true);
  try {
    return look();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

std::vector<std::string> unset_pointers(std::span<const Section> sections) {
  std::vector<std::string> out;
  for (const Mechanism& mechanism : MechanismCatalogue::get().density()) {
    if (mechanism.pointers.empty()) continue;
    for (const Section& section : sections) {
      if (!section.valid() || !section.has_mechanism(mechanism.name)) continue;
      for (const std::string& name : mechanism.pointers) {
        const RangeVariable pointer(name);
        for (const Segment& segment : section.segments()) {
          if (is_set([&] { return pointer.address(section, segment.x()) != nullptr; })) continue;
          if (out.size() == most_named) return out;
          out.push_back(place_text(section, segment.x()) + ": " + name);
        }
      }
    }
  }
  return out;
}

std::string cause_of_missing(std::span<const Section> sections, const Segment& place, const std::string& variable) {
  const Section& here = place.section();
  if (!here.valid())
    return "it was deleted from the model, which goes on without it; leave it out of build_sections(), or keep a "
           "reference to it";
  const RangeVariable shown_variable(variable);
  if (!shown_variable.on(here)) {
    if (variable == "i_membrane_")
      return "i_membrane_ is computed only after h.CVode().use_fast_imem(True); call it in setup_model()";
    return "it has no '" + variable + "' there by now; insert the mechanism again, or show another variable";
  }
  if (auto fault = geometry_fault(here)) return *fault;
  if (auto fault = temperature_fault()) return *fault;
  if (auto fault = parameter_fault(here)) return *fault;
  if (auto fault = ion_fault(here)) return *fault;
  for (const Section& section : sections)
    if (section.valid())
      if (auto fault = geometry_fault(section)) return *fault;
  for (const Section& section : sections)
    if (section.valid())
      if (auto fault = parameter_fault(section)) return *fault;
  for (const Section& section : sections)
    if (section.valid())
      if (auto fault = ion_fault(section)) return *fault;
  if (auto fault = point_parameter_fault()) return *fault;
  if (auto fault = weight_fault()) return *fault;
  return {};
}

}  // namespace cnv::nrn
