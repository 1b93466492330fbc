// Link: what a Python session or interaction target reaches of its host while it is attached. Bound as _core.Link.
#pragma once

#include <nanobind/nanobind.h>

#include <thread>

#include "cnv/runtime/session.hpp"

namespace cnv::python {

namespace nb = nanobind;

class Link {
 public:
  // `session` is null when there is only a scene.
  void attach(SessionLink* host, Session* session);
  bool attached() const { return host_ != nullptr; }

  // Applies the update at once. False without a host or on another thread than the host's: then the caller queues it.
  bool emit(nb::handle update);
  void progress(const std::string& name, const std::string& detail);

  // For interaction targets.
  nb::object scene() const;
  nb::object state(const std::string& key, nb::object missing) const;
  void set_state(const std::string& key, nb::handle value);
  nb::object entity_info(const std::string& entity_id) const;
  // Straight to the session; without payload the action's own, bindings resolved. False: unknown.
  bool invoke_action(const std::string& action_id, nb::handle payload);
  // As if the user had changed the control. False: unknown.
  bool set_control(const std::string& control_id, nb::handle value);

 private:
  Dict resolved_payload(const ActionSpec& action) const;
  SessionLink* host_ = nullptr;
  Session* session_ = nullptr;
  std::thread::id owner_;
};

}  // namespace cnv::python
