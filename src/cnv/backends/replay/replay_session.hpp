// ReplaySession: plays recorded frames of one field of a scene, 20 per second at speed 1, from the start again after
// the last. The window's time bar runs, pauses, steps, and leads to any frame. Owner thread.
#pragma once

#include "cnv/runtime/session.hpp"

namespace cnv {

// One frame: values in the field's shape, and its coordinates where they change.
struct ReplayFrame {
  Array values;                  // the field's rank
  std::optional<Coords> coords;  // none: as before
};

// A scene, and what one of its fields shows one after the other.
struct Recording {
  Scene scene;                      // shown at once
  std::string field_id;             // the field that the frames replace
  std::vector<ReplayFrame> frames;  // none: only the scene is shown
  bool live = true;                 // false: nothing plays until a frame is asked for
  bool loop = true;                 // false: stops at the last frame
};

// Throws KeyError when the scene has no such field, ValueError when a frame has another number of dimensions than the
// field.
void check_recording(const Recording& recording);

class ReplaySession : public BufferedSession {
 public:
  // Throws as check_recording() does.
  explicit ReplaySession(Recording recording);

  std::optional<Scene> initialize() override;
  void advance() override;
  void handle(const Command& command) override;
  bool is_live() override;
  std::optional<double> own_pace_s() override { return frame_s; }
  FramePlace frame_place() override { return {static_cast<std::int64_t>(recording_.frames.size()), shown_}; }
  void seek(std::int64_t frame) override;

  // Frame that the next advance() shows.
  std::int64_t index() const { return next_; }
  // Seconds per frame at speed 1.
  static constexpr double frame_s = 0.05;

 private:
  void show(std::int64_t frame);
  Recording recording_;
  std::int64_t next_ = 0, shown_ = 0;
  bool ended_ = false;
};

}  // namespace cnv
