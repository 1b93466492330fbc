#include "cnv/io/swc.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "cnv/base/numbers.hpp"

namespace cnv::io {
namespace {

constexpr int column_count = 7;
constexpr const char* column_names[column_count] = {"id", "type", "x", "y", "z", "radius", "parent"};
constexpr bool whole_columns[column_count] = {true, true, false, false, false, false, true};
constexpr double largest_type = 1e9;

std::string_view next_word(std::string_view& rest) {
  constexpr std::string_view space = " \t\r\f\v";
  rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(space));
  rest.remove_prefix(word.size());
  return word;
}

std::string quoted(std::string_view word, int column) {
  return std::string(column_names[column]) + " '" + std::string(word) + "'";
}

Result<double> number(std::string_view word, int column) {
  const auto value = number_from(word);
  if (!value || !std::isfinite(*value)) return Error{quoted(word, column) + " is not a number"};
  return *value;
}

// Ids of whole-brain reconstructions have 18 digits: more than a double holds.
Result<std::int64_t> whole_number(std::string_view word, int column) {
  const std::string_view digits = word.substr(word.starts_with('+'));
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  if (end == digits.data() + digits.size()) {
    if (error == std::errc::result_out_of_range) return Error{quoted(word, column) + " has more than 64 bits"};
    if (error == std::errc()) return whole;
  }
  // "3.0" and "1e3" are whole numbers too.
  const Result<double> value = number(word, column);
  if (!value) return Error{value.error()};
  constexpr double exact = 9007199254740992.0;  // above this not every whole number is a double
  if (*value != std::floor(*value)) return Error{quoted(word, column) + " is not a whole number"};
  if (std::abs(*value) > exact)
    return Error{quoted(word, column) + " is too large to be written with a point or a power"};
  return static_cast<std::int64_t>(*value);
}

// The number of columns is named in full, as the file may have another layout altogether.
Error wrong_count(int count) {
  return {"has " + plain_text(count) + " columns instead of 7 (id type x y z radius parent)"};
}

int count_words(std::string_view rest) {
  int count = 0;
  while (!next_word(rest).empty()) ++count;
  return count;
}

Result<SwcNode> parse_line(std::string_view line) {
  if (const int count = count_words(line); count < column_count) return wrong_count(count);
  std::string_view words[column_count];
  for (auto& word : words) word = next_word(line);
  std::int64_t whole[column_count] = {};
  double values[column_count] = {};
  for (int i = 0; i < column_count; ++i) {
    if (whole_columns[i]) {
      const Result<std::int64_t> value = whole_number(words[i], i);
      if (!value) return Error{value.error()};
      whole[i] = *value;
    } else {
      const Result<double> value = number(words[i], i);
      if (!value) return Error{value.error()};
      values[i] = *value;
    }
  }
  if (static_cast<double>(std::abs(whole[1])) > largest_type) return Error{quoted(words[1], 1) + " is no type"};
  return SwcNode{whole[0], static_cast<int>(whole[1]), values[2], values[3], values[4], values[5], whole[6]};
}

// Takes a line and its end (LF, CR LF or CR) off the front.
std::string_view next_line(std::string_view& rest) {
  const std::size_t length = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, length);
  rest.remove_prefix(length);
  if (!rest.empty()) rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
  return line;
}

bool is_skipped(std::string_view line) {
  const std::string_view first = next_word(line);
  return first.empty() || first[0] == '#';
}

}  // namespace

Error swc_error(const std::string& path, int line, const std::string& what) {
  return {path + ":" + plain_text(line) + ": " + what};
}

Result<std::vector<SwcNode>> read_swc(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{path + ": cannot be read: " + std::strerror(errno)};
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return Error{path + ": cannot be read: " + std::strerror(errno)};
  std::string_view rest = text;
  if (rest.starts_with("\xff\xfe") || rest.starts_with("\xfe\xff"))
    return Error{path + ": is UTF-16 text; save it as plain text (UTF-8 or ASCII)"};
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
  // What DOS and tape left behind the last line.
  rest = rest.substr(0, rest.find_last_not_of(std::string_view("\0\x1a \t\r\n", 6)) + 1);
  if (rest.find('\0') != std::string_view::npos)
    return Error{path + ": is not plain text (it holds zero bytes); if it is UTF-16, save it as UTF-8"};
  std::vector<SwcNode> nodes;
  for (int number = 1; !rest.empty(); ++number) {
    const std::string_view line = next_line(rest);
    if (is_skipped(line)) continue;
    Result<SwcNode> node = parse_line(line);
    if (!node) return swc_error(path, number, node.error());
    node->line = number;
    nodes.push_back(*node);
  }
  if (std::ranges::none_of(nodes, [](const SwcNode& node) { return node.id == 0; })) {
    for (SwcNode& node : nodes)
      if (node.parent == 0) node.parent = -1;
  }
  return nodes;
}

}  // namespace cnv::io
