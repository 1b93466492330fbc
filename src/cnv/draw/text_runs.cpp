#include "cnv/draw/text_runs.hpp"

#include <algorithm>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

constexpr std::pair<std::string_view, std::string_view> signs[] = {
    {"alpha", "α"},      {"beta", "β"},      {"gamma", "γ"},  {"delta", "δ"},  {"epsilon", "ε"}, {"varepsilon", "ε"},
    {"zeta", "ζ"},       {"eta", "η"},       {"theta", "θ"},  {"iota", "ι"},   {"kappa", "κ"},   {"lambda", "λ"},
    {"mu", "µ"},         {"nu", "ν"},        {"xi", "ξ"},     {"pi", "π"},     {"rho", "ρ"},     {"sigma", "σ"},
    {"tau", "τ"},        {"upsilon", "υ"},   {"phi", "φ"},    {"varphi", "φ"}, {"chi", "χ"},     {"psi", "ψ"},
    {"omega", "ω"},      {"Gamma", "Γ"},     {"Delta", "Δ"},  {"Theta", "Θ"},  {"Lambda", "Λ"},  {"Xi", "Ξ"},
    {"Pi", "Π"},         {"Sigma", "Σ"},     {"Phi", "Φ"},    {"Psi", "Ψ"},    {"Omega", "Ω"},   {"cdot", "·"},
    {"times", "×"},      {"pm", "±"},        {"circ", "°"},   {"degree", "°"}, {"infty", "∞"},   {"partial", "∂"},
    {"nabla", "∇"},      {"approx", "≈"},    {"leq", "≤"},    {"geq", "≥"},    {"neq", "≠"},     {"to", "→"},
    {"rightarrow", "→"}, {"leftarrow", "←"}, {"sum", "∑"},    {"int", "∫"},    {"sqrt", "√"},    {"prime", "′"},
    {"ell", "ℓ"},        {"hbar", "ħ"},      {"dagger", "†"}, {"propto", "∝"}, {"ll", "≪"},      {"gg", "≫"}};
// Commands that only choose a look: their group is read as it stands.
constexpr std::string_view looks[] = {"mathrm", "text",   "textrm", "mathit",       "mathbf", "textbf",
                                      "textit", "mathsf", "rm",     "operatorname", "left",   "right"};

// Bytes of the UTF-8 letter that begins here.
std::size_t letter_size(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return size;
}

class Symbols {
 public:
  explicit Symbols(std::vector<TextRun>& out) : out_(out) {}

  void read(std::string_view rest, int level) {
    while (!rest.empty()) {
      if (rest.front() == '_' || rest.front() == '^') {
        const int script = level != 0 ? level : rest.front() == '_' ? -1 : 1;
        rest.remove_prefix(1);
        read(take_group(rest), script);
      } else if (rest.front() == '\\') {
        command(rest, level);
      } else if (rest.front() == '{' || rest.front() == '}') {
        rest.remove_prefix(1);
      } else {
        const std::size_t size = letter_size(rest);
        add(rest.front() == '-' ? std::string_view("−") : rest.substr(0, size), level);
        rest.remove_prefix(size);
      }
    }
  }
  void add(std::string_view text, int level) {
    if (text.empty()) return;
    if (out_.empty() || out_.back().level != level) out_.push_back({"", level});
    out_.back().text += text;
  }

 private:
  // What a script or a look applies to: a group in braces, a command, or one letter.
  static std::string_view take_group(std::string_view& rest) {
    if (rest.empty()) return {};
    if (rest.front() != '{') {
      std::size_t size = letter_size(rest);
      if (rest.front() == '\\') {
        while (size < rest.size() && is_letter(rest[size])) ++size;
        if (is_look(rest.substr(1, size - 1)) && size < rest.size() && rest[size] == '{')
          size += braces(rest.substr(size));
      }
      return take(rest, size);
    }
    std::string_view group = take(rest, braces(rest));
    group.remove_prefix(1);
    if (group.ends_with('}')) group.remove_suffix(1);
    return group;
  }
  static bool is_look(std::string_view name) {
    return std::find(std::begin(looks), std::end(looks), name) != std::end(looks);
  }
  // Bytes from an opening brace to the one that closes it, or to the end.
  static std::size_t braces(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
      if (depth == 0) return i + 1;
    }
    return text.size();
  }
  static std::string_view take(std::string_view& rest, std::size_t size) {
    const std::string_view taken = rest.substr(0, size);
    rest.remove_prefix(taken.size());
    return taken;
  }

  void command(std::string_view& rest, int level) {
    rest.remove_prefix(1);
    std::size_t size = 0;
    while (size < rest.size() && is_letter(rest[size])) ++size;
    if (size == 0) {  // \, \; and the like are spaces; others stand for themselves
      if (rest.empty()) return;
      const std::string_view sign = take(rest, letter_size(rest));
      add(sign == "," || sign == ";" || sign == ":" ? std::string_view("\u2009") : sign, level);
      return;
    }
    const std::string_view name = take(rest, size);
    if (is_look(name)) {
      if (rest.starts_with('{')) read(take_group(rest), level);
      return;
    }
    const auto* sign = std::find_if(std::begin(signs), std::end(signs), [&](const auto& s) { return s.first == name; });
    add(sign == std::end(signs) ? name : sign->second, level);
    if (rest.starts_with(' ')) rest.remove_prefix(1);  // it only ends the name
  }

  std::vector<TextRun>& out_;
};

// Of the next dollar sign that is not written "\$".
std::size_t find_dollar(std::string_view text, std::size_t from) {
  for (auto at = text.find('$', from); at != std::string_view::npos; at = text.find('$', at + 1))
    if (at == 0 || text[at - 1] != '\\') return at;
  return std::string_view::npos;
}

}  // namespace

bool has_symbols(std::string_view text) { return text.find('$') != std::string_view::npos; }

std::vector<TextRun> text_runs(std::string_view text) {
  std::vector<TextRun> out;
  Symbols symbols(out);
  const auto plain = [&](std::string_view part) {
    std::string shown;
    for (std::size_t i = 0; i < part.size(); ++i)
      if (!(part[i] == '\\' && i + 1 < part.size() && part[i + 1] == '$')) shown += part[i];
    symbols.add(shown, 0);
  };
  std::size_t from = 0;
  while (true) {
    const auto open = find_dollar(text, from);
    const auto close = open == std::string_view::npos ? open : find_dollar(text, open + 1);
    if (close == std::string_view::npos) break;
    plain(text.substr(from, open - from));
    symbols.read(text.substr(open + 1, close - open - 1), 0);
    from = close + 1;
  }
  plain(text.substr(from));
  return out;
}

}  // namespace cnv
