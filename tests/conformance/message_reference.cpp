#include "conformance/message_reference.hpp"

#include "cnv/protocol/message_tables.hpp"
#include "conformance/value_json.hpp"

namespace cnv::test {
namespace {

template <class T>
struct Kind;  // the words for a type of property
template <>
struct Kind<bool> {
  static std::string text() { return "bool"; }
};
template <>
struct Kind<std::int64_t> {
  static std::string text() { return "int"; }
};
template <>
struct Kind<std::uint64_t> {
  static std::string text() { return "int ≥ 0"; }
};
template <>
struct Kind<double> {
  static std::string text() { return "float"; }
};
template <>
struct Kind<std::string> {
  static std::string text() { return "str"; }
};
template <>
struct Kind<Value> {
  static std::string text() { return "any value"; }
};
template <>
struct Kind<Array> {
  static std::string text() { return "array"; }
};
template <>
struct Kind<AttributeRef> {
  static std::string text() { return "AttributeRef"; }
};
template <Record T>
struct Kind<T> {
  static std::string text() { return std::string(Table<T>::name); }
};
template <class T>
struct Kind<std::optional<T>> {
  static std::string text() { return Kind<T>::text() + " or null"; }
};
template <class T>
struct Kind<std::vector<T>> {
  static std::string text() { return "list of " + Kind<T>::text(); }
};
template <class T>
struct Kind<OrderedMap<T>> {
  static std::string text() { return "dict of " + Kind<T>::text(); }
};
template <class T>
struct Kind<Bindable<T>> {
  static std::string text() { return Kind<T>::text() + ", or StateBinding"; }
};
template <class A, class B>
struct Kind<std::pair<A, B>> {
  static std::string text() { return "[" + Kind<A>::text() + ", " + Kind<B>::text() + "]"; }
};
template <class... Ts>
struct Kind<std::tuple<Ts...>> {
  static std::string text() {
    std::string out;
    ((out += (out.empty() ? "[" : ", ") + Kind<Ts>::text()), ...);
    return out + "]";
  }
};
template <class... Ts>
struct Kind<std::variant<Ts...>> {
  static std::string text() {
    std::string out;
    ((out += (out.empty() ? "" : " / ") + Kind<Ts>::text()), ...);
    return out;
  }
};
template <class... Ts>
struct Kind<OneOf<Ts...>> : Kind<std::variant<Ts...>> {};
template <>
struct Kind<GeometryPtr> : Kind<AnyGeometry> {};

// On one line, for a table cell.
std::string default_text(const Value& value) {
  if (value.is<Array>()) return "empty";
  std::string json = to_json(value), out;
  for (const char c : json)
    if (c != '\n') out += c;
  return "`" + out + "`";
}

template <class T>
void add(std::string& out) {
  out += "\n### " + std::string(Table<T>::name) + "\n\n" + std::string(Table<T>::doc) + "\n";
  if constexpr (row_count<T> > 0) {
    out += "\n| property | type | default | |\n|---|---|---|---|\n";
    const T empty{};
    for_each_row<T>([&](const auto& r) {
      using M = std::remove_cvref_t<decltype(empty.*(r.member))>;
      // Records in records have tables of their own; one of several has no default of its own.
      const Value standard = to_value(empty.*(r.member));
      const auto* dict = standard.template get_if<Dict>();
      const bool record = Record<M> || (dict && dict->contains("type"));
      out += "| `" + std::string(r.name) + "` | " + Kind<M>::text() + " | " + (record ? "" : default_text(standard)) +
             " | " + std::string(r.doc) + " |\n";
    });
  }
}

template <class V>
void add_all(std::string& out, std::string_view title) {
  out += "\n## " + std::string(title) + "\n";
  [&]<class... Ts>(std::variant<Ts...>*) { (add<Ts>(out), ...); }(static_cast<V*>(nullptr));
}

}  // namespace

std::string message_reference() {
  std::string out =
      "# Messages and specs\n\n"
      "Written by `cnv_make_reference` from the field tables (`core/spec_tables.hpp`, `protocol/message_tables.hpp`); "
      "a test compares.\n"
      "How they become bytes: [wire-format.md](wire-format.md). A record that stands where several are possible "
      "carries its name under `type`.\n";
  add_all<Command>(out, "Commands");
  add_all<Update>(out, "Updates");
  add_all<ViewerMessage>(out, "Viewer → model");
  add_all<HostMessage>(out, "Model → viewer");
  add_all<std::variant<ProgressStep, Scene, Field, MorphologyGeometry, PieceTable, GridGeometry, MorphologyViewSpec,
                       SurfaceViewSpec, LinePlotViewSpec, StateGraphViewSpec, HeatMapViewSpec, GridSliceOperatorSpec,
                       ControlSpec, ScalarValueSpec, ChoiceValueSpec, BoolValueSpec, XYValueSpec,
                       ControlPresentationSpec, ActionSpec, PanelSpec, LayoutSpec>>(out, "Records inside messages");
  return out;
}

}  // namespace cnv::test
