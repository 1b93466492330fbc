#include "cnv/desktop/controls/control.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/desktop/buttons.hpp"

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

Control::Control(QString id, QVariant default_value, QWidget* parent)
    : QWidget(parent), id_(std::move(id)), default_(default_value), value_(default_value),
      undo_(new ToolButton(Icon::undo, tr("Back to the default"), this)) {
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
  if (changed) Q_EMIT value_changed(value_);
}

void Control::show_all() {
  const bool changed = !same_value(value_, default_);
  // Hiding the arrow that has the focus would throw the focus to a neighbour at random.
  if (!changed && undo_->hasFocus()) focusNextChild();
  undo_->setVisible(changed);
  show_value();
}

}  // namespace cnv::desktop
