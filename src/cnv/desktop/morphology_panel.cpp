#include "cnv/desktop/morphology_panel.hpp"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "cnv/desktop/morphology_figure.hpp"
#include "cnv/desktop/morphology_overlay.hpp"
#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {

MorphologyPanel::MorphologyPanel(SceneModel& model, ImageHost& host, std::string panel_id, std::string view_id,
                                 QWidget* parent)
    : View3dPanel(model, std::move(panel_id), std::move(view_id), parent), host_(host), image_(host) {
  setAccessibleName(tr("Morphology: the cell in 3-D"));
}

QString MorphologyPanel::refresh() {
  auto* view = model_.morphology(view_id_);
  if (!view || width() <= 0 || height() <= 0) return {};
  look_ = view->background().look;
  const auto drawn = image_.draw(*view, camera(), device_size(), devicePixelRatioF(), look_);
  if (hover_ && underMouse()) hover_ = view->hover(camera(), size_vec(), vec(hover_place_));
  update();
  return drawn ? QString() : to_qtext(drawn.error());
}

// ---- painting ----------------------------------------------------------------------------------------------------

void MorphologyPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto* view = model_.morphology(view_id_);
  const Tokens& tokens_of_look = tokens(look_);
  painter.fillRect(rect(), view ? to_qcolor(view->background().color) : to_qcolor(tokens_of_look.panel));
  if (!view) return;
  if (view->tree() && !image_.image().isNull()) painter.drawImage(QRectF(rect()), image_.image());
  if (!view->message().empty()) return paint_message(painter, QRectF(rect()), view->message(), tokens_of_look);
  const Sight sight{camera(), size_vec(), view->background()};
  paint_place_marks(painter, *view, sight);
  if (hover_)
    if (const auto p = project(sight.camera, sight.size_px, hover_->point); p.z > 0)
      paint_ring(painter, {p.x, p.y}, 4, to_qcolor(tokens_of_look.text1), to_qcolor(view->background().color));
  color_bar_area_ = paint_cell_bar(painter, *view, sight, hover_ ? hover_->value : std::nullopt);
  paint_scale_bar(painter, *view, sight);
  paint_axes_sign(painter, camera(), axes_origin(), axis_hover_.value_or(-1), look_);
  if (hover_)
    paint_value_tooltip(painter, rect(), hover_place_, to_qtext(hover_->place_text), to_qtext(hover_->value_text),
                        to_qtext(hover_->diameter_text), look_);
  paint_chip(painter, chip_, look_);
}

QPointF MorphologyPanel::axes_origin() const {
  const auto* view = model_.morphology(view_id_);
  return !view || has_cell_sign(*view, {.size_px = size_vec()}) ? View3dPanel::axes_origin() : QPointF(-1000, -1000);
}

std::unique_ptr<View3dFigure> MorphologyPanel::take_figure(Theme theme) {
  const auto* view = model_.morphology(view_id_);
  const auto* spec = model_.find_view(view_id_);
  if (!view || !spec) return nullptr;
  MorphologyView taken = view->taken();
  taken.update(std::get<MorphologyViewSpec>(*spec), model_.store(), theme);
  return std::make_unique<MorphologyFigure>(std::move(taken), host_, camera(), size_vec());
}

// ---- gestures ----------------------------------------------------------------------------------------------------

void MorphologyPanel::click_at(QPointF place, bool add) {
  auto* view = model_.morphology(view_id_);
  if (!view) return;
  const auto hit = view->hover(camera(), size_vec(), vec(place));
  if (hit && hit->entity >= 0) Q_EMIT
  entity_clicked(to_qtext(hit->entity_id), add);
}

void MorphologyPanel::ask_menu(QPointF place) {
  auto* view = model_.morphology(view_id_);
  const auto hit = view ? view->hover(camera(), size_vec(), vec(place)) : std::nullopt;
  if (hit && hit->entity >= 0) Q_EMIT
  place_menu_requested(*hit, mapToGlobal(place.toPoint()));
}

// The first of the two clicks has selected the segment; the second brings it to the middle.
void MorphologyPanel::mouseDoubleClickEvent(QMouseEvent* event) {
  if (color_bar_area_.contains(event->position()) || axis_under(event->position())) return mousePressEvent(event);
  auto* view = model_.morphology(view_id_);
  const auto hit = view && event->button() == Qt::LeftButton ? view->hover(camera(), size_vec(), vec(event->position()))
                                                             : std::nullopt;
  if (!hit) return mousePressEvent(event);
  swallow_click(event->position());
  look_at(hit->point);
}

bool MorphologyPanel::find_hover(QPointF place) {
  auto* view = model_.morphology(view_id_);
  hover_ = view ? view->hover(camera(), size_vec(), vec(place)) : std::nullopt;
  if (hover_) setCursor(Qt::PointingHandCursor);
  return hover_.has_value();
}

QString MorphologyPanel::hover_text() const { return text_of(hover_); }

}  // namespace cnv::desktop
