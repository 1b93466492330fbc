// Pictures as files: PNG, SVG and PDF of whatever can paint itself. Used by the exports of all views and by the box for
// figures. GUI thread.
#pragma once

#include <QImage>
#include <QPainter>
#include <QString>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cnv/base/figure_size.hpp"

namespace cnv::desktop {

struct FilePicture {
  FigureLayout layout;  // on the screen or on paper
  // To an image of so many device pixels per pixel; none: to a vector file, with each text as one piece.
  std::function<void(QPainter& painter, std::optional<double> device_pixels_per_px)> paint;
  // The whole document; null: there is no SVG of it.
  std::function<std::string(std::string_view title)> svg;
  // Comes before paint(), where a part is drawn as pixels first; to a vector file with those of `layout`. An empty
  // text, or why it cannot be drawn. Null: nothing to do.
  std::function<QString(double device_pixels_per_px)> prepare;
};

// Margins that line a view up with its neighbours in the window hold in its size there; of another size it stands
// alone.
inline bool is_size_of(const FigureLayout& layout, const FigureLayout& screen) {
  constexpr double slack_px = 1e-6;
  return std::abs(layout.width_px - screen.width_px) < slack_px &&
         std::abs(layout.height_px - screen.height_px) < slack_px;
}

// A flat view as it was at one moment, at the size of its panel or any other.
struct FlatExport {
  FigureLayout screen;
  std::function<FilePicture(const FigureLayout& layout)> picture;
};

// A name for a file from a title or an id, which may hold what a file name may not.
QString file_name(std::string_view text);
// Null where the picture cannot be prepared, or there is no memory for so many pixels.
QImage picture_image(const FilePicture& picture, double device_pixels_per_px);
// By the name's ending: .png, .svg, .pdf; of the layout's size on paper, a PNG with its dots per inch. Wholly written
// or not at all. An empty text, or what could not be written and what to do.
QString write_picture_file(const FilePicture& picture, const QString& path, const QString& title);
QString not_written(const QString& path, const QString& why);

}  // namespace cnv::desktop
