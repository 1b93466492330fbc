// Fonts of the window, and text with tabular figures: every digit takes the same width, so nothing moves while numbers
// run. Used by every widget that paints numbers; GUI thread.
#pragma once

#include <QFont>
#include <QPainter>
#include <QString>

#include "cnv/draw/plot_picture.hpp"

namespace cnv::desktop {

inline QString to_qtext(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

// The system's font (Inter where the system names only a generic one). Weight 400, 500 or 600.
QFont ui_font(double size_px, int weight = 400);
QFont mono_font(double size_px);

// Whether the text has parts between dollar signs, which are drawn apart.
bool has_symbols(const QString& text);

// Width in logical pixels with tabular figures. Text between dollar signs is read as cnv/draw/text_runs.hpp says, here
// and in the functions below.
double text_width(const QString& text, const QFont& font);
// Draws from the left end of the baseline with tabular figures, in the painter's pen.
void draw_text(QPainter& painter, QPointF baseline, const QString& text, const QFont& font);
// The same in a rectangle: vertically centred on the height of capitals, aligned left, right or to the middle.
void draw_text(QPainter& painter, const QRectF& area, Qt::Alignment alignment, const QString& text, const QFont& font);

// Sizes for the layout of plots, in the fonts that draw them.
class QtFontMetrics final : public FontMetrics {
 public:
  double text_width(std::string_view utf8, double size_px, int weight) const override;
  double ascent(double size_px) const override;
  double descent(double size_px) const override;
};

}  // namespace cnv::desktop
