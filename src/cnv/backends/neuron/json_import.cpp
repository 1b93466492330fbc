#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <unordered_map>

#include "cnv/backends/neuron/json_place.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/backends/neuron/range_variable.hpp"
#include "cnv/backends/neuron/section_json.hpp"
#include "cnv/backends/neuron/unfinished.hpp"

namespace cnv::nrn {
namespace {

using Json = JsonPlace::Json;

Json parse(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ValueError(path + ": cannot be read: " + std::strerror(errno));
  try {
    return Json::parse(file);
  } catch (const Json::exception& error) {
    throw ValueError(path + ": is not JSON: " + error.what());
  }
}

// Does what `body` does, and names the place in the file when NEURON refuses.
template <class Body>
void at(const JsonPlace& place, Body&& body) {
  try {
    body();
  } catch (const NeuronError& error) {
    place.fail(error.what());
  }
}

class Importer {
 public:
  Importer(const JsonPlace& file, std::span<Section> sections) : sections_(sections) {
    const auto all = file["sections"].items();
    for (std::size_t i = 0; i < all.size(); ++i) {
      index_.emplace(all[i].first, i);
      described_.push_back(all[i].second);
    }
  }

  std::vector<PointProcess> run() {
    check_parents();
    for (std::size_t i = 0; i < described_.size(); ++i) connect(i);
    for (std::size_t i = 0; i < described_.size(); ++i) fill(described_[i], sections_[i]);
    for (const JsonPlace& described : described_) add_points(described);
    return std::move(points_);
  }

 private:
  std::size_t named(const JsonPlace& name) const {
    const auto found = index_.find(name.text());
    if (found == index_.end()) name.fail("there is no section '" + name.text() + "' in this file");
    return found->second;
  }

  // No section may be its own ancestor: NEURON would not notice.
  void check_parents() const {
    std::vector<std::size_t> seen_from(described_.size(), 0);  // 1 + the section from which a walk to the root came by
    for (std::size_t i = 0; i < described_.size(); ++i) {
      for (std::size_t at = i; seen_from[at] == 0;) {
        seen_from[at] = i + 1;
        const JsonPlace parent = described_[at]["parent"];
        if (parent.is_null()) break;
        at = named(parent);
        if (seen_from[at] == i + 1) parent.fail("closes a loop");
      }
    }
  }

  void connect(std::size_t i) {
    const JsonPlace& described = described_[i];
    const JsonPlace parent = described["parent"];
    if (parent.is_null()) return;
    const double child_x = described.has("child_x") ? described["child_x"].number() : 0;
    const JsonPlace parent_x = described["parent_x"];
    if (!(parent_x.number() >= 0 && parent_x.number() <= 1)) parent_x.fail("is not within 0…1");
    if (child_x != 0 && child_x != 1) described["child_x"].fail("is neither 0 nor 1");
    // Section::connect would walk to the root each time to look for loops.
    api().section_connect(sections_[i].get(), child_x, sections_[named(parent)].get(), parent_x.number());
  }

  static void fill(const JsonPlace& described, Section& section) {
    set_geometry(described, section);
    at(described["nseg"], [&] { section.set_nseg(described["nseg"].whole_number()); });
    if (described.has("diam")) set_per_segment(described["diam"], section, "diam");
    at(described["Ra"], [&] { section.set_axial_resistance_ohm_cm(described["Ra"].number()); });
    set_per_segment(described["cm"], section, "cm");
    const JsonPlace mechanisms = described["density_mechs"], ions = described["ions"];
    for (const auto& [name, values] : mechanisms.items()) fill_mechanism(name, values, section);
    for (const auto& [name, values] : ions.items()) fill_mechanism(name + "_ion", values, section);
  }

  static void set_geometry(const JsonPlace& described, Section& section) {
    const std::vector<JsonPlace> points = described["geometry"].list();
    for (const JsonPlace& p : points) {
      at(p, [&] { section.add_point(p["x"].number(), p["y"].number(), p["z"].number(), p["diam"].number()); });
    }
    // A length beside 3-D points would scale them; set on a single point it ends the process.
    if (points.empty() && described.has("L"))
      at(described["L"], [&] { section.set_length_um(described["L"].number()); });
  }

  static void set_per_segment(const JsonPlace& values, const Section& section, const std::string& variable) {
    const std::vector<Segment> segments = section.segments();
    const std::vector<JsonPlace> list = values.list(segments.size(), "segment");
    for (std::size_t i = 0; i < list.size(); ++i) at(list[i], [&] { segments[i].set(variable, list[i].number()); });
  }

  static void fill_mechanism(const std::string& name, const JsonPlace& values, Section& section) {
    at(values, [&] { section.insert(name); });
    const Mechanism& mechanism = *MechanismCatalogue::get().find_density(name);
    const auto known = [](const std::vector<std::string>& names, const std::string& wanted) {
      return std::ranges::find(names, wanted) != names.end();
    };
    const auto is_array = [&](const std::string& wanted) {
      return std::ranges::find(mechanism.arrays, wanted, &Mechanism::Parameter::name) != mechanism.arrays.end();
    };
    for (const auto& [key, list] : values.items()) {
      const std::string suffixed = key + "_" + name;
      if (known(mechanism.variables, suffixed)) set_per_segment(list, section, suffixed);
      else if (known(mechanism.variables, key)) set_per_segment(list, section, key);
      else if (is_array(suffixed)) set_arrays(list, section, suffixed);
      else if (is_array(key)) set_arrays(list, section, key);
      else list.fail(name + " has no such variable. It has: " + listed(mechanism.variables));
    }
  }

  static void set_arrays(const JsonPlace& values, const Section& section, const std::string& variable) {
    const std::vector<Segment> segments = section.segments();
    const std::vector<JsonPlace> list = values.list(segments.size(), "segment");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::vector<JsonPlace> elements = list[i].list();
      for (std::size_t k = 0; k < elements.size(); ++k) {
        at(elements[k], [&] { segments[i].set(element_name(variable, static_cast<int>(k)), elements[k].number()); });
      }
    }
  }

  void add_points(const JsonPlace& described) {
    for (const JsonPlace& point : described["point_processes"].list()) {
      const JsonPlace place = point["section_loc"];
      const Section& section = sections_[named(place["section"])];
      const JsonPlace type = point["type"];
      at(type, [&] { points_.emplace_back(type.text(), section(checked_x(place["loc"]))); });
      for (const auto& [key, value] : point["parameters"].items()) set_parameter(points_.back(), key, value);
    }
  }

  static double checked_x(const JsonPlace& loc) {
    if (!(loc.number() >= 0 && loc.number() <= 1)) loc.fail("is not within 0…1");
    return loc.number();
  }

  static void set_parameter(PointProcess& point, const std::string& key, const JsonPlace& value) {
    const Mechanism& type = *MechanismCatalogue::get().find_point(point.name());
    const auto has = [&](const char* name) { return std::ranges::find(type.variables, name) != type.variables.end(); };
    const std::string name = key == "delay" && !has("delay") && has("del") ? "del" : key;  // Python's name of it
    const auto array =
        std::ranges::find_if(type.parameters, [&](const auto& p) { return p.name == name && p.size > 1; });
    if (array == type.parameters.end()) {
      at(value, [&] { point.set(name, value.number()); });
      return;
    }
    const std::vector<JsonPlace> elements = value.list(static_cast<std::size_t>(array->size), "element");
    for (std::size_t i = 0; i < elements.size(); ++i) {
      api().property_array_set(point.object().get(), name.c_str(), static_cast<int>(i), elements[i].number());
    }
  }

  std::span<Section> sections_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<JsonPlace> described_;
  std::vector<PointProcess> points_;
};

}  // namespace

struct ModelFile::Contents {
  std::string path;
  Json json;
  JsonPlace place() const { return {json, path + ": "}; }
};

ModelFile::ModelFile(const std::string& path) : contents_(new Contents{path, parse(path)}) { names(); }
ModelFile::~ModelFile() = default;
ModelFile::ModelFile(ModelFile&&) noexcept = default;

std::vector<std::string> ModelFile::names() const {
  std::vector<std::string> out;
  for (const auto& [name, described] : contents_->place()["sections"].items()) {
    if (name.empty()) described.fail("a section needs a name");
    out.push_back(name);
  }
  return out;
}

std::vector<PointProcess> ModelFile::build(std::span<Section> sections) const {
  return Importer(contents_->place(), sections).run();
}

ImportedModel import_json(const std::string& path) {
  const ModelFile file(path);
  UnfinishedSections made;
  for (const std::string& name : file.names()) made.create(name);
  std::vector<PointProcess> points = file.build(made.sections());
  return {made.keep(), std::move(points)};
}

}  // namespace cnv::nrn
