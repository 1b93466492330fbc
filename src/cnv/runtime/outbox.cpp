#include "cnv/runtime/outbox.hpp"

#include <algorithm>

#include "cnv/base/numbers.hpp"
#include "cnv/core/record.hpp"

namespace cnv {
namespace {

constexpr std::size_t max_statuses = 64;
constexpr std::size_t max_error_texts = 256;

// The present value of each property that changed after `seen`.
template <class T>
OrderedMap<Dict> changed(const OrderedMap<T>& records, const PropertyRevisions& revisions, std::uint64_t seen) {
  OrderedMap<Dict> out;
  for (const auto& [id, properties] : revisions) {
    const T* record = records.find(id);
    if (!record) continue;
    const Value present = to_value(*record);
    for (const auto& [name, revision] : properties)
      if (revision > seen)
        if (const auto* value = present.get_if<Dict>()->find(name)) out[id].set(name, *value);
  }
  return out;
}

Dict changed_attrs(const StoredField& field, std::uint64_t seen) {
  Dict out;
  for (const auto& [key, revision] : field.attr_revisions())
    if (revision > seen) out.set(key, *field.attrs().find(key));
  return out;
}

}  // namespace

void Outbox::add_message(const Status& status) {
  statuses_.push_back(status);
  if (statuses_.size() > max_statuses) {
    statuses_.pop_front();
    ++dropped_messages_;
  }
}

void Outbox::add_message(const ErrorReport& error) {
  for (auto& known : errors_)
    if (known.text == error.message) {
      ++known.count;
      return;
    }
  errors_.push_back({error.message, 1, 0});
  if (errors_.size() > max_error_texts) {
    const auto sent =
        std::find_if(errors_.begin(), errors_.end(), [](const ErrorCount& e) { return e.sent == e.count; });
    errors_.erase(sent != errors_.end() ? sent : errors_.begin());
    if (sent == errors_.end()) ++dropped_messages_;
  }
}

bool Outbox::has_news(const SceneStore& store) const {
  return store.revision() > seen_ || !statuses_.empty() ||
         std::any_of(errors_.begin(), errors_.end(), [](const ErrorCount& e) { return e.sent == 0; });
}

void Outbox::note(const StoredField& field) {
  auto& cursor = cursors_[field.id()];
  cursor = {field.changed_revision(),
            field.replaced_revision(),
            field.end_sample(),
            field.replacements(),
            field.shape(),
            field.growing(),
            {}};
  for (int i = 0; i < field.ndim(); ++i) cursor.coords.push_back(field.coord_revision(i));
}

void Outbox::add_scene(const SceneStore& store, std::vector<Update>& out) {
  out.push_back(SceneReady{store.snapshot()});
  scene_ = store.scene_revision();
  cursors_.clear();
  for (const auto& [id, field] : store.fields()) note(*field);
}

void Outbox::add_properties(const SceneStore& store, std::vector<Update>& out) const {
  ScenePatch patch{changed(store.scene().views, store.view_revisions(), seen_),
                   changed(store.scene().operators, store.operator_revisions(), seen_),
                   changed(store.scene().controls, store.control_revisions(), seen_),
                   {}};
  for (const auto& [key, revision] : store.metadata_revisions())
    if (revision > seen_) patch.metadata_updates.set(key, *store.scene().metadata.find(key));
  if (patch != ScenePatch{}) out.push_back(std::move(patch));
}

void Outbox::add_layout(const SceneStore& store, std::vector<Update>& out) const {
  const auto& layout = store.scene().layout;
  if (store.layout_revision() > seen_) {
    out.push_back(LayoutReplace{layout.panels, layout.panel_grid});
    return;
  }
  for (const auto& [id, members] : store.panel_revisions()) {
    const auto* panel = layout.find_panel(id);
    if (!panel) continue;
    const auto is_new = [&, &members = members](std::string_view name) {
      const auto* revision = members.find(name);
      return revision && *revision > seen_;
    };
    PanelPatch patch{.panel_id = id};
    if (is_new("control_ids")) patch.control_ids = panel->control_ids;
    if (is_new("action_ids")) patch.action_ids = panel->action_ids;
    if (is_new("view_ids")) patch.view_ids = panel->view_ids;
    if (is_new("title")) patch.title = panel->title;
    if (patch != PanelPatch{.panel_id = id}) out.push_back(std::move(patch));
  }
}

void Outbox::add_field(const StoredField& field, std::vector<Update>& out) {
  const FieldCursor cursor = cursors_[field.id()];
  const Dict attrs = changed_attrs(field, cursor.revision);
  const int axis = field.append_axis();
  const std::uint64_t unsent = !field.growing() ? 0
                               : cursor.growing
                                   ? cursor.end
                                   : static_cast<std::uint64_t>(cursor.shape[static_cast<std::size_t>(axis)]);
  const bool replaced = field.replaced_revision() > cursor.replaced;
  if (!replaced && field.growing() && unsent >= field.begin_sample()) {
    out.push_back(FieldAppend{field.id(), field.dims()[static_cast<std::size_t>(axis)],
                              field.values_between(unsent, field.end_sample()),
                              field.coords_between(unsent, field.end_sample()), field.extent(axis), attrs});
  } else {
    // A field that grows is one that grows for the viewer too: its newest sample is appended to the others.
    const std::uint64_t first = field.begin_sample(), end = field.growing() ? field.end_sample() : first;
    const bool in_two = end > first + 1;
    const std::uint64_t last = in_two ? end - 1 : end;
    FieldReplace update{field.id(), field.growing() ? field.values_between(first, last) : field.values(), std::nullopt,
                        attrs};
    bool with_coords = field.growing() || cursor.growing;
    for (int i = 0; i < field.ndim(); ++i)
      with_coords = with_coords || field.coord_revision(i) > cursor.coords[static_cast<std::size_t>(i)];
    if (with_coords) {
      update.coords.emplace();
      for (int i = 0; i < field.ndim(); ++i)
        update.coords->set(field.dims()[static_cast<std::size_t>(i)],
                           in_two && i == axis ? field.coords_between(first, last) : field.coord(i));
    }
    if (!replaced && unsent < field.begin_sample()) trimmed_ += field.begin_sample() - unsent;
    if (field.replacements() > cursor.replacements + 1) superseded_ += field.replacements() - cursor.replacements - 1;
    out.push_back(std::move(update));
    if (in_two)
      out.push_back(FieldAppend{field.id(),
                                field.dims()[static_cast<std::size_t>(axis)],
                                field.values_between(last, last + 1),
                                field.coords_between(last, last + 1),
                                field.extent(axis),
                                {}});
  }
  note(field);
}

void Outbox::add_state(const SceneStore& store, bool all, std::vector<Update>& out) const {
  StatePatch patch;
  for (const auto& [key, set] : store.state_revisions())
    if (all || (set.revision > seen_ && (viewer_.empty() || set.origin != viewer_)))
      patch.updates.set(key, *store.state().find(key));
  if (!patch.updates.empty()) out.push_back(std::move(patch));
}

std::vector<Update> Outbox::next(const SceneStore& store) {
  std::vector<Update> out;
  if (store.revision() > seen_) {
    const bool new_scene = store.scene_revision() > scene_;
    if (new_scene) {
      add_scene(store, out);
    } else if (store.has_scene()) {
      add_properties(store, out);
      add_layout(store, out);
      for (const auto& [id, field] : store.fields())
        if (field->changed_revision() > cursors_[id].revision) add_field(*field, out);
    }
    add_state(store, new_scene, out);
    seen_ = store.revision();
  }
  for (auto& status : statuses_) out.push_back(std::move(status));
  statuses_.clear();
  for (auto& error : errors_) {
    if (error.sent != 0) continue;
    error.sent = error.count;
    out.push_back(ErrorReport{error.count > 1 ? error.text + " (" + plain_text(error.count) + " times)" : error.text});
  }
  return out;
}

}  // namespace cnv
