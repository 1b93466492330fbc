// NeuronSession: a live NEURON model. Users override build_sections() and setup_model(); everything else has a default.
// The owner thread of NEURON only.
#pragma once

#include <memory>

#include "cnv/backends/neuron/epoch.hpp"
#include "cnv/backends/neuron/morphology.hpp"
#include "cnv/backends/neuron/point_process.hpp"
#include "cnv/backends/neuron/pointer_sampler.hpp"
#include "cnv/backends/neuron/recorded_plots.hpp"
#include "cnv/backends/neuron/sampler.hpp"
#include "cnv/backends/neuron/step_recorder.hpp"
#include "cnv/runtime/sampled_session.hpp"

namespace cnv {

// Parameters of a NEURON session.
struct NeuronOptions {
  // Solver step, ms, and initial potential, mV. None: what the program has set in NEURON (h.dt, h.v_init) by the end of
  // setup_model(), where that is not NEURON's own default (0.025, −65); else 0.1 and −65.
  std::optional<double> dt, v_init;
  std::int64_t max_samples = 1000;         // least history length per trace
  std::optional<double> display_dt = 0.1;  // simulated ms per update batch; none: one step
  HistoryCaptureMode history_capture_mode = HistoryCaptureMode::on_demand;  // which entities have a past
  std::string title = "CompNeuroVis";                                       // of the window
  nrn::Detail detail = nrn::Detail::points;                                 // what an entity is
  std::string variable = "v";  // range variable that colours the cell and fills the traces
};

class NeuronSession : public SampledSession {
 public:
  // Loads nothing yet: the model is built inside run_app().
  explicit NeuronSession(NeuronOptions options = {});
  ~NeuronSession() override;

  // ---- hooks -----------------------------------------------------------------------------------------------------
  // Creates and returns the sections to show, in display order.
  virtual std::vector<nrn::Section> build_sections() = 0;
  // Inserts mechanisms, stimuli, synapses.
  virtual void setup_model(std::span<nrn::Section>) {}
  // Call record() here (or in setup_model()).
  virtual void prepare_recorders() {}
  // After each batch, if anything is recorded: one time and one value per step. Within it recorded_times() has the
  // times exactly: float32 tells steps of 0.1 ms apart for 1,600 s only.
  virtual void on_recorded_samples(std::span<const float> /*times*/, const OrderedMap<std::vector<float>>& /*values*/) {
  }

  bool apply_control(std::string_view control_id, const Value& value) override;
  // The unit that NEURON knows; −80 … 50 for v, 0 … 1 for gating variables, automatic limits for any other range
  // variable.
  std::string display_unit() override;
  std::optional<Limits> morphology_color_limits() override;
  // v and all range variables of the mechanisms in the sections, with the units that NEURON knows.
  std::vector<DisplayVariable> display_variables() override;
  std::string initial_display_variable() override { return variable_; }
  // The variable that the traces show, whatever the cell is coloured by.
  std::string trace_y_label() override { return variable_; }

  // ---- to call ---------------------------------------------------------------------------------------------------
  // One value per step of a range variable at a place, or of a property of a point process, taken where NEURON's
  // Vector.record takes it: before the events at the end of a step. A name that is recorded already may be given again
  // once what it stood for has left the model; else that throws ValueError. Throws NeuronError when the place does not
  // have it.
  void record(const std::string& name, const nrn::Segment& place, const std::string& variable);
  void record(const std::string& name, const nrn::PointProcess& process, const std::string& property);
  // One trace of a plot: a range variable at a place.
  struct Trace {
    std::string label;     // in the legend
    nrn::Segment place;    // where it is read
    std::string variable;  // a range variable, "m_hh"
  };
  // A plot beside the cell of variables that are recorded at every step, as record() does. Call it where record() is
  // called. Its field and view have the title as id; Resets, runs and times are its own business. `y_label`: empty, or
  // what the y axis says. `window_ms`: of time in view, 0: all. Throws ValueError for a title or label that is taken.
  void plot(const std::string& title, const std::vector<Trace>& traces, const std::string& unit = {},
            const std::string& y_label = {}, double window_ms = 100);
  Scene build_scene(GeometryPtr geometry, std::span<const float> display_values, double time_ms) override;
  // Name → value at this moment.
  OrderedMap<double> recorded_values();
  // The times of the samples in on_recorded_samples(), ms; empty outside of it.
  std::span<const double> recorded_times() const { return recorded_times_; }
  // What build_sections() returned; empty before.
  std::span<nrn::Section> sections() { return sections_; }
  void shutdown() override;

 protected:
  Built build() override;
  void initialize_state() override;
  void step() override;
  double time_ms() override;
  void sample_entities(float* out) override;
  void sample_some(std::span<const std::int64_t> entities, float* out) override;
  void sample_compartments(float* out) override;
  VariableReader variable_reader(const std::string& variable, bool compartments) override;
  VariableReader variable_reader_at(const std::string& variable, std::span<const std::int64_t> entities) override;
  std::string cause_of_missing(std::int64_t entity) override;
  void after_step() override;
  void after_batch(std::span<const double> times) override;
  void after_restart() override;
  // A plot of what is recorded as the names that it returns.
  std::vector<std::string> plot_recorded(RecordedPlot plot) { return plots_.add(std::move(plot)); }
  // False when the sections belong to somebody else (a Python program): then they are not deleted at the end.
  virtual bool owns_sections() const { return true; }
  // Empty before the model is built.
  const nrn::Morphology& morphology() const { return morphology_; }
  // What is recorded.
  StepRecorder& recorder() { return recorder_; }
  // Their values, one per name.
  virtual void sample_recorded(double* out, nrn::Moment moment);
  // False: nobody looks at recorded samples, so none are taken.
  virtual bool wants_recorded_samples() const { return true; }
  bool has_plots() const { return !plots_.empty(); }
  // POINTERs of mechanisms that are not set, in words; at most a few. A mechanism that reads one ends the process.
  virtual std::vector<std::string> unset_pointers();
  // Ends the recording of everything: names may be used again.
  virtual void forget_recorded();
  // From here on options.dt (options.v_init) is what the program asked this session for, whatever NEURON has.
  void dt_is_given() { dt_from_ = Origin::given; }
  void v_init_is_given() { v_init_from_ = Origin::given; }

 private:
  enum class Origin { given, neuron, ours };
  std::vector<nrn::Segment> places_of(std::span<const std::int64_t> entities) const;
  void take_neurons_own();
  std::string settings() const;

  template <class... What>
  void record_new(const std::string& name, const What&... what);
  void emit_plot(const std::string& field_id, Update update);
  void sample_recorded_step(nrn::Moment moment);
  void require_variable() const;
  void notice_changes();
  void tell_new_sections();
  void tell_new_divisions();

  Origin dt_from_ = Origin::ours, v_init_from_ = Origin::ours;
  bool settings_said_ = false;
  nrn::Detail detail_;
  std::string variable_;
  std::vector<nrn::Section> sections_;
  nrn::Morphology morphology_;
  std::unique_ptr<nrn::Sampler> entity_sampler_, compartment_sampler_, some_sampler_;
  std::vector<std::int64_t> some_;  // entities that some_sampler_ reads
  StepRecorder recorder_;
  RecordedPlots plots_;
  nrn::PointerSampler recorded_places_;
  std::vector<double> recorded_;     // of one step
  std::vector<bool> recorded_gone_;  // what has left the model, and was said to
  std::span<const double> recorded_times_;
  nrn::ModelEpoch structure_;
  std::vector<nrn::Section> known_sections_;  // of the whole model, when it was built
  std::vector<int> nseg_;                     // of sections_, as far as it was told
};

// The geometry of a morphology as the scene carries it: entities, and the pieces that are drawn.
MorphologyGeometry morphology_geometry(const nrn::Morphology& morphology);

}  // namespace cnv
