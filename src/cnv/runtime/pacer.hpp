// Pacer: when the next advance() is due: by model time at a speed, by a session's own interval, or at once. No clock of
// its own: time is a parameter.
#pragma once

#include <optional>

namespace cnv {

class Pacer {
 public:
  // ms of model time per wall second for sessions with model time, a factor on a session's own pace; 0: as fast as it
  // goes.
  void set_speed(double speed, double now_s, std::optional<double> model_ms);
  double speed() const { return speed_; }
  // Anchors model time to wall time: at start, after a pause, a reset or a change of speed.
  void restart(double now_s, std::optional<double> model_ms);
  // Seconds until the next advance is due; ≤ 0: now. `own_pace_s` is the least tick that the session wants, if it does.
  double wait_s(double now_s, std::optional<double> model_ms, std::optional<double> own_pace_s) const;
  void advanced(double now_s, std::optional<double> model_ms);

 private:
  double speed_ = 20.0;
  double wall0_ = 0, model0_ = 0, last_tick_ = -1e300;
};

}  // namespace cnv
