// A value of a JSON file that knows where it stands, so that each error names file and key. Used by json_import.cpp.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {

class JsonPlace {
 public:
  using Json = nlohmann::ordered_json;
  // `path` as shown in errors: "cell.json: sections.soma".
  JsonPlace(const Json& json, std::string path) : json_(&json), path_(std::move(path)) {}

  [[noreturn]] void fail(const std::string& what) const { throw ValueError(path_ + ": " + what); }

  bool has(const std::string& key) const { return object().contains(key); }
  bool is_null() const { return json_->is_null(); }
  bool is_list() const { return json_->is_array(); }

  JsonPlace operator[](const std::string& key) const {
    const auto found = object().find(key);
    if (found == object().end()) fail("'" + key + "' is missing");
    return {*found, path_ + (path_.ends_with(": ") ? "" : ".") + key};
  }

  // (key, value) in the order of the file.
  std::vector<std::pair<std::string, JsonPlace>> items() const {
    std::vector<std::pair<std::string, JsonPlace>> out;
    for (const auto& [key, value] : object().items()) out.emplace_back(key, (*this)[key]);
    return out;
  }

  std::vector<JsonPlace> list() const {
    if (!json_->is_array()) fail("is not a list");
    std::vector<JsonPlace> out;
    for (std::size_t i = 0; i < json_->size(); ++i) out.push_back({(*json_)[i], path_ + "[" + plain_text(i) + "]"});
    return out;
  }

  std::vector<JsonPlace> list(std::size_t count, const char* of_what) const {
    std::vector<JsonPlace> out = list();
    if (out.size() != count)
      fail("holds " + plain_text(out.size()) + " values instead of " + plain_text(count) + ", one per " + of_what);
    return out;
  }

  double number() const {
    if (!json_->is_number()) fail("is not a number");
    return json_->get<double>();
  }

  int whole_number() const {
    const double value = number();
    if (value != std::floor(value) || std::abs(value) > 1e9) fail("is not a whole number");
    return static_cast<int>(value);
  }

  std::string text() const {
    if (!json_->is_string()) fail("is not a text");
    return json_->get<std::string>();
  }

 private:
  const Json& object() const {
    if (!json_->is_object()) fail("is not an object of keys and values");
    return *json_;
  }

  const Json* json_;
  std::string path_;
};

}  // namespace cnv::nrn
