#include "cnv/desktop/controls/control.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/number_field.hpp"

namespace cnv::desktop {

bool same_value(const QVariant& a, const QVariant& b) {
  if (a.typeId() == QMetaType::Double || b.typeId() == QMetaType::Double) {
    const double x = a.toDouble(), y = b.toDouble();
    return std::abs(x - y) <= 1e-9 * std::max(std::abs(x), std::abs(y));
  }
  if (a.typeId() == QMetaType::QVariantMap && b.typeId() == QMetaType::QVariantMap) {
    const QVariantMap x = a.toMap(), y = b.toMap();
    return x.keys() == y.keys() &&
           std::all_of(x.keyBegin(), x.keyEnd(), [&](const QString& key) { return same_value(x[key], y[key]); });
  }
  return a == b;
}

Control::Control(QString id, QString label, QVariant default_value, QWidget* parent)
    : QWidget(parent),
      id_(std::move(id)),
      label_(std::move(label)),
      default_(default_value),
      value_(default_value),
      undo_(new ToolButton(Icon::undo, tr("%1: back to the default").arg(label_), this)) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  QSizePolicy keep_room = undo_->sizePolicy();
  keep_room.setRetainSizeWhenHidden(true);
  undo_->setSizePolicy(keep_room);
  undo_->hide();
  connect(undo_, &QAbstractButton::clicked, this, [this] { change_by_user(default_); });
}

void Control::set_value(const QVariant& value) {
  value_ = accepted(value);
  show_all();
}

void Control::change_by_user(const QVariant& value) {
  const QVariant wanted = accepted(value);
  const bool changed = wanted != value_;
  value_ = wanted;
  show_all();
  if (changed) Q_EMIT
  value_changed(value_);
}

void Control::change_by_typing(double number) {
  change_by_user(number);
  if (!same_value(value_, number)) Q_EMIT
  remarked(tr("%1 cannot be %2: it is now %3, the nearest possible value")
               .arg(label_, number_text(number, 0), value_text(value_)));
}

void Control::refuse_typing(const QString& text) {
  Q_EMIT
  remarked(tr("%1 stays at %2: “%3” is not a number").arg(label_, value_text(value_), text));
}

void Control::show_all() {
  // A default out of range shows, and comes back, as the nearest value in it.
  const QVariant default_shown = accepted(default_);
  const bool changed = !same_value(value_, default_shown);
  if (changed && undo_->isHidden())
    undo_->set_name(tr("%1: back to the default, %2").arg(label_, value_text(default_shown)));
  // Hiding the arrow that has the focus would throw the focus to a neighbour at random.
  if (!changed && undo_->hasFocus()) focusNextChild();
  undo_->setVisible(changed);
  show_value();
}

}  // namespace cnv::desktop
