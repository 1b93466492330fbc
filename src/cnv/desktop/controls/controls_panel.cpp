#include "cnv/desktop/controls/controls_panel.hpp"

#include <QGridLayout>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr int pad = 12, pad_beside_scroll_bar = 4, between = 12, button_gap = 8, heading_height = 16, heading_gap = 8;
constexpr int two_columns_from_items = 8, two_columns_from_px = 900;

}  // namespace

ControlsPanel::ControlsPanel(QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::NoFocus);
  setMinimumWidth(180);
  connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int low, int high) { make_room_for_scroll_bar(high > low); });
}

// The scroll bar stands in the padding, so that the controls keep their width.
void ControlsPanel::make_room_for_scroll_bar(bool shown) {
  for (QVBoxLayout* part : parts_) part->setContentsMargins(pad, pad, shown ? pad_beside_scroll_bar : pad, pad);
}

void ControlsPanel::set_empty_text(const QString& text) {
  empty_text_ = text;
  viewport()->update();
}

void ControlsPanel::set_active(bool active) {
  active_ = active;
  if (widget()) widget()->setEnabled(active);
}

Control* ControlsPanel::control(const QString& id) const {
  for (const ControlsGroup& group : groups_)
    for (Control* control : group.controls)
      if (control->id() == id) return control;
  return nullptr;
}

void ControlsPanel::set_contents(std::vector<ControlsGroup> groups, std::vector<ActionButton*> actions) {
  delete takeWidget();
  groups_ = std::move(groups);
  actions_ = std::move(actions);
  for (const ControlsGroup& group : groups_)
    for (Control* control : group.controls)
      connect(control, &Control::value_changed, this,
              [this, control](const QVariant& value) { Q_EMIT value_changed(control->id(), value); });
  for (ActionButton* action : actions_) connect(action, &ActionButton::fired, this, &ControlsPanel::action_fired);
  columns_ = wanted_columns();
  rebuild();
}

int ControlsPanel::wanted_columns() const {
  int items = static_cast<int>(actions_.size());
  for (const ControlsGroup& group : groups_)
    items += static_cast<int>(std::count_if(group.controls.begin(), group.controls.end(),
                                            [](const Control* control) { return !control->full_width(); }));
  return items >= two_columns_from_items && width() >= two_columns_from_px ? 2 : 1;
}

// A part of the column with its own padding, below a line unless it is the first.
QWidget* ControlsPanel::add_part(QVBoxLayout* column, QVBoxLayout** inner) {
  if (column->count() > 0) column->addWidget(new Line(Qt::Horizontal));
  auto* part = new QWidget;
  *inner = new QVBoxLayout(part);
  (*inner)->setContentsMargins(pad, pad, pad, pad);
  (*inner)->setSpacing(0);
  parts_.push_back(*inner);
  column->addWidget(part);
  return part;
}

void ControlsPanel::add_group(QVBoxLayout* column, const ControlsGroup& group) {
  QVBoxLayout* inner = nullptr;
  add_part(column, &inner);
  if (!group.heading.isEmpty()) {
    auto* heading = new TextLabel(group.heading, &Tokens::text2, 11, 600);
    heading->setFixedHeight(heading_height);
    inner->addWidget(heading);
    inner->addSpacing(heading_gap);
  }
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(2 * pad);
  grid->setVerticalSpacing(between);
  int place = 0;
  for (Control* control : group.controls) {
    const bool wide = control->full_width();
    if (wide && place % columns_ != 0) place += columns_ - place % columns_;
    grid->addWidget(control, place / columns_, place % columns_, 1, wide ? columns_ : 1, Qt::AlignTop);
    place += wide ? columns_ : 1;
  }
  inner->addLayout(grid);
}

void ControlsPanel::rebuild() {
  parts_.clear();
  const bool empty = groups_.empty() && actions_.empty();
  setVerticalScrollBarPolicy(empty ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
  if (empty) return viewport()->update();
  int unit_width = 0;
  for (const ControlsGroup& group : groups_)
    for (Control* control : group.controls) unit_width = std::max(unit_width, control->unit_width());
  auto* content = new QWidget;
  content->setBackgroundRole(QPalette::Base);
  content->setAutoFillBackground(true);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (const ControlsGroup& group : groups_) {
    for (Control* control : group.controls) {
      control->set_unit_width(unit_width);
      control->setBackgroundRole(QPalette::Base);
    }
    add_group(column, group);
  }
  if (!actions_.empty()) {
    QVBoxLayout* inner = nullptr;
    add_part(column, &inner);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * pad);
    grid->setVerticalSpacing(button_gap);
    for (std::size_t i = 0; i < actions_.size(); ++i)
      grid->addWidget(actions_[i], static_cast<int>(i) / columns_, static_cast<int>(i) % columns_);
    inner->addLayout(grid);
  }
  column->addStretch(1);
  content->setEnabled(active_);
  setWidget(content);
  make_room_for_scroll_bar(verticalScrollBar()->maximum() > 0);
}

void ControlsPanel::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  const int wanted = wanted_columns();
  if (wanted == columns_) return;
  columns_ = wanted;
  // The controls move to the new content before the old one goes.
  QWidget* old = takeWidget();
  for (const ControlsGroup& group : groups_)
    for (Control* control : group.controls) control->setParent(this);
  for (ActionButton* action : actions_) action->setParent(this);
  delete old;
  rebuild();
  for (const ControlsGroup& group : groups_)
    for (Control* control : group.controls) control->show();
  for (ActionButton* action : actions_) action->show();
}

void ControlsPanel::paintEvent(QPaintEvent* event) {
  QScrollArea::paintEvent(event);
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), ink(&Tokens::panel));
  if (widget() || empty_text_.isEmpty()) return;
  painter.setPen(ink(&Tokens::text3));
  painter.setFont(ui_font(12));
  painter.drawText(viewport()->rect().adjusted(pad, pad, -pad, -pad), Qt::AlignCenter | Qt::TextWordWrap, empty_text_);
}

}  // namespace cnv::desktop
