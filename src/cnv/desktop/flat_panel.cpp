#include "cnv/desktop/flat_panel.hpp"

#include <QMouseEvent>
#include <cmath>
#include <utility>

#include "cnv/desktop/wheel.hpp"

namespace cnv::desktop {

FlatPanel::FlatPanel(SceneModel& model, std::string view_id, const QString& name, QWidget* parent)
    : QWidget(parent), model_(model), view_id_(std::move(view_id)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setProperty("leaves_keys", true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(name);
}

void FlatPanel::resizeEvent(QResizeEvent*) {
  Q_EMIT
  moved();
}

void FlatPanel::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  last_place_ = event->position();
  pressed_ = true;
}

void FlatPanel::mouseReleaseEvent(QMouseEvent*) { pressed_ = false; }

void FlatPanel::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) fit();
}

QPointF FlatPanel::dragged_to(QPointF place) { return place - std::exchange(last_place_, place); }

FlatPanel::Factors FlatPanel::wheel_factors(const QWheelEvent& event) {
  constexpr double per_notch = 1.1;
  const double factor = std::pow(per_notch, wheel_notches(event));
  if (event.modifiers() & Qt::ShiftModifier) return {1, factor};
  return {factor, event.modifiers() & Qt::ControlModifier ? factor : 1};
}

}  // namespace cnv::desktop
