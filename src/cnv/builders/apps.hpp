// Apps from session classes. None of them opens a window or makes a session.
#pragma once

#include "cnv/runtime/app_spec.hpp"

namespace cnv {

// An app that runs one session. Only a class is accepted: the session is made inside run_app.
template <class S>
AppSpec build_session_app(std::string title = {}, std::shared_ptr<InteractionTarget> target = {}) {
  return {.session = make_session<S>(), .interaction_target = std::move(target), .title = std::move(title)};
}

}  // namespace cnv
