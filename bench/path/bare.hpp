// The bare loop that the whole-path benchmarks are compared with: fadvance() on the model of path_session.hpp, nothing
// else.
#pragma once

#include <cnv/neuron.hpp>

#include <chrono>

#include "path_session.hpp"

namespace cnv::bench {

inline double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

inline double bare_steps_per_s(double seconds) {
  nrn::set_dt_ms(model.dt_ms);
  nrn::finitialize(-65);
  const double start = now_s();
  double now = start;
  long steps = 0;
  while (now - start < seconds) {
    for (int i = 0; i < 4; ++i) nrn::fadvance();
    steps += 4;
    now = now_s();
  }
  return static_cast<double>(steps) / (now - start);
}

}  // namespace cnv::bench
