#include "cnv/desktop/input_counter.hpp"

#include <QApplication>
#include <QSinglePointEvent>

namespace cnv::desktop {

InputCounter::InputCounter() { qApp->installEventFilter(this); }

Dict InputCounter::report() const {
  return {{"presses", presses_},           {"releases", releases_},
          {"notches", notches_},           {"key_presses", key_presses_},
          {"key_releases", key_releases_}, {"pointer", pointer_ ? Value(List{pointer_->x(), pointer_->y()}) : Value()}};
}

bool InputCounter::eventFilter(QObject* watched, QEvent* event) {
  // From the window (QWindow) an event goes on to one widget, and from that to those around it.
  if (!watched->isWindowType()) return false;
  switch (event->type()) {
    case QEvent::MouseButtonPress: ++presses_; break;
    case QEvent::MouseButtonRelease: ++releases_; break;
    case QEvent::Wheel: ++notches_; break;
    case QEvent::KeyPress: ++key_presses_; break;
    case QEvent::KeyRelease: ++key_releases_; break;
    case QEvent::MouseMove:
    case QEvent::Enter: break;
    default: return false;
  }
  if (event->isSinglePointEvent()) pointer_ = static_cast<QSinglePointEvent*>(event)->globalPosition();
  return false;
}

}  // namespace cnv::desktop
