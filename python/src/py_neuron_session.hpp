// PyNeuronSession: the C++ core of the Python class NeuronSession. Everything is called with the GIL held, on the owner
// thread of NEURON.
#pragma once

#include "cnv/backends/neuron/neuron_session.hpp"
#include "py_sampled_session.hpp"

namespace cnv::python {

class PyNeuronSession final : public PySampledSession<NeuronSession> {
 public:
  using PySampledSession::PySampledSession;

  // ---- hooks -----------------------------------------------------------------------------------------------------
  std::vector<nrn::Section> build_sections() override;
  void setup_model(std::span<nrn::Section> sections) override;
  void prepare_recorders() override;
  void on_recorded_samples(std::span<const float> times, const OrderedMap<std::vector<float>>& values) override;
  void shutdown() override;

  // ---- what the Python class calls -------------------------------------------------------------------------------
  // The default of the hook prepare_recorders: makes display values readable for sessions that build everything
  // themselves.
  void prepare_display();
  nb::object read_display_values() override;
  void record(const std::string& name, nb::handle reference);
  void plot(const std::string& title, const std::vector<std::string>& labels, nb::handle references,
            const std::string& unit, const std::string& y_label, double window_ms);
  void record_many(const std::vector<std::string>& names, nb::handle references);
  // The references in the order of their names.
  nb::list recorded_references() const { return references_; }
  const std::vector<std::string>& recorded_names() { return recorder().names(); }
  void forget_recorded() override;
  // With NEURON loaded, which knows the units of its variables.
  nb::object default_scene_of(nb::handle geometry, nb::handle display_values, double time_value);
  void set_dt_ms(double dt) override;
  void set_v_init_mV(double v_init) override;

 protected:
  Built build() override;
  void sample_recorded(double* out, nrn::Moment moment) override;
  std::vector<std::string> unset_pointers() override;
  bool wants_recorded_samples() const override { return overridden(recorded_samples_hook); }
  bool owns_sections() const override { return false; }

 private:
  bool building_ = false;
  static nrn::ObjectRef record_of(nb::handle reference);
  void fill_pointers();
  bool is_gone(std::size_t index) const;
  std::vector<std::string> mark_gone();  // quoted names of those that went since the last call

  nb::list references_;                  // in the order of the recorded names
  std::vector<nrn::ObjectRef> records_;  // Vectors that NEURON fills with the same
  std::vector<bool> gone_;               // what they pointed to has left the model, and was said to
  std::unique_ptr<nrn::Sampler> own_sampler_;
  nrn::PointerSampler pointers_;
  bool pointers_filled_ = false;  // with all of references_ that are not gone
};

// The sections of a Python list, in order. Throws ValueError when one stands in it twice.
std::vector<nrn::Section> take_sections(nb::handle sections);

// NEURON as the Python program loads it, and the functions that take its objects.
void open_neuron();
// A function of the Python module that knows NEURON.
nb::handle neuron_helper(const char* name);

}  // namespace cnv::python
