// Texts of keys and shortcuts in one normal form: "A", "Shift+A", "Ctrl+R", "Space", "Esc".
#pragma once

#include <string>
#include <string_view>

namespace cnv {

// Modifiers in the order Meta, Ctrl, Alt, Shift; letters in capitals; names as in the original ("Return", "PgUp",
// "Del"). Case does not matter. Empty when the text names no key.
std::string normalize_key(std::string_view text);

}  // namespace cnv
