#include "cnv/desktop/limits_box.hpp"

#include <QApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <algorithm>

#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/draw/number_format.hpp"

namespace cnv::desktop {

LimitsBox::LimitsBox(double low, double high, const QString& unit, std::function<Result<void>(double, double)> set,
                     QWidget* parent, const LimitNames& names)
    : QFrame(parent),
      set_(std::move(set)),
      low_(new NumberField(this)),
      high_(new NumberField(this)),
      low_value_(low),
      high_value_(high) {
  setAttribute(Qt::WA_DeleteOnClose);
  setCursor(Qt::ArrowCursor);
  problem_ = new TextLabel({}, &Tokens::error, 12, 400, this);
  problem_->setWordWrap(true);
  problem_->hide();
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(12, 12, 12, 12);
  grid->setHorizontalSpacing(8);
  const int decimals = decimals_for_range(low, high);
  int row = 0;
  for (auto [field, name, value] : {std::tuple{high_, names.high, high}, std::tuple{low_, names.low, low}}) {
    field->setFixedWidth(96);
    field->set_value(value, decimals);
    field->setAccessibleName(name);
    grid->addWidget(new TextLabel(name, &Tokens::text1, 12, 400, this), row, 0);
    grid->addWidget(field, row, 1);
    grid->addWidget(new TextLabel(unit, &Tokens::text2, 12, 400, this), row, 2);
    ++row;
  }
  grid->addWidget(problem_, row++, 0, 1, 3);
  grid->addWidget(new TextLabel(tr("Enter sets, Esc closes"), &Tokens::text3, 11, 400, this), row, 0, 1, 3);
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    if (now && !isAncestorOf(now)) close();
  });
  for (auto* field : {low_, high_}) connect(field, &NumberField::rejected, this, &LimitsBox::refuse);
  connect(low_, &NumberField::committed, this, [this](double value) { commit(value, high_value_); });
  connect(high_, &NumberField::committed, this, [this](double value) { commit(low_value_, value); });
}

// From the upper to the lower field and back; leaving the box closes it.
bool LimitsBox::focusNextPrevChild(bool) {
  auto* next = high_->hasFocus() ? low_ : high_;
  next->setFocus(Qt::TabFocusReason);
  next->selectAll();
  return true;
}

void LimitsBox::refuse(const QString& typed) {
  problem_->setText(tr("“%1” is not a number").arg(typed.trimmed()));
  problem_->show();
  adjustSize();
}

void LimitsBox::commit(double low, double high) {
  low_value_ = low;
  high_value_ = high;
  const auto done = set_(low, high);
  problem_->setText(done ? QString() : to_qtext(done.error()));
  problem_->setVisible(!done);
  const int decimals = decimals_for_range(low, high);
  low_->set_value(low, decimals);
  high_->set_value(high, decimals);
  adjustSize();
}

QString LimitsBox::problem() const { return problem_->text(); }

void LimitsBox::open_at(QPoint lower_right) {
  adjustSize();
  const QPoint corner = lower_right - QPoint(width(), height());
  const QSize room = parentWidget()->size() - size();
  move(std::clamp(corner.x(), 0, std::max(0, room.width())), std::clamp(corner.y(), 0, std::max(0, room.height())));
  show();
  raise();
  high_->setFocus(Qt::OtherFocusReason);
  high_->selectAll();
}

void LimitsBox::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(ink(&Tokens::edge), 1));
  painter.setBrush(ink(&Tokens::panel));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void LimitsBox::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) close();
  else QFrame::keyPressEvent(event);
}

}  // namespace cnv::desktop
