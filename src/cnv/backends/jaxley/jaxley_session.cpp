#include "cnv/backends/jaxley/jaxley_session.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {
// Long enough that the costs per block do not count, short enough that a change, which computes one block again, is not
// felt.
constexpr double block_s = 0.004;
}  // namespace

SampledSession::Built JaxleySession::build() {
  Model model = build_model();
  runner_ = std::move(model.runner);
  size_ = {};
  return {std::move(model.geometry), 0};
}

void JaxleySession::initialize_state() {
  rows_ = {};
  row_ = -1;
  begun_.clear();
  hurried_ = false;
  runner_->restart(options.dt);
  step_ = start_step_ = 0;
  start_ms_ = 0;
  dt_ms_ = options.dt;
  present_.assign(static_cast<std::size_t>(entity_count()), 0.0f);
  runner_->read("v", 0, present_.data());
}

void JaxleySession::step() {
  if (options.dt != dt_ms_) take_dt();
  if (row_ + 1 >= rows_.count) next_block();
  ++row_;
  ++step_;
}

void JaxleySession::take_dt() {
  if (!(options.dt > 0) || !std::isfinite(options.dt))
    throw ValueError("dt must be positive, not " + plain_text(options.dt) + " ms");
  rewind();
  start_ms_ = time_ms();
  start_step_ = step_;
  dt_ms_ = options.dt;
}

void JaxleySession::next_block() {
  if (begun_.empty()) dispatch();
  // At full speed the processor has the next block before this one is waited for: it computes while this one is handed
  // out.
  if (std::isinf(link()->horizon_ms()) && !begun_.front().hurried) dispatch();
  const Begun begun = begun_.front();
  begun_.pop_front();
  const jaxley::BlockRows next = runner_->take();
  if (next.count < 1 || next.width != entity_count())
    throw ValueError("a block of " + plain_text(next.count) + " steps has " + plain_text(next.width) +
                     " values per step, not " + plain_text(entity_count()));
  rows_ = next;
  row_ = -1;
  const double now = now_s();
  if (!begun.hurried) size_.measured(begun.steps, now - std::max(begun.at_s, ready_s_), rows_.waited);
  ready_s_ = now;
}

void JaxleySession::dispatch() {
  std::int64_t ahead = rows_.count - (row_ + 1);
  for (const Begun& begun : begun_) ahead += begun.steps;
  const Begun begun{next_size(), now_s(), std::exchange(hurried_, false)};
  runner_->dispatch(step_ + ahead, begun.steps, dt_ms_);
  begun_.push_back(begun);
}

std::int64_t JaxleySession::next_size() {
  const std::int64_t most = std::max<std::int64_t>(1, runner_->most_steps());
  const std::int64_t affordable = size_.steps(block_s, most);
  const double batch_ms = options.display_dt.value_or(dt_ms_), horizon_ms = link()->horizon_ms();
  if (std::isinf(horizon_ms) && !hurried_) return affordable;
  const double wanted = (hurried_ ? batch_ms : std::max(horizon_ms, batch_ms)) / dt_ms_;
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(std::min(wanted, 1e6) * (1 - 1e-9))), 1,
                                  affordable);
}

void JaxleySession::rewind() {
  if (!runner_) return;
  if (rows_.count > 0 && row_ >= 0) {
    const float* row = rows_.values + row_ * rows_.width;
    present_.assign(row, row + rows_.width);
  }
  const std::int64_t taken = row_ + 1;
  rows_ = {};
  row_ = -1;
  begun_.clear();
  hurried_ = true;
  runner_->rewind(taken);
}

std::string JaxleySession::cause_of_missing(std::int64_t) {
  return runner_ ? runner_->cause_of_missing() : std::string();
}

void JaxleySession::sample_entities(float* out) {
  const bool in_block = row_ >= 0 && rows_.count > 0;
  const float* from = in_block ? rows_.values + row_ * rows_.width : present_.data();
  std::copy_n(from, in_block ? rows_.width : static_cast<std::int64_t>(present_.size()), out);
}

VariableReader JaxleySession::variable_reader(const std::string& variable, bool compartments) {
  if (compartments) return {};
  return [this, variable](float* out) { runner_->read(variable, taken(), out); };
}

// Jaxley keeps one value per compartment of each state, which is none where its channel is not.
void JaxleySession::tell_places(std::vector<DisplayVariable>& variables) {
  std::vector<float> values(static_cast<std::size_t>(entity_count()));
  for (auto& variable : variables) {
    runner_->read(variable.name, taken(), values.data());
    variable.entities =
        runs_where(entity_count(), [&](std::int64_t i) { return !std::isnan(values[static_cast<std::size_t>(i)]); });
  }
}

void JaxleySession::shutdown() {
  rows_ = {};
  row_ = -1;
  begun_.clear();
  runner_.reset();
}

}  // namespace cnv
