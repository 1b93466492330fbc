// Reads single variables after each step as float64: chosen traces, the current of a clamp, what a program records.
// NEURON's own handles are kept, never bare addresses. Used by the session. The owner thread of NEURON only.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cnv/backends/neuron/epoch.hpp"
#include "cnv/backends/neuron/point_process.hpp"
#include "cnv/backends/neuron/range_variable.hpp"

namespace cnv::nrn {

class PointerSampler {
 public:
  PointerSampler() = default;
  // Reads the pointers of a PtrVector that somebody else filled, e.g. a Python program with its _ref_ handles.
  static PointerSampler adopt(ObjectRef ptr_vector);

  // Each returns the index of the value. Throw NeuronError when the variable or property does not exist there.
  std::size_t add(const Segment& place, const std::string& variable);
  std::size_t add(const PointProcess& process, const std::string& property);
  std::size_t add_time();

  std::size_t size() const { return sources_.empty() ? adopted_size_ : sources_.size(); }
  // Writes size() values. What was deleted from the model reads NaN. Throws NeuronError when an adopted pointer is
  // dead.
  void sample(double* out);

 private:
  struct Place {
    Segment where;
    RangeVariable variable;
  };
  struct Property {
    PointProcess process;
    std::string name;
  };
  struct Time {};
  using Source = std::variant<Place, Property, Time>;

  std::size_t add_source(Source source);
  void rebuild();
  void point(std::size_t slot, const Source& source);
  void gather();

  std::vector<Source> sources_;
  std::vector<std::size_t> slots_;  // of each source in the PtrVector, or the marks below
  std::size_t adopted_size_ = 0;
  ObjectRef pointers_;
  ObjectRef values_;
  ModelEpoch epoch_;
  bool stale_ = true;
};

}  // namespace cnv::nrn
