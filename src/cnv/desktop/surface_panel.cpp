#include "cnv/desktop/surface_panel.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/surface_figure.hpp"
#include "cnv/desktop/surface_marks.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr int refine_after_ms = 250;
constexpr double handle_radius = 5;
constexpr std::int64_t page_steps = 10;

QPointF point_of(glm::vec2 p) { return {static_cast<double>(p.x), static_cast<double>(p.y)}; }

}  // namespace

SurfacePanel::SurfacePanel(SceneModel& model, ImageHost& host, std::string panel_id, std::string view_id,
                           QWidget* parent)
    : View3dPanel(model, std::move(panel_id), std::move(view_id), parent), host_(host), image_(host) {
  setAccessibleName(tr("Surface: heights in 3-D; arrow keys move its slice"));
  refine_.setSingleShot(true);
  connect(&refine_, &QTimer::timeout, this, &SurfacePanel::refresh_finely);
}

QString SurfacePanel::refresh() {
  const QString problem = draw(false);
  if (!image_.is_fine()) refine_.start(refine_after_ms);
  return problem;
}

QString SurfacePanel::refresh_finely() {
  refine_.stop();
  return draw(true);
}

QString SurfacePanel::draw(bool fine) {
  auto* view = model_.surface(view_id_);
  if (!view || width() <= 0 || height() <= 0) return {};
  look_ = view->background().look;
  setProperty("leaves_keys", view->slices().empty());
  const auto drawn = image_.draw(*view, camera(), device_size(), devicePixelRatioF(), fine);
  // A finer picture of what was shown already is nothing new.
  if ((!fine || image_.always_fine()) && image_.counters().uploaded_bytes > 0) counters_ = image_.counters();
  if (hover_ && underMouse()) hover_ = view->hover(camera(), size_vec(), vec(hover_place_));
  update();
  return drawn ? QString() : to_qtext(drawn.error());
}

std::unique_ptr<View3dFigure> SurfacePanel::take_figure(Theme theme) {
  const auto* view = model_.surface(view_id_);
  const auto* spec = model_.find_view(view_id_);
  if (!view || !spec) return nullptr;
  SurfaceView taken = view->taken();
  taken.update(std::get<SurfaceViewSpec>(*spec), model_.store(), theme);
  return std::make_unique<SurfaceFigure>(std::move(taken), host_, camera(), size_vec());
}

QPointF SurfacePanel::axes_origin() const {
  const auto* view = model_.surface(view_id_);
  return view && view->has_surface() && view->axes_style().place == AxesPlace::none ? QPointF(52, height() - 52.0)
                                                                                    : QPointF(-1000, -1000);
}

// ---- painting ----------------------------------------------------------------------------------------------------

void SurfacePanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  auto* view = model_.surface(view_id_);
  const Tokens& t = tokens(look_);
  const QColor background = view ? to_qcolor(view->background().color) : to_qcolor(t.panel);
  painter.fillRect(rect(), background);
  color_bar_area_ = {};
  if (!view) return;
  if (!view->message().empty()) return paint_message(painter, QRectF(rect()), view->message(), t);
  const Projection seen = projection(*view);
  const SurfaceAxes axes = view->axes(seen, metrics_);
  paint_surface_grid(painter, *view, axes);
  if (!image_.image().isNull()) painter.drawImage(QRectF(rect()), image_.image());
  paint_surface_axes(painter, *view, axes);
  for (const auto& slice : view->slices()) paint_surface_slice(painter, slice, seen, background);
  for (const auto& slice : view->slices()) paint_handle(painter, slice, seen, background);
  const Sight sight{camera(), size_vec(), view->background()};
  color_bar_area_ = paint_surface_bar(painter, *view, sight, hover_ ? std::optional(hover_->value) : std::nullopt);
  paint_axes_sign(painter, camera(), axes_origin(), axis_hover_.value_or(-1), look_);
  if (hover_) {
    if (const auto p = project(seen, hover_->point); p.z > 0)
      paint_ring(painter, point_of(p), 4, to_qcolor(t.text1), background);
    paint_value_tooltip(painter, rect(), hover_place_, to_qtext(hover_->place_text), to_qtext(hover_->value_text), {},
                        look_);
  }
  paint_chip(painter, chip_, look_);
}

void SurfacePanel::paint_handle(QPainter& painter, const SurfaceSlice& slice, const Projection& projection,
                                const QColor& background) {
  const auto p = project(projection, slice.handle(projection));
  if (p.z <= 0) return;
  const QPointF at = point_of(p);
  const Tokens& t = tokens(look_);
  QColor color = to_qcolor(slice.frame);
  const bool held = slice_hover_ == slice.operator_id || (grab_ && grab_->operator_id == slice.operator_id);
  painter.setPen(QPen(color, 2));
  painter.setBrush(held ? color : background);
  painter.drawEllipse(at, handle_radius, handle_radius);
  if (keyboard_focus_ && (latest_slice_.empty() || latest_slice_ == slice.operator_id)) {
    painter.setPen(QPen(to_qcolor(t.accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, handle_radius + 4, handle_radius + 4);
  }
  const QFont font = ui_font(11);
  const QString text = to_qtext(slice.label);
  QRectF box(at.x() + 12, at.y() - 10, text_width(text, font) + 14, 20);
  if (box.right() > width() - 4) box.moveRight(at.x() - 12);
  box.moveTop(std::clamp(box.y(), 4.0, std::max(4.0, height() - 24.0)));
  painter.setPen(Qt::NoPen);
  painter.setBrush(to_qcolor(t.tip));
  painter.drawRoundedRect(box, 4, 4);
  painter.setPen(to_qcolor(t.tip_text));
  draw_text(painter, box, Qt::AlignCenter, text, font);
}

// ---- pointer and keys --------------------------------------------------------------------------------------------

const SurfaceSlice* SurfacePanel::find_slice(const SurfaceView& view, std::string_view operator_id) const {
  for (const auto& slice : view.slices())
    if (slice.operator_id == operator_id) return &slice;
  return nullptr;
}

bool SurfacePanel::find_hover(QPointF place) {
  auto* view = model_.surface(view_id_);
  forget_hover();
  if (!view) return false;
  if (const auto grab = grab_slice(view->slices(), projection(*view), vec(place))) {
    slice_hover_ = grab->operator_id;
    setCursor(Qt::OpenHandCursor);
    return true;
  }
  hover_ = view->hover(camera(), size_vec(), vec(place));
  if (hover_) setCursor(Qt::CrossCursor);
  return hover_.has_value();
}

void SurfacePanel::forget_hover() {
  hover_.reset();
  slice_hover_.clear();
}

QString SurfacePanel::hover_text() const { return text_of(hover_); }

std::optional<QPointF> SurfacePanel::handle_place(const SurfaceSlice& slice) {
  auto* view = model_.surface(view_id_);
  if (!view) return std::nullopt;
  const Projection seen = projection(*view);
  const auto p = project(seen, slice.handle(seen));
  return p.z > 0 ? std::optional(point_of(p)) : std::nullopt;
}

bool SurfacePanel::take_drag(QPointF place) {
  auto* view = model_.surface(view_id_);
  grab_ = view ? grab_slice(view->slices(), projection(*view), vec(place)) : std::nullopt;
  if (!grab_) return false;
  latest_slice_ = grab_->operator_id;
  hover_.reset();
  setCursor(Qt::ClosedHandCursor);
  update();
  return true;
}

void SurfacePanel::drag_part(QPointF place) {
  auto* view = model_.surface(view_id_);
  const auto* slice = view && grab_ ? find_slice(*view, grab_->operator_id) : nullptr;
  if (!slice) return;
  const auto position = dragged_position(*grab_, *slice, projection(*view), vec(place));
  if (position && *position != stepped_position(*slice, 0)) Q_EMIT
  slice_moved(to_qtext(grab_->operator_id), *position);
}

void SurfacePanel::end_drag() {
  grab_.reset();
  update();
}

void SurfacePanel::mouseDoubleClickEvent(QMouseEvent* event) {
  auto* view = model_.surface(view_id_);
  const bool elsewhere =
      color_bar_area_.contains(event->position()) || axis_under(event->position()) || event->button() != Qt::LeftButton;
  const auto hit = view && !elsewhere ? view->hover(camera(), size_vec(), vec(event->position())) : std::nullopt;
  if (!hit) return mousePressEvent(event);
  camera().center = hit->point;
  swallow_click(event->position());
  forget_hover();
  Q_EMIT
  moved();
}

void SurfacePanel::keyPressEvent(QKeyEvent* event) {
  auto* view = model_.surface(view_id_);
  if (!view || view->slices().empty()) return QWidget::keyPressEvent(event);
  const auto* latest = find_slice(*view, latest_slice_);
  const SurfaceSlice& slice = latest ? *latest : view->slices().front();
  std::int64_t steps = 0;
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down: steps = -1; break;
    case Qt::Key_Right:
    case Qt::Key_Up: steps = 1; break;
    case Qt::Key_PageDown: steps = -page_steps; break;
    case Qt::Key_PageUp: steps = page_steps; break;
    case Qt::Key_Home: steps = -slice.count; break;
    case Qt::Key_End: steps = slice.count; break;
    default: return QWidget::keyPressEvent(event);
  }
  latest_slice_ = slice.operator_id;
  Q_EMIT
  slice_moved(to_qtext(slice.operator_id), stepped_position(slice, steps));
}

void SurfacePanel::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  keyboard_focus_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                    event->reason() == Qt::ShortcutFocusReason;
  update();
}

void SurfacePanel::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  keyboard_focus_ = false;
  update();
}

}  // namespace cnv::desktop
