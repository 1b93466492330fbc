#include "cnv/core/texts.hpp"

namespace cnv {

std::vector<std::string> texts_of(const Value& value) {
  std::vector<std::string> out;
  if (const auto* list = value.get_if<List>()) {
    for (const auto& item : *list)
      if (const auto* text = item.get_if<std::string>()) out.push_back(*text);
  } else if (const auto* array = value.get_if<Array>(); array && array->is_string()) {
    for (std::int64_t i = 0; i < array->size(); ++i) out.emplace_back(array->string_at(i));
  }
  return out;
}

}  // namespace cnv
