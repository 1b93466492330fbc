// Notices that the structure of the model changed, after which addresses of its variables are no longer good.
// Used by the samplers. The owner thread of NEURON only.
#pragma once

#include "cnv/backends/neuron/api.hpp"

namespace cnv::nrn {

class ModelEpoch {
 public:
  // True when sections, segments, mechanisms and threads are those of the last mark() and no edit is pending.
  bool current() const;
  void mark() { count_ = count(); }

 private:
  static int count();
  int count_ = -1;
};

}  // namespace cnv::nrn
