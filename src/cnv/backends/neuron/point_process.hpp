// Point processes and connections of the NEURON model: IClamp, synapses, NetStim, NetCon. Used by models written in
// C++. An object leaves the model when its last handle goes. The owner thread of NEURON only.
#pragma once

#include <string>
#include <vector>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

// A handle of one point process or artificial cell; empty when made without one.
class PointProcess {
 public:
  PointProcess() = default;
  // Puts a point process of this class ("ExpSyn") on a segment. Throws NeuronError that lists what is available.
  PointProcess(const std::string& name, const Segment& where);
  // An artificial cell ("NetStim"), which has no place.
  explicit PointProcess(const std::string& name);

  // False when empty or when its section was deleted.
  bool valid() const;
  // Its class: "IClamp".
  std::string name() const { return object_.class_name(); }
  // Properties by their hoc names (IClamp: "del", "dur", "amp", "i"). Throw NeuronError that lists the properties.
  double get(const std::string& property) const;
  void set(const std::string& property, double value);
  std::vector<std::string> properties() const;
  // NEURON's own object; empty when this is.
  const ObjectRef& object() const { return object_; }

 private:
  void require_property(const std::string& property) const;
  ObjectRef object_;
};

// Whether the model has an artificial cell, such as a NetStim or IntFire1.
bool has_artificial_cells();

// What a current clamp does.
struct IClampOptions {
  double delay_ms = 0;  // from the start of the simulation
  double dur_ms = 0;    // of the pulse
  double amp_nA = 0;    // depolarises when positive
};

// Current clamp.
class IClamp : public PointProcess {
 public:
  using Options = IClampOptions;
  IClamp() = default;
  // Puts a clamp on a segment. Throws NeuronError.
  IClamp(const Segment& where, Options options = {});

  // The options, one by one. Setters return false, and change nothing, when the value is not finite.
  bool set_delay(double delay_ms) { return set_finite("del", delay_ms); }
  bool set_dur(double dur_ms) { return set_finite("dur", dur_ms); }
  bool set_amp(double amp_nA) { return set_finite("amp", amp_nA); }
  double delay_ms() const { return get("del"); }
  double dur_ms() const { return get("dur"); }
  double amp_nA() const { return get("amp"); }
  // What flows at this moment.
  double current_nA() const { return get("i"); }

 private:
  bool set_finite(const char* property, double value);
};

// What a connection does.
struct NetConOptions {
  double threshold_mV = 10;  // of the potential at a place
  double delay_ms = 1;       // from the event at the source to the target
  double weight = 0;         // in the target's own unit (ExpSyn: µS)
};

// Delivers events from a place whose potential crosses the threshold, or from an artificial cell, to a target.
class NetCon {
 public:
  using Options = NetConOptions;
  NetCon() = default;
  // Throws NeuronError when source or target is empty, or when the target takes no events.
  NetCon(const Segment& source, const PointProcess& target, Options options = {});
  NetCon(const PointProcess& source, const PointProcess& target, Options options = {});

  // False when empty.
  bool valid() const { return static_cast<bool>(object_); }
  // The options, one by one. Throw NeuronError when empty.
  double weight() const;
  double delay_ms() const;
  double threshold_mV() const;
  // Return false, and change nothing, when the value is not finite.
  bool set_weight(double weight);
  bool set_delay(double delay_ms);
  bool set_threshold(double threshold_mV);
  // NEURON's own object; empty when this is.
  const ObjectRef& object() const { return object_; }

 private:
  raw::Object* checked() const;
  ObjectRef object_;
};

}  // namespace cnv::nrn
