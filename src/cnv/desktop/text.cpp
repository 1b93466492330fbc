#include "cnv/desktop/text.hpp"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QHash>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "cnv/draw/text_runs.hpp"

namespace cnv::desktop {
namespace {

QString ui_family() {
  const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
  static const std::array generic = {
      "", "Sans", "Sans Serif", "sans-serif", "DejaVu Sans", "Helvetica", "Bitstream Vera Sans"};
  const bool is_generic = std::any_of(generic.begin(), generic.end(), [&](const char* name) {
    return system.compare(QLatin1String(name), Qt::CaseInsensitive) == 0;
  });
  const QString inter = QStringLiteral("Inter");
  return is_generic && QFontDatabase::hasFamily(inter) ? inter : system;
}

QString mono_family() { return QFontDatabase::systemFont(QFontDatabase::FixedFont).family(); }

bool is_figure(QChar c) { return c >= u'0' && c <= u'9'; }

// Width of the widest figure; 0 when the font's figures are tabular already.
double figure_cell(const QFontMetricsF& metrics) {
  double widest = 0, narrowest = 1e9;
  for (char16_t c = u'0'; c <= u'9'; ++c) {
    const double width = metrics.horizontalAdvance(QChar(c));
    widest = std::max(widest, width);
    narrowest = std::min(narrowest, width);
  }
  return widest - narrowest < 0.01 ? 0 : widest;
}

// Widths of one font. To shape a text takes longer than to paint it, and the same few pieces come again with each
// picture.
class FontWidths {
 public:
  explicit FontWidths(const QFont& font) : font_(font), metrics_(font), cell_(figure_cell(metrics_)) {}
  const QFont& font() const { return font_; }
  double cell() const { return cell_; }
  double of(const QString& piece) {
    if (const auto known = known_.constFind(piece); known != known_.cend()) return *known;
    if (known_.size() >= most_known) known_.clear();
    return *known_.insert(piece, metrics_.horizontalAdvance(piece));
  }

 private:
  static constexpr qsizetype most_known = 2000;
  QFont font_;
  QFontMetricsF metrics_;
  double cell_;
  QHash<QString, double> known_;
};

FontWidths& widths_of(const QFont& font) {
  constexpr std::size_t most_fonts = 32;
  static std::vector<std::unique_ptr<FontWidths>> fonts;
  const auto found =
      std::find_if(fonts.begin(), fonts.end(), [&](const auto& widths) { return widths->font() == font; });
  if (found != fonts.end()) return **found;
  if (fonts.size() >= most_fonts) fonts.clear();
  return *fonts.emplace_back(std::make_unique<FontWidths>(font));
}

// Calls piece(text, x) for runs without figures and for each figure; returns the total advance.
template <class F>
double lay_out(const QString& text, FontWidths& widths, F piece) {
  const double cell = widths.cell();
  const bool has_figures = std::any_of(text.begin(), text.end(), is_figure);
  if (cell == 0 || !has_figures) {
    piece(text, 0.0);
    return widths.of(text);
  }
  double x = 0;
  for (qsizetype i = 0; i < text.size();) {
    qsizetype end = i + 1;
    if (is_figure(text[i])) {
      const QString figure = text.mid(i, 1);
      piece(figure, x + (cell - widths.of(figure)) / 2);
      x += cell;
    } else {
      while (end < text.size() && !is_figure(text[end])) ++end;
      const QString run = text.mid(i, end - i);
      piece(run, x);
      x += widths.of(run);
    }
    i = end;
  }
  return x;
}

}  // namespace

QFont ui_font(double size_px, int weight) {
  static const QString family = ui_family();
  QFont font(family);
  font.setPixelSize(static_cast<int>(size_px + 0.5));
  font.setWeight(static_cast<QFont::Weight>(weight));
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

QFont mono_font(double size_px) {
  static const QString family = mono_family();
  QFont font(family);
  font.setPixelSize(static_cast<int>(size_px + 0.5));
  font.setStyleHint(QFont::Monospace);
  return font;
}

namespace {
// Calls run(text, font, x, rise) for each part of a text with symbols; returns the total advance.
template <class F>
double lay_out_symbols(const QString& text, const QFont& font, F run) {
  QFont script = font;
  script.setPixelSize(std::max(1, static_cast<int>(std::lround(font.pixelSize() * script_size))));
  double x = 0;
  for (const TextRun& part : text_runs(text.toStdString())) {
    const QString shown = to_qtext(part.text);
    const QFont& used = part.level == 0 ? font : script;
    run(shown, used, x, part.level * script_shift * font.pixelSize());
    x += lay_out(shown, widths_of(used), [](const QString&, double) {});
  }
  return x;
}
}  // namespace

bool has_symbols(const QString& text) { return text.contains(u'$'); }

double text_width(const QString& text, const QFont& font) {
  if (has_symbols(text)) return lay_out_symbols(text, font, [](const QString&, const QFont&, double, double) {});
  return lay_out(text, widths_of(font), [](const QString&, double) {});
}

void draw_text(QPainter& painter, QPointF baseline, const QString& text, const QFont& font) {
  const auto draw_plain = [&](const QString& plain, const QFont& used, QPointF from) {
    painter.setFont(used);
    lay_out(plain, widths_of(used),
            [&](const QString& piece, double x) { painter.drawText(from + QPointF(x, 0), piece); });
  };
  if (!has_symbols(text)) return draw_plain(text, font, baseline);
  lay_out_symbols(text, font, [&](const QString& part, const QFont& used, double x, double rise) {
    draw_plain(part, used, baseline + QPointF(x, -rise));
  });
  painter.setFont(font);
}

void draw_text(QPainter& painter, const QRectF& area, Qt::Alignment alignment, const QString& text, const QFont& font) {
  const double width = text_width(text, font);
  double x = area.left();
  if (alignment & Qt::AlignRight) x = area.right() - width;
  if (alignment & Qt::AlignHCenter) x = area.center().x() - width / 2;
  const double baseline = area.center().y() + QFontMetricsF(font).capHeight() / 2;
  draw_text(painter, QPointF(x, std::round(baseline)), text, font);
}

double QtFontMetrics::text_width(std::string_view utf8, double size_px, int weight) const {
  return desktop::text_width(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())),
                             ui_font(size_px, weight));
}
double QtFontMetrics::ascent(double size_px) const { return QFontMetricsF(ui_font(size_px)).ascent(); }
double QtFontMetrics::descent(double size_px) const { return QFontMetricsF(ui_font(size_px)).descent(); }

}  // namespace cnv::desktop
