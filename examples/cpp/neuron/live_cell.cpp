// A reconstructed cell, alive: Hodgkin–Huxley channels everywhere, current pulses at the soma, two sliders.
// The C++ twin of examples/python/neuron/live_cell.py. A path to an SWC file may be given in LIVE_CELL_SWC.
#include <cnv/neuron.hpp>

#include <cmath>
#include <cstdlib>

namespace {

constexpr double pulse_every_ms = 20, pulse_length_ms = 2;

std::string cell_path() {
  const char* given = std::getenv("LIVE_CELL_SWC");
  return given ? given : EXAMPLE_DATA_DIR "/m3s4s4t-vp-sup.CNG.swc";
}

struct LiveCell : cnv::NeuronSession {
  LiveCell()
      : NeuronSession({.dt = 0.025,
                       .max_samples = 20000,
                       .display_dt = 0.25,
                       .title = "Live cell",
                       .detail = cnv::nrn::Detail::compartment}) {}

  std::vector<cnv::nrn::Section> build_sections() override { return cnv::nrn::load_swc(cell_path()); }

  void setup_model(std::span<cnv::nrn::Section> sections) override {
    for (auto& section : sections) {
      // An odd number of compartments, none longer than 20 µm: space is resolved at about a tenth of a length constant.
      section.set_nseg(2 * static_cast<int>(section.length_um() / 40) + 1);
      section.insert("hh");
    }
    clamp_ = {sections[0](0.5), {.delay_ms = 0, .dur_ms = 1e9, .amp_nA = 0}};
  }

  std::string trace_title() override { return "Membrane potential"; }
  std::string trace_y_label() override { return "v"; }
  cnv::Dict trace_view_updates() override {
    return {{"rolling_window", 100.0}, {"y_min", -90.0}, {"y_max", 60.0}, {"x_label", "t"}};
  }

  std::vector<cnv::ControlSpec> control_specs() override {
    return {cnv::slider("amp", "Pulse amplitude", 1.0, {0, 4}, "nA", 80),
            cnv::slider("display_dt", "Update every", 0.25, {0.025, 2.5}, "ms", 99)};
  }

  bool apply_control(std::string_view id, const cnv::Value& value) override {
    if (id != "amp") return NeuronSession::apply_control(id, value);
    amp_nA_ = value.as_double();
    return true;
  }

  bool on_entity_clicked(std::string_view id, cnv::InteractionContext& context) override {
    context.show_status("Recording " + std::string(id), 4000);
    return true;
  }

 protected:
  // The clamp never ends; its amplitude makes the pulses. Set before the step, so that the pulse acts in it.
  void step() override {
    const double phase = std::fmod(time_ms() - 1 + 1e-9, pulse_every_ms);
    clamp_.set_amp(phase >= 0 && phase < pulse_length_ms ? amp_nA_ : 0);
    NeuronSession::step();
  }

 private:
  cnv::nrn::IClamp clamp_;
  double amp_nA_ = 1.0;
};

}  // namespace

int main(int argc, char** argv) { return cnv::run_app(cnv::build_neuron_app<LiveCell>(), argc, argv); }
