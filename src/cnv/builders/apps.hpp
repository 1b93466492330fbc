// Apps from session classes. None of them opens a window or makes a session.
#pragma once

#include "cnv/runtime/app_spec.hpp"

namespace cnv {

// An app that runs one session. Only a class is accepted: the session is made inside run_app.
template <class S>
AppSpec build_session_app(std::string title = {}, std::shared_ptr<InteractionTarget> target = {}) {
  return {.session = make_session<S>(), .interaction_target = std::move(target), .title = std::move(title)};
}

// The action "reset" (Space), unless the scene has one; controls panels without ids then get it.
inline void add_reset_action(Scene& scene) {
  if (!scene.actions.contains("reset"))
    scene.actions.set("reset", ActionSpec{.id = "reset", .label = "Reset", .shortcuts = {"Space"}});
  scene.normalize();
}

}  // namespace cnv
