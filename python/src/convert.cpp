#include "convert.hpp"

#include <cmath>

namespace cnv::python {
namespace {

std::string short_repr(nb::handle object) {
  std::string text = nb::cast<std::string>(nb::repr(object));
  if (text.size() > 80) text = text.substr(0, 77) + "...";
  return text;
}

bool is_numpy(nb::handle object, const char* type) { return is_instance(object, lookup("numpy", type)); }
bool is_array(nb::handle object) {
  static const nb::handle type = lookup("numpy", "ndarray");
  return is_instance(object, type);
}
bool is_numpy_scalar(nb::handle object) {
  static const nb::handle type = lookup("numpy", "generic");
  return is_instance(object, type);
}
bool is_mapping(nb::handle object) {
  static const nb::handle type = lookup("collections.abc", "Mapping");
  return PyDict_Check(object.ptr()) || PyObject_IsInstance(object.ptr(), type.ptr()) == 1;
}

// A record as an attribute's value (a control's new value_spec, say) is a dict with the record's name under "type".
template <class... Ts>
bool tagged_record(nb::handle object, Value& out) {
  bool known = false;
  const auto attempt = [&]<class T>() {
    if (known || !is_instance(object, record_class<T>())) return;
    known = true;
    Value value = to_value(from_python<T>(object));
    Dict tagged{{"type", Table<T>::name}};
    for (auto& [key, item] : *value.template get_if<Dict>()) tagged.set(key, std::move(item));
    out = std::move(tagged);
  };
  (attempt.template operator()<Ts>(), ...);
  return known;
}

Slice slice_of(nb::handle object) {
  const auto bound = [&](const char* name) { return from_python<std::optional<std::int64_t>>(object.attr(name)); };
  return {bound("start"), bound("stop"), bound("step")};
}

}  // namespace

void refuse(std::string_view wanted, nb::handle got) {
  throw TypeError("expected " + std::string(wanted) + ", got " + short_repr(got));
}

void rethrow_at(const std::string& where) {
  try {
    throw;
  } catch (const TypeError& e) {
    const std::string text = e.what();
    throw TypeError(where + (text.starts_with("[") || text.starts_with(".") ? "" : ": ") + text);
  }
}

std::string record_label(std::string_view name, nb::handle object) {
  for (const char* attribute : {"id", "field_id", "panel_id"}) {
    nb::object id = nb::getattr(object, attribute, nb::none());
    if (PyUnicode_Check(id.ptr())) return std::string(name) + " '" + nb::cast<std::string>(id) + "'";
  }
  return std::string(name);
}

std::string key_text(nb::handle key) { return nb::cast<std::string>(nb::str(key)); }

nb::object sequence(nb::handle object) {
  if (PyUnicode_Check(object.ptr()) || PyBytes_Check(object.ptr()) || is_mapping(object) ||
      !PySequence_Check(object.ptr()))
    refuse("a sequence", object);
  if (is_array(object)) return object.attr("tolist")();
  return nb::borrow(object);
}

nb::dict mapping(nb::handle object) {
  if (PyDict_Check(object.ptr())) return nb::borrow<nb::dict>(object);
  if (!is_mapping(object)) refuse("a dict", object);
  return nb::borrow<nb::dict>(nb::handle(reinterpret_cast<PyObject*>(&PyDict_Type))(object));
}

// ---- to C++ ------------------------------------------------------------------------------------------------------

void from_python(nb::handle object, Value& out) {
  PyObject* p = object.ptr();
  if (object.is_none()) out = Value();
  else if (PyBool_Check(p)) out = p == Py_True;
  else if (PyUnicode_Check(p)) out = from_python<std::string>(object);
  else if (PyLong_Check(p)) out = from_python<std::int64_t>(object);
  else if (PyFloat_Check(p)) out = PyFloat_AS_DOUBLE(p);
  else if (is_array(object)) out = array_from_python(object);
  else if (is_numpy_scalar(object)) from_python(object.attr("item")(), out);
  else if (is_instance(object, binding_class())) out = from_python<StateBinding>(object);
  else if (is_instance(object, reference_class())) out = from_python<AttributeRef>(object);
  else if (PySlice_Check(p)) out = slice_of(object);
  else if (is_mapping(object)) out = from_python<Dict>(object);
  else if (tagged_record<ScalarValueSpec, ChoiceValueSpec, BoolValueSpec, XYValueSpec, ControlPresentationSpec,
                         PanelSpec, LayoutSpec, ControlSpec, ActionSpec>(object, out))
    return;
  else if (PySequence_Check(p) && !PyBytes_Check(p)) out = from_python<List>(object);
  else refuse("None, a number, text, a list, a dict, an array or a StateBinding", object);
}

bool truth(nb::handle object) {
  const int answer = PyObject_IsTrue(object.ptr());
  if (answer < 0) throw nb::python_error();
  return answer == 1;
}

void from_python(nb::handle object, bool& out) {
  if (PyLong_Check(object.ptr()) || is_numpy(object, "bool_") || is_numpy(object, "integer")) out = truth(object);
  else refuse("True or False", object);
}
void from_python(nb::handle object, std::int64_t& out) {
  if (PyFloat_Check(object.ptr())) {
    const double number = PyFloat_AS_DOUBLE(object.ptr());
    if (number != std::floor(number) || std::fabs(number) > 9e15) refuse("a whole number", object);
    out = static_cast<std::int64_t>(number);
    return;
  }
  if (!PyIndex_Check(object.ptr())) refuse("a whole number", object);
  nb::object index = nb::steal(PyNumber_Index(object.ptr()));
  int overflow = 0;
  out = index.is_valid() ? PyLong_AsLongLongAndOverflow(index.ptr(), &overflow) : 0;
  if (!index.is_valid()) throw nb::python_error();
  if (overflow) refuse("a whole number of at most 64 bits", object);
}
void from_python(nb::handle object, std::uint64_t& out) {
  const auto value = from_python<std::int64_t>(object);
  if (value < 0) refuse("a whole number that is not negative", object);
  out = static_cast<std::uint64_t>(value);
}
void from_python(nb::handle object, double& out) {
  if (PyFloat_Check(object.ptr())) {
    out = PyFloat_AS_DOUBLE(object.ptr());
    return;
  }
  if (PyUnicode_Check(object.ptr()) || !PyNumber_Check(object.ptr())) refuse("a number", object);
  out = PyFloat_AsDouble(object.ptr());
  if (PyErr_Occurred()) {
    PyErr_Clear();
    refuse("a number", object);
  }
}
void from_python(nb::handle object, std::string& out) {
  if (!PyUnicode_Check(object.ptr())) refuse("text", object);
  Py_ssize_t size = 0;
  const char* utf8 = PyUnicode_AsUTF8AndSize(object.ptr(), &size);
  if (!utf8) throw nb::python_error();
  out.assign(utf8, static_cast<std::size_t>(size));
}
void from_python(nb::handle object, StateBinding& out) {
  if (!is_instance(object, binding_class())) refuse("a StateBinding", object);
  from_python(object.attr("key"), out.key);
}
void from_python(nb::handle object, AttributeRef& out) {
  if (!is_instance(object, reference_class())) refuse("an AttributeRef", object);
  from_python(object.attr("owner"), out.owner);
  from_python(object.attr("attribute"), out.attribute);
}

// ---- geometries: converted once in each direction, and shared as long as the Python object lives -----------------

namespace {
constexpr const char* native_name = "cnv.GeometryPtr";
void keep_native(nb::handle geometry, const GeometryPtr& native) {
  nb::capsule capsule(new GeometryPtr(native), native_name,
                      [](void* p) noexcept { delete static_cast<GeometryPtr*>(p); });
  if (PyObject_GenericSetAttr(geometry.ptr(), nb::str("_native").ptr(), capsule.ptr()) != 0) PyErr_Clear();
}
}  // namespace

void from_python(nb::handle object, GeometryPtr& out) {
  nb::object native = nb::getattr(object, "_native", nb::none());
  if (PyCapsule_IsValid(native.ptr(), native_name)) {
    out = *static_cast<GeometryPtr*>(PyCapsule_GetPointer(native.ptr(), native_name));
    return;
  }
  out = std::make_shared<const AnyGeometry>(from_python<AnyGeometry>(object));
}

nb::object to_python(const GeometryPtr& geometry) {
  if (!geometry) return nb::none();
  nb::object object = to_python(*geometry);
  if (std::holds_alternative<MorphologyGeometry>(*geometry)) keep_native(object, geometry);
  return object;
}

// ---- to Python ---------------------------------------------------------------------------------------------------

namespace {
struct ToPython {
  nb::object operator()(std::monostate) const { return nb::none(); }
  nb::object operator()(const List& list) const {
    nb::list items;
    for (const auto& item : list) items.append(to_python(item));
    return items;
  }
  nb::object operator()(const Slice& slice) const {
    PyObject* made =
        PySlice_New(to_python(slice.start).ptr(), to_python(slice.stop).ptr(), to_python(slice.step).ptr());
    if (!made) throw nb::python_error();
    return nb::steal(made);
  }
  template <class T>
  nb::object operator()(const T& plain) const {
    return to_python(plain);
  }
};
}  // namespace

nb::object to_python(const Value& value) { return std::visit(ToPython{}, value.variant()); }
nb::object to_python(const StateBinding& v) { return binding_class()(v.key); }
nb::object to_python(const AttributeRef& v) { return reference_class()(v.owner, v.attribute); }

}  // namespace cnv::python
