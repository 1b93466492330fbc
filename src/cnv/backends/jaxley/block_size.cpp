#include "cnv/backends/jaxley/block_size.hpp"

#include <algorithm>
#include <cmath>

namespace cnv::jaxley {
namespace {
constexpr std::int64_t first_steps = 8;
constexpr double smoothing = 0.3;  // weight of the newest block, against scatter by other programs
}  // namespace

std::int64_t BlockSize::steps(double target_s, std::int64_t most) const {
  if (step_s_ <= 0) return std::min(first_steps, most);
  return static_cast<std::int64_t>(std::clamp(std::floor(target_s / step_s_), 1.0, static_cast<double>(most)));
}

void BlockSize::measured(std::int64_t steps, double seconds, bool waited) {
  const double each = std::max(seconds, 1e-9) / static_cast<double>(std::max<std::int64_t>(steps, 1));
  if (step_s_ <= 0) step_s_ = each;
  else if (waited) step_s_ += smoothing * (each - step_s_);
  else step_s_ = std::min(step_s_, each);
}

}  // namespace cnv::jaxley
