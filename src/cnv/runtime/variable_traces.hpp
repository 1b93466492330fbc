// VariableTraces: further variables that are kept step by step at the places that a person has chosen, each as a field
// with a plot of its own beside the default trace. Owned by SampledSession; owner thread only.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cnv/core/display_variable.hpp"
#include "cnv/core/scene_store.hpp"
#include "cnv/runtime/display_fields.hpp"

namespace cnv {

class VariableTraces {
 public:
  // Reads a variable at some entities, in their order; empty when there is no such variable.
  using ReaderAt = std::function<VariableReader(const std::string& variable, std::span<const std::int64_t> entities)>;
  // What all of them share: the geometry, and how many samples each keeps.
  struct Frame {
    const MorphologyGeometry& geometry;
    std::int64_t limit;
  };

  explicit VariableTraces(std::string field_prefix) : field_prefix_(std::move(field_prefix)) {}

  // Variables that are kept, in the order of their plots.
  std::vector<std::string> variables() const;
  bool empty() const { return traces_.empty(); }
  // Keeps these and no others; the ones that are kept already go on. The scene gets or loses fields, views and panels.
  void set(std::vector<DisplayVariable> wanted, Scene& scene, double time_ms, const Frame& frame,
           const ReaderAt& reader_at);
  // The entities that each trace has a row for. `updates` bring the rows to viewers: a new row begins now.
  void set_entities(std::vector<std::int64_t> entities) { entities_ = std::move(entities); }
  std::span<const std::int64_t> entities() const { return entities_; }
  std::vector<Update> add_entity(std::int64_t entity, double time_ms, const Frame& frame, const ReaderAt& reader_at);
  // The values of now as the only samples.
  std::vector<Update> restart(double time_ms, const Frame& frame);
  // Finds the fields in the store; again after each new scene.
  void bind(SceneStore& store);
  // One sample of each.
  void push(double time_ms, std::int64_t limit, SceneStore& store);

 private:
  struct Trace {
    DisplayVariable variable;
    std::string field_id;
    VariableReader read;
    StoredField* field = nullptr;  // in the store, while it fits
  };
  Field first_field(const Trace& trace, double time_ms, const Frame& frame) const;
  std::vector<float> values_of(const Trace& trace) const;

  std::string field_prefix_;
  std::vector<Trace> traces_;
  std::vector<std::int64_t> entities_;
};

// The view that plots a further variable.
std::string variable_trace_view_id(const std::string& variable);

}  // namespace cnv
