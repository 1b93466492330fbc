// The nine updates that a session emits. SceneStore::apply is the only thing that acts on them.
#pragma once

#include "cnv/core/scene.hpp"

namespace cnv {

struct SceneReady {
  Scene scene;
  friend bool operator==(const SceneReady&, const SceneReady&) = default;
};

struct FieldReplace {
  std::string field_id;
  Array values;
  std::optional<Coords> coords;
  Dict attrs_update;
  friend bool operator==(const FieldReplace&, const FieldReplace&) = default;
};

struct FieldAppend {
  std::string field_id;
  std::string append_dim;
  Array values;
  Array coord_values;
  std::optional<std::int64_t> max_length;
  Dict attrs_update;
  friend bool operator==(const FieldAppend&, const FieldAppend&) = default;
};

// Each map is id → {property: value}.
struct ScenePatch {
  OrderedMap<Dict> view_updates;
  OrderedMap<Dict> operator_updates;
  OrderedMap<Dict> control_updates;
  Dict metadata_updates;
  friend bool operator==(const ScenePatch&, const ScenePatch&) = default;
};

struct StatePatch {
  Dict updates;
  friend bool operator==(const StatePatch&, const StatePatch&) = default;
};

// Absent members stay as they are; empty ones are cleared.
struct PanelPatch {
  std::string panel_id;
  std::optional<std::vector<std::string>> control_ids;
  std::optional<std::vector<std::string>> action_ids;
  std::optional<std::vector<std::string>> view_ids;
  std::optional<std::string> title;
  friend bool operator==(const PanelPatch&, const PanelPatch&) = default;
};

struct LayoutReplace {
  std::vector<PanelSpec> panels;
  PanelGrid panel_grid;
  friend bool operator==(const LayoutReplace&, const LayoutReplace&) = default;
};

// Shown for timeout_ms; 0 or none: until replaced; an empty message clears.
struct Status {
  std::string message;
  std::optional<std::int64_t> timeout_ms;
  friend bool operator==(const Status&, const Status&) = default;
};

// A problem that a person must see ("Error" on the wire); the session goes on.
struct ErrorReport {
  std::string message;
  friend bool operator==(const ErrorReport&, const ErrorReport&) = default;
};

// Any of the nine.
using Update = OneOf<SceneReady, FieldReplace, FieldAppend, ScenePatch, StatePatch, PanelPatch, LayoutReplace, Status,
                     ErrorReport>;

}  // namespace cnv
