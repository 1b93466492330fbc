#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cnv/draw/spike_shape.hpp"
#include "cnv/protocol/codec.hpp"
#include "cnv/runtime/outbox.hpp"
#include "convert.hpp"
#include "register.hpp"
#include "test_host.hpp"

namespace cnv::python {
namespace {

// A store cannot be copied, and says so only when it is tried.
struct Store {
  Store() = default;
  Store(const Store&) = delete;
  SceneStore scene;
};

nb::object apply(Store& store, nb::handle update) {
  const auto problem = store.scene.apply(from_python<Update>(update));
  if (!problem) return nb::none();
  return nb::make_tuple(problem->severity == Severity::error ? "error" : "warning", problem->cause, problem->message);
}

nb::bytes encoded(nb::handle updates) {
  std::string bytes;
  for (const auto& chunk : protocol::encode(from_python<std::vector<Update>>(updates)).chunks)
    bytes.append(reinterpret_cast<const char*>(chunk.data), chunk.size);
  return nb::bytes(bytes.data(), bytes.size());
}

nb::object decoded(const nb::bytes& bytes) {
  void* memory = nullptr;
  const Array aligned = Array::allocate(DType::u8, {static_cast<std::int64_t>(bytes.size())}, &memory);
  std::memcpy(memory, bytes.c_str(), bytes.size());
  auto updates =
      protocol::decode_updates({static_cast<const std::byte*>(aligned.data()), bytes.size()}, aligned.owner());
  if (!updates) throw ValueError(updates.error());
  return to_python(*updates);
}

// What the window measures of the spike whose peak is nearest to `at`; None: there is none.
nb::object spike_of(const std::vector<double>& t, const std::vector<double>& v, const std::string& x_unit,
                    const std::string& y_unit, double at) {
  const auto rule = spike_rule(y_unit, x_unit);
  if (!rule || t.empty()) return nb::none();
  SampleAxis axis;
  axis.append(t.data(), t.size());
  Pyramid y(Pyramid::Precision::f64);
  y.append(v.data(), v.size());
  const auto shape = nearest_spike(axis, y, *rule, {t.front(), t.back()}, at);
  if (!shape) return nb::none();
  const auto point = [](const std::optional<SpikePoint>& p) {
    return p ? nb::object(nb::make_tuple(p->x, p->y)) : nb::object(nb::none());
  };
  nb::dict out;
  out["peak"] = point(shape->peak);
  out["threshold"] = point(shape->threshold);
  out["amplitude"] = nb::cast(shape->amplitude());
  out["half_width"] = nb::cast(shape->half_width());
  out["rise_time"] = nb::cast(shape->rise_time());
  return out;
}

}  // namespace

void register_testing(nb::module_& m) {
  m.def("spike_of", &spike_of, nb::arg("t"), nb::arg("v"), nb::arg("x_unit"), nb::arg("y_unit"), nb::arg("at"),
        "{'peak', 'threshold': (t, v), 'amplitude', 'half_width', 'rise_time'}, or None.");
  nb::class_<Store>(m, "SceneStore")
      .def(nb::init<>())
      .def("apply", &apply, nb::arg("update"), "None, or (severity, cause, message).")
      .def(
          "set_state",
          [](Store& s, const std::string& key, nb::handle value, const std::string& origin) {
            s.scene.set_state(key, from_python<Value>(value), origin);
          },
          nb::arg("key"), nb::arg("value").none(), nb::arg("origin") = "")
      .def("snapshot", [](const Store& s) { return to_python(s.scene.snapshot()); })
      .def_prop_ro("has_scene", [](const Store& s) { return s.scene.has_scene(); })
      .def_prop_ro("state", [](const Store& s) { return to_python(s.scene.state()); });
  nb::class_<Outbox>(m, "Outbox")
      .def(nb::init<std::string>(), nb::arg("viewer") = "")
      .def(
          "next", [](Outbox& o, const Store& s) { return to_python(o.next(s.scene)); }, nb::arg("store"))
      .def("add_status", [](Outbox& o, nb::handle status) { o.add_message(from_python<Status>(status)); })
      .def("add_error", [](Outbox& o, nb::handle error) { o.add_message(from_python<ErrorReport>(error)); })
      .def(
          "has_news", [](const Outbox& o, const Store& s) { return o.has_news(s.scene); }, nb::arg("store"))
      .def_prop_ro("superseded", &Outbox::superseded)
      .def_prop_ro("trimmed", &Outbox::trimmed)
      .def_prop_ro("dropped_messages", &Outbox::dropped_messages);
  nb::class_<TestHost>(m, "Host")
      .def(nb::init<nb::handle, nb::handle, nb::handle, std::optional<double>, bool>(), nb::arg("source").none(),
           nb::arg("scene") = nb::none(), nb::arg("target") = nb::none(), nb::arg("until_ms") = nb::none(),
           nb::arg("windowless") = false)
      .def("add_viewer", &TestHost::add_viewer)
      .def("tick", &TestHost::tick, nb::arg("count") = 1)
      .def("send_key", &TestHost::send_key)
      .def("send_action", &TestHost::send_action)
      .def("send_click", &TestHost::send_click)
      .def("send_control", &TestHost::send_control)
      .def("send_state", &TestHost::send_state)
      .def("send_run_control", &TestHost::send_run_control, nb::arg("action"), nb::arg("value") = 0.0)
      .def("send_bye", &TestHost::send_bye)
      .def("model", [](TestHost& h) { return to_python(h.model().snapshot()); })
      .def("viewer", [](TestHost& h) { return to_python(h.viewer().snapshot()); })
      .def_prop_ro("model_state", [](TestHost& h) { return to_python(h.model().state()); })
      .def_prop_ro("viewer_state", [](TestHost& h) { return to_python(h.viewer().state()); })
      .def("take_received", &TestHost::take_received)
      .def_prop_ro("lines", &TestHost::lines)
      .def_prop_ro("messages", &TestHost::messages)
      .def_prop_ro("progress", &TestHost::progress)
      .def_prop_ro("failures",
                   [](TestHost& h) {
                     nb::list list;
                     for (const auto& f : h.failures()) list.append(nb::make_tuple(f.where, f.message, f.traceback));
                     return list;
                   })
      .def_prop_ro("end", &TestHost::end)
      .def_prop_ro("exit_status", &TestHost::exit_status)
      .def_prop_ro("running", [](TestHost& h) { return h.run_state().running; })
      .def_prop_ro("model_time", [](TestHost& h) { return h.run_state().model_time; });
  m.def("encode", &encoded, nb::arg("updates"));
  m.def("decode", &decoded, nb::arg("bytes"), "Raises ValueError for bytes that cannot be trusted.");
  m.def("round_trip", [](nb::handle record) { return to_python(from_python<Update>(record)); }, nb::arg("update"));
}

}  // namespace cnv::python
