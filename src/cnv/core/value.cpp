#include "cnv/core/value.hpp"

#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {
template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;  // clang 14 needs it

std::string optional_text(const std::optional<std::int64_t>& v) { return v ? plain_text(*v) : "None"; }

void write(std::string& out, const Value& value) {
  if (out.size() > 80) return;
  std::visit(Overloaded{
                 [&](std::monostate) { out += "None"; },
                 [&](bool v) { out += v ? "True" : "False"; },
                 [&](std::int64_t v) { out += plain_text(v); },
                 [&](double v) { out += Array::scalar(v).text_at(0); },
                 [&](const std::string& v) { out += "'" + v + "'"; },
                 [&](const List& v) {
                   out += '[';
                   for (std::size_t i = 0; i < v.size(); ++i) {
                     if (i) out += ", ";
                     write(out, v[i]);
                   }
                   out += ']';
                 },
                 [&](const Dict& v) {
                   out += '{';
                   bool first = true;
                   for (const auto& [key, item] : v) {
                     out += (first ? "'" : ", '") + key + "': ";
                     write(out, item);
                     first = false;
                   }
                   out += '}';
                 },
                 [&](const Array& v) { out += "array" + shape_text(v.shape()); },
                 [&](const StateBinding& v) { out += "StateBinding('" + v.key + "')"; },
                 [&](const AttributeRef& v) { out += "AttributeRef('" + v.owner + "', '" + v.attribute + "')"; },
                 [&](const Slice& v) {
                   out += "slice(" + optional_text(v.start) + ", " + optional_text(v.stop) + ", " +
                          optional_text(v.step) + ")";
                 },
             },
             value.variant());
}
}  // namespace

Value::Value() noexcept = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;
Value::Value(List v) : v_(std::move(v)) {}
Value::Value(Dict v) : v_(std::move(v)) {}
Value::Value(Array v) : v_(std::move(v)) {}
bool Value::operator==(const Value& other) const { return v_ == other.v_; }

double Value::as_double() const {
  if (const auto* v = get_if<double>()) return *v;
  if (const auto* v = get_if<std::int64_t>()) return static_cast<double>(*v);
  if (const auto* v = get_if<bool>()) return *v ? 1.0 : 0.0;
  throw TypeError("a number is needed, not " + repr());
}

std::int64_t Value::as_int() const {
  if (const auto* v = get_if<std::int64_t>()) return *v;
  if (const auto* v = get_if<bool>()) return *v ? 1 : 0;
  if (const auto* v = get_if<double>(); v && std::floor(*v) == *v && std::fabs(*v) < 9e15)
    return static_cast<std::int64_t>(*v);
  throw TypeError("a whole number is needed, not " + repr());
}

bool Value::truthy() const {
  return std::visit(
      Overloaded{[](std::monostate) { return false; }, [](bool v) { return v; }, [](std::int64_t v) { return v != 0; },
                 [](double v) { return v != 0; }, [](const std::string& v) { return !v.empty(); },
                 [](const List& v) { return !v.empty(); }, [](const Dict& v) { return !v.empty(); },
                 [](const Array& v) { return v.size() != 0; }, [](const auto&) { return true; }},
      v_);
}

const std::string& Value::as_string() const {
  if (const auto* v = get_if<std::string>()) return *v;
  throw TypeError("text is needed, not " + repr());
}

std::string_view Value::kind_name() const {
  static constexpr std::string_view names[] = {"null", "bool",  "int",          "float",        "str",  "list",
                                               "dict", "array", "StateBinding", "AttributeRef", "slice"};
  return names[v_.index()];
}

std::string Value::repr() const {
  std::string out;
  write(out, *this);
  if (out.size() > 80) out = out.substr(0, 77) + "...";
  return out;
}

}  // namespace cnv
