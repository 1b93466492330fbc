#include "cnv/desktop/status_line.hpp"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>

#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {

StatusLine::StatusLine(QWidget* parent, Clock* clock) : QWidget(parent), clock_(clock ? clock : &steady_) {
  setFixedHeight(24);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 12, 0);
  row->setSpacing(20);
  text_ = new TextLabel({}, &Tokens::text2, 11, 400, this);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  text_->setAccessibleName(tr("Status"));
  row->addWidget(text_, 1);
  fps_ = new NumberLabel("000 pictures/s", 11, 400, &Tokens::text2, this);
  delay_ = new NumberLabel("delay 0000 ms", 11, 400, &Tokens::text2, this);
  merged_ = new NumberLabel("000000 skipped", 11, 400, &Tokens::text2, this);
  figures_ = new QWidget(this);
  figures_->setObjectName(QStringLiteral("figures"));
  auto* figures = new QHBoxLayout(figures_);
  figures->setContentsMargins(0, 0, 0, 0);
  figures->setSpacing(20);
  for (auto* label : {fps_, delay_, merged_}) figures->addWidget(label);
  figures_->setToolTip(tr("Figures of this window: a click shows all (diagnostics)"));
  figures_->setAccessibleName(tr("Figures"));
  figures_->setCursor(Qt::PointingHandCursor);
  figures_->installEventFilter(this);
  row->addWidget(figures_);
  wake_.setSingleShot(true);
  connect(&wake_, &QTimer::timeout, this, &StatusLine::expire);
  set_figures(std::nullopt, std::nullopt, 0);
}

bool StatusLine::eventFilter(QObject* watched, QEvent* event) {
  if (watched == figures_ && event->type() == QEvent::MouseButtonRelease &&
      static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) {
    Q_EMIT
    figures_clicked();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

QString StatusLine::message() const { return text_->text(); }

void StatusLine::show_text(const QString& text) {
  text_->setText(text.section('\n', 0, 0));
  text_->setToolTip(text.contains('\n') || text.size() > 120 ? text : QString());
}

void StatusLine::show_message(const QString& text, int timeout_ms) {
  is_error_ = false;
  text_->set_token(&Tokens::text2);
  show_text(text);
  ends_s_.reset();
  wake_.stop();
  if (timeout_ms <= 0 || text.isEmpty()) return;
  ends_s_ = clock_->now_s() + timeout_ms * 1e-3;
  wake_.start(timeout_ms);
}

void StatusLine::show_error(const QString& text) {
  show_message(QStringLiteral("⚠ ") + text, 0);
  is_error_ = true;
  text_->set_token(&Tokens::error);
}

void StatusLine::clear_error() {
  if (is_error_) show_message({}, 0);
}

void StatusLine::expire() {
  if (!ends_s_) return;
  // Timers may fire a little early.
  if (const double left_s = *ends_s_ - clock_->now_s(); left_s > 1e-3)
    return wake_.start(static_cast<int>(left_s * 1e3) + 1);
  show_message({}, 0);
}

void StatusLine::set_figures(std::optional<double> pictures_per_s, std::optional<double> delay_ms, qulonglong merged) {
  fps_->set_text((pictures_per_s ? QString::number(*pictures_per_s, 'f', 0) : QStringLiteral("–")) + tr(" pictures/s"));
  delay_->set_text(tr("delay ") + (delay_ms ? QString::number(*delay_ms, 'f', 0) + tr(" ms") : QStringLiteral("–")));
  // Pictures that nobody misses are not worth a word.
  merged_->set_text(merged > 0 ? QString::number(merged) + tr(" skipped") : QString());
}

void StatusLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), ink(&Tokens::window));
  painter.fillRect(QRect(0, 0, width(), 1), ink(&Tokens::sep));
}

}  // namespace cnv::desktop
