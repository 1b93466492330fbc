// Point processes and connections of the NEURON model: IClamp, synapses, NetStim, NetCon. Used by models written in C++.
// An object leaves the model when its last handle goes. The owner thread of NEURON only.
#pragma once

#include <string>
#include <vector>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

class PointProcess {
 public:
  PointProcess() = default;  // empty
  // Puts a point process of this class ("ExpSyn") on a segment. Throws NeuronError that lists what is available.
  PointProcess(const std::string& name, const Segment& where);
  // An artificial cell ("NetStim"), which has no place.
  explicit PointProcess(const std::string& name);

  // False when empty or when its section was deleted.
  bool valid() const;
  std::string name() const { return object_.class_name(); }
  // Properties by their hoc names (IClamp: "del", "dur", "amp", "i"). Throw NeuronError that lists the properties.
  double get(const std::string& property) const;
  void set(const std::string& property, double value);
  std::vector<std::string> properties() const;
  const ObjectRef& object() const { return object_; }

 private:
  void require_property(const std::string& property) const;
  ObjectRef object_;
};

struct IClampOptions {
  double delay_ms = 0;
  double dur_ms = 0;
  double amp_nA = 0;
};

// Current clamp. The setters return false, and change nothing, when the value is not finite.
class IClamp : public PointProcess {
 public:
  using Options = IClampOptions;
  IClamp() = default;
  IClamp(const Segment& where, Options options = {});

  bool set_delay(double delay_ms) { return set_finite("del", delay_ms); }
  bool set_dur(double dur_ms) { return set_finite("dur", dur_ms); }
  bool set_amp(double amp_nA) { return set_finite("amp", amp_nA); }
  double delay_ms() const { return get("del"); }
  double dur_ms() const { return get("dur"); }
  double amp_nA() const { return get("amp"); }
  double current_nA() const { return get("i"); }

 private:
  bool set_finite(const char* property, double value);
};

struct NetConOptions {
  double threshold_mV = 10;
  double delay_ms = 1;
  double weight = 0;
};

// Delivers events from a place whose potential crosses the threshold, or from an artificial cell, to a target.
class NetCon {
 public:
  using Options = NetConOptions;
  NetCon() = default;
  NetCon(const Segment& source, const PointProcess& target, Options options = {});
  NetCon(const PointProcess& source, const PointProcess& target, Options options = {});

  bool valid() const { return static_cast<bool>(object_); }
  double weight() const;
  double delay_ms() const;
  double threshold_mV() const;
  // Return false, and change nothing, when the value is not finite.
  bool set_weight(double weight);
  bool set_delay(double delay_ms);
  bool set_threshold(double threshold_mV);
  const ObjectRef& object() const { return object_; }

 private:
  raw::Object* checked() const;
  ObjectRef object_;
};

}  // namespace cnv::nrn
