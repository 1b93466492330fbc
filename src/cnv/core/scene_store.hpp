// SceneStore: the one place where a scene lives and changes, in the model process (the truth), in the viewer, and in
// recordings. apply() is the only way to change it; an update is applied wholly or not at all. Owner thread only.
#pragma once

#include <memory>

#include "cnv/core/stored_field.hpp"
#include "cnv/core/updates.hpp"

namespace cnv {

// Whether a program may go on as if nothing had happened (warning).
enum class Severity { warning, error };

// Why an update was not applied. `cause` is equal for repetitions of the same mistake, so that it is reported once.
struct Problem {
  Severity severity = Severity::error;  // errors make the exit status 1
  std::string cause;                    // equal for repetitions
  std::string message;                  // for people: what, where, what to do
};

// Store revisions at which properties last changed: id → property → revision.
using PropertyRevisions = OrderedMap<OrderedMap<std::uint64_t>>;

class SceneStore {
 public:
  // None when it was applied. Status and ErrorReport have no place in a scene: applying them does nothing.
  std::optional<Problem> apply(const Update& update);

  // False before the first SceneReady.
  bool has_scene() const { return scene_revision_ != 0; }
  // Everything but the fields: those are in field().
  const Scene& scene() const { return scene_; }
  // The present scene with a snapshot of each field.
  Scene snapshot() const;

  // Null when there is no such field.
  StoredField* find_field(std::string_view id);
  const StoredField* find_field(std::string_view id) const;
  // All fields by id.
  const OrderedMap<std::unique_ptr<StoredField>>& fields() const { return fields_; }
  // Bytes that the fields take, reserved room included.
  std::size_t memory_bytes() const;
  // Null when there is no such geometry, or when it is no morphology.
  const MorphologyGeometry* find_morphology(std::string_view geometry_id) const;

  // Key → value: the selection, values of controls, what views are bound to.
  const Dict& state() const { return state_; }
  // `origin` names who set it (a viewer), so that it is not told again; empty for the session.
  void set_state(std::string_view key, Value value, std::string_view origin = {});
  // Before the scene of another session comes: its values are the defaults of that one.
  void forget_state();

  // Grows with every change.
  std::uint64_t revision() const { return revision_; }
  // For writers in place: the revision to give to StoredField's in-place functions.
  std::uint64_t next_revision() { return ++revision_; }

  // What changed when; an outbox compares these with what it has sent.
  std::uint64_t scene_revision() const { return scene_revision_; }
  std::uint64_t layout_revision() const { return layout_revision_; }
  const PropertyRevisions& view_revisions() const { return view_revisions_; }
  const PropertyRevisions& operator_revisions() const { return operator_revisions_; }
  const PropertyRevisions& control_revisions() const { return control_revisions_; }
  const PropertyRevisions& panel_revisions() const { return panel_revisions_; }
  const OrderedMap<std::uint64_t>& metadata_revisions() const { return metadata_revisions_; }
  // When a key of the state was set, and by whom.
  struct StateRevision {
    std::uint64_t revision = 0;  // when it was set
    std::string origin;          // who set it; empty: the session
  };
  // The same for the state, by key.
  const OrderedMap<StateRevision>& state_revisions() const { return state_revisions_; }

 private:
  std::optional<Problem> apply_one(const SceneReady& update);
  std::optional<Problem> apply_one(const FieldReplace& update);
  std::optional<Problem> apply_one(const FieldAppend& update);
  std::optional<Problem> apply_one(const ScenePatch& update);
  std::optional<Problem> apply_one(const StatePatch& update);
  std::optional<Problem> apply_one(const PanelPatch& update);
  std::optional<Problem> apply_one(const LayoutReplace& update);
  std::optional<Problem> apply_one(const Status&) { return {}; }
  std::optional<Problem> apply_one(const ErrorReport&) { return {}; }
  std::optional<Problem> no_scene(std::string_view what) const;

  Scene scene_;
  OrderedMap<std::unique_ptr<StoredField>> fields_;
  Dict state_;
  std::uint64_t revision_ = 0, scene_revision_ = 0, layout_revision_ = 0;
  PropertyRevisions view_revisions_, operator_revisions_, control_revisions_, panel_revisions_;
  OrderedMap<std::uint64_t> metadata_revisions_;
  OrderedMap<StateRevision> state_revisions_;
};

// Well-known state keys.
inline constexpr std::string_view selected_entity_key = "selected_entity_id";
inline constexpr std::string_view selected_label_key = "selected_entity_label";
inline constexpr std::string_view selected_traces_key = "selected_trace_entity_ids";
// The action whose selection mode is on; empty text: none.
inline constexpr std::string_view armed_action_key = "armed_action_id";

}  // namespace cnv
