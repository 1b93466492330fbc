// DisplayFields: the fields of a scene that show a chosen variable at every entity or compartment: what each shows, and
// how it is read. Owned by SampledSession; owner thread only.
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
  // One field and what it shows.
  struct Shown {
    std::string field_id, key, variable;  // the state key that chooses; the variable that is shown
    bool compartments = false;            // a value per compartment; else per entity
    bool initial = true;                  // still the variable of the beginning
    std::int64_t count = 0;               // values
    VariableReader read;                  // of `variable`
    StoredField* field = nullptr;         // in the store, while it fits
    void note_initial();                  // by what the field says
    // The values of now, and that they are of this variable.
    FieldReplace present(const DisplayVariable& described) const;
  };
  // Reads a variable; empty when there is no such variable.
  using ReaderOf = std::function<VariableReader(const std::string& variable, bool compartments)>;

  // Forgets the fields, not the variables.
  void clear() { shown_.clear(); }
  // What can be chosen.
  void set_variables(std::vector<DisplayVariable> variables) { variables_ = std::move(variables); }
  const std::vector<DisplayVariable>& variables() const { return variables_; }
  // A field that shows what `read` reads, chosen with `key`.
  void add(Shown shown) { shown_.push_back(std::move(shown)); }
  // Adds the fields of the scene that name a variable themselves (attribute "variable"; "variable_key" when they are
  // chosen apart), and writes into all fields what a viewer needs for its list.
  void describe(Scene& scene, std::int64_t entities, std::int64_t compartments, const ReaderOf& reader_of);
  // Finds the fields in the store; again after each new scene.
  void bind(SceneStore& store);
  // What brings fields up to date that came with a scene from before a choice.
  std::vector<Update> catch_up() const;
  // The fields, in the order in which they were added.
  std::span<Shown> all() { return shown_; }
  // The variable that fields of this key show; null: no field has the key.
  const std::string* variable_of(std::string_view key) const;
  // Shows another variable in the fields of `key`. The updates that tell so; none when it is not in the list or cannot
  // be read, and then everything stays.
  std::optional<std::vector<Update>> choose(std::string_view key, const std::string& variable,
                                            const ReaderOf& reader_of);

 private:
  const DisplayVariable* find(std::string_view name) const;
  Shown* find_field(std::string_view field_id);

  std::vector<DisplayVariable> variables_;
  std::vector<Shown> shown_;
};

}  // namespace cnv
