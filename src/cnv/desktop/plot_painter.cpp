#include "cnv/desktop/plot_painter.hpp"

#include <QFontMetricsF>
#include <cmath>

#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr double trace_px = 1.5, bold_trace_px = 2, swatch_px = 2, ring_radius = 3, tip_radius = 4;
constexpr double span_px = 1.5, dot_radius = 2, handle_radius = 3;

QRectF rect_of(const PlotRect& r) { return {r.x, r.y, r.width, r.height}; }
QLineF line_of(const PlotLine& l) { return {l.x0, l.y0, l.x1, l.y1}; }

class PlotPainter {
 public:
  PlotPainter(QPainter& painter, const PlotPicture& picture, const Background& background, bool whole_texts)
      : painter_(painter),
        picture_(picture),
        whole_texts_(whole_texts),
        tokens_(tokens(background.look)),
        background_(to_qcolor(background.color)) {
    painter_.setRenderHint(QPainter::Antialiasing);
  }

  template <class Data>
  void all(const std::string& message, Data&& paint_data) {
    ground();
    paint_data();
    axes();
    legend();
    this->message(message);
    measures();
    cursor();
  }

  void trace_image(const QImage& traces) { painter_.drawImage(QPointF(picture_.plot.x, picture_.plot.y), traces); }

  void trace_lines() {
    for (const auto& series : picture_.series) {
      painter_.setPen(series_pen(series, series.bold ? bold_trace_px : trace_px));
      painter_.setOpacity(earlier_sweep_opacity);
      for (const auto& line : series.earlier_lines) trace_line(line);
      painter_.setOpacity(1);
      for (const auto& line : series.lines) trace_line(line);
    }
  }

 private:
  void ground() {
    fill_ground(painter_, picture_.width, picture_.height, background_);
    painter_.setPen(flat(tokens_.grid));
    for (const auto& line : picture_.grid) painter_.drawLine(line_of(line));
  }

  void axes() {
    painter_.setPen(flat(tokens_.edge));
    for (const auto& line : picture_.axes) painter_.drawLine(line_of(line));
    const double bottom = picture_.plot.bottom() + 1, left = picture_.plot.x - 1;
    for (const auto& tick : picture_.x_ticks)
      painter_.drawLine(QLineF(tick.position, bottom, tick.position, bottom + tick.length));
    for (const auto& tick : picture_.y_ticks)
      painter_.drawLine(QLineF(left - tick.length, tick.position, left, tick.position));
    for (const auto& item : picture_.texts) text(item);
  }

  void legend() {
    for (const auto& item : picture_.legend) {
      const auto& series = picture_.series[item.series];
      painter_.setOpacity(series.visible ? 1.0 : disabled_opacity);
      painter_.setPen(series_pen(series, swatch_px));
      painter_.drawLine(line_of(item.swatch));
      for (const auto* part : {&item.label, &item.value, &item.unit}) text(*part);
    }
    painter_.setOpacity(1);
    if (picture_.legend_rest) text(*picture_.legend_rest);
    for (const auto& end : picture_.end_labels) {
      painter_.setPen(QPen(to_qcolor(picture_.series[end.series].color), trace_px));
      painter_.drawLine(line_of(end.lead));
      text(end.label);
    }
  }

  void message(const std::string& message) {
    if (!message.empty()) paint_message(painter_, rect_of(picture_.plot), message, tokens_);
  }

  void ring(const CursorRing& ring) {
    painter_.setPen(QPen(to_qcolor(picture_.series[ring.series].color), trace_px));
    painter_.setBrush(background_);
    painter_.drawEllipse(QPointF(ring.x, ring.y), ring_radius, ring_radius);
  }

  void measures() {
    const auto& marks = picture_.measures;
    for (const auto& handle : marks.handles) {
      painter_.setPen(flat(tokens_.accent));
      if (handle.line) painter_.drawLine(line_of(*handle.line));
    }
    painter_.setPen(QPen(to_qcolor(tokens_.text1), span_px, Qt::SolidLine, Qt::FlatCap));
    for (const auto& span : marks.spans) painter_.drawLine(line_of(span));
    for (const auto& mark : marks.rings) ring(mark);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(to_qcolor(tokens_.text1));
    for (const auto& dot : marks.dots) painter_.drawEllipse(QPointF(dot.x, dot.y), dot_radius, dot_radius);
    for (const auto& handle : marks.handles)
      box(handle.box, tokens_.accent, handle.focused ? to_qcolor(tokens_.accent) : background_, handle.label);
    for (const auto& button : marks.buttons) box(button.box, tokens_.edge, background_, button.label);
    painter_.setBrush(Qt::NoBrush);
    for (const auto& part : marks.texts) text(part);
  }

  void box(const PlotRect& area, std::uint32_t edge, const QColor& fill, const PlotText& label) {
    painter_.setPen(flat(edge));
    painter_.setBrush(fill);
    painter_.drawRoundedRect(rect_of(area).adjusted(0.5, 0.5, -0.5, -0.5), handle_radius, handle_radius);
    text(label);
  }

  void cursor() {
    if (!picture_.cursor) return;
    const auto& cursor = *picture_.cursor;
    painter_.setPen(flat(tokens_.text2));
    painter_.drawLine(line_of(cursor.line));
    for (const auto& mark : cursor.rings) ring(mark);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(to_qcolor(tokens_.tip));
    painter_.drawRoundedRect(rect_of(cursor.box), tip_radius, tip_radius);
    painter_.setBrush(Qt::NoBrush);
    text(cursor.label);
  }

  static QPen flat(std::uint32_t rgb) { return QPen(to_qcolor(rgb), 1, Qt::SolidLine, Qt::FlatCap); }

  static QPen series_pen(const PlotSeries& series, double width_px) {
    QPen pen(to_qcolor(series.color), width_px, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (series.dashed) pen.setDashPattern({6 / width_px, 3 / width_px});  // Qt counts in widths of the pen
    return pen;
  }

  void trace_line(const std::vector<PlotPoint>& line) {
    if (line.size() == 1) {  // a lone sample between gaps
      const QPen pen = painter_.pen();
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(pen.color());
      painter_.drawEllipse(QPointF(line[0].x, line[0].y), lone_dot_px, lone_dot_px);
      painter_.setBrush(Qt::NoBrush);
      painter_.setPen(pen);
      return;
    }
    QPolygonF points;
    points.reserve(static_cast<qsizetype>(line.size()));
    for (const auto& point : line) points.append({point.x, point.y});
    painter_.drawPolyline(points);
  }

  void text(const PlotText& t) { paint_text(painter_, t, tokens_, whole_texts_); }

  QPainter& painter_;
  const PlotPicture& picture_;
  bool whole_texts_;
  const Tokens& tokens_;
  QColor background_;
};

}  // namespace

void paint_message(QPainter& painter, const QRectF& area, const std::string& message, const Tokens& tokens) {
  painter.setPen(to_qcolor(tokens.text3));
  draw_text(painter, area, Qt::AlignCenter, to_qtext(message), ui_font(12));
}

void fill_ground(QPainter& painter, double width, double height, const QColor& color) {
  painter.fillRect(QRectF(0, 0, width + 1, height + 1), color);
}

void paint_text(QPainter& painter, const PlotText& t, const Tokens& tokens, bool whole) {
  if (t.text.empty()) return;
  QFont font = ui_font(t.size_px, t.weight);
  // Glyphs that a font swaps in for neighbours, as for the bracket in "(0.5)", are no letters to a reader of the file.
  if (whole) font.setStyleStrategy(QFont::PreferNoShaping);
  const QString content = to_qtext(t.text);
  double x = t.x;
  if (t.align != TextAlign::left)
    x -= (whole && !has_symbols(content) ? QFontMetricsF(font).horizontalAdvance(content) : text_width(content, font)) *
         (t.align == TextAlign::center ? 0.5 : 1.0);
  const std::uint32_t colors[] = {tokens.text1, tokens.text2, tokens.text3, tokens.tip_text, tokens.on_accent};
  painter.setPen(to_qcolor(colors[static_cast<int>(t.role)]));
  if (!whole || has_symbols(content)) return draw_text(painter, QPointF(x, t.baseline), content, font);
  painter.setFont(font);
  painter.drawText(QPointF(x, t.baseline), content);
}

QImage stroke_traces(LinePlotView& view, double ratio, QImage traces) {
  const auto& plot = view.picture().plot;
  const QSize size(static_cast<int>(std::lround(plot.width * ratio)),
                   static_cast<int>(std::lround(plot.height * ratio)));
  if (size.isEmpty()) return {};
  if (traces.size() != size) traces = QImage(size, QImage::Format_ARGB32_Premultiplied);
  traces.setDevicePixelRatio(ratio);
  traces.fill(Qt::transparent);
  PixelBuffer target{reinterpret_cast<std::uint32_t*>(traces.bits()), size.width(), size.height(),
                     static_cast<int>(traces.bytesPerLine() / 4)};
  view.stroke(target, ratio);
  return traces;
}

void paint_plot(QPainter& painter, const PlotPicture& picture, const Background& background, const std::string& message,
                const QImage& traces) {
  PlotPainter plot(painter, picture, background, traces.isNull());
  plot.all(message, [&] { traces.isNull() ? plot.trace_lines() : plot.trace_image(traces); });
}

void paint_plot_around(QPainter& painter, const PlotPicture& picture, const Background& background,
                       const std::string& message, bool whole_texts, const std::function<void()>& paint_data) {
  PlotPainter(painter, picture, background, whole_texts).all(message, paint_data);
}

}  // namespace cnv::desktop
