#include "cnv/desktop/surface_marks.hpp"

#include <QPainterPath>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr double cut_px = 2, cut_gap_px = 4.5, bar_top = 48, around_bar = bar_top + 40;

QPointF point_of(glm::vec2 p) { return {static_cast<double>(p.x), static_cast<double>(p.y)}; }

QColor faded(Rgba8 color, double opacity) {
  QColor out = to_qcolor(color);
  out.setAlphaF(static_cast<float>(opacity));
  return out;
}

QColor with_alpha(Rgba8 color) {
  QColor out = to_qcolor(color);
  out.setAlpha(color.a);
  return out;
}

void draw_lines(QPainter& painter, const std::vector<ScreenLine>& lines, const QPen& pen) {
  painter.setPen(pen);
  for (const auto& line : lines) painter.drawLine(point_of(line.start), point_of(line.end));
}

// The cut as seen: broken at holes and behind the eye.
QPainterPath path_of(const std::vector<glm::vec3>& line, const Projection& projection) {
  QPainterPath path;
  bool on = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const auto part =
        std::isnan(line[i].z + line[i + 1].z) ? std::nullopt : screen_line(projection, line[i], line[i + 1]);
    if (part && !on) path.moveTo(point_of(part->start));
    if (part) path.lineTo(point_of(part->end));
    on = part.has_value();
  }
  return path;
}

}  // namespace

void paint_surface_grid(QPainter& painter, const SurfaceView& view, const SurfaceAxes& axes) {
  const Tokens& t = tokens(view.background().look);
  draw_lines(painter, axes.grid, QPen(faded(rgba8(t.sep), view.axes_style().opacity), 1));
}

void paint_surface_axes(QPainter& painter, const SurfaceView& view, const SurfaceAxes& axes) {
  const AxesStyle& style = view.axes_style();
  const QPen pen(faded(style.line, style.opacity), 1);
  draw_lines(painter, axes.lines, pen);
  draw_lines(painter, axes.ticks, pen);
  for (const auto& text : axes.texts) {
    painter.setPen(faded(text.is_label ? style.label_text : style.tick_text, style.opacity));
    draw_text(painter, QRectF(point_of(text.middle) - QPointF(200, 20), QSizeF(400, 40)), Qt::AlignCenter,
              to_qtext(text.text), ui_font(text.size_px));
  }
}

void paint_surface_slice(QPainter& painter, const SurfaceSlice& slice, const Projection& projection,
                         const QColor& background) {
  QPainterPath plane;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto side = screen_line(projection, slice.corners[i], slice.corners[(i + 1) % 4]);
    if (!side) continue;
    if (plane.isEmpty()) plane.moveTo(point_of(side->start));
    plane.lineTo(point_of(side->start));
    plane.lineTo(point_of(side->end));
  }
  plane.closeSubpath();
  painter.setBrush(with_alpha(slice.fill));
  painter.setPen(slice.frame_px > 0
                     ? QPen(with_alpha(slice.frame), slice.frame_px, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin)
                     : QPen(Qt::NoPen));
  painter.drawPath(plane);
  const QPainterPath cut = path_of(slice.line, projection);
  painter.setBrush(Qt::NoBrush);
  painter.strokePath(cut, QPen(background, cut_gap_px, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.strokePath(cut, QPen(with_alpha(slice.cut), cut_px, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

QRectF paint_surface_bar(QPainter& painter, const SurfaceView& view, const Sight& sight, std::optional<double> marked) {
  const auto bar = view.color_bar();
  const double height = bar_height(sight, around_bar);
  if (!bar || height == 0) return {};
  const QPointF corner(static_cast<double>(sight.size_px.x) - overlay_margin - color_bar_width, bar_top);
  return paint_color_bar(painter, *bar, corner, height, marked, sight.ground);
}

}  // namespace cnv::desktop
