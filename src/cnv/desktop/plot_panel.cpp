#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/text.hpp"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr double click_slack_px = 4;
QRectF rect_of(const PlotRect& r) { return {r.x, r.y, r.width, r.height}; }
QLineF line_of(const PlotLine& l) { return {l.x0, l.y0, l.x1, l.y1}; }

}  // namespace

PlotPanel::PlotPanel(SceneModel& model, std::string view_id, QWidget* parent) : QWidget(parent), model_(model), view_id_(std::move(view_id)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::ClickFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setProperty("own_focus_sign", true);
  setAccessibleName(tr("Line plot"));
}

bool PlotPanel::following() const {
  const auto* view = model_.line_plot(view_id_);
  return !view || view->following();
}

void PlotPanel::go_live() {
  if (auto* view = model_.line_plot(view_id_)) view->go_live();
  Q_EMIT moved();
}

void PlotPanel::refresh() {
  auto* view = model_.line_plot(view_id_);
  if (!view || width() <= 0 || height() <= 0) return;
  const auto& picture = view->layout(width(), height(), metrics_);
  const double ratio = devicePixelRatioF();
  const QSize size(static_cast<int>(std::lround(picture.plot.width * ratio)), static_cast<int>(std::lround(picture.plot.height * ratio)));
  if (size.isEmpty()) {
    traces_ = QImage();
  } else {
    if (traces_.size() != size) traces_ = QImage(size, QImage::Format_ARGB32_Premultiplied);
    traces_.fill(Qt::transparent);
    PixelBuffer target{reinterpret_cast<std::uint32_t*>(traces_.bits()), size.width(), size.height(), static_cast<int>(traces_.bytesPerLine() / 4)};
    view->stroke(target, ratio);
    traces_.setDevicePixelRatio(ratio);
  }
  update();
}

void PlotPanel::paint_text(QPainter& painter, const PlotText& t, const Tokens& tokens) const {
  const QFont font = ui_font(t.size_px, t.weight);
  const QString content = to_qtext(t.text);
  double x = t.x;
  if (t.align != TextAlign::left) x -= text_width(content, font) * (t.align == TextAlign::center ? 0.5 : 1.0);
  const std::uint32_t colors[] = {tokens.text1, tokens.text2, tokens.text3, tokens.tip_text};
  painter.setPen(to_qcolor(colors[static_cast<int>(t.role)]));
  draw_text(painter, QPointF(x, t.baseline), content, font);
}

void PlotPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const auto* view = model_.line_plot(view_id_);
  if (!view) {
    painter.fillRect(rect(), ink(&Tokens::panel));
    return;
  }
  const Tokens& t = tokens(view->background().look);
  const QColor background = to_qcolor(view->background().color);
  painter.fillRect(rect(), background);
  const auto& picture = view->picture();
  const auto crisp = [](const PlotLine& l) {
    QLineF line = line_of(l);
    return line.translated(0.5, 0.5);
  };
  painter.setPen(QPen(to_qcolor(t.grid), 1));
  for (const auto& line : picture.grid) painter.drawLine(crisp(line));
  if (!traces_.isNull()) painter.drawImage(QPointF(picture.plot.x, picture.plot.y), traces_);
  painter.setPen(QPen(to_qcolor(t.edge), 1));
  for (const auto& line : picture.axes) painter.drawLine(crisp(line));
  for (const auto& tick : picture.x_ticks) painter.drawLine(crisp({tick.position, picture.plot.bottom(), tick.position, picture.plot.bottom() + tick.length}));
  for (const auto& tick : picture.y_ticks) painter.drawLine(crisp({picture.plot.x - tick.length, tick.position, picture.plot.x, tick.position}));
  painter.setRenderHint(QPainter::Antialiasing);
  for (const auto& item : picture.texts) paint_text(painter, item, t);
  paint_legend(painter, picture, t);
  if (!view->message().empty()) {
    painter.setPen(to_qcolor(t.text3));
    draw_text(painter, rect_of(picture.plot), Qt::AlignCenter, to_qtext(view->message()), ui_font(12));
  }
  paint_cursor(painter, picture, t, background);
}

void PlotPanel::paint_legend(QPainter& painter, const PlotPicture& picture, const Tokens& t) const {
  for (const auto& item : picture.legend) {
    const auto& series = picture.series[item.series];
    painter.setOpacity(series.visible ? 1.0 : disabled_opacity);
    QPen pen(to_qcolor(series.color), 2);
    pen.setCapStyle(Qt::FlatCap);
    if (series.dashed) pen.setDashPattern({3, 1.5});
    painter.setPen(pen);
    painter.drawLine(line_of(item.swatch));
    for (const auto* part : {&item.label, &item.value, &item.unit}) paint_text(painter, *part, t);
  }
  painter.setOpacity(1);
  if (picture.legend_rest) paint_text(painter, *picture.legend_rest, t);
}

void PlotPanel::paint_cursor(QPainter& painter, const PlotPicture& picture, const Tokens& t, const QColor& background) const {
  if (!picture.cursor) return;
  const auto& cursor = *picture.cursor;
  painter.setPen(QPen(to_qcolor(t.text2), 1));
  painter.drawLine(line_of(cursor.line));
  for (const auto& ring : cursor.rings) {
    painter.setPen(QPen(to_qcolor(picture.series[ring.series].color), 1.5));
    painter.setBrush(background);
    painter.drawEllipse(QPointF(ring.x, ring.y), 3, 3);
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(to_qcolor(t.tip));
  painter.drawRoundedRect(rect_of(cursor.box), 4, 4);
  paint_text(painter, cursor.label, t);
}

// ---- gestures -----------------------------------------------------------------------------------------------------------

void PlotPanel::resizeEvent(QResizeEvent*) { Q_EMIT moved(); }

void PlotPanel::mousePressEvent(QMouseEvent* event) {
  press_place_ = last_place_ = event->position();
  pressed_ = true;
  dragged_ = false;
}

void PlotPanel::mouseMoveEvent(QMouseEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view) return;
  if (!pressed_) {
    Q_EMIT cursor_moved(view->cursor_at(event->position().x(), event->position().y()));
    return;
  }
  if (!dragged_ && (event->position() - press_place_).manhattanLength() <= click_slack_px) return;
  dragged_ = true;
  const QPointF delta = event->position() - last_place_;
  last_place_ = event->position();
  if (event->buttons() & Qt::RightButton)
    view->zoom_at(press_place_.x(), press_place_.y(), std::exp(delta.x() / 120), std::exp(-delta.y() / 120));
  else view->pan(delta.x(), delta.y());
  Q_EMIT moved();
}

void PlotPanel::mouseReleaseEvent(QMouseEvent* event) {
  pressed_ = false;
  auto* view = model_.line_plot(view_id_);
  if (dragged_ || !view) return;
  const int row = view->picture().legend_at(event->position().x(), event->position().y());
  if (row < 0) return;
  view->toggle_series(view->picture().legend[static_cast<std::size_t>(row)].series);
  Q_EMIT moved();
}

void PlotPanel::mouseDoubleClickEvent(QMouseEvent*) {
  if (auto* view = model_.line_plot(view_id_)) view->show_all();
  Q_EMIT moved();
}

void PlotPanel::wheelEvent(QWheelEvent* event) {
  auto* view = model_.line_plot(view_id_);
  if (!view) return;
  const double factor = std::pow(1.1, event->angleDelta().y() / 120.0);
  const bool y_only = event->modifiers() & Qt::ShiftModifier;
  const bool both = event->modifiers() & Qt::ControlModifier;
  view->zoom_at(event->position().x(), event->position().y(), y_only ? 1 : factor, y_only || both ? factor : 1);
  event->accept();
  Q_EMIT moved();
}

void PlotPanel::leaveEvent(QEvent*) { Q_EMIT cursor_moved(std::nullopt); }

}  // namespace cnv::desktop
