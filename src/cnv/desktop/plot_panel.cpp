#include "cnv/desktop/plot_panel.hpp"

#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/wheel.hpp"

namespace cnv::desktop {
namespace {

constexpr double click_slack_px = 4;

bool holds(const PlotRect& r, QPointF p) {
  return p.x() >= r.x && p.x() < r.right() && p.y() >= r.y && p.y() < r.bottom();
}

}  // namespace

PlotPanel::PlotPanel(SceneModel& model, std::string view_id, QWidget* parent)
    : FlatPanel(model, std::move(view_id), tr("Line plot"), parent) {}

bool PlotPanel::following() const {
  const auto* view = model_.line_plot(view_id_);
  return !view || view->following();
}

bool PlotPanel::grows() const {
  const auto* view = model_.line_plot(view_id_);
  return !view || view->grows();
}

void PlotPanel::go_live() {
  if (auto* view = model_.line_plot(view_id_)) view->go_live();
  Q_EMIT
  moved();
}

void PlotPanel::fit() {
  if (auto* view = model_.line_plot(view_id_)) view->show_all();
  Q_EMIT
  moved();
}

std::optional<FlatPanel::Margins> PlotPanel::margins() const { return margins_of(model_.line_plot(view_id_)); }

void PlotPanel::set_least_margins(const PlotMargins& margins) {
  if (auto* view = model_.line_plot(view_id_)) view->set_least_margins(margins);
}

void PlotPanel::refresh() {
  auto* view = model_.line_plot(view_id_);
  if (!view || width() <= 0 || height() <= 0) return;
  view->layout(width(), height(), metrics_);
  traces_ = stroke_traces(*view, devicePixelRatioF(), std::move(traces_));
  update();
}

void PlotPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (const auto* view = model_.line_plot(view_id_))
    paint_plot(painter, view->picture(), view->background(), view->message(), traces_);
  else painter.fillRect(rect(), ink(&Tokens::panel));
}

// ---- gestures ----------------------------------------------------------------------------------------------------

void PlotPanel::mousePressEvent(QMouseEvent* event) {
  press_place_ = last_place_ = event->position();
  pressed_ = true;
  dragged_ = false;
}

void PlotPanel::mouseMoveEvent(QMouseEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view) return;
  if (!pressed_) {
    Q_EMIT
    cursor_moved(view->cursor_at(event->position().x(), event->position().y()));
    return;
  }
  if (!dragged_ && (event->position() - press_place_).manhattanLength() <= click_slack_px) return;
  dragged_ = true;
  const QPointF delta = dragged_to(event->position());
  if (event->buttons() & Qt::RightButton)
    view->zoom_at(press_place_.x(), press_place_.y(), std::exp(delta.x() / 120), std::exp(-delta.y() / 120));
  else view->pan(delta.x(), delta.y());
  Q_EMIT
  moved();
}

void PlotPanel::mouseReleaseEvent(QMouseEvent* event) {
  pressed_ = false;
  auto* view = model_.line_plot(view_id_);
  if (dragged_ || !view) return;
  if (event->button() == Qt::RightButton) return open_menu(event->globalPosition().toPoint());
  const int row = view->picture().legend_at(event->position().x(), event->position().y());
  if (row < 0 || event->button() != Qt::LeftButton) return;
  const std::size_t series = view->picture().legend[static_cast<std::size_t>(row)].series;
  if (event->modifiers() & Qt::ControlModifier) view->show_only(series);
  else view->toggle_series(series);
  Q_EMIT
  moved();
}

// The right button also scales: its menu opens where it was pressed and released without a move. The menu key opens it
// at once.
void PlotPanel::contextMenuEvent(QContextMenuEvent* event) {
  event->accept();
  if (event->reason() == QContextMenuEvent::Keyboard) open_menu(mapToGlobal(rect().center()));
}

void PlotPanel::open_menu(QPoint place) {
  if (actions().isEmpty()) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions(actions());
  menu->popup(place);
}

bool PlotPanel::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QToolTip::showText(help->globalPos(), tip_at(help->pos()), this);
  return true;
}

QString PlotPanel::tip_at(QPointF place) {
  const auto* view = model_.line_plot(view_id_);
  if (!view) return {};
  const auto& picture = view->picture();
  if (const int row = picture.legend_at(place.x(), place.y()); row >= 0)
    return tr("%1\nClick hides or shows it; Ctrl+click shows it alone.")
        .arg(to_qtext(picture.series[picture.legend[static_cast<std::size_t>(row)].series].label));
  if (picture.legend_rest && holds(picture.legend_area, place)) return tr("The wheel brings the other series here.");
  return {};
}

void PlotPanel::mouseDoubleClickEvent(QMouseEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view || event->button() != Qt::LeftButton) return;
  // Two fast clicks on a legend are two clicks.
  if (holds(view->picture().legend_area, event->position())) return mousePressEvent(event);
  dragged_ = true;  // the release that follows is no click
  fit();
}

void PlotPanel::wheelEvent(QWheelEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view) return;
  event->accept();
  const double notches = wheel_notches(*event);
  if (view->picture().legend_rest && holds(view->picture().legend_area, event->position())) {
    view->scroll_legend(-static_cast<int>(notches > 0 ? std::ceil(notches) : std::floor(notches)));
    Q_EMIT
    moved();
    return;
  }
  const auto [x, y] = wheel_factors(*event);
  view->zoom_at(event->position().x(), event->position().y(), x, y);
  Q_EMIT
  moved();
}

void PlotPanel::leaveEvent(QEvent*) {
  Q_EMIT
  cursor_moved(std::nullopt);
}

}  // namespace cnv::desktop
