#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/backends/neuron/placed_points.hpp"
#include "cnv/backends/neuron/range_variable.hpp"
#include "cnv/backends/neuron/section_json.hpp"
#include "cnv/base/exceptions.hpp"

namespace cnv::nrn {
namespace {

using Json = nlohmann::ordered_json;

const std::string ion_ending = "_ion";

bool ends_with(const std::string& text, const std::string& ending) {
  return text.size() > ending.size() && text.ends_with(ending);
}

std::string without(const std::string& text, const std::string& ending) {
  return ends_with(text, ending) ? text.substr(0, text.size() - ending.size()) : text;
}

double finite(double value, const std::string& section, const std::string& variable) {
  if (std::isfinite(value)) return value;
  throw NeuronError(section + ": " + variable + " is " + (std::isnan(value) ? "not a number" : "infinite") +
                    "; only finite values can be exported");
}

class Exporter {
 public:
  explicit Exporter(std::span<const Section> sections) : sections_(sections) {
    for (const Section& section : sections) exported_.insert(section.get());
    for (const Mechanism& type : MechanismCatalogue::get().point()) note_points(type);
  }

  Json run() {
    Json all = Json::object();
    for (const Section& section : sections_) {
      const std::string name = section.name();
      if (all.contains(name))
        throw NeuronError("Two sections are named " + name + "; the file tells sections by their names");
      all[name] = describe(section, name);
    }
    return {{"sections", std::move(all)}};
  }

 private:
  void note_points(const Mechanism& type) {
    for (PlacedPoint& point : placed_points(type.name)) {
      if (exported_.contains(point.section)) points_[point.section].push_back({&type, std::move(point)});
    }
  }

  Json describe(const Section& section, const std::string& name) {
    Json out;
    describe_place(out, section);
    out["geometry"] = geometry(section);
    if (out["geometry"].empty()) {
      out["L"] = section.length_um();
      out["diam"] = per_segment(section, name, "diam");
    }
    out["nseg"] = section.nseg();
    out["Ra"] = section.axial_resistance_ohm_cm();
    out["cm"] = per_segment(section, name, "cm");
    describe_mechanisms(out, section, name);
    out["point_processes"] = point_processes(section, name);
    return out;
  }

  void describe_place(Json& out, const Section& section) const {
    const std::optional<Section> parent = section.parent();
    const bool known = parent && exported_.contains(parent->get());
    out["parent"] = known ? Json(parent->name()) : Json();
    out["parent_x"] = known ? Json(section.parent_x()) : Json();
    if (known && section.child_x() == 1) out["child_x"] = 1;
  }

  static Json geometry(const Section& section) {
    Json out = Json::array();
    for (const Point3d& point : section.points()) {
      const auto& [x, y, z] = point.position;
      out.push_back({{"x", x}, {"y", y}, {"z", z}, {"diam", point.diam}});
    }
    return out;
  }

  Json per_segment(const Section& section, const std::string& section_name, const std::string& variable) {
    const RangeVariable& range = ranges_.try_emplace(variable, variable).first->second;
    Json out = Json::array();
    const int count = section.nseg();
    for (int i = 0; i < count; ++i)
      out.push_back(finite(range.get(section, (i + 0.5) / count), section_name, variable));
    return out;
  }

  Json arrays_per_segment(const Section& section, const std::string& section_name, const Mechanism::Parameter& array) {
    std::vector<RangeVariable> elements_of_array;
    for (int i = 0; i < array.size; ++i) elements_of_array.emplace_back(element_name(array.name, i));
    Json out = Json::array();
    for (const Segment& segment : section.segments()) {
      Json elements = Json::array();
      for (const RangeVariable& element : elements_of_array)
        elements.push_back(finite(element.get(section, segment.x()), section_name, element.name()));
      out.push_back(std::move(elements));
    }
    return out;
  }

  void describe_mechanisms(Json& out, const Section& section, const std::string& section_name) {
    Json mechanisms = Json::object(), ions = Json::object();
    for (const Mechanism& mechanism : MechanismCatalogue::get().density()) {
      if (mechanism.name == "morphology" || mechanism.name == "capacitance" || !section.has_mechanism(mechanism.name))
        continue;
      Json values = Json::object();
      if (ends_with(mechanism.name, ion_ending)) {
        for (const std::string& variable : mechanism.variables)
          values[variable] = per_segment(section, section_name, variable);
        ions[without(mechanism.name, ion_ending)] = std::move(values);
        continue;
      }
      for (const Mechanism::Parameter& parameter : mechanism.parameters) {
        values[without(parameter.name, "_" + mechanism.name)] =
            parameter.size > 1 ? arrays_per_segment(section, section_name, parameter)
                               : per_segment(section, section_name, parameter.name);
      }
      mechanisms[mechanism.name] = std::move(values);
    }
    out["density_mechs"] = std::move(mechanisms);
    out["ions"] = std::move(ions);
  }

  Json point_processes(const Section& section, const std::string& name) const {
    Json out = Json::array();
    const auto known = points_.find(section.get());
    if (known == points_.end()) return out;
    for (const auto& [type, point] : known->second) {
      out.push_back({{"type", type->name},
                     {"section_loc", {{"section", name}, {"loc", point.x}}},
                     {"parameters", parameters(*type, point.object, name)}});
    }
    return out;
  }

  static Json parameters(const Mechanism& type, const ObjectRef& object, const std::string& section_name) {
    Json out = Json::object();
    for (const auto& [name, size] : type.parameters) {
      const std::string shown = type.name + "." + name;
      if (size == 1) {
        out[name] = finite(api().property_get(object.get(), name.c_str()), section_name, shown);
        continue;
      }
      Json elements = Json::array();
      for (int i = 0; i < size; ++i)
        elements.push_back(finite(api().property_array_get(object.get(), name.c_str(), i), section_name, shown));
      out[name] = std::move(elements);
    }
    return out;
  }

  struct Point {
    const Mechanism* type;
    PlacedPoint placed;
  };

  std::span<const Section> sections_;
  std::set<const raw::Section*> exported_;
  std::unordered_map<const raw::Section*, std::vector<Point>> points_;
  std::unordered_map<std::string, RangeVariable> ranges_;
};

}  // namespace

void export_json(const std::string& path, std::span<const Section> sections) {
  const std::string text = Exporter(sections).run().dump(2);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text << '\n';
  file.close();
  if (!file) throw ValueError(path + ": cannot be written: " + std::strerror(errno));
}

}  // namespace cnv::nrn
