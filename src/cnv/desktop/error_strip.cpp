#include "cnv/desktop/error_strip.hpp"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {

// The user's lines with the guilty one marked.
class CodeExcerpt : public QWidget {
 public:
  explicit CodeExcerpt(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }
  void set_lines(std::vector<CodeLine> lines) {
    lines_ = std::move(lines);
    updateGeometry();
    update();
  }
  QSize sizeHint() const override { return {420, lines_.empty() ? 0 : static_cast<int>(lines_.size()) * 20 + 14}; }
  QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    if (lines_.empty()) return;
    QPainter painter(this);
    painter.setPen(ink(&Tokens::sep));
    painter.setBrush(ink(&Tokens::panel));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const QFont font = mono_font(12);
    painter.setFont(font);
    double y = 7;
    for (const auto& line : lines_) {
      const QRectF row(1, y, width() - 2, 20);
      if (line.guilty) {
        painter.fillRect(row, ink(&Tokens::error_soft));
        painter.fillRect(QRectF(1, y, 2, 20), ink(&Tokens::error));
      }
      painter.setPen(ink(&Tokens::text2));
      painter.drawText(QRectF(0, y, 40, 20), Qt::AlignRight | Qt::AlignVCenter, QString::number(line.number));
      painter.setPen(ink(&Tokens::text1));
      painter.drawText(QRectF(56, y, width() - 60, 20), Qt::AlignLeft | Qt::AlignVCenter, line.text);
      y += 20;
    }
  }

 private:
  std::vector<CodeLine> lines_;
};

namespace {

TextLabel* selectable(TextLabel* label) {
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  label->setTextFormat(Qt::PlainText);
  return label;
}

}  // namespace

ErrorStrip::ErrorStrip(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(40, 14, 16, 14);
  row->setSpacing(32);
  auto* left = new QVBoxLayout;
  left->setSpacing(6);
  title_ = selectable(new TextLabel({}, &Tokens::text1, 14, 600, this));
  place_ = selectable(new TextLabel({}, &Tokens::text2, 12, 400, this));
  message_ = selectable(new TextLabel({}, &Tokens::text1, 12, 400, this));
  message_->setFont(mono_font(12));
  hint_ = selectable(new TextLabel({}, &Tokens::text1, 12, 400, this));
  for (auto* label : {title_, place_, message_, hint_}) left->addWidget(label);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  retry_ = new PushButton(tr("Try again"), this);
  retry_->set_main(true);
  copy_ = new PushButton(tr("Copy report"), this);
  copy_->set_icon(Icon::copy);
  close_ = new PushButton(tr("Close"), this);
  for (auto* button : {retry_, copy_, close_}) buttons->addWidget(button);
  buttons->addStretch(1);
  left->addSpacing(4);
  left->addLayout(buttons);
  left->addStretch(1);
  auto* right = new QVBoxLayout;
  right->setSpacing(6);
  excerpt_ = new CodeExcerpt(this);
  right->addWidget(excerpt_);
  unfold_ = new PushButton({}, this);
  unfold_->setCheckable(true);
  unfold_->set_flat(true);
  auto* unfold_row = new QHBoxLayout;
  unfold_row->addWidget(unfold_);
  unfold_row->addStretch(1);
  right->addLayout(unfold_row);
  traceback_ = new QPlainTextEdit(this);
  traceback_->setReadOnly(true);
  traceback_->setFont(mono_font(12));
  traceback_->setLineWrapMode(QPlainTextEdit::NoWrap);
  traceback_->setFixedHeight(180);
  traceback_->setAccessibleName(tr("Traceback"));
  right->addWidget(traceback_);
  right->addStretch(1);
  row->addLayout(left, 2);
  row->addLayout(right, 3);
  connect(retry_, &QAbstractButton::clicked, this, &ErrorStrip::retry_requested);
  connect(close_, &QAbstractButton::clicked, this, &QWidget::hide);
  connect(copy_, &QAbstractButton::clicked, this, [this] {
    QApplication::clipboard()->setText(
        QStringList{failure_.title, failure_.place, failure_.message, failure_.hint, {}, failure_.traceback}.join(
            '\n'));
  });
  connect(unfold_, &QAbstractButton::toggled, this, [this](bool open) { fold(!open); });
}

void ErrorStrip::show_failure(const FailureText& failure) {
  failure_ = failure;
  title_->setText(failure.title);
  setAccessibleName(failure.title);
  place_->setText(failure.place);
  place_->setVisible(!failure.place.isEmpty());
  message_->setText(failure.message);
  hint_->setText(failure.hint);
  hint_->setVisible(!failure.hint.isEmpty());
  retry_->setText(failure.retry_text);
  retry_->set_key_hint(failure.retry_hint);
  retry_->setVisible(!failure.retry_text.isEmpty());
  excerpt_->set_lines(failure.excerpt);
  excerpt_->setVisible(!failure.excerpt.empty());
  unfold_->setText(failure.frames > 0 ? tr("Traceback  %1 %2, %3 in your files")
                                            .arg(failure.frames)
                                            .arg(failure.frames == 1 ? tr("frame") : tr("frames"))
                                            .arg(failure.user_frames)
                                      : tr("Details"));
  unfold_->setVisible(!failure.traceback.isEmpty());
  traceback_->setPlainText(failure.traceback);
  unfold_->setChecked(false);
  fold(true);
  show();
}

void ErrorStrip::fold(bool folded) {
  traceback_->setVisible(!folded);
  unfold_->set_icon(folded ? Icon::chevron_right : Icon::chevron_down);
}

void ErrorStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), ink(&Tokens::panel));
  painter.fillRect(QRect(0, 0, 2, height()), ink(&Tokens::error));
  painter.fillRect(QRect(0, height() - 1, width(), 1), ink(&Tokens::sep));
  painter.setRenderHint(QPainter::Antialiasing);
  paint_icon(painter, Icon::error, QPointF(15, 16), ink(&Tokens::error));
}

}  // namespace cnv::desktop
