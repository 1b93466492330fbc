// Outbox: one viewer's cursor over a SceneStore. next() turns what changed since the last batch into the narrowest
// updates that describe it. Holds no data but messages. Owner thread only.
#pragma once

#include <deque>

#include "cnv/core/scene_store.hpp"
#include "cnv/core/updates.hpp"

namespace cnv {

class Outbox {
 public:
  // `viewer` names this viewer: state that it set itself is not sent back.
  explicit Outbox(std::string viewer = {}) : viewer_(std::move(viewer)) {}

  // Messages are kept in order: at most 64 of Status (the oldest go first, counted); equal errors once, with a count.
  void add_message(const Status& status);
  void add_message(const ErrorReport& error);

  // True when next() would return something.
  bool has_news(const SceneStore& store) const;
  // What changed, in an order that applies cleanly; empty when nothing did.
  std::vector<Update> next(const SceneStore& store);

  std::uint64_t superseded() const { return superseded_; }
  std::uint64_t trimmed() const { return trimmed_; }
  std::uint64_t dropped_messages() const { return dropped_messages_; }

 private:
  struct FieldCursor {
    std::uint64_t revision = 0, replaced = 0, end = 0, replacements = 0;
    Shape shape;
    bool growing = false;
    std::vector<std::uint64_t> coords;
  };
  void note(const StoredField& field);
  void add_scene(const SceneStore& store, std::vector<Update>& out);
  void add_properties(const SceneStore& store, std::vector<Update>& out) const;
  void add_layout(const SceneStore& store, std::vector<Update>& out) const;
  void add_field(const StoredField& field, std::vector<Update>& out);
  void add_state(const SceneStore& store, bool all, std::vector<Update>& out) const;

  std::string viewer_;
  std::uint64_t seen_ = 0;  // store revision of the last batch
  std::uint64_t scene_ = 0;
  OrderedMap<FieldCursor> cursors_;
  struct ErrorCount {
    std::string text;
    std::uint64_t count = 0, sent = 0;
  };
  std::deque<Status> statuses_;
  std::deque<ErrorCount> errors_;
  std::uint64_t superseded_ = 0, trimmed_ = 0, dropped_messages_ = 0;
};

}  // namespace cnv
