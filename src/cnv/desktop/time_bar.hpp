// TimeBar: run and pause, step, reset, speed, model time, achieved speed; for a recording its frames. Always there, for
// every session. GUI thread.
#pragma once

#include <QWidget>
#include <optional>

namespace cnv::desktop {

class NumberField;
class NumberLabel;
class PushButton;
class TextLabel;
class Track;

class TimeBar : public QWidget {
  Q_OBJECT
 public:
  explicit TimeBar(QWidget* parent = nullptr);
  QSize minimumSizeHint() const override { return {420, 48}; }

  void set_running(bool running);
  // False: nothing can run or step now, as in an app without a model.
  void set_live(bool live);
  // ms of model time; none: the session has no model time.
  void set_time(std::optional<double> time_ms);
  // Length of a solver step, ms; 0: not known.
  void set_dt(double dt_ms);
  // Model time at which the run pauses or ends; none: it goes on.
  void set_until(std::optional<double> until_ms);
  // Seconds between two advances of a session with a pace of its own, which it has at a speed of 20; none: there is
  // none.
  void set_own_pace(std::optional<double> pace_s);
  // ms per s; 0: max. Shown in what can be seen: frames of a recording per second, steps per second where there is no
  // time, a factor where a session has both a time and a pace of its own.
  void set_speed(double speed);
  void set_achieved(std::optional<double> ms_per_s, bool has_model_time);
  // Frames of a recording and the one that is shown, 0 … count − 1; none: there is nothing to seek in. While the hand
  // drags, the slider stays with it.
  void set_frames(std::int64_t count, std::int64_t frame);
  void set_active(bool active);

 Q_SIGNALS:
  void run_requested(bool run);
  // One solver step, or with Shift one display interval.
  void step_requested(bool interval);
  // Run until that model time; no number: as long as wanted.
  void until_requested(double time_ms);
  void reset_requested();
  void speed_changed(double speed);
  // The user wants this frame of the recording.
  void frame_requested(qlonglong frame);
  // For the status line.
  void remarked(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent*) override { show_what_fits(); }

 private:
  void refuse(const QString& typed);
  void take_until(const QString& typed);
  void show_speed(double speed);
  void show_frame(std::int64_t frame);
  void show_parts();
  void show_what_fits();
  int least_width() const;
  void show_number(NumberLabel& label, const QString& text);
  void show_unit(const QString& unit, const QString& name, double shown_per_speed);
  void show_active();
  void make_clock();
  void make_frames();

  PushButton* run_;
  PushButton* step_;
  PushButton* reset_;
  NumberField* field_;
  Track* track_;
  NumberLabel* time_;
  NumberLabel* achieved_;
  QWidget* until_box_;
  NumberField* until_;
  TextLabel* dt_;
  TextLabel *speed_name_, *speed_unit_;
  QWidget* line_;    // before what follows the speed
  QWidget* clock_;   // model time and achieved speed
  QWidget* frames_;  // the slider over a recording
  Track* frame_track_;
  NumberLabel* frame_label_;
  std::int64_t frame_count_ = 0;
  bool fitting_ = false;
  bool running_ = false, has_time_ = false, active_ = true, live_ = true;
  double speed_ = 20, time_ms_ = 0;
  std::optional<double> own_pace_s_;
  double shown_per_speed_ = 1;
};

// Position of a speed on the logarithmic track from 1 to 1000 ms per s, with "max" at the right end, and back (0: max).
double speed_position(double speed);
double speed_at(double position);

}  // namespace cnv::desktop
