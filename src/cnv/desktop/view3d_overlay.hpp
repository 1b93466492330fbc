// What 3-D panels paint over their pictures in the same way: colour bar, rings, tooltip, chip. GUI thread.
#pragma once

#include <QPainter>
#include <optional>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/color_bar.hpp"
#include "cnv/view/view_colors.hpp"

namespace cnv::desktop {

// Distance of signs from the edge of the picture; the bar itself.
inline constexpr double overlay_margin = 20, color_bar_width = 12, color_bar_height = 176;

// From where and in which size a picture is seen.
struct Sight {
  Camera camera;
  glm::vec2 size_px{0};  // logical
  Background ground;     // a figure's may be transparent
  bool is_figure = false;

  Theme look() const { return ground.look; }
};

// How high the colour bar is in a picture of which `around_px` of the height are not for it, below a title that is
// wholly seen: shorter where it is low; 0: no room.
double bar_height(const Sight& sight, double around_px);

// A ring with a gap of the background inside and outside, readable on anything.
void paint_ring(QPainter& painter, QPointF at, double radius, const QColor& color, const QColor& background);

// Keeps signs readable where the model runs behind them; nothing on a transparent ground.
void paint_backing(QPainter& painter, const QRectF& area, const Background& background);

// The bar with its top left corner there, numbers on its left, as many as its height has room for, and a mark at a
// value; where bar, title and numbers are.
QRectF paint_color_bar(QPainter& painter, const ColorBar& bar, QPointF top_left, double height,
                       std::optional<double> marked, const Background& background);

// Two lines beside the pointer, inside `area`: a place, and a value with something quiet behind it.
void paint_value_tooltip(QPainter& painter, const QRectF& area, QPointF pointer, const QString& place,
                         const QString& value, const QString& quiet, Theme look);

// One line at the upper left; empty: nothing.
void paint_chip(QPainter& painter, const QString& text, Theme look);

// The sign of the axes round its origin; `hovered` (0, 1, 2, or -1) is drawn stronger.
void paint_axes_sign(QPainter& painter, const Camera& camera, QPointF origin, int hovered, Theme look);

}  // namespace cnv::desktop
