// The ring around the control that the keyboard is in: 2 px accent, 2 px outside the control. One per application,
// made with the window; GUI thread.
#pragma once

#include <QPointer>
#include <QWidget>

namespace cnv::desktop {

// Widgets that paint their own sign of focus set the property "own_focus_sign" to true.
class FocusRing : public QObject {
  Q_OBJECT

 public:
  FocusRing();
  ~FocusRing() override;
  // The kinds of widgets that get the ring; others paint a sign of their own.
  static bool surrounds(const QWidget* widget);
  // The control that has the ring now, or null.
  QWidget* target() const { return target_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void follow(QWidget* target);
  void place();
  QPointer<QWidget> target_;
  QPointer<QWidget> ring_;  // a child of the target's parent, so it scrolls and is clipped like the target
};

}  // namespace cnv::desktop
