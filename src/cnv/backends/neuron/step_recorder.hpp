// StepRecorder: variables that a session records by name, one value per step, until its batch is over. Where the values
// are read is for its owner. Used by NeuronSession.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cnv/core/ordered_map.hpp"

namespace cnv {

class StepRecorder {
 public:
  // The variables, in the order in which they were added.
  const std::vector<std::string>& names() const { return names_; }
  bool contains(const std::string& name) const { return find(name).has_value(); }
  // Index of the variable, none when it is unknown.
  std::optional<std::size_t> find(const std::string& name) const;
  // Throws ValueError when the name is recorded already.
  void require_new(const std::string& name) const;
  void add(const std::string& name);
  // Forgets the variables and what was recorded of them.
  void clear();

  // One value per name.
  void take_step(std::span<const double> values);
  bool has_samples() const { return has_samples_; }
  // Name → one value per step of the batch, which had so many; NaN before a variable was added. Begins a new batch.
  OrderedMap<std::vector<float>> take_batch(std::size_t steps);

 private:
  std::vector<std::string> names_;
  std::vector<std::vector<float>> columns_;  // of the present batch, by name
  bool has_samples_ = false;
};

}  // namespace cnv
