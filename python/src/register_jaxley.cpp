#include "cnv/backends/jaxley/geometry.hpp"
#include "py_jaxley_session.hpp"
#include "register.hpp"
#include "register_sampled.hpp"

namespace cnv::python {
namespace {

// Columns by name, kept while spans of them are in use.
class Columns {
 public:
  explicit Columns(nb::dict from) : from_(from) {}

  std::span<const double> numbers(const char* name) { return keep<double>(name, DType::f64); }
  std::span<const std::int64_t> indices(const char* name) { return keep<std::int64_t>(name, DType::i64); }

 private:
  // A missing column is empty.
  template <class T>
  std::span<const T> keep(const char* name, DType dtype) {
    if (!from_.contains(name)) return {};
    kept_.push_back(array_from_python(from_[name]).astype(dtype).row_major());
    return kept_.back().as<T>();
  }

  nb::dict from_;
  std::vector<Array> kept_;
};

nb::object geometry_of(nb::dict given, const std::vector<std::string>& cell_names) {
  Columns c(given);
  const jaxley::Compartments compartments{.length = c.numbers("length"),
                                          .radius = c.numbers("radius"),
                                          .x = c.numbers("x"),
                                          .y = c.numbers("y"),
                                          .z = c.numbers("z"),
                                          .cell = c.indices("global_cell_index"),
                                          .branch = c.indices("global_branch_index"),
                                          .comp = c.indices("global_comp_index"),
                                          .local_branch = c.indices("local_branch_index"),
                                          .local_comp = c.indices("local_comp_index")};
  const jaxley::Polylines polylines{
      .points = c.numbers("points"), .ends = c.indices("ends"), .parents = c.indices("parents")};
  return to_python(
      GeometryPtr(std::make_shared<const AnyGeometry>(jaxley::build_geometry(compartments, polylines, cell_names))));
}

void make_core(PyJaxleySession* memory, nb::handle session, nb::dict options) {
  (new (memory) PyJaxleySession(sampled_options(options)))->bind(session);
}

}  // namespace

void register_jaxley(nb::module_& m) {
  using Core = PyJaxleySession;
  bind_sampled<Core>(m, "JaxleyCore", "The C++ part of a JaxleySession.")
      .def("__init__", &make_core, nb::arg("session"), nb::arg("options"))
      .def("rewind", &Core::rewind, "Drops what was computed ahead: changes act at the next step.")
      .def_prop_ro("step_index", &Core::step_index)
      .def_prop_ro("taken", &Core::taken, "Steps of the present block that were handed out.")
      .def_prop_ro("model_time_ms", &Core::model_time_ms)
      .def_prop_ro("runner", &Core::runner_object);
  m.def("jaxley_geometry", &geometry_of, nb::arg("columns"), nb::arg("cell_names"),
        "The MorphologyGeometry of a Jaxley network. Columns of the compartment table by name; 'points' (m, 4), 'ends' "
        "and 'parents' of the branch "
        "polylines. Raises ValueError.");
}

}  // namespace cnv::python
