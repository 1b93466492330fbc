// Symbols in labels as people write them in TeX between dollar signs: $I_{Na}$, $g^2$, $\tau_m$ → runs with lowered and
// raised parts. Used wherever text is measured, painted or written to SVG; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cnv {

struct TextRun {
  std::string text;
  int level = 0;  // −1: subscript, 1: superscript
  friend bool operator==(const TextRun&, const TextRun&) = default;
};

// Size of raised and lowered parts, and how far they are moved, in sizes of the text.
inline constexpr double script_size = 0.72, script_shift = 0.28;

// Whether a text holds a symbol at all; most do not.
bool has_symbols(std::string_view text);
// Groups _{…} and ^{…}, or of one letter; Greek letters and signs by their names; \mathrm{…} and \text{…} as they are;
// "\$" is a dollar sign. A text without two dollar signs, and a lone one, stay as they are.
std::vector<TextRun> text_runs(std::string_view text);

}  // namespace cnv
