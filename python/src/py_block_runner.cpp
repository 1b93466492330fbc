#include "py_block_runner.hpp"

#include <nanobind/stl/string.h>

#include <algorithm>

#include "cnv/base/exceptions.hpp"
#include "errors.hpp"

namespace cnv::python {

PyBlockRunner::PyBlockRunner(nb::object runner)
    : runner_(std::move(runner)),
      dispatch_(runner_.attr("dispatch")),
      take_(runner_.attr("take")),
      most_steps_(nb::cast<std::int64_t>(runner_.attr("most_steps"))) {}

void PyBlockRunner::dispatch(std::int64_t first_step, std::int64_t steps, double dt_ms) {
  call_user_code("computing the next steps", [&] { dispatch_(first_step, steps, dt_ms); });
}

jaxley::BlockRows PyBlockRunner::take() {
  return call_user_code("computing the next steps", [&]() -> jaxley::BlockRows {
    nb::tuple taken(take_());  // (rows, steps, waited)
    rows_ = nb::cast<Values>(taken[0]);
    const auto steps = nb::cast<std::int64_t>(taken[1]);
    if (steps > static_cast<std::int64_t>(rows_.shape(0))) throw ValueError("a block has fewer rows than steps");
    return {rows_.data(), steps, static_cast<std::int64_t>(rows_.shape(1)), nb::cast<bool>(taken[2])};
  });
}

void PyBlockRunner::rewind(std::int64_t taken) {
  rows_ = {};
  call_user_code("refreshing the model", [&] { runner_.attr("rewind")(taken); });
}

void PyBlockRunner::restart(double dt_ms) {
  rows_ = {};
  call_user_code("the initial state", [&] { runner_.attr("restart")(dt_ms); });
}

void PyBlockRunner::read(const std::string& state, std::int64_t taken, float* out) {
  call_user_code("reading a state", [&] {
    const auto values = nb::cast<nb::ndarray<const float, nb::ndim<1>, nb::c_contig, nb::device::cpu>>(
        runner_.attr("read")(state, taken));
    std::copy_n(values.data(), values.shape(0), out);
  });
}

std::string PyBlockRunner::cause_of_missing() {
  return call_user_code("looking for what is not a number",
                        [&] { return nb::cast<std::string>(runner_.attr("cause_of_missing")()); });
}

}  // namespace cnv::python
