// Prints python/compneurovis/_records.py from the field tables: one dataclass per record, parameters in the order of
// the rows, defaults from default-constructed C++ values. Run by the target cnv_records and by a test that compares.
#include <iostream>

#include "cnv/core/record.hpp"
#include "cnv/protocol/message_tables.hpp"

namespace {
using namespace cnv;

// ---- annotations -------------------------------------------------------------------------------------------------

template <class T>
struct Annotation;
template <class T>
std::string annotation() {
  return Annotation<T>::text();
}

template <Record T>
struct Annotation<T> {
  static std::string text() { return std::string(Table<T>::name); }
};
template <>
struct Annotation<Value> {
  static std::string text() { return "Any"; }
};
template <>
struct Annotation<bool> {
  static std::string text() { return "bool"; }
};
template <>
struct Annotation<std::int64_t> {
  static std::string text() { return "int"; }
};
template <>
struct Annotation<double> {
  static std::string text() { return "float"; }
};
template <>
struct Annotation<std::string> {
  static std::string text() { return "str"; }
};
template <>
struct Annotation<Array> {
  static std::string text() { return "np.ndarray"; }
};
template <>
struct Annotation<StateBinding> {
  static std::string text() { return "StateBinding"; }
};
template <>
struct Annotation<AttributeRef> {
  static std::string text() { return "AttributeRef"; }
};
template <>
struct Annotation<GeometryPtr> {
  static std::string text() { return "Geometry"; }
};
template <class T>
struct Annotation<std::optional<T>> {
  static std::string text() { return annotation<T>() + " | None"; }
};
template <class T>
struct Annotation<std::vector<T>> {
  static std::string text() { return "tuple[" + annotation<T>() + ", ...]"; }
};
template <class T>
struct Annotation<OrderedMap<T>> {
  static std::string text() { return "dict[str, " + annotation<T>() + "]"; }
};
template <class T>
struct Annotation<Bindable<T>> {
  static std::string text() { return annotation<T>() + " | StateBinding"; }
};
template <class A, class B>
struct Annotation<std::pair<A, B>> {
  static std::string text() { return "tuple[" + annotation<A>() + ", " + annotation<B>() + "]"; }
};

template <class... Ts>
std::string joined(std::string_view separator) {
  std::string text;
  ((text += (text.empty() ? "" : std::string(separator)) + annotation<Ts>()), ...);
  return text;
}
template <class... Ts>
struct Annotation<std::tuple<Ts...>> {
  static std::string text() { return "tuple[" + joined<Ts...>(", ") + "]"; }
};
template <class... Ts>
struct Annotation<std::variant<Ts...>> {
  static std::string text() { return joined<Ts...>(" | "); }
};
template <class... Ts>
struct Annotation<OneOf<Ts...>> : Annotation<std::variant<Ts...>> {};

// ---- defaults ----------------------------------------------------------------------------------------------------

std::string literal(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return out + "\"";
}

std::string literal(const Value& value) {
  if (const auto* text = value.get_if<std::string>()) return literal(*text);
  if (const auto* flag = value.get_if<bool>()) return *flag ? "True" : "False";
  if (const auto* integer = value.get_if<std::int64_t>()) return std::to_string(*integer);
  if (const auto* number = value.get_if<double>()) return Array::scalar(*number).text_at(0);
  if (value.is<Array>()) return "()";
  std::string inside;
  if (const auto* list = value.get_if<List>()) {
    for (const auto& item : *list)
      inside += literal(item) + (list->size() == 1 ? "," : &item == &list->back() ? "" : ", ");
    return "(" + inside + ")";
  }
  if (const auto* dict = value.get_if<Dict>()) {
    for (const auto& [key, item] : *dict) inside += (inside.empty() ? "" : ", ") + literal(key) + ": " + literal(item);
    return "{" + inside + "}";
  }
  return "None";
}

std::string default_text(const Value& value, bool is_layout) {
  if (is_layout) return "field(default_factory=LayoutSpec)";
  const auto* dict = value.get_if<Dict>();
  if (!dict) return literal(value);
  return dict->empty() ? "field(default_factory=dict)" : "field(default_factory=lambda: " + literal(value) + ")";
}

// ---- classes -----------------------------------------------------------------------------------------------------

struct Shape {
  std::string base;
  int required;  // the first rows have no default
  bool frozen = true;
};

template <Record T>
void print(const Shape& shape) {
  std::cout << "\n\n"
            << (shape.frozen ? "@frozen_record\n" : "@dataclass(slots=True)\n") << "class " << Table<T>::name << "("
            << shape.base << "):\n    \"\"\"" << Table<T>::doc << "\n";
  for_each_row<T>([](const auto& r) { std::cout << "\n    " << r.name << ": " << r.doc; });
  std::cout << (row_count<T> ? "\n    " : "    ") << "\"\"\"\n";
  const T defaults{};
  int index = 0;
  for_each_row<T>([&](const auto& r) {
    using M = std::decay_t<decltype(defaults.*(r.member))>;
    const bool names = std::same_as<T, MorphologyGeometry> &&
                       (r.name == "entity_ids" || r.name == "section_names" || r.name == "labels");
    std::cout << "\n    " << r.name << ": " << (names ? "tuple[str, ...]" : annotation<M>());
    if (index++ >= shape.required)
      std::cout << " = " << default_text(to_value(defaults.*(r.member)), std::same_as<M, LayoutSpec>);
  });
  std::cout << "\n";
}

void print_all() {
  print<Field>({"FieldMethods", 4});
  print<PieceTable>({"ArraysMethods", 8});
  print<MorphologyGeometry>({"MorphologyMethods", 8});
  print<GridGeometry>({"GridMethods", 3});
  print<MorphologyViewSpec>({"ViewSpec", 1});
  print<SurfaceViewSpec>({"ViewSpec", 1});
  print<LinePlotViewSpec>({"ViewSpec", 1});
  print<StateGraphViewSpec>({"ViewSpec", 1});
  print<HeatMapViewSpec>({"ViewSpec", 1});
  print<GridSliceOperatorSpec>({"OperatorSpec", 1});
  print<ScalarValueSpec>({"ValueSpecMethods", 1});
  print<ChoiceValueSpec>({"ValueSpecMethods", 2});
  print<BoolValueSpec>({"ValueSpecMethods", 0});
  print<XYValueSpec>({"XYValueSpecMethods", 0});
  print<ControlPresentationSpec>({"RecordMethods", 0});
  print<ControlSpec>({"ControlMethods", 3});
  print<ActionSpec>({"RecordMethods", 2});
  print<PanelSpec>({"RecordMethods", 2, false});
  print<LayoutSpec>({"LayoutMethods", 0, false});
  print<Scene>({"SceneMethods", 3, false});
  print<Reset>({"SessionCommand", 0});
  print<SetControl>({"SessionCommand", 2});
  print<InvokeAction>({"SessionCommand", 1});
  print<KeyPressed>({"SessionCommand", 1});
  print<EntityClicked>({"SessionCommand", 1});
  print<StopSession>({"SessionCommand", 0});
  print<SceneReady>({"SessionUpdate", 1});
  print<FieldReplace>({"SessionUpdate", 2});
  print<FieldAppend>({"SessionUpdate", 4});
  print<ScenePatch>({"SessionUpdate", 0});
  print<StatePatch>({"SessionUpdate", 0});
  print<PanelPatch>({"SessionUpdate", 1});
  print<LayoutReplace>({"SessionUpdate", 1});
  print<Status>({"SessionUpdate", 1});
  print<ErrorReport>({"SessionUpdate", 1});
}

}  // namespace

int main() {
  std::cout
      << R"(# Generated by python/tools/make_records.cpp from the field tables; do not edit. `ninja cnv_records` writes it anew.
"""The records of the protocol: specs, scene, fields, geometries, commands, updates."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ._methods.bases import Geometry, OperatorSpec, RecordMethods, SessionCommand, SessionUpdate, ViewSpec, frozen_record
from ._methods.bindings import AttributeRef, StateBinding
from ._methods.controls import ControlMethods, ValueSpecMethods, XYValueSpecMethods
from ._methods.field import FieldMethods
from ._methods.geometry import ArraysMethods, GridMethods, MorphologyMethods
from ._methods.layout import LayoutMethods
from ._methods.scene import SceneMethods

if TYPE_CHECKING:
    import numpy as np
)";
  print_all();
  return 0;
}
