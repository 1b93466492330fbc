// SampledSession: what simulators share. Steps, samples entities into the store's rings without a copy in between,
// captures traces, and answers commands through hooks. A backend supplies building, stepping and reading; users
// override hooks.
#pragma once

#include <span>

#include "cnv/core/compartments.hpp"
#include "cnv/core/ring.hpp"
#include "cnv/runtime/display_fields.hpp"
#include "cnv/runtime/outbox.hpp"
#include "cnv/runtime/session.hpp"
#include "cnv/runtime/variable_traces.hpp"

namespace cnv {

// Whether history is kept for the entities that a user asks for, or for all.
enum class HistoryCaptureMode { on_demand, full };

// Parameters that all simulators share.
struct SampledOptions {
  double dt = 0.1;                         // solver step, ms
  double v_init = -65.0;                   // mV
  std::int64_t max_samples = 1000;         // least history length per trace
  std::optional<double> display_dt = 0.1;  // simulated ms per update batch; none: one step
  HistoryCaptureMode history_capture_mode = HistoryCaptureMode::on_demand;  // which entities have a past
  std::string title = "CompNeuroVis";                                       // of the window
};

class SampledSession;

// What a sample_step() override returns: name → values.
using StepSample = OrderedMap<std::vector<float>>;

// What hooks get to talk with the user: selection, entity facts, status, state.
class InteractionContext {
 public:
  // Refers to the session, which makes one for each call of a hook.
  explicit InteractionContext(SampledSession& session) : session_(session) {}
  // The session whose hook runs.
  SampledSession& session() { return session_; }
  // Value in the session's own copy of UI state, or null.
  Value state(std::string_view key) const;
  // Shown by every viewer: views bound to the key follow.
  void set_state(std::string_view key, Value value);
  // The entity clicked last; none: nothing is selected.
  std::optional<std::string> selected_entity_id() const;
  // index, entity_id, section_name, xloc, label of that or the selected entity; none when unknown.
  std::optional<Dict> entity_info(std::optional<std::string_view> entity_id = {}) const;
  // Gone after `timeout_ms`; none or 0: shown until replaced.
  void show_status(std::string message, std::optional<std::int64_t> timeout_ms = {});
  // Takes the status away.
  void clear_status();
  // As if the user had fired it. False: nothing took it.
  bool invoke_action(std::string_view action_id, const Dict& payload = {});

 private:
  SampledSession& session_;
};

class SampledSession : public BufferedSession {
 public:
  // Builds nothing yet: that is initialize().
  explicit SampledSession(SampledOptions options);
  ~SampledSession() override;

  // Parameters; may be changed while running.
  SampledOptions options;

  // ---- hooks for users -------------------------------------------------------------------------------------------
  // Controls of the panel; each change reaches apply_control().
  virtual std::vector<ControlSpec> control_specs() { return {}; }
  // Buttons of the panel; "reset" (Space) is added unless it is among them.
  virtual std::vector<ActionSpec> action_specs() { return {}; }
  // What a person may choose to colour the cell by while looking; none: there is no choice. Asked once, after the model
  // is built. Each must be known to variable_reader().
  virtual std::vector<DisplayVariable> display_variables() { return {}; }
  // The one that is shown at first, and that the traces keep.
  virtual std::string initial_display_variable() { return {}; }
  // Order and choice in the panel; none: all.
  virtual std::optional<std::vector<std::string>> control_order() { return std::nullopt; }
  virtual std::optional<std::vector<std::string>> action_order() { return std::nullopt; }
  // Field with one float32 per entity, dims ("segment",), that colours the cell.
  virtual std::string display_field_id() { return "segment_display"; }
  // Field with the captured traces, dims ("segment", "time"), time in ms as float64.
  virtual std::string history_field_id() { return "segment_history"; }
  // Units of the two fields, for display.
  virtual std::string display_unit() { return "mV"; }
  virtual std::string history_unit() { return display_unit(); }
  // Colours of the cell, as in MorphologyViewSpec; limits in display_unit(), none: from the data.
  virtual std::string morphology_color_map() { return "scalar"; }
  virtual std::optional<Limits> morphology_color_limits() { return Limits{-80.0, 50.0}; }
  virtual std::string morphology_color_norm() { return "auto"; }
  // False: the default scene has no plot of the history.
  virtual bool shows_trace() { return true; }
  // Title, y label and unit of the view "trace".
  virtual std::string trace_title() { return "Trace"; }
  virtual std::string trace_y_label() { return "Value"; }
  virtual std::string trace_y_unit() { return history_unit(); }
  // Attributes patched into the view "trace" after the default scene is built.
  virtual Dict trace_view_updates() { return {}; }
  // The default scene; override and call it to change views or layout. `display_values`: one per entity at `time_ms`.
  // Works before initialize() too, with any geometry.
  virtual Scene build_scene(GeometryPtr geometry, std::span<const float> display_values, double time_ms);
  // A control was changed. False refuses: it goes back to the last accepted value.
  virtual bool apply_control(std::string_view control_id, const Value& value);
  // For defaults of apply_control() elsewhere: it returns false because it knows nothing of the control.
  void set_unhandled() { unhandled_ = true; }
  // An action that on_action() left. False: nothing took it.
  virtual bool apply_action(std::string_view action_id, const Dict& payload);
  // An action, before apply_action(); true: handled.
  virtual bool on_action(std::string_view action_id, const Dict& payload, InteractionContext& context);
  // A key that is no shortcut of an action: "A", "Shift+Left".
  virtual bool on_key_press(std::string_view key, InteractionContext& context);
  // A click on an entity, after its trace was started.
  virtual bool on_entity_clicked(std::string_view entity_id, InteractionContext& context);
  // Whether a click starts a trace when history is kept on demand; by default it does.
  virtual bool should_capture_trace_on_click(std::string_view entity_id, InteractionContext& context);
  // Called after each step when overridden: whatever is wanted per step, by name. The default (none) means that values
  // per entity go straight to the display and history fields.
  virtual std::optional<StepSample> sample_step() { return std::nullopt; }
  // Once per display batch, only when sample_step() is overridden: one time (ms) and one sample per step.
  virtual void emit_batch(std::span<const double> times, std::span<const StepSample> steps);
  // max(1, ceil(display_dt / dt)), forgiving round-off. Throws ValueError for display_dt ≤ 0.
  virtual std::int64_t steps_per_update();

  // ---- for backends and for programs that drive a session by hand ------------------------------------------------
  std::optional<Scene> initialize() override;
  void advance() override;
  void handle(const Command& command) override;
  std::vector<Update> read_updates() override;
  void advance_step() override;
  StepTimes step_times() override;
  std::optional<double> model_time_ms() override {
    return initialized_ ? std::optional<double>(last_time_) : std::nullopt;
  }
  std::optional<std::uint64_t> step_count() override { return steps_; }
  void publish() override;
  void attach(SessionLink* link) override;
  void state_changed(std::string_view key, const Value& value) override;

  // Null before initialize().
  const MorphologyGeometry* geometry() const {
    return geometry_ ? std::get_if<MorphologyGeometry>(geometry_.get()) : nullptr;
  }
  // Entities of the geometry; 0 before initialize().
  std::int64_t entity_count() const { return entities_; }
  // An action through on_action(), then apply_action(). False: nothing took it.
  bool dispatch_action(std::string_view action_id, const Dict& payload);
  // Shows another variable in the display fields that this state key chooses; traces stay what they are. False when it
  // is not one of display_variables().
  bool set_display_variable(const std::string& name, std::string_view key = display_variable_key);
  // Empty when there is no choice.
  std::string display_variable(std::string_view key = display_variable_key) const;
  // What display_variables() returned.
  const std::vector<DisplayVariable>& offered_display_variables() const { return displays_.variables(); }
  // Which of display_variables() have plots of their own, beside the default trace: one sample per step at the entities
  // that a person has clicked, from now on. A click does so by itself for the variable that colours the cell. Throws
  // ValueError for a name that is not among them; before the model is built nothing is known of them, and what is not
  // there is left out later. The variable of the default trace is left out too.
  void plot_variables(const std::vector<std::string>& names);
  // Those that have one, in the order of their plots.
  std::vector<std::string> plotted_variables() const { return traces_.variables(); }
  // Starts the trace of an entity, which is that of its compartment: false when that is captured already, also under
  // the id of another entity of it, or unknown. Its past comes from the recent ring where that reaches; it begins with
  // the present value where there is no ring.
  bool capture_trace(std::string_view entity_id);
  // Ids of the entities with a trace, in the order of the rows of the history field.
  std::vector<std::string> captured_entities() const;
  // Reset: back to the initial state; histories start again, captured traces and controls stay.
  void reset();
  // The session's own copy of what viewers have set: key → value.
  Dict& ui_state() { return ui_state_; }
  // The most samples that the history field keeps.
  std::int64_t field_max_samples() const { return history_limit_; }
  // The actions with "reset" added unless the user defined it.
  std::vector<ActionSpec> resolved_action_specs();

 protected:
  // The histories begin anew, after a Reset or when the simulator was initialised otherwise.
  virtual void after_restart() {}
  // Of a trace in a plot that shows so much time: all that is in view, at least options.max_samples.
  std::int64_t samples_kept(double window_ms) const;
  // Whether a hook may have taken an action although it returned false.
  virtual bool takes_actions() const { return false; }
  // What build() made.
  struct Built {
    GeometryPtr geometry;           // a MorphologyGeometry
    std::int64_t compartments = 0;  // values of the detail field; 0: none
  };
  // Builds the model and its geometry; the host shows progress.
  virtual Built build() = 0;
  // Sets the initial state (finitialize); time_ms() is then the start time.
  virtual void initialize_state() = 0;
  // One solver step.
  virtual void step() = 0;
  // The simulator's own time.
  virtual double time_ms() = 0;
  // One value per entity, in geometry order, at this moment.
  virtual void sample_entities(float* out) = 0;
  // Values of some entities at this moment, by their numbers in geometry order. By default chosen out of all; a backend
  // that reads single places at less cost overrides it: for large cells it is all that happens per step.
  virtual void sample_some(std::span<const std::int64_t> entities, float* out);
  // One value per compartment, for the pieces of the geometry.
  virtual void sample_compartments(float*) {}
  // Reads one of display_variables() at all entities or compartments; empty when it is unknown.
  virtual VariableReader variable_reader(const std::string& /*variable*/, bool /*compartments*/) { return {}; }
  // Reads one of display_variables() at some entities. By default chosen out of all; a backend that reads single places
  // at less cost overrides it.
  virtual VariableReader variable_reader_at(const std::string& variable, std::span<const std::int64_t> entities);
  // Steps and samples one display batch of n steps in a way of its own; true when it did everything.
  virtual bool advance_with_hooks(std::int64_t) { return false; }
  // False when hooks decide what the display field shows: then only they write to it.
  virtual bool default_sampling() const { return !has_sample_hook_; }
  // Why an entity may have no value, and what to do about it, as the end of a sentence; empty: not known. Asked once,
  // when values that are not numbers appear.
  virtual std::string cause_of_missing(std::int64_t /*entity*/) { return {}; }
  // After each default batch, with the time of each of its steps in ms; backends add what else they record.
  virtual void after_batch(std::span<const double>) {}
  // After each default step.
  virtual void after_step() {}

  // Where this session's data go: the host's store, or its own when it is driven by hand.
  SceneStore& store();
  // For advance_with_hooks: one step, counted, with its time.
  double take_step();
  // Display and history updates from samples (steps, entities), as the default hooks would make them.
  void emit_default_batch(std::span<const double> times, std::span<const float> samples);

 private:
  friend class InteractionContext;
  class OwnHost;
  void start_recent(std::span<const float> display);
  Field history_field(const MorphologyGeometry* geometry, std::span<const float> display, double time_ms);
  std::vector<std::int64_t> traces_of(const MorphologyGeometry* geometry) const;
  void bind_fields();
  void record_step(double t);
  void restart_histories();
  void add_history(double t, const float* entities);
  void add_recent(double t, const float* entities);
  void check_finite(const float* values, double t);
  // Where values are missing that were there at the start.
  struct Missing {
    std::int64_t entity = -1;  // none is missing
    double time_ms = 0;
    bool earlier = false;  // the samples that are kept do not show whether it began before
  };
  bool unexpected(std::int64_t entity, float value) const;
  Missing missing_in(std::span<const float> values, double t) const;
  Missing first_missing(const Missing& now) const;
  void describe_display(Scene& scene);
  bool chooses_display(const SetControl& command);
  VariableReader reader_of(const std::string& variable, bool compartments);
  bool is_held(std::span<const std::int64_t> traced, std::int64_t entity) const;
  bool wants_trace(std::string_view entity_id, InteractionContext& context);
  void trace_at(std::int64_t entity);
  void plot_what_is_shown();
  void set_plotted(const std::vector<std::string>& names);
  void tell_plotted();
  VariableTraces::Frame frame() const { return {*geometry(), history_limit_}; }
  VariableTraces::ReaderAt reader_at();
  void add_history_row(std::int64_t entity);
  void add_recent_values(std::int64_t entity, std::span<const double> times, float* row);
  bool click(const std::string& entity_id);
  void take_selection(std::string_view key, const Value& value);
  void remark_unhandled(const std::string& kind, const std::string& id, const std::string& hook);
  std::int64_t resolve_history_limit(const Scene& scene);
  std::vector<std::int64_t> initial_traces(const MorphologyGeometry* geometry) const;

  GeometryPtr geometry_;
  Compartments held_;         // by the geometry
  std::string missing_text_;  // said while values are missing
  bool one_step_ = false;     // advance() makes one step
  bool unhandled_ = false;    // no hook knew the control or action that is being handled
  std::int64_t entities_ = 0, compartments_ = 0, history_limit_ = 0;
  std::vector<std::int64_t> captured_;  // entity of each history row (on demand)
  DisplayFields displays_;
  VariableTraces traces_{"segment_trace"};
  std::vector<std::string> plots_wanted_;  // asked for before there is a scene
  StoredField *display_ = nullptr, *history_ = nullptr;
  std::uint64_t fields_revision_ = 0;  // scene revision for which the pointers hold
  std::unique_ptr<Ring> recent_, recent_times_;
  std::vector<float> scratch_;
  Dict ui_state_;
  double last_time_ = 0;
  std::uint64_t steps_ = 0;
  std::vector<double> times_;
  std::vector<bool>
      missing_at_start_;  // per entity: not a number from the start, which is no sign of trouble; empty: none
  bool initialized_ = false, display_stale_ = false, has_sample_hook_ = false, hook_known_ = false;
  std::unique_ptr<OwnHost> own_;
};

// Id of the field with one value per compartment that colours pieces.
inline constexpr std::string_view detail_field_id = "segment_compartments";

}  // namespace cnv
