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
  void shutdown() override;

  // ---- what the Python class calls -------------------------------------------------------------------------------
  // The default of the hook prepare_recorders: makes display values readable for sessions that build everything
  // themselves.
  void prepare_display();
  nb::object read_display_values() override;
  void record(const std::string& name, nb::handle reference);
  void record_many(const std::vector<std::string>& names, nb::handle references);
  nb::dict recorded_values();
  const std::vector<std::string>& recorded_names() const { return names_; }
  void set_dt_ms(double dt) override;

 protected:
  Built build() override;
  void after_step() override;
  void after_batch(std::span<const double> times) override;
  bool owns_sections() const override { return false; }

 private:
  void fill_recorder();
  void sample_recorded(double* out);

  bool building_ = false;
  nb::object references_;
  std::unique_ptr<nrn::Sampler> own_sampler_;
  std::vector<std::string> names_;
  nrn::PointerSampler recorder_;
  bool recorder_filled_ = false;
  std::vector<double> recorded_;  // (steps, names) of the present batch
};

// The sections of a Python list, in order. Throws ValueError when one stands in it twice.
std::vector<nrn::Section> take_sections(nb::handle sections);

// NEURON as the Python program loads it, and the functions that take its objects.
void open_neuron();
// A function of the Python module that knows NEURON.
nb::handle neuron_helper(const char* name);

}  // namespace cnv::python
