// Pictures as files: PNG, SVG and PDF of whatever can paint itself. Used by the exports of plots and state graphs. GUI
// thread.
#pragma once

#include <QImage>
#include <QPainter>
#include <QString>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cnv::desktop {

struct FilePicture {
  double width = 0, height = 0;  // logical pixels
  // To an image of so many device pixels per pixel; none: to a vector file, with each text as one piece.
  std::function<void(QPainter& painter, std::optional<double> device_pixels_per_px)> paint;
  // The whole document.
  std::function<std::string(std::string_view title)> svg;
};

// A name for a file from a title or an id, which may hold what a file name may not.
QString file_name(std::string_view text);
QImage picture_image(const FilePicture& picture, double device_pixels_per_px);
// By the name's ending: .png (300 dots per inch), .svg, .pdf. Wholly written or not at all. An empty text, or what
// could not be written and what to do.
QString write_picture_file(const FilePicture& picture, const QString& path, const QString& title);
QString not_written(const QString& path, const QString& why);

}  // namespace cnv::desktop
