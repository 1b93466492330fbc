// A Value as JSON text, for the corpus and for messages of tests. What JSON does not know is an object with one "$"
// key:
//   {"$array": {"dtype": …, "shape": […], "outer_axis": …, "data": [… in memory order]}}   {"$binding": key}
//   {"$attribute": [owner, attribute]}   {"$slice": [start, stop, step]}   {"$float": "nan" | "inf" | "-inf"}
#pragma once

#include <charconv>
#include <cmath>

#include "cnv/core/value.hpp"

namespace cnv::test {

class JsonWriter {
 public:
  std::string out;

  void write(const Value& value, int indent = 0) {
    std::visit([&](const auto& v) { write_item(v, indent); }, value.variant());
  }

 private:
  static std::string line(int indent) { return "\n" + std::string(static_cast<std::size_t>(indent), ' '); }
  void write_item(std::monostate, int) { out += "null"; }
  void write_item(bool v, int) { out += v ? "true" : "false"; }
  void write_item(std::int64_t v, int) { out += std::to_string(v); }
  void write_item(double v, int) {
    if (!std::isfinite(v)) {
      out += std::string("{\"$float\": \"") + (std::isnan(v) ? "nan" : v > 0 ? "inf" : "-inf") + "\"}";
      return;
    }
    char buffer[40];
    std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";  // a number, not an integer
    out += text;
  }
  void write_item(const std::string& v, int) {
    out += '"';
    for (const char c : v) {
      if (c == '"' || c == '\\') out += {'\\', c};
      else if (static_cast<unsigned char>(c) < 0x20) {
        const char* digits = "0123456789abcdef";
        out += std::string("\\u00") + digits[c >> 4] + digits[c & 15];
      } else out += c;
    }
    out += '"';
  }
  void write_item(const List& v, int indent) {
    out += '[';
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (i) out += ", ";
      write(v[i], indent);
    }
    out += ']';
  }
  void write_item(const Dict& v, int indent) {
    out += '{';
    bool first = true;
    for (const auto& [key, item] : v) {
      out += (first ? "" : ",") + line(indent + 1);
      write_item(key, 0);
      out += ": ";
      write(item, indent + 1);
      first = false;
    }
    out += '}';
  }
  void write_item(const Array& v, int) {
    out += "{\"$array\": {\"dtype\": \"" + std::string(dtype_name(v.dtype())) + "\", \"shape\": [";
    for (std::size_t i = 0; i < v.shape().size(); ++i) out += (i ? ", " : "") + std::to_string(v.shape()[i]);
    out += "], \"outer_axis\": " + std::to_string(v.outer_axis()) + ", \"data\": [";
    for (std::int64_t i = 0; i < v.size(); ++i) {
      if (i) out += ", ";
      if (v.is_string()) write_item(std::string(v.string_at(i)), 0);
      else
        visit_dtype(v.dtype(), [&](auto zero) {
          using T = decltype(zero);
          const T item = v.as<T>()[static_cast<std::size_t>(i)];
          if constexpr (std::is_floating_point_v<T>) write_item(static_cast<double>(item), 0);
          else if constexpr (std::is_same_v<T, bool>) write_item(item, 0);
          else out += std::to_string(item);
        });
    }
    out += "]}}";
  }
  void write_item(const StateBinding& v, int) {
    out += "{\"$binding\": ";
    write_item(v.key, 0);
    out += '}';
  }
  void write_item(const AttributeRef& v, int) {
    out += "{\"$attribute\": ";
    write_item(List{v.owner, v.attribute}, 0);
    out += '}';
  }
  void write_item(const Slice& v, int) {
    const auto part = [](const std::optional<std::int64_t>& p) { return p ? Value(*p) : Value(); };
    out += "{\"$slice\": ";
    write_item(List{part(v.start), part(v.stop), part(v.step)}, 0);
    out += '}';
  }
};

inline std::string to_json(const Value& value) {
  JsonWriter writer;
  writer.write(value);
  return writer.out + "\n";
}

}  // namespace cnv::test

namespace cnv {
// How GoogleTest prints a Value.
inline void PrintTo(const Value& value, std::ostream* os) { *os << test::to_json(value); }
}  // namespace cnv
