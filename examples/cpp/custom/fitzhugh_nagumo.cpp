// The FitzHugh–Nagumo model as a session of its own, with its phase plane: the orbit between the two nullclines.
//   dv/dt = v - v³/3 - w + I        dw/dt = ε (v + a - b w)
// Each step is one of the classical fourth-order Runge–Kutta method; time, v and w have no unit.
#include <cnv/session.hpp>

#include <array>
#include <deque>
#include <limits>
#include <map>

namespace {

using State = std::array<double, 2>;  // v, w

constexpr double dt = 0.02, grid_from = -2.5, grid_step = 0.025;
constexpr std::size_t steps = 25, orbit_samples = 2000, grid_points = 201;
constexpr State rest{-1.2, -0.625};
const double nothing = std::numeric_limits<double>::quiet_NaN();

State along(const State& s, double h, const State& k) { return {s[0] + h * k[0], s[1] + h * k[1]}; }

class FitzHughNagumo : public cnv::BufferedSession {
 public:
  std::optional<cnv::Scene> initialize() override {
    cnv::Scene scene;
    scene.fields.set("states", {"states",
                                cnv::Array::copy_of(std::vector{rest[0], rest[1]}, {2, 1}),
                                {"variable", "time"},
                                {{"variable", names({"v", "w"})}, {"time", numbers({0.0})}},
                                {},
                                {}});
    scene.fields.set("plane", {"plane", plane_curves(), {"curve", "v"}, plane_coords(), {}, {}});
    scene.views.set("plane", cnv::LinePlotViewSpec{.id = "plane",
                                                   .title = "Phase plane",
                                                   .field_id = "plane",
                                                   .x_dim = "v",
                                                   .series_dim = "curve",
                                                   .x_label = "v",
                                                   .y_label = "w",
                                                   .y_min = -1.5,
                                                   .y_max = 2.5});
    scene.views.set("states", cnv::LinePlotViewSpec{.id = "states",
                                                    .title = "Time course",
                                                    .field_id = "states",
                                                    .x_dim = "time",
                                                    .series_dim = "variable",
                                                    .x_label = "t",
                                                    .y_label = "v, w",
                                                    .rolling_window = 150.0,
                                                    .y_min = -2.5,
                                                    .y_max = 2.5});
    for (auto& control : {cnv::slider("I", "Current I", 0.5, {0, 1.5}), cnv::slider("a", "a", 0.7, {0, 1.5}),
                          cnv::slider("b", "b", 0.8, {0.1, 1.5}), cnv::slider("eps", "ε", 0.08, {0.01, 0.5})})
      scene.controls.set(control.id, control);
    scene.actions.set("kick", {.id = "kick", .label = "Kick v by 1", .shortcuts = {"K"}});
    scene.actions.set("reset", {.id = "reset", .label = "Reset", .shortcuts = {"Space"}});
    scene.layout.title = "FitzHugh–Nagumo";
    return scene;
  }

  void advance() override {
    std::vector<double> times(steps), values(2 * steps);
    for (std::size_t k = 0; k < steps; ++k) {
      step();
      times[k] = static_cast<double>(++count_) * dt;
      values[k] = state_[0];
      values[steps + k] = state_[1];
      orbit_.push_back(state_);
    }
    while (orbit_.size() > orbit_samples) orbit_.pop_front();
    emit(cnv::FieldAppend{"states",
                          "time",
                          cnv::Array::copy_of(values, {2, static_cast<std::int64_t>(steps)}),
                          numbers(times),
                          50000,
                          {}});
    show_plane();
  }

  void handle(const cnv::Command& command) override {
    if (const auto* control = std::get_if<cnv::SetControl>(&command)) {
      parameters_[control->control_id] = control->value.as_double();
    } else if (std::get_if<cnv::InvokeAction>(&command)) {
      state_[0] += 1;
    } else if (std::get_if<cnv::Reset>(&command)) {
      state_ = rest;
      count_ = 0;
      orbit_ = {rest};
      emit(cnv::FieldReplace{"states",
                             cnv::Array::copy_of(std::vector{rest[0], rest[1]}, {2, 1}),
                             cnv::Coords{{"variable", names({"v", "w"})}, {"time", numbers({0.0})}},
                             {}});
    }
    show_plane();
  }

 private:
  static cnv::Array numbers(const std::vector<double>& values) { return cnv::Array::copy_of(values); }
  static cnv::Array names(const std::vector<std::string>& values) { return cnv::Array::strings(values); }

  State derivative(const State& s) const {
    const auto [v, w] = s;
    return {v - v * v * v / 3 - w + parameters_.at("I"),
            parameters_.at("eps") * (v + parameters_.at("a") - parameters_.at("b") * w)};
  }

  void step() {
    const State k1 = derivative(state_), k2 = derivative(along(state_, dt / 2, k1)),
                k3 = derivative(along(state_, dt / 2, k2)), k4 = derivative(along(state_, dt, k3));
    for (std::size_t i = 0; i < 2; ++i) state_[i] += dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }

  // Three curves over one v axis: the nullclines on the grid, then the orbit.
  cnv::Array plane_curves() const {
    const std::size_t n = grid_points + orbit_.size();
    std::vector<double> curves(3 * n, nothing);
    for (std::size_t i = 0; i < grid_points; ++i) {
      const double v = grid_from + grid_step * static_cast<double>(i);
      curves[n + i] = v - v * v * v / 3 + parameters_.at("I");
      curves[2 * n + i] = (v + parameters_.at("a")) / parameters_.at("b");
    }
    for (std::size_t k = 0; k < orbit_.size(); ++k) curves[grid_points + k] = orbit_[k][1];
    return cnv::Array::copy_of(curves, {3, static_cast<std::int64_t>(n)});
  }

  cnv::Coords plane_coords() const {
    std::vector<double> v;
    for (std::size_t i = 0; i < grid_points; ++i) v.push_back(grid_from + grid_step * static_cast<double>(i));
    for (const auto& state : orbit_) v.push_back(state[0]);
    return {{"curve", names({"orbit", "v-nullcline", "w-nullcline"})}, {"v", numbers(v)}};
  }

  void show_plane() { emit(cnv::FieldReplace{"plane", plane_curves(), plane_coords(), {}}); }

  std::map<std::string, double, std::less<>> parameters_{{"I", 0.5}, {"a", 0.7}, {"b", 0.8}, {"eps", 0.08}};
  State state_ = rest;
  std::int64_t count_ = 0;
  std::deque<State> orbit_{rest};
};

}  // namespace

int main(int argc, char** argv) { return cnv::run_app(cnv::build_session_app<FitzHughNagumo>(), argc, argv); }
