#include "cnv/io/swc.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <string_view>

#include "cnv/base/numbers.hpp"

namespace cnv::io {
namespace {

constexpr int column_count = 7;
constexpr const char* column_names[column_count] = {"id", "type", "x", "y", "z", "radius", "parent"};
constexpr bool whole_columns[column_count] = {true, true, false, false, false, false, true};
constexpr double largest_whole = 9007199254740992.0;  // above this not every whole number is a double
constexpr double largest_type = 1e9;

std::string_view next_word(std::string_view& rest) {
  constexpr std::string_view space = " \t\r\f\v";
  rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(space));
  rest.remove_prefix(word.size());
  return word;
}

Result<double> number(std::string_view word, int column) {
  const auto read = number_from(word);
  const double value = read.value_or(0);
  const std::string shown = std::string(column_names[column]) + " '" + std::string(word) + "' is not a ";
  if (!read || !std::isfinite(value)) {
    return Error{shown + "number"};
  }
  const double largest = column == 1 ? largest_type : largest_whole;
  if (whole_columns[column] && (value != std::floor(value) || std::abs(value) > largest))
    return Error{shown + "whole number"};
  return value;
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

Result<SwcNode> parse_line(std::string_view line, SwcColumns columns) {
  const int count = count_words(line);
  if (count < column_count || (columns == SwcColumns::seven && count > column_count)) return wrong_count(count);
  double values[column_count];
  for (int i = 0; i < column_count; ++i) {
    const Result<double> value = number(next_word(line), i);
    if (!value) return Error{value.error()};
    values[i] = *value;
  }
  return SwcNode{
      static_cast<std::int64_t>(values[0]), static_cast<int>(values[1]), values[2], values[3], values[4], values[5],
      static_cast<std::int64_t>(values[6])};
}

bool is_skipped(std::string_view line) {
  const std::string_view first = next_word(line);
  return first.empty() || first[0] == '#';
}

}  // namespace

Error swc_error(const std::string& path, int line, const std::string& what) {
  return {path + ":" + plain_text(line) + ": " + what};
}

Result<std::vector<SwcNode>> read_swc(const std::string& path, SwcColumns columns) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{path + ": cannot be read: " + std::strerror(errno)};
  std::vector<SwcNode> nodes;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (is_skipped(line)) continue;
    Result<SwcNode> node = parse_line(line, columns);
    if (!node) return swc_error(path, number, node.error());
    node->line = number;
    nodes.push_back(*node);
  }
  if (file.bad()) return Error{path + ": cannot be read: " + std::strerror(errno)};
  return nodes;
}

}  // namespace cnv::io
