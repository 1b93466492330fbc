// NEURON's importer goes on after most errors of a file and fails later without a place, so files are checked before.
#include <charconv>
#include <cmath>
#include <fstream>
#include <string_view>
#include <unordered_map>

#include "cnv/backends/neuron/swc.hpp"

namespace cnv::nrn {
namespace {

constexpr int kColumns = 7;  // id, type, x, y, z, radius, parent
constexpr double kLargestId = 5e7;

class SwcCheck {
 public:
  explicit SwcCheck(const std::string& path) : path_(path) {}

  void run() {
    std::ifstream file(path_);
    if (!file) throw NeuronError(path_ + ": cannot be read");
    std::string line;
    while (std::getline(file, line)) {
      ++line_;
      check_line(line);
    }
    if (line_of_id_.empty()) throw NeuronError(path_ + ": holds no points");
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw NeuronError(path_ + ":" + std::to_string(line_) + ": " + what);
  }

  static std::string_view next_word(std::string_view& rest) {
    constexpr std::string_view space = " \t\r";
    rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(space));
    rest.remove_prefix(word.size());
    return word;
  }

  double number(std::string_view word, const char* column) const {
    const std::string_view digits = word.substr(!word.empty() && word[0] == '+');
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value)) {
      fail(std::string(column) + " '" + std::string(word) + "' is not a number");
    }
    return value;
  }

  double whole_number(std::string_view word, const char* column) const {
    const double value = number(word, column);
    if (value != std::floor(value)) fail(std::string(column) + " '" + std::string(word) + "' is not a whole number");
    return value;
  }

  void check_line(std::string_view rest) {
    std::string_view words[kColumns];
    for (int i = 0; i < kColumns; ++i) {
      words[i] = next_word(rest);
      if (i == 0 && (words[0].empty() || words[0][0] == '#')) return;
      if (words[i].empty()) fail("has " + std::to_string(i) + " columns instead of 7 (id type x y z radius parent)");
    }
    const double id = whole_number(words[0], "id");
    whole_number(words[1], "type");
    number(words[2], "x");
    number(words[3], "y");
    number(words[4], "z");
    if (number(words[5], "radius") < 0) fail("radius " + std::string(words[5]) + " is negative");
    check_tree(id, whole_number(words[6], "parent"));
  }

  void check_tree(double id, double parent) {
    const auto shown = [](double value) { return std::to_string(static_cast<long long>(value)); };
    if (id < 0 || id > kLargestId) fail("id " + shown(id) + " is outside 0…50000000");
    if (const auto known = line_of_id_.find(id); known != line_of_id_.end()) {
      fail("id " + shown(id) + " is used already on line " + std::to_string(known->second));
    }
    if (id < last_id_) fail("id " + shown(id) + " follows " + shown(last_id_) + "; ids must ascend");
    if (parent >= id) fail("parent " + shown(parent) + " of point " + shown(id) + " does not come before it");
    if (parent >= 0 && !line_of_id_.contains(parent)) fail("parent " + shown(parent) + " does not exist");
    if (parent < 0) check_root();
    line_of_id_.emplace(id, line_);
    last_id_ = id;
  }

  void check_root() {
    if (root_line_ != 0) {
      fail("starts a second tree (the first starts on line " + std::to_string(root_line_) +
           "); NEURON imports files with one tree");
    }
    root_line_ = line_;
  }

  const std::string& path_;
  int line_ = 0;
  int root_line_ = 0;
  double last_id_ = -1;
  std::unordered_map<double, int> line_of_id_;
};

}  // namespace

void check_swc(const std::string& path) { SwcCheck(path).run(); }

}  // namespace cnv::nrn
