#include "cnv/desktop/heat_map_panel.hpp"

#include <QMouseEvent>
#include <QPainter>

#include "cnv/desktop/choice_menu.hpp"
#include "cnv/desktop/heat_map_painter.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {

HeatMapPanel::HeatMapPanel(SceneModel& model, std::string view_id, QWidget* parent)
    : FlatPanel(model, std::move(view_id), tr("Heat map"), parent) {
  setContextMenuPolicy(Qt::ActionsContextMenu);
}

std::optional<FlatPanel::Margins> HeatMapPanel::margins() const { return margins_of(model_.heat_map(view_id_)); }

void HeatMapPanel::set_least_margins(const PlotMargins& margins) {
  if (auto* view = model_.heat_map(view_id_)) view->set_least_margins(margins);
}

void HeatMapPanel::refresh() {
  auto* view = model_.heat_map(view_id_);
  if (!view || width() <= 0 || height() <= 0) return;
  const auto& cursor = view->layout(width(), height(), metrics_).frame.cursor;
  setAccessibleDescription(cursor ? to_qtext(cursor->label.text) : QString());
  update();
}

template <class Change>
void HeatMapPanel::change(Change&& change) {
  auto* view = model_.heat_map(view_id_);
  if (!view) return;
  change(*view);
  Q_EMIT
  moved();
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
    add_choices(menu, view->look().colors().map_choices(view->background().look),
                [this](const std::string& id) { change([&](HeatMapView& v) { v.look().colors().choose_map(id); }); });
}

void HeatMapPanel::fill_background(QMenu& menu) {
  menu.clear();
  if (const auto* view = model_.heat_map(view_id_))
    add_choices(menu, view->look().background_choices(),
                [this](const std::string& id) { change([&](HeatMapView& v) { v.look().choose_background(id); }); });
}

void HeatMapPanel::fill_limits(QMenu& menu) {
  menu.clear();
  const auto* view = model_.heat_map(view_id_);
  if (!view) return;
  add_choices(menu, view->look().colors().limits_choices(), [this](const std::string& id) {
    // After the menu that closes now has given the keyboard back.
    if (id == typed_limits_id)
      return (void)QMetaObject::invokeMethod(this, [this] { type_limits(); }, Qt::QueuedConnection);
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
  auto* box = new LimitsBox(static_cast<double>(present.low), static_cast<double>(present.high), to_qtext(view->unit()),
                            set, this);
  box->open_at(QPoint(width() - 24, height() - 48));
}

void HeatMapPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (const auto* view = model_.heat_map(view_id_))
    paint_heat_map(painter, view->picture(), view->background(), view->message());
  else painter.fillRect(rect(), ink(&Tokens::panel));
}

void HeatMapPanel::mouseMoveEvent(QMouseEvent* event) {
  const QPointF place = event->position();
  if (pressed_) {
    const QPointF delta = dragged_to(place);
    return change([&](HeatMapView& view) { view.pan(delta.x(), delta.y()); });
  }
  const auto* view = model_.heat_map(view_id_);
  Q_EMIT
  cursor_moved(view ? view->cursor_at(place.x(), place.y()) : std::nullopt);
}

void HeatMapPanel::wheelEvent(QWheelEvent* event) {
  event->accept();
  const auto [x, y] = wheel_factors(*event);
  change([&](HeatMapView& view) { view.zoom_at(event->position().x(), event->position().y(), x, y); });
}

void HeatMapPanel::leaveEvent(QEvent*) {
  Q_EMIT
  cursor_moved(std::nullopt);
}

}  // namespace cnv::desktop
