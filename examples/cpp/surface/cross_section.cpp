// A surface and cuts through it: firing rate of a leaky integrate-and-fire neuron over current and time constant.
//   f(I, tau) = 1 / (t_ref + tau ln(R I / (R I - theta)))   where R I > theta, else 0
// Drag the cut on the surface (or use the slider, or the arrow keys): the plot shows the curve under it.
#include <cnv/surface.hpp>

#include <cmath>

namespace {

constexpr double resistance_MOhm = 10, threshold_mV = 15, refractory_ms = 2;
constexpr int currents = 161, time_constants = 60;

double rate_Hz(double current_nA, double tau_ms) {
  const double drive_mV = resistance_MOhm * current_nA;
  if (drive_mV <= threshold_mV) return 0;
  return 1e3 / (refractory_ms + tau_ms * std::log(drive_mV / (drive_mV - threshold_mV)));
}

cnv::AppSpec firing_rate_app() {
  std::vector<double> current_nA, tau_ms, rates;
  for (int i = 0; i < currents; ++i) current_nA.push_back(4.0 * i / (currents - 1));
  for (int i = 0; i < time_constants; ++i)
    tau_ms.push_back(2 * std::pow(25.0, static_cast<double>(i) / (time_constants - 1)));
  for (const double tau : tau_ms)
    for (const double current : current_nA) rates.push_back(rate_Hz(current, tau));
  auto [field, grid] = cnv::grid_field("rate", cnv::Array::copy_of(rates, {time_constants, currents}),
                                       cnv::Array::copy_of(current_nA), cnv::Array::copy_of(tau_ms), "I", "tau", "Hz");

  cnv::SurfaceParts parts{.field = field, .geometry = grid, .title = "LIF firing rate"};
  parts.surface_view = cnv::SurfaceViewSpec{.id = "surface",
                                            .title = "Firing rate",
                                            .field_id = "rate",
                                            .geometry_id = grid.id,
                                            .color_map = std::string("mpl:viridis"),
                                            .surface_shading = std::string("smooth"),
                                            .render_axes = true,
                                            .axes_in_middle = false,
                                            .axis_labels = std::vector<std::string>{"I (nA)", "τ (ms)", "f (Hz)"}};
  parts.operators.set("cut", cnv::GridSliceOperatorSpec{.id = "cut",
                                                        .field_id = "rate",
                                                        .geometry_id = grid.id,
                                                        .axis_state_key = "axis",
                                                        .position_state_key = "position"});
  parts.line_views = {
      {.id = "curve", .operator_id = "cut", .x_label = "", .y_label = "f", .y_unit = "Hz", .y_min = 0.0}};
  for (auto& control : {cnv::dropdown("axis", "Cut at constant", "tau", {"tau", "I"}),
                        cnv::slider("position", "Position", 0.4, {0, 1})})
    parts.controls.set(control.id, control);
  return cnv::build_surface_app(std::move(parts));
}

}  // namespace

int main(int argc, char** argv) { return cnv::run_app(firing_rate_app(), argc, argv); }
