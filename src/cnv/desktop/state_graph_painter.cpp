#include "cnv/desktop/state_graph_painter.hpp"

#include <QPainterPath>
#include <QPolygonF>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/draw/state_graph_svg.hpp"

namespace cnv::desktop {
namespace {

constexpr double corner = 4;

QRectF rect_of(const PlotRect& r) { return {r.x, r.y, r.width, r.height}; }
// Lines of one pixel in the middle of pixels.
QRectF frame_of(const PlotRect& r) { return rect_of(r).adjusted(0.5, 0.5, -0.5, -0.5); }

template <class Points>
QPolygonF polygon(const Points& points) {
  QPolygonF out;
  for (const auto& point : points) out.append({point.x, point.y});
  return out;
}

class GraphPainter {
 public:
  GraphPainter(QPainter& painter, const Background& background, bool whole_texts)
      : painter_(painter),
        tokens_(tokens(background.look)),
        ground_(to_qcolor(background.color)),
        whole_texts_(whole_texts) {
    painter_.setRenderHint(QPainter::Antialiasing);
  }

  void edge(const GraphEdge& edge) {
    if (edge.line.empty()) return;
    const QColor frame = to_qcolor(edge.hovered ? tokens_.text1 : tokens_.edge);
    QPainterPath line;
    line.addPolygon(polygon(edge.line));
    painter_.strokePath(line,
                        QPen(frame, edge_frame_px + (edge.hovered ? 1 : 0), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter_.strokePath(line, QPen(to_qcolor(edge.color), edge_px, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter_.setPen(QPen(frame, edge.hovered ? 2 : 1, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter_.setBrush(to_qcolor(edge.color));
    painter_.drawPolygon(polygon(edge.head));
    text(edge.value);
  }

  void node(const GraphNode& node) {
    const GraphOutline outline = outline_of(node);
    const QPen pen(to_qcolor(tokens_.*outline.color), outline.width_px);
    if (node.framed) {
      painter_.setPen(pen);
      painter_.setBrush(ground_);
      painter_.drawRoundedRect(frame_of(node.box), corner, corner);
    }
    painter_.setPen(node.framed ? QPen(to_qcolor(tokens_.edge), 1) : pen);
    painter_.setBrush(to_qcolor(node.color));
    painter_.drawEllipse(QPointF(node.disc_x, node.disc_y), node.disc_radius - 0.5, node.disc_radius - 0.5);
    if (node.track.width > 0) painter_.fillRect(rect_of(node.track), to_qcolor(tokens_.grid));
    if (node.bar.width > 0) painter_.fillRect(rect_of(node.bar), to_qcolor(tokens_.accent));
    text(node.label);
    text(node.value);
  }

  void bar(const LyingColorBar& bar) {
    QImage ramp(256, 1, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i) ramp.setPixelColor(i, 0, to_qcolor(bar.table[static_cast<std::size_t>(i)]));
    painter_.drawImage(rect_of(bar.area), ramp);
    painter_.setPen(QPen(to_qcolor(tokens_.edge), 1));
    painter_.setBrush(Qt::NoBrush);
    painter_.drawRect(frame_of(bar.area));
    for (const auto& tick : bar.ticks) painter_.drawLine(QLineF(tick.x0, tick.y0, tick.x1, tick.y1));
    for (const auto& item : bar.texts) text(item);
  }

  void tip(const GraphTip& tip) {
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(to_qcolor(tokens_.tip));
    painter_.drawRoundedRect(rect_of(tip.box), corner, corner);
    text(tip.label);
  }

  void text(const PlotText& t) { paint_text(painter_, t, tokens_, whole_texts_); }

 private:
  QPainter& painter_;
  const Tokens& tokens_;
  QColor ground_;
  bool whole_texts_;
};

}  // namespace

void paint_state_graph(QPainter& painter, const StateGraphPicture& picture, const Background& background,
                       const std::string& message, bool whole_texts) {
  fill_ground(painter, picture.width, picture.height, to_qcolor(background.color));
  GraphPainter graph(painter, background, whole_texts);
  painter.save();
  painter.setClipRect(rect_of(picture.graph));
  for (const auto& edge : picture.edges) graph.edge(edge);
  for (const auto& node : picture.nodes) graph.node(node);
  painter.restore();
  for (const auto& bar : picture.bars) graph.bar(bar);
  if (!message.empty())
    graph.text({message, picture.width / 2, picture.height / 2, TextAlign::center, 12, 400, TextRole::text3});
  if (picture.tip) graph.tip(*picture.tip);
}

StateGraphExport::StateGraphExport(const StateGraphView& shown, const SceneStore& store, Theme theme)
    : view_(std::make_shared<StateGraphView>(shown)),
      screen_(layout_on_screen(shown.picture().width, shown.picture().height)) {
  view_->leave();
  view_->update(shown.spec(), store, theme);
}

FilePicture StateGraphExport::picture(const FigureLayout& layout) const {
  view_->layout_like_last(layout.width_px, layout.height_px, QtFontMetrics());
  const auto paint = [view = view_](QPainter& painter, std::optional<double> ratio) {
    paint_state_graph(painter, view->picture(), view->background(), view->message(), !ratio);
  };
  const auto svg = [view = view_, mm_per_px = layout.mm_per_px()](std::string_view title) {
    return state_graph_svg(view->picture(), view->background().color, tokens(view->background().look), title,
                           view->message(), mm_per_px);
  };
  return {layout, paint, svg, {}};
}

}  // namespace cnv::desktop
