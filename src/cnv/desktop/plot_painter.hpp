// Paints a finished plot: to its panel, to a picture and to PDF, all with the same strokes. GUI thread.
#pragma once

#include <QImage>
#include <QPainter>
#include <functional>

#include "cnv/desktop/text.hpp"
#include "cnv/view/line_plot_view.hpp"

namespace cnv::desktop {

// The traces of the view's last layout as pixels that cover picture().plot; null where the plot has no room. `reused`
// gives its memory when it has the right size.
QImage stroke_traces(LinePlotView& view, double device_pixels_per_px, QImage reused = {});

// The ground of a picture, a little beyond it: a figure ends within a pixel, which belongs to it.
void fill_ground(QPainter& painter, double width, double height, const QColor& color);

// One quiet sentence in the middle of an area that has nothing else to show.
void paint_message(QPainter& painter, const QRectF& area, const std::string& message, const Tokens& tokens);

// One text in the colour of its role. `whole`: as one piece that can be searched and edited in a file, without tabular
// figures.
void paint_text(QPainter& painter, const PlotText& text, const Tokens& tokens, bool whole);

// Everything else, and the traces: from `traces`, or from the lines of the series where that is null; then each text is
// one piece, so that it can be searched and edited.
void paint_plot(QPainter& painter, const PlotPicture& picture, const Background& background, const std::string& message,
                const QImage& traces);

// The same around other data, which `paint_data` draws between the ground and the axes.
void paint_plot_around(QPainter& painter, const PlotPicture& picture, const Background& background,
                       const std::string& message, bool whole_texts, const std::function<void()>& paint_data);

}  // namespace cnv::desktop
