// Notches of a mouse wheel, also from trackpads that send parts of one: as they are for zooming, whole ones for sliders
// and number fields. GUI thread.
#pragma once

#include <QWheelEvent>

namespace cnv::desktop {

inline constexpr int wheel_notch = 120;  // eighths of a degree

// Positive: away from the person.
inline double wheel_notches(const QWheelEvent& event) {
  return event.angleDelta().y() / static_cast<double>(wheel_notch);
}

class WheelNotches {
 public:
  // The rest is kept for the next event.
  int take(const QWheelEvent& event) {
    rest_ += event.angleDelta().y();
    const int notches = rest_ / wheel_notch;
    rest_ -= notches * wheel_notch;
    return notches;
  }

 private:
  int rest_ = 0;
};

}  // namespace cnv::desktop
