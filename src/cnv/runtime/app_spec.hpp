// AppSpec: what run_app() needs to know about an app.
#pragma once

#include <functional>
#include <type_traits>

#include "cnv/base/findings.hpp"
#include "cnv/runtime/event_router.hpp"
#include "cnv/runtime/session.hpp"

namespace cnv {

// An app before it runs.
struct AppSpec {
  std::optional<Scene> scene;                             // shown at once; the session's own replaces it
  SessionFactory session;                                 // called inside run_app
  std::shared_ptr<InteractionTarget> interaction_target;  // sees events before the session; none: nobody does
  std::string title;                                      // empty: the scene's
  std::function<std::vector<Finding>()> examine;          // what --doctor tells of the simulator; none: nothing
  int viewers = 1;                                        // windows onto the one session; --viewers comes before this
};

// A factory from a session class. Only a type is accepted: an existing session does not compile.
template <class T>
  requires std::is_base_of_v<Session, T> && std::is_default_constructible_v<T>
SessionFactory make_session() {
  return [] { return std::make_unique<T>(); };
}

}  // namespace cnv
