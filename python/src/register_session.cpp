#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include "link.hpp"
#include "py_target.hpp"
#include "register.hpp"

namespace cnv::python {

void register_session(nb::module_& m) {
  nb::class_<Session>(m, "CoreSession", "A session written in C++.");
  nb::class_<Link>(m, "Link", "What a session reaches of its host.")
      .def_prop_ro("attached", &Link::attached)
      .def("emit", &Link::emit, nb::arg("update"), "False when the caller must queue the update.")
      .def("progress", &Link::progress, nb::arg("name"), nb::arg("detail") = "");
  nb::class_<TargetAccess>(m, "TargetAccess",
                           "What an interaction target reaches of its app; nothing once the app has ended.")
      .def("scene", &TargetAccess::scene)
      .def("state", &TargetAccess::state, nb::arg("key"), nb::arg("default").none())
      .def("set_state", &TargetAccess::set_state, nb::arg("key"), nb::arg("value").none())
      .def("entity_info", &TargetAccess::entity_info, nb::arg("entity_id").none())
      .def("show_status", &TargetAccess::show_status, nb::arg("message"), nb::arg("timeout_ms").none())
      .def("invoke_action", &TargetAccess::invoke_action, nb::arg("action_id"), nb::arg("payload").none())
      .def("set_control", &TargetAccess::set_control, nb::arg("control_id"), nb::arg("value").none());
}

}  // namespace cnv::python
