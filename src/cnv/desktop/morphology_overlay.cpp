#include "cnv/desktop/morphology_overlay.hpp"

#include <QCoreApplication>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/draw/scale_bar.hpp"

namespace cnv::desktop {
namespace {
constexpr double below_bar = overlay_margin + 34, around_bar = 70;
constexpr double sign_height = 92, least_below_sign = 50;
constexpr float longest_scale_bar = 150, most_of_figure = 0.4f;

}  // namespace

// Where it is low the bar gets shorter; where it would be too short, there is no sign.
bool has_cell_sign(const MorphologyView& view, const Sight& sight) {
  return !view.color_bar() || bar_height(sight, around_bar + sign_height) >= least_below_sign;
}

void paint_place_marks(QPainter& painter, const MorphologyView& view, const Sight& sight) {
  for (const auto& mark : view.place_marks())
    if (const auto p = project(sight.camera, sight.size_px, mark.point); p.z > 0)
      paint_ring(painter, {static_cast<double>(p.x), static_cast<double>(p.y)}, 4, to_qcolor(mark.color),
                 to_qcolor(view.background().color));
}

QRectF paint_cell_bar(QPainter& painter, const MorphologyView& view, const Sight& sight, std::optional<double> marked) {
  const auto bar = view.color_bar();
  const double height = bar_height(sight, around_bar + (has_cell_sign(view, sight) ? sign_height : 0));
  if (!bar || height == 0) return {};
  const QPointF corner(static_cast<double>(sight.size_px.x) - overlay_margin - color_bar_width,
                       static_cast<double>(sight.size_px.y) - below_bar - height);
  return paint_color_bar(painter, *bar, corner, height, marked, sight.ground);
}

void paint_cell_sign(QPainter& painter, const MorphologyView& view, const Sight& sight) {
  if (!has_cell_sign(view, sight)) return;
  constexpr double inset = 52;
  paint_axes_sign(painter, sight.camera, {static_cast<double>(sight.size_px.x) - inset, inset}, -1, sight.look());
}

void paint_scale_bar(QPainter& painter, const MorphologyView& view, const Sight& sight) {
  const float longest =
      sight.is_figure ? std::min(longest_scale_bar, most_of_figure * sight.size_px.x) : longest_scale_bar;
  const auto bar = scale_bar(sight.camera.pixels_per_um(sight.size_px), longest);
  if (bar.label.empty()) return;
  const bool everywhere = !view.tree() || scale_holds(sight.camera, view.tree()->bounds());
  const QString label =
      to_qtext(bar.label) +
      (everywhere ? QString() : QCoreApplication::translate("cnv::desktop::MorphologyPanel", " at the centre"));
  // On the screen its ends stand on whole pixels; a figure's has the exact length.
  const double exact = static_cast<double>(bar.width_px), w = sight.is_figure ? exact : std::round(exact);
  const double y = static_cast<double>(sight.size_px.y) - overlay_margin - 2.5, x = overlay_margin + 0.5;
  const double text = text_width(label, ui_font(11)), room = std::max(w, text);
  const double left = x + (everywhere ? w / 2 - room / 2 : 0);
  paint_backing(painter, QRectF(left - 4, y - 24, room + 8, 29), sight.ground);
  painter.setPen(QPen(to_qcolor(tokens(sight.look()).text1), 1));
  painter.drawLine(QPointF(x, y), QPointF(x + w, y));
  painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 1));
  painter.drawLine(QPointF(x + w, y - 4), QPointF(x + w, y + 1));
  draw_text(painter, QRectF(left, y - 22, room, 16), everywhere ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter,
            label, ui_font(11));
}

}  // namespace cnv::desktop
