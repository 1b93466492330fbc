// PyInteractionTarget: a Python object that sees events before the session does. Missing methods consume nothing.
#pragma once

#include <nanobind/nanobind.h>

#include "cnv/runtime/event_router.hpp"

namespace cnv::python {

namespace nb = nanobind;

class PyInteractionTarget final : public InteractionTarget {
 public:
  // With the GIL held.
  PyInteractionTarget(nb::object target, nb::object link);
  ~PyInteractionTarget() override;
  bool on_key_press(std::string_view key) override;
  bool on_action(std::string_view action_id, const Dict& payload) override;
  bool on_entity_clicked(std::string_view entity_id) override;

 private:
  nb::object target_, context_;
};

}  // namespace cnv::python
