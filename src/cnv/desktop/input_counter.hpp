// InputCounter: how many events of mouse and keyboard the windows of this process were given, and where they last saw
// the pointer. Who sent an event knows from it that the event has been handled. One per application, made with the
// window; GUI thread.
#pragma once

#include <QObject>
#include <QPointF>
#include <cstdint>
#include <optional>

#include "cnv/core/value.hpp"

namespace cnv::desktop {

// Each event of the window system counts once, whatever widgets it goes on to, also in menus and dialogs. Moves are not
// counted, as the window system merges them: the pointer's place tells that the last of them has come.
class InputCounter : public QObject {
 public:
  InputCounter();
  // {"presses", "releases", "notches", "key_presses", "key_releases", "pointer"}; the pointer in pixels of the screen,
  // or none before it was seen.
  Dict report() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  std::int64_t presses_ = 0, releases_ = 0, notches_ = 0, key_presses_ = 0, key_releases_ = 0;
  std::optional<QPointF> pointer_;
};

}  // namespace cnv::desktop
