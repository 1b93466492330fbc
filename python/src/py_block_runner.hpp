// PyBlockRunner: a BlockRunner whose work is done by a Python object (compneurovis.backends.jaxley._runner.Runner). GIL
// held.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "cnv/backends/jaxley/block_runner.hpp"

namespace cnv::python {

namespace nb = nanobind;

class PyBlockRunner final : public jaxley::BlockRunner {
 public:
  explicit PyBlockRunner(nb::object runner);

  std::int64_t most_steps() const override { return most_steps_; }
  void dispatch(std::int64_t first_step, std::int64_t steps, double dt_ms) override;
  jaxley::BlockRows take() override;
  void rewind(std::int64_t taken) override;
  void restart(double dt_ms) override;
  void read(const std::string& state, std::int64_t taken, float* out) override;
  std::string cause_of_missing() override;

 private:
  using Values = nb::ndarray<const float, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
  nb::object runner_, dispatch_, take_;
  std::int64_t most_steps_;
  Values rows_;  // of the present block
};

}  // namespace cnv::python
