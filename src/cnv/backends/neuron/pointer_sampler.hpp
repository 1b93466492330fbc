// Reads single variables after each step as float64: chosen traces, the current of a clamp, what a program records.
// NEURON's own handles are kept, never bare addresses. Used by the session. The owner thread of NEURON only.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cnv/backends/neuron/epoch.hpp"
#include "cnv/backends/neuron/point_process.hpp"
#include "cnv/backends/neuron/range_variable.hpp"

namespace cnv::nrn {

// When a value is read.
enum class Moment {
  now,   // as it is
  step,  // as NEURON's own recorders take it: before the events that are delivered at the end of a step
};

// What NEURON itself records of a variable, read and forgotten step by step.
class OwnRecord {
 public:
  OwnRecord() = default;
  // A Vector that records.
  explicit OwnRecord(ObjectRef vector) : vector_(std::move(vector)) {}
  // Of a property of a point process.
  static OwnRecord of(const PointProcess& process, const std::string& property);
  // What was recorded since the last call, the newest; none: nothing.
  std::optional<double> take();

 private:
  ObjectRef vector_;
  int taken_ = 0;  // values that were seen
};

class PointerSampler {
 public:
  PointerSampler() = default;
  // Reads the pointers of a PtrVector that somebody else filled, e.g. a Python program with its _ref_ handles;
  // `records` are Vectors that record the same (empty where one cannot).
  static PointerSampler adopt(ObjectRef ptr_vector, std::vector<ObjectRef> records = {});

  // Each returns the index of the value. Throw NeuronError when the variable or property does not exist there.
  std::size_t add(const Segment& place, const std::string& variable);
  std::size_t add(const PointProcess& process, const std::string& property);
  std::size_t add_time();

  std::size_t size() const { return sources_.empty() ? adopted_size_ : sources_.size(); }
  // Writes size() values. What was deleted from the model reads NaN. Throws NeuronError when an adopted pointer is
  // dead.
  void sample(double* out, Moment moment = Moment::now);
  // Another place (or property) under the index of one that was added.
  void replace(std::size_t index, const Segment& place, const std::string& variable);
  void replace(std::size_t index, const PointProcess& process, const std::string& property);
  // Whether what was added under the index has left the model.
  bool is_gone(std::size_t index) const;

 private:
  struct Place {
    Segment where;
    RangeVariable variable;
  };
  struct Property {
    PointProcess process;
    std::string name;
    OwnRecord record;
  };
  struct Time {};
  using Source = std::variant<Place, Property, Time>;

  std::size_t add_source(Source source);
  static Source source_of(const Segment& place, const std::string& variable);
  static Source source_of(const PointProcess& process, const std::string& property);
  static bool is_live(const Source& source);
  void rebuild();
  void point(std::size_t slot, const Source& source);
  void gather();

  std::vector<Source> sources_;
  std::vector<std::size_t> slots_;  // of each source in the PtrVector, or the marks below
  std::size_t adopted_size_ = 0;
  ObjectRef pointers_;
  ObjectRef values_;
  std::vector<OwnRecord> adopted_records_;
  ModelEpoch epoch_;
  bool stale_ = true;
};

}  // namespace cnv::nrn
