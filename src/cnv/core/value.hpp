// Value: what may stand in attributes, state, control values, payloads and selectors: null, bool, integer, number,
// text, list, dict, array, and the two references of the protocol. Every record becomes a Value on its way to the wire.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cnv/core/array.hpp"
#include "cnv/core/ordered_map.hpp"

namespace cnv {

// A property that follows a key of the viewer's state.
struct StateBinding {
  std::string key;  // of the state
  friend bool operator==(const StateBinding&, const StateBinding&) = default;
};

// Attribute `attribute` of attribute `owner` of a session.
struct AttributeRef {
  std::string owner;      // attribute of the session
  std::string attribute;  // of the owner
  friend bool operator==(const AttributeRef&, const AttributeRef&) = default;
};

// Positions start, start+step … below stop, as in Python.
struct Slice {
  std::optional<std::int64_t> start, stop, step;  // negative: from the end; none: all, step 1
  friend bool operator==(const Slice&, const Slice&) = default;
};

class Value;
// Values in order.
using List = std::vector<Value>;
// Values by name, in the order in which they came.
using Dict = OrderedMap<Value>;

class Value {
 public:
  // What is stored; monostate is null.
  using Variant = std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Dict, Array, StateBinding,
                               AttributeRef, Slice>;

  Value() noexcept;
  // Compiled once: a copy of a Value is many lines of code.
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  // From what it holds; integers become 64 bits wide.
  Value(bool v) : v_(v) {}
  Value(int v) : v_(static_cast<std::int64_t>(v)) {}
  Value(std::int64_t v) : v_(v) {}
  Value(double v) : v_(v) {}
  Value(const char* v) : v_(std::string(v)) {}
  Value(std::string v) : v_(std::move(v)) {}
  Value(std::string_view v) : v_(std::string(v)) {}
  Value(List v);
  Value(Dict v);
  Value(Array v);
  Value(StateBinding v) : v_(std::move(v)) {}
  Value(AttributeRef v) : v_(std::move(v)) {}
  Value(Slice v) : v_(v) {}

  // Null: neither a value nor an empty one.
  bool is_null() const { return v_.index() == 0; }
  // Whether it holds exactly a T (std::int64_t for integers, double for numbers, List, Dict, Array …).
  template <class T>
  bool is() const {
    return std::holds_alternative<T>(v_);
  }
  // The T that it holds, or null.
  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&v_);
  }
  template <class T>
  T* get_if() {
    return std::get_if<T>(&v_);
  }
  // For std::visit.
  const Variant& variant() const { return v_; }

  // A bool, integer or number as double; throws TypeError for anything else.
  double as_double() const;
  // An integer, or a number without fraction; throws TypeError for anything else.
  std::int64_t as_int() const;
  // Python's truth value of it.
  bool truthy() const;
  // The text; throws TypeError for anything else.
  const std::string& as_string() const;
  // A bool, integer or number: as_double() does not throw.
  bool is_number() const { return is<double>() || is<std::int64_t>() || is<bool>(); }
  // "null", "bool", "int", "float", "str", "list", "dict", "array", "StateBinding", "AttributeRef", "slice".
  std::string_view kind_name() const;
  // As Python's repr, shortened after about 80 characters; for messages.
  std::string repr() const;

  bool operator==(const Value& other) const;

 private:
  Variant v_;
};

}  // namespace cnv
