// Everything an app that plays a recording needs: #include <cnv/replay.hpp>, link compneurovis::replay.
#pragma once

#include "cnv/backends/replay/replay_session.hpp"
#include "cnv/builders/apps.hpp"
#include "cnv/runtime/launch.hpp"

namespace cnv {

// An app that plays frames of one field: its scene at once, then the frames. Adds the action "reset" (Space) unless the
// scene has one. Throws as check_recording() does.
inline AppSpec build_replay_app(Recording recording) {
  check_recording(recording);
  add_reset_action(recording.scene);
  AppSpec app{.scene = recording.scene, .title = recording.scene.layout.title};
  app.session = [recording = std::move(recording)] { return std::make_unique<ReplaySession>(recording); };
  return app;
}

}  // namespace cnv
