#include "cnv/desktop/focus_ring.hpp"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QLineEdit>
#include <QPainter>

#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr int reach = 4;  // 2 px gap, 2 px ring

class RingWidget : public QWidget {
 public:
  explicit RingWidget(QWidget* parent) : QWidget(parent) { setAttribute(Qt::WA_TransparentForMouseEvents); }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink(&Tokens::accent), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
  }
};

bool from_keyboard(Qt::FocusReason reason) {
  return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

}  // namespace

bool FocusRing::surrounds(const QWidget* widget) {
  if (widget->property("own_focus_sign").toBool()) return false;
  if (widget->property("leaves_keys").toBool()) return true;  // a picture
  return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
         qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractScrollArea*>(widget);
}

FocusRing::FocusRing() { qApp->installEventFilter(this); }

FocusRing::~FocusRing() { delete ring_; }

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::FocusIn:
      if (auto* widget = qobject_cast<QWidget*>(watched);
          widget && surrounds(widget) && from_keyboard(static_cast<QFocusEvent*>(event)->reason()))
        follow(widget);
      break;
    case QEvent::FocusOut:
    case QEvent::Hide:
      if (watched == target_) follow(nullptr);
      break;
    case QEvent::Move:
    case QEvent::Resize:
      if (watched == target_) place();
      break;
    default: break;
  }
  return false;
}

void FocusRing::follow(QWidget* target) {
  target_ = target && target->parentWidget() ? target : nullptr;
  if (!target_) {
    if (ring_) ring_->hide();
    return;
  }
  if (ring_ && ring_->parentWidget() != target_->parentWidget()) delete ring_;
  if (!ring_) ring_ = new RingWidget(target_->parentWidget());
  place();
  ring_->raise();
  ring_->show();
}

void FocusRing::place() {
  // Where the parent ends at the control, the ring lies on the control's own border.
  if (ring_)
    ring_->setGeometry(
        target_->geometry().adjusted(-reach, -reach, reach, reach).intersected(target_->parentWidget()->rect()));
}

}  // namespace cnv::desktop
