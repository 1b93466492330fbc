#include "cnv/backends/replay/replay_session.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {

void check_recording(const Recording& recording) {
  const auto* field = recording.scene.fields.find(recording.field_id);
  if (!field)
    throw KeyError("the scene has no field '" + recording.field_id + "' to replay: give the id of one of its fields");
  for (std::size_t i = 0; i < recording.frames.size(); ++i) {
    if (recording.frames[i].values.ndim() == static_cast<int>(field->dims.size())) continue;
    throw ValueError("frame " + plain_text(i) + " of field '" + recording.field_id + "' has " +
                     plain_text(recording.frames[i].values.ndim()) + " dimensions, the field has " +
                     plain_text(field->dims.size()) + ": give each frame in the shape of the field");
  }
}

namespace {

// Of the finite values of all frames; none where there are no numbers.
std::optional<Limits> range_of(const std::vector<ReplayFrame>& frames) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const auto& frame : frames) {
    if (frame.values.is_string()) return std::nullopt;
    const Array numbers = frame.values.astype(DType::f64).row_major();
    for (const double value : numbers.as<double>())
      if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  }
  if (low > high) return std::nullopt;
  return Limits{low, high};
}

}  // namespace

// Views that follow the data then show all frames in the same colours and axes.
ReplaySession::ReplaySession(Recording recording) : recording_(std::move(recording)) {
  check_recording(recording_);
  auto& attrs = recording_.scene.fields.find(recording_.field_id)->attrs;
  if (const auto range = range_of(recording_.frames); range && !attrs.contains(value_range_attr))
    attrs.set(value_range_attr, List{range->first, range->second});
}

std::optional<Scene> ReplaySession::initialize() {
  if (recording_.frames.empty()) emit(Status{"This recording has no frames: only its scene is shown.", {}});
  return recording_.scene;
}

bool ReplaySession::is_live() { return recording_.live && !ended_ && !recording_.frames.empty(); }

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
