#include "cnv/desktop/controls/controls_panel.hpp"

#include <QApplication>
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
constexpr int least_width = 188;  // of an XY pad with padding and scroll bar

template <class T>
bool contains(const std::vector<T*>& list, const T* item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

ControlsPanel::ControlsPanel(QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::NoFocus);
  setMinimumWidth(least_width);
  connect(verticalScrollBar(), &QScrollBar::rangeChanged, this,
          [this](int low, int high) { make_room_for_scroll_bar(high > low); });
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

std::vector<Control*> ControlsPanel::controls() const {
  std::vector<Control*> out;
  for (const ControlsGroup& group : groups_) out.insert(out.end(), group.controls.begin(), group.controls.end());
  return out;
}

Control* ControlsPanel::control(const QString& id) const {
  const auto all = controls();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Control* control) { return control->id() == id; });
  return found == all.end() ? nullptr : *found;
}

ActionButton* ControlsPanel::action(const QString& id) const {
  const auto found =
      std::find_if(actions_.begin(), actions_.end(), [&](const ActionButton* button) { return button->id() == id; });
  return found == actions_.end() ? nullptr : *found;
}

void ControlsPanel::set_contents(std::vector<ControlsGroup> groups, std::vector<ActionButton*> actions) {
  const FocusPlace focus = focus_place();
  const auto old_controls = controls();
  const auto old_actions = std::exchange(actions_, std::move(actions));
  groups_ = std::move(groups);
  const auto new_controls = controls();
  for (Control* old : old_controls)
    if (!contains(new_controls, old)) delete old;
  for (ActionButton* old : old_actions)
    if (!contains(actions_, old)) delete old;
  for (Control* control : new_controls) {
    if (contains(old_controls, control)) continue;
    connect(control, &Control::value_changed, this, [this, control](const QVariant& value) {
      Q_EMIT
      value_changed(control->id(), value);
    });
    connect(control, &Control::remarked, this, &ControlsPanel::remarked);
    connect(control, &Control::outgrown, this, &ControlsPanel::align_fields);
  }
  for (ActionButton* action : actions_)
    if (!contains(old_actions, action)) connect(action, &ActionButton::fired, this, &ControlsPanel::action_fired);
  columns_ = wanted_columns();
  rebuild();
  for (Control* control : new_controls) control->show();
  for (ActionButton* action : actions_) action->show();
  restore_focus(focus);
}

int ControlsPanel::wanted_columns() const {
  const auto all = controls();
  const auto narrow =
      std::count_if(all.begin(), all.end(), [](const Control* control) { return !control->full_width(); });
  return narrow + static_cast<std::ptrdiff_t>(actions_.size()) >= two_columns_from_items &&
                 width() >= two_columns_from_px
             ? 2
             : 1;
}

// A part of the column with its own padding, below a line unless it is the first.
QVBoxLayout* ControlsPanel::add_part() {
  auto* column = static_cast<QVBoxLayout*>(widget()->layout());
  if (!parts_.empty()) {
    decorations_.push_back(new Line(Qt::Horizontal, widget()));
    column->addWidget(decorations_.back());
  }
  auto* part = new QVBoxLayout;
  part->setContentsMargins(pad, pad, pad, pad);
  part->setSpacing(0);
  parts_.push_back(part);
  column->addLayout(part);
  return part;
}

QGridLayout* ControlsPanel::add_grid(QVBoxLayout* part, int vertical_spacing) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(2 * pad);
  grid->setVerticalSpacing(vertical_spacing);
  for (int column = 0; column < columns_; ++column) grid->setColumnStretch(column, 1);
  part->addLayout(grid);
  return grid;
}

void ControlsPanel::add_group(const ControlsGroup& group) {
  QVBoxLayout* part = add_part();
  if (!group.heading.isEmpty()) {
    auto* heading = new TextLabel(group.heading, &Tokens::text2, 11, 600, widget());
    heading->setFixedHeight(heading_height);
    heading->set_elided(true);
    decorations_.push_back(heading);
    part->addWidget(heading);
    part->addSpacing(heading_gap);
  }
  QGridLayout* grid = add_grid(part, between);
  int place = 0;
  for (Control* control : group.controls) {
    const bool wide = control->full_width();
    if (wide && place % columns_ != 0) place += columns_ - place % columns_;
    grid->addWidget(control, place / columns_, place % columns_, 1, wide ? columns_ : 1, Qt::AlignTop);
    place += wide ? columns_ : 1;
  }
}

void ControlsPanel::add_actions() {
  QGridLayout* grid = add_grid(add_part(), button_gap);
  for (std::size_t i = 0; i < actions_.size(); ++i)
    grid->addWidget(actions_[i], static_cast<int>(i) / columns_, static_cast<int>(i) % columns_);
}

// Controls and buttons stay children of the same widget: only layouts, lines and headings are made anew.
void ControlsPanel::rebuild() {
  parts_.clear();
  for (QWidget* decoration : decorations_) delete decoration;
  decorations_.clear();
  const bool empty = groups_.empty() && actions_.empty();
  setVerticalScrollBarPolicy(empty ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
  if (empty) {
    delete takeWidget();
    return viewport()->update();
  }
  if (!widget()) {
    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    setWidget(content);
  }
  delete widget()->layout();
  auto* column = new QVBoxLayout(widget());
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  int unit_width = 0;
  for (Control* control : controls()) unit_width = std::max(unit_width, control->unit_width());
  for (Control* control : controls()) {
    control->set_unit_width(unit_width);
    control->setBackgroundRole(QPalette::Base);
  }
  align_fields();
  for (const ControlsGroup& group : groups_) add_group(group);
  if (!actions_.empty()) add_actions();
  column->addStretch(1);
  widget()->setEnabled(active_);
  set_tab_order();
  make_room_for_scroll_bar(verticalScrollBar()->maximum() > 0);
}

void ControlsPanel::align_fields() {
  int field_width = 0;
  for (const Control* control : controls()) field_width = std::max(field_width, control->field_width());
  for (Control* control : controls()) control->set_field_width(field_width);
  place_labels();
}

void ControlsPanel::set_tab_order() {
  QWidget* last = nullptr;
  const auto follow = [&last](QWidget* next) {
    if (last) setTabOrder(last, next);
    last = next;
  };
  for (Control* control : controls())
    for (QWidget* stop : control->tab_stops()) follow(stop);
  for (ActionButton* action : actions_) follow(action);
}

ControlsPanel::FocusPlace ControlsPanel::focus_place() const {
  const QWidget* focus = QApplication::focusWidget();
  for (const Control* control : controls()) {
    const auto stops = control->tab_stops();
    for (std::size_t i = 0; i < stops.size(); ++i)
      if (stops[i] == focus) return {control->id(), i};
  }
  return {};
}

// For a control that was made anew, so that the keyboard stays where the person is.
void ControlsPanel::restore_focus(const FocusPlace& place) {
  Control* present = control(place.id);
  if (!present || present->isAncestorOf(QApplication::focusWidget())) return;
  const auto stops = present->tab_stops();
  if (place.stop < stops.size()) stops[place.stop]->setFocus(Qt::TabFocusReason);
}

void ControlsPanel::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  const int wanted = wanted_columns();
  if (wanted == columns_) return place_labels();
  columns_ = wanted;
  rebuild();
}

void ControlsPanel::place_labels() {
  const auto all = controls();
  const int room = width() / columns_ - 2 * pad;
  const bool above =
      std::any_of(all.begin(), all.end(), [room](const Control* control) { return control->width_beside() > room; });
  for (Control* control : all) control->set_label_above(above);
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
