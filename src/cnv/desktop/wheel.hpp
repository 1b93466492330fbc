// Whole notches of a mouse wheel, also from trackpads that send parts of one. Used by sliders and number fields; GUI thread.
#pragma once

#include <QWheelEvent>

namespace cnv::desktop {

class WheelNotches {
 public:
  // Positive: away from the person. The rest is kept for the next event.
  int take(const QWheelEvent& event) {
    rest_ += event.angleDelta().y();
    const int notches = rest_ / notch;
    rest_ -= notches * notch;
    return notches;
  }

 private:
  static constexpr int notch = 120;  // eighths of a degree
  int rest_ = 0;
};

}  // namespace cnv::desktop
