#include "cnv/desktop/plot_export.hpp"

#include <QBuffer>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <cmath>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/draw/plot_svg.hpp"

namespace cnv::desktop {
namespace {

constexpr double px_per_inch = 96, points_per_inch = 72, print_dots_per_inch = 300, inches_per_metre = 1 / 0.0254;
constexpr int pdf_dots_per_inch = 1200;

QString not_written(const QString& path, const QString& why) { return QObject::tr("%1 could not be written: %2. Look at the folder and its rights.").arg(path, why); }

// Wholly written or not at all: a picture that is there already stays when the disk is full.
QString write_bytes(const QString& path, const QByteArray& bytes) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) return not_written(path, file.errorString());
  return {};
}

}  // namespace

QString file_name(std::string_view text) {
  QString name = to_qtext(text);
  for (auto& c : name)
    if (c == '/' || c == '\\' || c == ':' || c.unicode() < 32) c = '_';
  return name.startsWith('.') ? "_" + name : name;
}

PlotExport::PlotExport(const SceneModel& model, const LinePlotView& shown, Theme theme) {
  ViewState view_state = model.view_state();
  view_state.cursor.reset();
  view_.update(shown.spec(), model.store(), view_state, theme);
  view_.show_like(shown);
  view_.layout(shown.picture().width, shown.picture().height, QtFontMetrics());
  if (!shown.spec().trim_to_rolling_window) return;
  LinePlotViewSpec spec = shown.spec();
  spec.trim_to_rolling_window = false;
  untrimmed_ = std::make_unique<LinePlotView>();
  untrimmed_->update(spec, model.store(), view_state, theme);
}

QImage PlotExport::image(double ratio) {
  const auto& picture = view_.picture();
  QImage image(static_cast<int>(std::lround(picture.width * ratio)), static_cast<int>(std::lround(picture.height * ratio)), QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return image;
  image.setDevicePixelRatio(ratio);
  image.setDotsPerMeterX(static_cast<int>(std::lround(ratio * px_per_inch * inches_per_metre)));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  image.fill(Qt::transparent);
  QPainter painter(&image);
  paint_plot(painter, picture, view_.background(), view_.message(), stroke_traces(view_, ratio));
  return image;
}

QString PlotExport::write_picture(const QString& path, const QString& title) {
  if (view_.picture().width < 1 || view_.picture().height < 1) return QObject::tr("The plot has no size yet: show its panel, then save again.");
  const QString ending = QFileInfo(path).suffix().toLower();
  if (ending == QLatin1String("png")) return write_png(path);
  if (ending == QLatin1String("svg")) return write_svg(path, title);
  if (ending == QLatin1String("pdf")) return write_pdf(path, title);
  return QObject::tr("%1 names no kind of picture: let the name end in .png, .svg or .pdf.").arg(path);
}

QString PlotExport::write_png(const QString& path) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image(print_dots_per_inch / px_per_inch).save(&buffer, "PNG");
  return write_bytes(path, bytes);
}

QString PlotExport::write_svg(const QString& path, const QString& title) const {
  const auto& background = view_.background();
  return write_bytes(path, QByteArray::fromStdString(plot_svg(view_.vector_picture(), background.color, tokens(background.look), title.toStdString(), view_.message())));
}

QString PlotExport::write_pdf(const QString& path, const QString& title) {
  const auto& picture = view_.picture();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter pdf(&buffer);
  pdf.setTitle(title);
  pdf.setCreator(QStringLiteral("CompNeuroVis"));
  pdf.setResolution(pdf_dots_per_inch);
  constexpr double points_per_px = points_per_inch / px_per_inch;
  pdf.setPageSize(QPageSize(QSizeF(picture.width, picture.height) * points_per_px, QPageSize::Point, {}, QPageSize::ExactMatch));
  pdf.setPageMargins({});
  QPainter painter(&pdf);
  painter.scale(pdf_dots_per_inch / px_per_inch, pdf_dots_per_inch / px_per_inch);
  paint_plot(painter, view_.vector_picture(), view_.background(), view_.message(), QImage());
  painter.end();
  return write_bytes(path, bytes);
}

QString PlotExport::write_table(const QString& path, CsvPart part) const {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return not_written(path, file.errorString());
  bool written = true;
  write_csv(part == CsvPart::stored && untrimmed_ ? *untrimmed_ : view_, part, [&](std::string_view text) { written = written && file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()); });
  return written && file.commit() ? QString() : not_written(path, file.errorString());
}

}  // namespace cnv::desktop
