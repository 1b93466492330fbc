#include "cnv/backends/neuron/step_recorder.hpp"

#include <algorithm>
#include <limits>

#include "cnv/base/exceptions.hpp"

namespace cnv {

std::optional<std::size_t> StepRecorder::find(const std::string& name) const {
  const auto found = std::ranges::find(names_, name);
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

void StepRecorder::require_new(const std::string& name) const {
  if (contains(name)) throw ValueError("this session already records '" + name + "'");
}

void StepRecorder::add(const std::string& name) {
  require_new(name);
  names_.push_back(name);
  columns_.emplace_back();
}

void StepRecorder::clear() { *this = {}; }

void StepRecorder::take_step(std::span<const double> values) {
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].push_back(static_cast<float>(values[i]));
  has_samples_ = true;
}

OrderedMap<std::vector<float>> StepRecorder::take_batch(std::size_t steps) {
  OrderedMap<std::vector<float>> out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto column = std::exchange(columns_[i], {});
    if (column.size() < steps)
      column.insert(column.begin(), steps - column.size(), std::numeric_limits<float>::quiet_NaN());
    out.append_new(names_[i]) = std::move(column);
  }
  has_samples_ = false;
  return out;
}

}  // namespace cnv
