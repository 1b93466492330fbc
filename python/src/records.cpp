#include "records.hpp"

#include "cnv/base/exceptions.hpp"
#include "cnv/core/selector_error.hpp"
#include "convert.hpp"

namespace cnv::python {
namespace {

// Only its key, id and kind matter for panels; none for classes that no panel shows.
std::optional<ViewSpec> view_like(nb::handle type, const std::string& id) {
  std::optional<ViewSpec> view;
  const auto attempt = [&]<class T>() {
    if (!view && PyObject_IsSubclass(type.ptr(), record_class<T>().ptr()) == 1) view = T{.id = id};
  };
  attempt.template operator()<MorphologyViewSpec>();
  attempt.template operator()<SurfaceViewSpec>();
  attempt.template operator()<LinePlotViewSpec>();
  attempt.template operator()<StateGraphViewSpec>();
  attempt.template operator()<HeatMapViewSpec>();
  return view;
}

// numpy's own booleans are no positions, unlike Python's.
Value selector_value(const std::string& field_id, const std::string& dim, nb::handle selector) {
  try {
    if (!is_instance(selector, lookup("numpy", "bool_"))) return from_python<Value>(selector);
  } catch (const TypeError&) {}
  throw TypeError(selector_error(field_id, dim, nb::cast<std::string>(nb::repr(selector))));
}

}  // namespace

nb::object resolve_selector(const std::string& field_id, const std::string& dim, nb::handle coord,
                            nb::handle selector) {
  const Indexer indexer =
      resolve_indexer(field_id, dim, array_from_python(coord), selector_value(field_id, dim, selector));
  if (const auto* one = std::get_if<std::int64_t>(&indexer)) return nb::int_(*one);
  return array_to_python(Array::copy_of(std::get<std::vector<std::int64_t>>(indexer)));
}

nb::object normalized_panels(nb::handle layout, nb::handle views, const std::vector<std::string>& controls,
                             const std::vector<std::string>& actions) {
  OrderedMap<ViewSpec> known;
  for (nb::handle entry : views) {
    const auto id = nb::cast<std::string>(nb::str(entry[1]));
    if (auto view = view_like(entry[2], id)) known.set(key_text(entry[0]), std::move(*view));
  }
  OrderedMap<ControlSpec> control_map;
  for (const auto& id : controls) control_map.set(id, {});
  OrderedMap<ActionSpec> action_map;
  for (const auto& id : actions) action_map.set(id, {});
  auto spec = from_python<LayoutSpec>(layout);
  normalize_panels(spec, known, control_map, action_map);
  return to_python(spec.panels);
}

}  // namespace cnv::python
