// Plots of recorded variables: their fields and views in the scene, and what each batch and each new run adds. Used by
// NeuronSession only.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cnv/core/ordered_map.hpp"
#include "cnv/core/scene.hpp"
#include "cnv/core/updates.hpp"

namespace cnv {

struct RecordedPlot {
  std::string title;                // also the id of its field and view
  std::vector<std::string> labels;  // of the traces
  std::string unit;
  std::string y_label;
  double window_ms = 100;  // of time in view; 0: all
};

class RecordedPlots {
 public:
  // Takes the id of the field and the update.
  using Emit = std::function<void(const std::string& field_id, Update update)>;
  // What its traces are to be recorded as, one name per label. Throws ValueError: no traces, labels that repeat, or a
  // title that is taken.
  std::vector<std::string> add(RecordedPlot plot);
  bool empty() const { return plots_.empty(); }
  void clear() { plots_.clear(); }
  // The plots with the values of now as their first samples.
  void add_to(Scene& scene, const OrderedMap<double>& now, double time_ms) const;
  // `values`: one per time for each recorded name.
  // `samples_kept`: how many for a window in ms.
  void append(std::span<const double> times, const OrderedMap<std::vector<float>>& values,
              const std::function<std::int64_t(double window_ms)>& samples_kept, const Emit& emit) const;
  void restart(const OrderedMap<double>& now, double time_ms, const Emit& emit) const;

 private:
  std::vector<RecordedPlot> plots_;
};

}  // namespace cnv
