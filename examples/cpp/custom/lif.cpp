// A leaky integrate-and-fire neuron as a session of its own: no simulator, no morphology.
//   tau dv/dt = v_rest - v + r i(t),   v ≥ v_threshold: spike, v := v_reset for the refractory time
// Between spikes the equation has the closed form v(t) = v_inf + (v0 - v_inf) exp(-t / tau), which each step uses.
#include <cnv/session.hpp>

#include <array>
#include <cmath>

namespace {

constexpr double dt_ms = 0.1, rest_mV = -65, threshold_mV = -50, reset_mV = -70, peak_mV = 20, resistance_MOhm = 10;
constexpr std::size_t steps = 10;  // per update

class Lif : public cnv::BufferedSession {
 public:
  std::optional<cnv::Scene> initialize() override {
    cnv::Scene scene;
    for (const auto& [id, value, unit] : {std::tuple{"v", rest_mV, "mV"}, {"i", current_nA_, "nA"}})
      scene.fields.set(id, {id,
                            cnv::Array::copy_of(std::vector{value}),
                            {"time"},
                            {{"time", cnv::Array::copy_of(std::vector{0.0})}},
                            unit,
                            {}});
    scene.views.set("v", cnv::LinePlotViewSpec{.id = "v",
                                               .title = "Membrane potential",
                                               .field_id = "v",
                                               .x_dim = "time",
                                               .x_label = "t",
                                               .y_label = "v",
                                               .x_unit = "ms",
                                               .y_unit = "mV",
                                               .rolling_window = 200.0,
                                               .y_min = -80.0,
                                               .y_max = 30.0});
    scene.views.set("i", cnv::LinePlotViewSpec{.id = "i",
                                               .title = "Injected current",
                                               .field_id = "i",
                                               .x_dim = "time",
                                               .x_label = "t",
                                               .y_label = "i",
                                               .x_unit = "ms",
                                               .y_unit = "nA",
                                               .rolling_window = 200.0,
                                               .y_min = 0.0,
                                               .y_max = 10.0});
    for (auto& control :
         {cnv::slider("current", "Current", 1.8, {0, 4}, "nA"), cnv::slider("tau", "Time constant", 10, {2, 50}, "ms"),
          cnv::slider("refractory", "Refractory time", 2, {0, 10}, "ms")})
      scene.controls.set(control.id, control);
    scene.actions.set("kick", {.id = "kick", .label = "Inject a pulse", .shortcuts = {"I"}});
    scene.actions.set("reset", {.id = "reset", .label = "Reset", .shortcuts = {"Space"}});
    scene.layout.title = "Leaky integrate-and-fire neuron";
    return scene;
  }

  void advance() override {
    std::array<double, steps> times, potentials, currents;
    for (std::size_t k = 0; k < steps; ++k) {
      currents[k] = current_nA_ + kick_nA_;
      kick_nA_ *= std::exp(-dt_ms / 2);
      times[k] = static_cast<double>(++step_) * dt_ms;
      potentials[k] = next_potential(currents[k]);
    }
    append("v", times, potentials);
    append("i", times, currents);
  }

  void handle(const cnv::Command& command) override {
    if (const auto* control = std::get_if<cnv::SetControl>(&command))
      set(control->control_id, control->value.as_double());
    else if (std::get_if<cnv::InvokeAction>(&command)) {
      kick_nA_ = 5;
      emit(cnv::Status{"5 nA for about 2 ms", 2000});
    } else if (std::get_if<cnv::Reset>(&command)) {
      step_ = 0;
      v_mV_ = rest_mV;
      refractory_left_ms_ = kick_nA_ = 0;
      for (const auto& [id, value] : {std::pair{"v", rest_mV}, {"i", current_nA_}})
        emit(cnv::FieldReplace{id,
                               cnv::Array::copy_of(std::vector{value}),
                               cnv::Coords{{"time", cnv::Array::copy_of(std::vector{0.0})}},
                               {}});
    }
  }

 private:
  double next_potential(double current_nA) {
    if (refractory_left_ms_ > 0) {
      refractory_left_ms_ -= dt_ms;
      v_mV_ = reset_mV;
    } else {
      const double v_inf = rest_mV + resistance_MOhm * current_nA;
      v_mV_ = v_inf + (v_mV_ - v_inf) * std::exp(-dt_ms / tau_ms_);
    }
    if (v_mV_ < threshold_mV) return v_mV_;
    v_mV_ = reset_mV;
    refractory_left_ms_ = refractory_ms_;
    return peak_mV;
  }

  void append(const char* id, std::span<const double> times, std::span<const double> values) {
    emit(cnv::FieldAppend{id, "time", cnv::Array::copy_of(values), cnv::Array::copy_of(times), 20000, {}});
  }

  void set(std::string_view id, double value) {
    if (id == "current") current_nA_ = value;
    if (id == "tau") tau_ms_ = value;
    if (id == "refractory") refractory_ms_ = value;
  }

  std::int64_t step_ = 0;
  double v_mV_ = rest_mV, refractory_left_ms_ = 0, kick_nA_ = 0;
  double current_nA_ = 1.8, tau_ms_ = 10, refractory_ms_ = 2;
};

}  // namespace

int main(int argc, char** argv) { return cnv::run_app(cnv::build_session_app<Lif>(), argc, argv); }
