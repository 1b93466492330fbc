// Reads one range variable at many places after each step, into float32: the values that colour a cell. Used by the
// session. The owner thread of NEURON only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cnv/backends/neuron/epoch.hpp"
#include "cnv/backends/neuron/range_variable.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

class Sampler {
 public:
  // Throws NeuronError when `variable` is unknown. A place whose section lacks it, or was deleted, reads NaN.
  Sampler(std::vector<Segment> places, const std::string& variable);

  std::size_t size() const { return places_.size(); }
  const std::string& variable() const { return variable_.name(); }
  // Writes size() values, in the order of the places. The table of addresses is made anew when the model changed.
  void sample(float* out);
  // How often the table was made: for tests and diagnostics.
  int rebuilds() const { return rebuilds_; }

 private:
  bool table_good() const;
  void rebuild();
  void index_from(const std::vector<const double*>& addresses);

  RangeVariable variable_;
  std::vector<Segment> places_;
  ModelEpoch epoch_;
  struct Run {
    std::int32_t from, count;
  };
  // NEURON keeps the values of one variable in one array, those of a section side by side: `runs_` of them are read, or
  // each by its index where runs are short. Where there is no such array, `scattered_` is used instead.
  const double* base_ = nullptr;
  std::vector<Run> runs_;
  std::vector<std::int32_t> index_;
  std::vector<const double*> scattered_;
  std::vector<std::uint32_t> absent_;
  std::size_t sentinel_ = 0;
  const double* sentinel_address_ = nullptr;
  int rebuilds_ = 0;
};

}  // namespace cnv::nrn
