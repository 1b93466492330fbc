#include "cnv/backends/neuron/display_variables.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/backends/neuron/range_variable.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace {

constexpr Limits potential_limits{-80.0, 50.0}, gate_limits{0.0, 1.0};

// One factor of a unit, without a power: letters only.
std::string printed_factor(const std::string& factor) {
  for (const auto& [ending, symbol] : {std::pair{"ohm", "Ω"}, {"Ohm", "Ω"}})
    if (factor.ends_with(ending)) return printed_factor(factor.substr(0, factor.size() - 3)) + symbol;
  if (factor == "micron") return "µm";
  return factor.size() > 1 && factor[0] == 'u' ? "µ" + factor.substr(1) : factor;
}

const char* printed_power(char digit) {
  constexpr const char* powers[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  return powers[digit - '0'];
}

bool is_gate(const Mechanism* owner, const std::string& name, const std::string& unit) {
  return owner && unit.empty() && std::ranges::find(owner->states, name) != owner->states.end();
}

DisplayVariable described(const std::string& name, const Mechanism* owner) {
  DisplayVariable out{.name = name,
                      .unit = printed_unit(call_text_function("units", {name.substr(0, name.find('['))})),
                      .group = owner ? owner->name : "",
                      .limits = std::nullopt};
  if (name == "v") out.limits = potential_limits;
  else if (is_gate(owner, name, out.unit)) out.limits = gate_limits;
  return out;
}

}  // namespace

std::string printed_unit(const std::string& unit) {
  if (unit == "1") return "";
  std::string out, factor;
  const auto flush = [&] { out += printed_factor(std::exchange(factor, {})); };
  for (std::size_t i = 0; i < unit.size(); ++i) {
    const char c = unit[i];
    const bool power = is_digit(c) && !factor.empty();
    if (is_letter(c)) {
      factor += c;
    } else if (power) {
      flush();
      out += printed_power(c);
    } else {
      flush();
      // "ms-1" is a power, "mA-s" a product.
      if (c == '-' && i + 1 < unit.size() && is_digit(unit[i + 1])) out += std::string("⁻") + printed_power(unit[++i]);
      else out += c;
    }
  }
  flush();
  return out;
}

DisplayVariable display_variable(const std::string& name) {
  if (!RangeVariable::exists(name)) return {.name = name, .unit = "", .group = "", .limits = std::nullopt};
  return described(name, MechanismCatalogue::get().owner_of(name.substr(0, name.find('['))));
}

std::vector<DisplayVariable> display_variables(std::span<const Section> sections) {
  std::vector<DisplayVariable> out{described("v", nullptr)};
  for (const Mechanism& mechanism : MechanismCatalogue::get().density()) {
    if (std::ranges::none_of(
            sections, [&](const Section& section) { return section.valid() && section.has_mechanism(mechanism.name); }))
      continue;
    for (const std::string& name : mechanism.variables)
      if (!name.ends_with('_')) out.push_back(described(name, &mechanism));
    for (const Mechanism::Parameter& array : mechanism.arrays)
      for (int i = 0; i < array.size; ++i) out.push_back(described(element_name(array.name, i), &mechanism));
  }
  return out;
}

void tell_places(std::vector<DisplayVariable>& variables, std::span<const Segment> places) {
  std::map<std::string, EntityRuns> runs_of_group;
  for (auto& variable : variables) {
    if (variable.group.empty()) continue;
    auto [runs, is_new] = runs_of_group.try_emplace(variable.group);
    if (is_new) {
      const Section* last = nullptr;
      bool has = false;
      // Places of one section follow each other.
      runs->second = runs_where(static_cast<std::int64_t>(places.size()), [&](std::int64_t i) {
        const Section& section = places[static_cast<std::size_t>(i)].section();
        if (!last || !(*last == section)) has = section.valid() && section.has_mechanism(variable.group);
        last = &section;
        return has;
      });
    }
    variable.entities = runs->second;
  }
}

}  // namespace cnv::nrn
