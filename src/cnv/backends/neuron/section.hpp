// Sections and segments of the NEURON model, as handles that are cheap to copy. Used by sessions and models written in
// C++. The owner thread of NEURON only.
//
// A handle keeps the memory of a section, not the section: delete_section, or NEURON itself, may remove it from the
// model. Every use of a removed section throws NeuronError.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cnv/backends/neuron/error.hpp"

namespace cnv::nrn {

namespace raw {
struct Section;
}
class Segment;

// One 3-D point of a section, µm. `arc` is the path length from the section's first point.
struct Point3d {
  std::array<double, 3> position{};  // x, y, z
  double diam = 0;                   // of the section there
  double arc = 0;                    // 0 at the first point
};

// A handle of one section; empty when made without one. Functions throw NeuronError for an empty or removed section.
class Section {
 public:
  Section() = default;
  // Of NEURON's own section; null: empty.
  explicit Section(raw::Section* section);
  Section(const Section& other);
  Section(Section&& other) noexcept;
  Section& operator=(Section other) noexcept;
  ~Section();

  // False when empty or removed from the model.
  bool valid() const;
  // NEURON's own section, or null.
  raw::Section* get() const { return section_; }
  friend bool operator==(const Section& a, const Section& b) { return a.section_ == b.section_; }

  // As NEURON prints it.
  std::string name() const;
  double length_um() const;                             // L
  void set_length_um(double length);                    // > 0; scales the 3-D points
  int nseg() const;                                     // number of segments
  void set_nseg(int nseg);                              // 1…32767
  double axial_resistance_ohm_cm() const;               // Ra
  void set_axial_resistance_ohm_cm(double resistance);  // > 0

  // Place on this section; throws NeuronError unless x is within 0…1.
  Segment operator()(double x) const;
  // The centres of the segments, in order.
  std::vector<Segment> segments() const;

  // Attaches the end `child_x` (0 or 1) of this section to a place on another one.
  void connect(const Segment& parent, double child_x = 0);
  // Takes this section and what hangs on it off its parent.
  void disconnect();
  // Adds a density mechanism. Throws NeuronError that lists what is available.
  void insert(const std::string& mechanism);
  // Removes a density mechanism, if it is there. Throws NeuronError when NEURON has none of this name.
  void uninsert(const std::string& mechanism);
  // Whether a density mechanism is inserted.
  bool has_mechanism(const std::string& mechanism) const;
  // True when the range variable has a value on this section.
  bool has_variable(const std::string& variable) const;
  // Names of the range variables of this section.
  std::vector<std::string> variables() const;
  // Sets a range variable (also diam, cm, v) on all segments. Throws NeuronError when the section does not have it.
  void set(const std::string& variable, double value);

  std::optional<Section> parent() const;  // none: a root
  double parent_x() const;                // where on the parent; 0 without one
  double child_x() const;                 // which end of this section is attached: 0 or 1
  std::vector<Section> children() const;  // directly attached to this one

  // Number of 3-D points, and the points from the end at the parent.
  int point_count() const;
  std::vector<Point3d> points() const;
  // Appends a 3-D point (µm); from two points on they define length and diameters.
  void add_point(double x, double y, double z, double diam);
  // Removes all 3-D points; length and diameters stay.
  void clear_points();

 private:
  raw::Section* checked() const;
  raw::Section* section_ = nullptr;
};

// A place on a section; values are those of the segment that contains it.
class Segment {
 public:
  Segment() = default;
  // Throws NeuronError unless x is within 0…1.
  Segment(Section section, double x);

  // Where it is.
  const Section& section() const { return section_; }
  double x() const { return x_; }
  double v() const;         // membrane potential, mV
  double diam_um() const;   // of the segment
  double area_um2() const;  // of the segment's membrane
  // A range variable by its hoc name, e.g. "m_hh". Throws NeuronError that lists those of the section.
  double get(const std::string& variable) const;
  // Sets it for the whole segment. Throws as get().
  void set(const std::string& variable, double value) const;

 private:
  Section section_;
  double x_ = 0.5;
};

// A new section, not visible to hoc under this name (use run_hoc("create …") for that).
Section create_section(const std::string& name);
// Removes a section from the model. Handles of it become invalid.
void delete_section(const Section& section);
void delete_sections(std::span<const Section> sections);
// All sections of the model, in order of creation.
std::vector<Section> all_sections();

}  // namespace cnv::nrn
