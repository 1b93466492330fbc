#include "cnv/desktop/morphology_panel.hpp"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/view3d_overlay.hpp"
#include "cnv/draw/scale_bar.hpp"

namespace cnv::desktop {

MorphologyPanel::MorphologyPanel(SceneModel& model, ImageHost* host, std::string panel_id, std::string view_id,
                                 QWidget* parent)
    : View3dPanel(model, std::move(panel_id), std::move(view_id), parent) {
  if (host) image_.emplace(*host);
  setAccessibleName(tr("Morphology: the cell in 3-D"));
}

QString MorphologyPanel::refresh() {
  auto* view = model_.morphology(view_id_);
  if (!view || !image_ || width() <= 0 || height() <= 0) return {};
  look_ = view->background().look;
  const auto drawn = image_->draw(*view, camera(), device_size(), devicePixelRatioF(), look_);
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
  if (image_ && view->tree() && !image_->image().isNull()) painter.drawImage(QRectF(rect()), image_->image());
  if (!view->message().empty()) {
    painter.setPen(to_qcolor(tokens_of_look.text3));
    draw_text(painter, QRectF(rect()), Qt::AlignCenter, to_qtext(view->message()), ui_font(12));
    return;
  }
  paint_marks(painter, *view);
  paint_bar(painter, *view);
  paint_scale_bar(painter, *view);
  paint_axes_sign(painter, camera(), axes_origin(), axis_hover_.value_or(-1), look_);
  if (hover_)
    paint_value_tooltip(painter, rect(), hover_place_, to_qtext(hover_->place_text), to_qtext(hover_->value_text),
                        to_qtext(hover_->diameter_text), look_);
  paint_chip(painter, chip_, look_);
}

void MorphologyPanel::paint_marks(QPainter& painter, const MorphologyView& view) {
  const auto screen = [&](glm::vec3 point) { return project(camera(), size_vec(), point); };
  const QColor background = to_qcolor(view.background().color);
  for (const auto& mark : view.place_marks())
    if (const auto p = screen(mark.point); p.z > 0)
      paint_ring(painter, {p.x, p.y}, 4, to_qcolor(mark.color), background);
  if (hover_)
    if (const auto p = screen(hover_->point); p.z > 0)
      paint_ring(painter, {p.x, p.y}, 4, to_qcolor(tokens(look_).text1), background);
}

void MorphologyPanel::paint_bar(QPainter& painter, const MorphologyView& view) {
  const auto bar = view.color_bar();
  color_bar_area_ = {};
  if (!bar || height() < color_bar_height + 70) return;
  const QPointF corner(width() - overlay_margin - color_bar_width, height() - overlay_margin - color_bar_height - 34);
  color_bar_area_ = paint_color_bar(painter, *bar, corner, hover_ ? hover_->value : std::nullopt, view.background());
}

void MorphologyPanel::paint_scale_bar(QPainter& painter, const MorphologyView& view) {
  const auto bar = scale_bar(camera().pixels_per_um(size_vec()), 150);
  if (bar.label.empty()) return;
  const bool everywhere = !view.tree() || scale_holds(camera(), view.tree()->bounds());
  const QString label = to_qtext(bar.label) + (everywhere ? QString() : tr(" at the centre"));
  const Tokens& t = tokens(look_);
  const double y = height() - overlay_margin - 2.5, x = overlay_margin + 0.5,
               w = std::round(static_cast<double>(bar.width_px));
  const double text = text_width(label, ui_font(11)), room = std::max(w, text);
  const double left = x + (everywhere ? w / 2 - room / 2 : 0);
  paint_backing(painter, QRectF(left - 4, y - 24, room + 8, 29), view.background());
  painter.setPen(QPen(to_qcolor(t.text1), 1));
  painter.drawLine(QPointF(x, y), QPointF(x + w, y));
  painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 1));
  painter.drawLine(QPointF(x + w, y - 4), QPointF(x + w, y + 1));
  draw_text(painter, QRectF(left, y - 22, room, 16), everywhere ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter,
            label, ui_font(11));
}

// ---- gestures ----------------------------------------------------------------------------------------------------

void MorphologyPanel::click_at(QPointF place, bool add) {
  auto* view = model_.morphology(view_id_);
  if (!view) return;
  const auto hit = view->hover(camera(), size_vec(), vec(place));
  if (hit && hit->entity >= 0) Q_EMIT
  entity_clicked(to_qtext(hit->entity_id), add);
}

// The first of the two clicks has selected the segment; the second brings it to the middle.
void MorphologyPanel::mouseDoubleClickEvent(QMouseEvent* event) {
  if (color_bar_area_.contains(event->position()) || axis_under(event->position())) return mousePressEvent(event);
  auto* view = model_.morphology(view_id_);
  const auto hit = view && event->button() == Qt::LeftButton ? view->hover(camera(), size_vec(), vec(event->position()))
                                                             : std::nullopt;
  if (!hit) return mousePressEvent(event);
  camera().center = hit->point;
  swallow_click(event->position());
  hover_.reset();
  Q_EMIT
  moved();
}

bool MorphologyPanel::find_hover(QPointF place) {
  auto* view = model_.morphology(view_id_);
  hover_ = view ? view->hover(camera(), size_vec(), vec(place)) : std::nullopt;
  if (hover_) setCursor(Qt::PointingHandCursor);
  return hover_.has_value();
}

QString MorphologyPanel::hover_text() const { return text_of(hover_); }

}  // namespace cnv::desktop
