#include "cnv/backends/replay/replay_session.hpp"

#include <algorithm>

#include "cnv/base/exceptions.hpp"

namespace cnv {

ReplaySession::ReplaySession(Recording recording) : recording_(std::move(recording)) {
  if (!recording_.scene.fields.contains(recording_.field_id)) throw KeyError("the scene has no field '" + recording_.field_id + "' to replay");
}

bool ReplaySession::is_live() { return recording_.live && !ended_; }

void ReplaySession::show(std::int64_t frame) {
  const auto& shown = recording_.frames[static_cast<std::size_t>(frame)];
  emit(FieldReplace{recording_.field_id, shown.values, shown.coords, {}});
  shown_ = frame;
}

void ReplaySession::advance() {
  const auto count = static_cast<std::int64_t>(recording_.frames.size());
  if (count == 0) return;
  show(next_);
  if (++next_ < count) return;
  next_ = 0;
  ended_ = !recording_.loop;
}

void ReplaySession::seek(std::int64_t frame) {
  const auto count = static_cast<std::int64_t>(recording_.frames.size());
  if (count == 0) return;
  const auto at = std::clamp<std::int64_t>(frame, 0, count - 1);
  show(at);
  next_ = (at + 1) % count;
  ended_ = !recording_.loop && next_ == 0;
}

void ReplaySession::handle(const Command& command) {
  if (!std::holds_alternative<Reset>(command) || recording_.frames.empty()) return;
  show(0);
  next_ = 0;
  ended_ = false;
}

}  // namespace cnv
