#include "cnv/desktop/picture_file.hpp"

#include <QBuffer>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <cmath>

#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {

constexpr double px_per_inch = 96, points_per_inch = 72, print_dots_per_inch = 300, inches_per_metre = 1 / 0.0254;
constexpr int pdf_dots_per_inch = 1200;

// A picture that is there already stays when the disk is full.
QString write_bytes(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return not_written(path, file.errorString());
  return {};
}

QByteArray png(const FilePicture& picture) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  picture_image(picture, print_dots_per_inch / px_per_inch).save(&buffer, "PNG");
  return bytes;
}

QByteArray pdf(const FilePicture& picture, const QString& title) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setTitle(title);
  writer.setCreator(QStringLiteral("CompNeuroVis"));
  writer.setResolution(pdf_dots_per_inch);
  constexpr double points_per_px = points_per_inch / px_per_inch;
  writer.setPageSize(
      QPageSize(QSizeF(picture.width, picture.height) * points_per_px, QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins({});
  QPainter painter(&writer);
  painter.setRenderHint(QPainter::LosslessImageRendering);  // colours are values
  painter.scale(pdf_dots_per_inch / px_per_inch, pdf_dots_per_inch / px_per_inch);
  picture.paint(painter, std::nullopt);
  painter.end();
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
  QImage image(static_cast<int>(std::lround(picture.width * ratio)),
               static_cast<int>(std::lround(picture.height * ratio)), QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return image;
  image.setDevicePixelRatio(ratio);
  image.setDotsPerMeterX(static_cast<int>(std::lround(ratio * px_per_inch * inches_per_metre)));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  image.fill(Qt::transparent);
  QPainter painter(&image);
  picture.paint(painter, ratio);
  return image;
}

QString write_picture_file(const FilePicture& picture, const QString& path, const QString& title) {
  if (picture.width < 1 || picture.height < 1)
    return QObject::tr("The plot has no size yet: show its panel, then save again.");
  const QString ending = QFileInfo(path).suffix().toLower();
  if (ending == QLatin1String("png")) return write_bytes(path, png(picture));
  if (ending == QLatin1String("svg"))
    return write_bytes(path, QByteArray::fromStdString(picture.svg(title.toStdString())));
  if (ending == QLatin1String("pdf")) return write_bytes(path, pdf(picture, title));
  return QObject::tr("%1 names no kind of picture: let the name end in .png, .svg or .pdf.").arg(path);
}

}  // namespace cnv::desktop
