#include "cnv/desktop/picture_file.hpp"

#include <QBuffer>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <cmath>

#include "cnv/base/numbers.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {

constexpr double mm_per_metre = 1000;
constexpr int pdf_dots_per_inch = 1200;
constexpr int box_decimals = 6;  // as Qt writes the box of a page

// A picture that is there already stays when the disk is full.
QString write_bytes(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return not_written(path, file.errorString());
  return {};
}

QString no_room(const FigureLayout& layout) {
  return QObject::tr("There is no memory for a picture of %1 × %2 pixels: take a smaller one, or fewer dots per inch.")
      .arg(layout.dots_across())
      .arg(layout.dots_down());
}

// Qt paints with at least one dot for a pixel: a coarser picture is made a whole number of times as fine, then reduced.
int times_finer(double ratio) { return ratio < 1 ? static_cast<int>(std::ceil(1 / ratio)) : 1; }

QString prepare(const FilePicture& picture, double ratio) {
  return picture.prepare ? picture.prepare(ratio * times_finer(ratio)) : QString();
}

QImage painted(const FilePicture& picture, double wanted_ratio) {
  const FigureLayout& layout = picture.layout;
  const double ratio = wanted_ratio * times_finer(wanted_ratio);
  const auto size_for = [&](double dots) {
    return QSize(static_cast<int>(std::lround(layout.width_px * dots)),
                 static_cast<int>(std::lround(layout.height_px * dots)));
  };
  QImage image(size_for(ratio), QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return image;
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  picture.paint(painter, ratio);
  painter.end();
  if (ratio > wanted_ratio)
    image = image.scaled(size_for(wanted_ratio), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  image.setDevicePixelRatio(wanted_ratio);
  image.setDotsPerMeterX(static_cast<int>(std::lround(wanted_ratio / layout.mm_per_px() * mm_per_metre)));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  return image;
}

QByteArray png(const QImage& image) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

QByteArray number_of_box(double value) { return QByteArray::fromStdString(fixed_text(value, box_decimals)); }

// Qt knows pages of whole points only. The page was made a part of a point too large at its right and upper edge; the
// box takes that away. As long as before, so that the file's table of places stays right.
void cut_page(QByteArray& pdf, QSizeF whole, QSizeF exact) {
  const auto box = [](QSizeF size) {
    return "/MediaBox [0 0 " + number_of_box(size.width()) + ' ' + number_of_box(size.height());
  };
  const QByteArray before = box(whole);
  if (const auto at = pdf.indexOf(before); at >= 0)
    pdf.replace(at, before.size(), box(exact).leftJustified(before.size()));
}

QByteArray pdf(const FilePicture& picture, const QString& title) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setTitle(title);
  writer.setCreator(QStringLiteral("CompNeuroVis"));
  writer.setResolution(pdf_dots_per_inch);
  const FigureLayout& layout = picture.layout;
  const QSizeF exact = QSizeF(layout.width_px, layout.height_px) * layout.pt_per_px;
  const QSizeF whole(std::ceil(exact.width() - 1e-6), std::ceil(exact.height() - 1e-6));
  writer.setPageSize(QPageSize(whole, QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins({});
  QPainter painter(&writer);
  painter.setRenderHint(QPainter::LosslessImageRendering);  // colours are values
  constexpr double dots_per_pt = pdf_dots_per_inch / pt_per_inch;
  painter.scale(dots_per_pt, dots_per_pt);
  painter.translate(0, whole.height() - exact.height());  // coordinates of a page grow upwards
  painter.scale(layout.pt_per_px, layout.pt_per_px);
  picture.paint(painter, std::nullopt);
  painter.end();
  cut_page(bytes, whole, exact);
  return bytes;
}

}  // namespace

QString file_name(std::string_view text) {
  QString name = to_qtext(text);
  for (auto& c : name)
    if (c == '/' || c == '\\' || c == ':' || c.unicode() < 32) c = '_';
  return name.startsWith('.') ? "_" + name : name;
}

QString not_written(const QString& path, const QString& why) {
  return QObject::tr("%1 could not be written: %2. Look at the folder and its rights.").arg(path, why);
}

QImage picture_image(const FilePicture& picture, double ratio) {
  return prepare(picture, ratio).isEmpty() ? painted(picture, ratio) : QImage();
}

QString write_picture_file(const FilePicture& picture, const QString& path, const QString& title) {
  const FigureLayout& layout = picture.layout;
  if (layout.width_px < 1 || layout.height_px < 1)
    return QObject::tr("The plot has no size yet: show its panel, then save again.");
  const QString ending = QFileInfo(path).suffix().toLower();
  if (ending == QLatin1String("svg") && picture.svg)
    return write_bytes(path, QByteArray::fromStdString(picture.svg(title.toStdString())));
  if (ending != QLatin1String("png") && ending != QLatin1String("pdf"))
    return QObject::tr("%1 names no kind of picture: let the name end in %2.")
        .arg(path, picture.svg ? QStringLiteral(".png, .svg or .pdf") : QStringLiteral(".png or .pdf"));
  if (const QString problem = prepare(picture, layout.dots_per_px()); !problem.isEmpty()) return problem;
  if (ending == QLatin1String("pdf")) return write_bytes(path, pdf(picture, title));
  const QImage image = painted(picture, layout.dots_per_px());
  return image.isNull() ? no_room(layout) : write_bytes(path, png(image));
}

}  // namespace cnv::desktop
