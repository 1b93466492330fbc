#include "cnv/core/keys.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

constexpr std::pair<std::string_view, std::string_view> names[] = {
    {"space", "Space"},   {" ", "Space"},         {"escape", "Esc"}, {"esc", "Esc"},
    {"delete", "Del"},    {"del", "Del"},         {"insert", "Ins"}, {"ins", "Ins"},
    {"return", "Return"}, {"enter", "Enter"},     {"tab", "Tab"},    {"backspace", "Backspace"},
    {"home", "Home"},     {"end", "End"},         {"pgup", "PgUp"},  {"pageup", "PgUp"},
    {"pgdown", "PgDown"}, {"pagedown", "PgDown"}, {"left", "Left"},  {"right", "Right"},
    {"up", "Up"},         {"down", "Down"}};

std::string key_name(std::string_view key) {
  const std::string small = lower_ascii(key);
  for (const auto& [from, to] : names)
    if (small == from) return std::string(to);
  if (key.size() == 1) return upper_ascii(key);
  if (small[0] == 'f' && small.size() <= 3 && std::all_of(small.begin() + 1, small.end(), is_digit)) {
    const auto number = static_cast<int>(number_from(small.substr(1)).value_or(0));
    if (number >= 1 && number <= 35) return "F" + plain_text(number);
  }
  // A single character outside ASCII.
  if (static_cast<unsigned char>(key[0]) >= 0x80 && key.size() <= 4) return std::string(key);
  return {};
}

}  // namespace

std::string normalize_key(std::string_view text) {
  constexpr std::array<std::string_view, 5> modifiers{"meta", "ctrl", "alt", "shift", "num"};
  constexpr std::array<std::string_view, 5> written{"Meta+", "Ctrl+", "Alt+", "Shift+", "Num+"};
  std::array<bool, 5> pressed{};
  while (true) {
    const auto plus = text.find('+');
    if (plus == std::string_view::npos || plus == 0 || plus + 1 == text.size()) break;
    const std::string part = lower_ascii(text.substr(0, plus));
    const auto found = std::find(modifiers.begin(), modifiers.end(), part == "control" ? std::string("ctrl") : part);
    if (found == modifiers.end()) return {};
    pressed[static_cast<std::size_t>(found - modifiers.begin())] = true;
    text.remove_prefix(plus + 1);
  }
  if (text.empty()) return {};
  const std::string key = key_name(text);
  if (key.empty()) return {};
  std::string out;
  for (std::size_t i = 0; i < modifiers.size(); ++i)
    if (pressed[i]) out += written[i];
  return out + key;
}

}  // namespace cnv
