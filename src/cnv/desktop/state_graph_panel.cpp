#include "cnv/desktop/state_graph_panel.hpp"

#include <QMouseEvent>
#include <cmath>

#include "cnv/desktop/state_graph_painter.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/wheel.hpp"

namespace cnv::desktop {
namespace {
constexpr double zoom_per_notch = 1.1;
}

StateGraphPanel::StateGraphPanel(SceneModel& model, std::string view_id, QWidget* parent)
    : FlatPanel(model, std::move(view_id), tr("State graph"), parent) {}

void StateGraphPanel::refresh() {
  auto* view = model_.state_graph(view_id_);
  if (!view || width() <= 0 || height() <= 0) return;
  view->layout(width(), height(), metrics_);
  setAccessibleDescription(to_qtext(view->tip()));
  update();
}

void StateGraphPanel::fit() {
  if (auto* view = model_.state_graph(view_id_)) view->fit();
  Q_EMIT
  moved();
}

void StateGraphPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (const auto* view = model_.state_graph(view_id_))
    paint_state_graph(painter, view->picture(), view->background(), view->message());
  else painter.fillRect(rect(), ink(&Tokens::panel));
}

void StateGraphPanel::mouseMoveEvent(QMouseEvent* event) {
  auto* view = model_.state_graph(view_id_);
  if (!view) return;
  if (!pressed_) {
    if (view->hover_at(event->position().x(), event->position().y())) Q_EMIT
    moved();
    return;
  }
  const QPointF delta = dragged_to(event->position());
  view->pan(delta.x(), delta.y());
  Q_EMIT
  moved();
}

void StateGraphPanel::wheelEvent(QWheelEvent* event) {
  auto* view = model_.state_graph(view_id_);
  if (!view) return;
  event->accept();
  view->zoom_at(event->position().x(), event->position().y(), std::pow(zoom_per_notch, wheel_notches(*event)));
  Q_EMIT
  moved();
}

void StateGraphPanel::leaveEvent(QEvent*) {
  if (auto* view = model_.state_graph(view_id_); view && view->leave()) Q_EMIT
  moved();
}

}  // namespace cnv::desktop
