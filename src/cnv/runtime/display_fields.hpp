// DisplayFields: the fields of a scene that show a chosen variable at every entity or compartment: what each shows, and how
// it is read. Owned by SampledSession; owner thread only.
#pragma once

#include <functional>
#include <span>

#include "cnv/core/display_variable.hpp"
#include "cnv/core/scene_store.hpp"

namespace cnv {

// Writes one value per entity, or per compartment, in the order of the geometry.
using VariableReader = std::function<void(float*)>;

class DisplayFields {
 public:
  struct Shown {
    std::string field_id, key, variable;
    bool compartments = false;
    bool initial = true;            // still the variable of the beginning
    std::int64_t count = 0;         // values
    VariableReader read;
    StoredField* field = nullptr;   // in the store, while it fits
  };
  // Reads a variable; empty when there is no such variable.
  using ReaderOf = std::function<VariableReader(const std::string& variable, bool compartments)>;

  void clear() { shown_.clear(); }
  void set_variables(std::vector<DisplayVariable> variables) { variables_ = std::move(variables); }
  const std::vector<DisplayVariable>& variables() const { return variables_; }
  // A field that shows what `read` reads, chosen with `key`.
  void add(Shown shown) { shown_.push_back(std::move(shown)); }
  // Adds the fields of the scene that name a variable themselves (attribute "variable"; "variable_key" when they are chosen
  // apart), and writes into all fields what a viewer needs for its list.
  void describe(Scene& scene, std::int64_t entities, std::int64_t compartments, const ReaderOf& reader_of);
  void bind(SceneStore& store);
  std::span<Shown> all() { return shown_; }
  // The variable that fields of this key show; null: no field has the key.
  const std::string* variable_of(std::string_view key) const;
  // Shows another variable in the fields of `key`. The updates that tell so; none when it is not in the list or cannot be
  // read, and then everything stays.
  std::optional<std::vector<Update>> choose(std::string_view key, const std::string& variable, const ReaderOf& reader_of);

 private:
  const DisplayVariable* find(std::string_view name) const;
  Shown* find_field(std::string_view field_id);

  std::vector<DisplayVariable> variables_;
  std::vector<Shown> shown_;
};

}  // namespace cnv
