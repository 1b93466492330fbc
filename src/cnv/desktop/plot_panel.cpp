#include "cnv/desktop/plot_panel.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/wheel.hpp"
#include "cnv/view/measurement_text.hpp"

namespace cnv::desktop {
namespace {

constexpr double click_slack_px = 4;
constexpr int page_samples = 10;

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

void PlotPanel::use_automatic_y() {
  if (auto* view = model_.line_plot(view_id_)) view->use_automatic_y();
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
  setProperty("takes_arrows", view->has_cursors());
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
  grabbed_ = -1;
  auto* view = model_.line_plot(view_id_);
  if (!view || event->button() != Qt::LeftButton) return;
  grabbed_ = view->picture().handle_at(event->position().x(), event->position().y());
  if (grabbed_ < 0) return;
  view->focus_cursor(grabbed_);
  Q_EMIT
  cursor_moved(std::nullopt);  // one line under the pointer is enough
  Q_EMIT
  moved();
}

void PlotPanel::mouseMoveEvent(QMouseEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view) return;
  if (!pressed_) {
    show_pointer(*view, event->position());
    Q_EMIT
    cursor_moved(view->cursor_at(event->position().x(), event->position().y()));
    return;
  }
  if (grabbed_ >= 0) {
    view->move_cursor(grabbed_, event->position().x());
    Q_EMIT
    moved();
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
  if (dragged_ || !view || std::exchange(grabbed_, -1) >= 0) return;
  if (event->button() == Qt::RightButton) {
    menu_place_ = data_at(*view, event->position());
    return open_menu(event->globalPosition().toPoint());
  }
  if (const auto id = view->picture().button_at(event->position().x(), event->position().y());
      !id.empty() && event->button() == Qt::LeftButton)
    return press_button(id);
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

// ---- measuring ---------------------------------------------------------------------------------------------------

PlotPoint PlotPanel::data_at(const LinePlotView& view, QPointF place) const {
  return {view.picture().x_at(place.x()), view.picture().y_at(place.y())};
}

void PlotPanel::show_pointer(const LinePlotView& view, QPointF place) {
  const auto& picture = view.picture();
  if (holds(picture.plot, place)) pointer_ = place;
  if (picture.handle_at(place.x(), place.y()) >= 0) setCursor(Qt::SizeHorCursor);
  else if (!picture.button_at(place.x(), place.y()).empty()) setCursor(Qt::PointingHandCursor);
  else unsetCursor();
}

void PlotPanel::press_button(const std::string& id) {
  if (id == copy_button) copy_measurement();
  else if (id == close_button) remove_measurement();
}

void PlotPanel::toggle_cursors() {
  auto* view = model_.line_plot(view_id_);
  if (!view) return;
  setFocus(Qt::OtherFocusReason);  // the arrow keys are the cursor's now
  if (view->has_cursors()) view->remove_cursors();
  else if (const auto put = view->put_cursors(); !put) Q_EMIT
  remarked(to_qtext(put.error()));
  Q_EMIT
  moved();
}

void PlotPanel::measure_spike() {
  auto* view = model_.line_plot(view_id_);
  if (!view) return;
  const auto& plot = view->picture().plot;
  const QPointF middle(plot.x + plot.width / 2, plot.y + plot.height / 2);
  const PlotPoint place = menu_place_ ? *menu_place_ : data_at(*view, pointer_.value_or(middle));
  if (const auto measured = view->measure_spike(place.x, place.y); !measured) Q_EMIT
  remarked(to_qtext(measured.error()));
  Q_EMIT
  moved();
}

void PlotPanel::copy_measurement() {
  const auto* view = model_.line_plot(view_id_);
  if (!view) return;
  if (!view->measures()) {
    Q_EMIT
    remarked(tr("Nothing is measured here: M puts two cursors, Shift+M measures the spike at the pointer"));
    return;
  }
  QGuiApplication::clipboard()->setText(to_qtext(table_of(view->measured())));
  Q_EMIT
  remarked(tr("Measurement copied"));
}

bool PlotPanel::remove_measurement() {
  auto* view = model_.line_plot(view_id_);
  if (!view || !view->measures()) return false;
  view->remove_measurement();
  unsetCursor();
  Q_EMIT
  moved();
  return true;
}

void PlotPanel::keyPressEvent(QKeyEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view || !view->has_cursors()) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Left: view->step_cursor(-1); break;
    case Qt::Key_Right: view->step_cursor(1); break;
    case Qt::Key_PageDown: view->step_cursor(-page_samples); break;
    case Qt::Key_PageUp: view->step_cursor(page_samples); break;
    case Qt::Key_Home: view->step_cursor_to_end(false); break;
    case Qt::Key_End: view->step_cursor_to_end(true); break;
    case Qt::Key_Up:
    case Qt::Key_Down: view->focus_cursor(1 - view->focused_cursor()); break;
    default: return QWidget::keyPressEvent(event);
  }
  Q_EMIT
  moved();
}

// ---- menu and hints ----------------------------------------------------------------------------------------------

void PlotPanel::open_menu(QPoint place) {
  if (actions().isEmpty()) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions(actions());
  connect(menu, &QObject::destroyed, this, [this] { menu_place_.reset(); });  // after what was chosen
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
  if (picture.button_at(place.x(), place.y()) == copy_button)
    return tr("Copies the numbers with units, separated by tabs.");
  if (picture.button_at(place.x(), place.y()) == close_button) return tr("Ends measuring (Esc).");
  if (picture.handle_at(place.x(), place.y()) >= 0)
    return tr("Drag it, or the arrow keys: from sample to sample; Up and Down: the other one.");
  if (picture.legend_rest && holds(picture.legend_area, place)) return tr("The wheel brings the other series here.");
  return {};
}

void PlotPanel::mouseDoubleClickEvent(QMouseEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view || event->button() != Qt::LeftButton) return;
  // Two fast clicks on a legend, a handle or a button are two clicks.
  if (holds(view->picture().legend_area, event->position()) ||
      view->picture().handle_at(event->position().x(), event->position().y()) >= 0 ||
      !view->picture().button_at(event->position().x(), event->position().y()).empty())
    return mousePressEvent(event);
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
