// A range variable (or an element of an array of them) by name: whether a section has it, and its value at a place.
// Used by Segment and the samplers. The owner thread of NEURON only.
#pragma once

#include <string>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

struct Mechanism;

class RangeVariable {
 public:
  // `name` as in hoc: "v", "m_hh", "ina", or the element of an array: "vext[0]". Throws NeuronError when it is unknown,
  // or an array of which no element is named.
  explicit RangeVariable(const std::string& name);
  static bool exists(const std::string& name);

  const std::string& name() const { return name_; }
  bool on(const Section& section) const;
  // Throws NeuronError that lists the variables of the section.
  void require_on(const Section& section) const;

  // For these four the section must have the variable and x must be within 0…1.
  double get(const Section& section, double x) const;
  void set(const Section& section, double x, double value) const;
  // Valid until the structure of the model changes.
  const double* address(const Section& section, double x) const;
  // Leaves NEURON's own handle of the variable on the stack, as the last argument of a call.
  void push(const Section& section, double x) const;

 private:
  std::string name_;
  raw::Symbol* symbol_;
  int element_ = -1;       // of an array
  std::string mechanism_;  // empty: on every section, or unknown
  bool everywhere_;
};

// "vext[1]".
std::string element_name(const std::string& array, int element);

}  // namespace cnv::nrn
