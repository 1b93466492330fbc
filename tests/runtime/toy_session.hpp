// A two-entity model with a closed form, for tests of sessions and hosts: v_i(t) = amplitude · (i + 1) · t.
#pragma once

#include "cnv/runtime/sampled_session.hpp"

namespace cnv::test {

inline GeometryPtr toy_geometry(std::int64_t n = 2) {
  MorphologyGeometry g;
  const auto floats = [](std::int64_t count, float value) {
    return std::vector<float>(static_cast<std::size_t>(count), value);
  };
  g.positions = Array::copy_of(floats(3 * n, 0), {n, 3});
  g.orientations = Array::copy_of(floats(9 * n, 0), {n, 3, 3});
  g.radii = Array::copy_of(floats(n, 1));
  g.lengths = Array::copy_of(floats(n, 10));
  g.xlocs = Array::copy_of(floats(n, 0.5f));
  std::vector<std::string> ids;
  for (std::int64_t i = 0; i < n; ++i) ids.push_back("s" + std::to_string(i) + "@0.50000");
  g.entity_ids = Array::strings(ids);
  g.section_names = Array::strings(ids);
  return std::make_shared<const AnyGeometry>(std::move(g));
}

class ToySession : public SampledSession {
 public:
  explicit ToySession(SampledOptions options = {.dt = 0.5, .max_samples = 100, .display_dt = 1.0})
      : SampledSession(options) {}
  double amplitude = 1;
  std::int64_t entities = 2;
  int whole_samples = 0;  // how often all entities were read
  std::vector<std::string> log;

  std::vector<ControlSpec> control_specs() override { return {slider("amplitude", "Amplitude", 1, {0, 10})}; }
  bool apply_control(std::string_view id, const Value& v) override {
    if (id == "amplitude" && v.as_double() < 100) return amplitude = v.as_double(), true;
    return SampledSession::apply_control(id, v);
  }
  bool apply_action(std::string_view id, const Dict&) override {
    return log.push_back("action " + std::string(id)), true;
  }
  bool on_key_press(std::string_view key, InteractionContext&) override {
    return log.push_back("key " + std::string(key)), true;
  }
  bool on_entity_clicked(std::string_view id, InteractionContext&) override {
    return log.push_back("clicked " + std::string(id)), true;
  }
  double value(std::int64_t entity) const { return amplitude * static_cast<double>(entity + 1) * t_; }

 protected:
  Built build() override { return {toy_geometry(entities), entities}; }
  void initialize_state() override { t_ = 0; }
  void step() override { t_ += options.dt; }
  double time_ms() override { return t_; }
  void sample_entities(float* out) override {
    ++whole_samples;
    for (std::int64_t i = 0; i < entities; ++i) out[i] = static_cast<float>(value(i));
  }
  void sample_compartments(float* out) override { sample_entities(out); }

 private:
  double t_ = 0;
};

}  // namespace cnv::test
