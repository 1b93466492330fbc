#include "cnv/runtime/pacer.hpp"

namespace cnv {
namespace {
constexpr double default_tick_s = 0.05;  // sessions with neither model time nor a pace of their own
constexpr double most_behind_s = 0.1;    // a model that cannot keep up does not try to catch up more than this
}  // namespace

void Pacer::set_speed(double speed, double now_s, std::optional<double> model_ms) {
  speed_ = speed;
  restart(now_s, model_ms);
}

void Pacer::restart(double now_s, std::optional<double> model_ms) {
  wall0_ = now_s;
  model0_ = model_ms.value_or(0);
  last_tick_ = -1e300;
}

double Pacer::wait_s(double now_s, std::optional<double> model_ms, std::optional<double> own_pace_s) const {
  if (speed_ <= 0) return 0;
  if (own_pace_s) return *own_pace_s <= 0 ? 0 : last_tick_ + *own_pace_s / (speed_ / 20.0) - now_s;
  if (model_ms) return wall0_ + (*model_ms - model0_) / speed_ - now_s;
  return last_tick_ + default_tick_s / (speed_ / 20.0) - now_s;
}

void Pacer::advanced(double now_s, std::optional<double> model_ms) {
  last_tick_ = now_s;
  if (!model_ms || speed_ <= 0) return;
  if (*model_ms < model0_) restart(now_s, model_ms);
  const double behind = now_s - (wall0_ + (*model_ms - model0_) / speed_);
  if (behind > most_behind_s) wall0_ += behind - most_behind_s;
}

}  // namespace cnv
