#include "cnv/desktop/heat_map_panel.hpp"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "cnv/desktop/choice_menu.hpp"
#include "cnv/desktop/heat_map_painter.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {
constexpr double wheel_notch = 120, zoom_per_notch = 1.2, tip_text_px = 12, tip_margin = 6, tip_height = 22, tip_offset = 14;
}

HeatMapPanel::HeatMapPanel(SceneModel& model, std::string view_id, QWidget* parent) : QWidget(parent), model_(model), view_id_(std::move(view_id)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::ClickFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(tr("Heat map"));
}

void HeatMapPanel::refresh() {
  auto* view = model_.heat_map(view_id_);
  if (!view || width() <= 0 || height() <= 0) return;
  view->layout(width(), height(), metrics_);
  read_tip();
  update();
}

void HeatMapPanel::read_tip() {
  const auto* view = model_.heat_map(view_id_);
  tip_ = view && pointer_ && !pressed_ ? to_qtext(view->tip_at(pointer_->x(), pointer_->y())) : QString();
  setAccessibleDescription(tip_);
}

template <class Change>
void HeatMapPanel::change(Change&& change) {
  auto* view = model_.heat_map(view_id_);
  if (!view) return;
  change(*view);
  Q_EMIT moved();
}

void HeatMapPanel::fit() {
  change([](HeatMapView& view) { view.fit(); });
}

void HeatMapPanel::reset_look() {
  change([](HeatMapView& view) { view.look().reset(); });
}

void HeatMapPanel::fill_color_map(QMenu& menu) {
  menu.clear();
  if (const auto* view = model_.heat_map(view_id_))
    add_choices(menu, view->look().colors().map_choices(view->background().look), [this](const std::string& id) { change([&](HeatMapView& v) { v.look().colors().choose_map(id); }); });
}

void HeatMapPanel::fill_background(QMenu& menu) {
  menu.clear();
  if (const auto* view = model_.heat_map(view_id_))
    add_choices(menu, view->look().background_choices(), [this](const std::string& id) { change([&](HeatMapView& v) { v.look().choose_background(id); }); });
}

void HeatMapPanel::fill_limits(QMenu& menu) {
  menu.clear();
  const auto* view = model_.heat_map(view_id_);
  if (!view) return;
  add_choices(menu, view->look().colors().limits_choices(), [this](const std::string& id) {
    // After the menu that closes now has given the keyboard back.
    if (id == typed_limits_id) return (void)QMetaObject::invokeMethod(this, [this] { type_limits(); }, Qt::QueuedConnection);
    change([&](HeatMapView& v) { v.look().colors().choose_limits(id); });
  });
}

void HeatMapPanel::type_limits() {
  const auto* view = model_.heat_map(view_id_);
  if (!view) return;
  const auto present = view->look().scale();
  const auto set = [this](double low, double high) -> Result<void> {
    Result<void> done;
    change([&](HeatMapView& v) { done = v.look().colors().set_limits(low, high); });
    return done;
  };
  delete findChild<LimitsBox*>();
  auto* box = new LimitsBox(static_cast<double>(present.low), static_cast<double>(present.high), to_qtext(view->unit()), set, this);
  box->open_at(QPoint(width() - 24, height() - 48));
}

void HeatMapPanel::paint_tip(QPainter& painter, Theme look) const {
  if (tip_.isEmpty() || !pointer_) return;
  const Tokens& ink = tokens(look);
  const QFont font = ui_font(tip_text_px);
  const double wide = text_width(tip_, font) + 2 * tip_margin;
  const double x = std::clamp(pointer_->x() + tip_offset, 0.0, std::max(0.0, width() - wide));
  const double y = pointer_->y() + tip_offset + tip_height > height() ? pointer_->y() - tip_offset - tip_height : pointer_->y() + tip_offset;
  const QRectF box(x, std::max(0.0, y), wide, tip_height);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(to_qcolor(ink.tip));
  painter.drawRoundedRect(box, 4, 4);
  painter.setPen(to_qcolor(ink.tip_text));
  draw_text(painter, box.adjusted(tip_margin, 0, -tip_margin, 0), Qt::AlignLeft, tip_, font);
}

void HeatMapPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const auto* view = model_.heat_map(view_id_);
  if (!view) return painter.fillRect(rect(), ink(&Tokens::panel));
  paint_heat_map(painter, *view);
  paint_tip(painter, view->background().look);
}

void HeatMapPanel::resizeEvent(QResizeEvent*) { Q_EMIT moved(); }

void HeatMapPanel::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  pointer_ = event->position();
  pressed_ = true;
}

void HeatMapPanel::mouseMoveEvent(QMouseEvent* event) {
  const QPointF before = pointer_.value_or(event->position());
  pointer_ = event->position();
  if (pressed_) return change([&](HeatMapView& view) { view.pan(event->position().x() - before.x()); });
  read_tip();
  update();
}

void HeatMapPanel::mouseReleaseEvent(QMouseEvent*) { pressed_ = false; }

void HeatMapPanel::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) fit();
}

void HeatMapPanel::wheelEvent(QWheelEvent* event) {
  event->accept();
  change([&](HeatMapView& view) { view.zoom_at(event->position().x(), std::pow(zoom_per_notch, event->angleDelta().y() / wheel_notch)); });
}

void HeatMapPanel::leaveEvent(QEvent*) {
  pointer_.reset();
  read_tip();
  update();
}

}  // namespace cnv::desktop
