// A slider's track and handle without number: position 0..1 with optional steps and labelled ticks below.
// Used by the slider control and the time bar. GUI thread.
#pragma once

#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

#include "cnv/desktop/wheel.hpp"

namespace cnv::desktop {

struct TrackTick {
  double position = 0;  // 0..1
  QString label;
};

class Track : public QWidget {
  Q_OBJECT

 public:
  explicit Track(QWidget* parent = nullptr);
  // 0: continuous; else the handle stops at k / steps.
  void set_steps(int steps) { steps_ = steps; }
  // What a key or a notch of the wheel does, in place of going to the next stop.
  void set_own_steps(std::function<void(int)> step) { own_steps_ = std::move(step); }
  void set_ticks(std::vector<TrackTick> ticks);
  // Never signals.
  void set_position(double position);
  double position() const { return position_; }
  bool dragging() const { return dragging_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {60, sizeHint().height()}; }

 Q_SIGNALS:
  // By the user only; k / steps exactly when there are steps.
  void moved(double position);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  double x_of(double position) const;
  double position_of(double x) const;
  void move_to(double position);
  void step_by(int steps);

  double position_ = 0;
  int steps_ = 0;
  WheelNotches wheel_;
  bool dragging_ = false;
  std::function<void(int)> own_steps_;
  std::vector<TrackTick> ticks_;
};

}  // namespace cnv::desktop
