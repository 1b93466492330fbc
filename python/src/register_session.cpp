#include <nanobind/stl/string.h>

#include "link.hpp"
#include "register.hpp"

namespace cnv::python {

void register_session(nb::module_& m) {
  nb::class_<Session>(m, "CoreSession", "A session written in C++.");
  nb::class_<Link>(m, "Link", "What a session or interaction target reaches of its host.")
      .def_prop_ro("attached", &Link::attached)
      .def("emit", &Link::emit, nb::arg("update"), "False when the caller must queue the update.")
      .def("progress", &Link::progress, nb::arg("name"), nb::arg("detail") = "")
      .def("scene", &Link::scene)
      .def("state", &Link::state, nb::arg("key"), nb::arg("default").none())
      .def("set_state", &Link::set_state, nb::arg("key"), nb::arg("value").none())
      .def("entity_info", &Link::entity_info, nb::arg("entity_id"))
      .def("invoke_action", &Link::invoke_action, nb::arg("action_id"), nb::arg("payload").none())
      .def("set_control", &Link::set_control, nb::arg("control_id"), nb::arg("value").none());
}

}  // namespace cnv::python
