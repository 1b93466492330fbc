// What is said of a selector that selects nothing on a dim. Used by Field and by its Python binding; any thread.
#pragma once

#include <string>
#include <string_view>

namespace cnv {

// `shown`: the selector as its user writes it.
inline std::string selector_error(std::string_view field_id, std::string_view dim, std::string_view shown) {
  return "field '" + std::string(field_id) + "', dim '" + std::string(dim) + "' cannot be selected by " +
         std::string(shown) + ": use a label, a number, a slice or a list of these";
}

}  // namespace cnv
