// PyInteractionTarget: a Python object that sees events before the session does, and what it acts with. Missing methods
// consume nothing.
#pragma once

#include <nanobind/nanobind.h>

#include "cnv/runtime/interaction_target.hpp"

namespace cnv::python {

namespace nb = nanobind;

// A TargetContext with Python values. Bound as _core.TargetAccess; with the GIL held.
class TargetAccess {
 public:
  void attach(TargetContext* context) { context_ = context; }
  nb::object scene() const;
  nb::object state(const std::string& key, nb::object missing) const;
  void set_state(const std::string& key, nb::handle value);
  nb::object entity_info(const std::optional<std::string>& entity_id) const;
  void show_status(const std::string& message, std::optional<std::int64_t> timeout_ms);
  // False: unknown.
  bool invoke_action(const std::string& action_id, nb::handle payload);
  bool set_control(const std::string& control_id, nb::handle value);

 private:
  TargetContext* context_ = nullptr;
};

class PyInteractionTarget final : public InteractionTarget {
 public:
  // With the GIL held.
  explicit PyInteractionTarget(nb::object target);
  ~PyInteractionTarget() override;
  bool on_key_press(std::string_view key) override;
  bool on_action(std::string_view action_id, const Dict& payload) override;
  bool on_entity_clicked(std::string_view entity_id) override;
  void attach(TargetContext* context) override;

 private:
  nb::object target_, access_, context_;
};

}  // namespace cnv::python
