#include "cnv/desktop/time_bar.hpp"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QScopeGuard>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/track.hpp"

namespace cnv::desktop {
namespace {

constexpr double slowest = 1, fastest = 1000, max_from = 0.97, track_end = 0.9;
constexpr double
    own_speed = 20,
    usual_pace_s = 0.05;  // at the one a session with a pace of its own has it; the other where it has none and no time
constexpr std::int64_t most_steps = 1'000'000'000;

// What is shown or hidden counts at once.
void forget_sizes(QLayout& layout) {
  for (int i = 0; i < layout.count(); ++i)
    if (QLayout* inner = layout.itemAt(i)->layout()) forget_sizes(*inner);
  layout.invalidate();
}

QWidget* separator(QWidget* parent) {
  auto* line = new Line(Qt::Vertical, parent);
  line->setFixedHeight(24);
  return line;
}

}  // namespace

double speed_position(double speed) {
  if (speed <= 0) return 1;
  return std::clamp(std::log(speed / slowest) / std::log(fastest / slowest), 0.0, 1.0) * track_end;
}

double speed_at(double position) {
  if (position >= max_from) return 0;
  const double speed = slowest * std::pow(fastest / slowest, std::min(position / track_end, 1.0));
  // Two significant digits: 20, not 19.953.
  const double digit = std::pow(10, std::floor(std::log10(speed)) - 1);
  return std::round(speed / digit) * digit;
}

TimeBar::TimeBar(QWidget* parent) : QWidget(parent) {
  setFixedHeight(48);
  auto* row = new QHBoxLayout(this);
  row->setSizeConstraint(QLayout::SetNoConstraint);  // a narrow window leaves parts out
  row->setContentsMargins(12, 0, 12, 0);
  row->setSpacing(8);
  run_ = new PushButton(tr("Run"), this);
  run_->reserve_texts({tr("Run"), tr("Pause")});
  run_->set_icon(Icon::run);
  step_ = new PushButton(tr("Step"), this);
  step_->set_icon(Icon::step);
  reset_ = new PushButton(tr("Reset"), this);
  layout()->setSizeConstraint(QLayout::SetNoConstraint);  // what does not fit is left out
  reset_->set_icon(Icon::reset);
  for (auto* button : {run_, step_, reset_}) row->addWidget(button);
  row->addSpacing(4);
  row->addWidget(separator(this));
  row->addSpacing(4);
  speed_name_ = new TextLabel(tr("Speed"), &Tokens::text2, 12, 400, this);
  row->addWidget(speed_name_);
  field_ = new NumberField(this);
  field_->setFixedWidth(64);
  field_->set_leaves(true);
  row->addWidget(field_);
  speed_unit_ = new TextLabel(QString(), &Tokens::text2, 12, 400, this);
  row->addWidget(speed_unit_);
  track_ = new Track(this);
  track_->setFixedWidth(160);
  track_->setAccessibleName(tr("Speed"));
  row->addSpacing(4);
  row->addWidget(track_);
  row->addSpacing(4);
  line_ = separator(this);
  row->addWidget(line_);
  row->addSpacing(4);
  clock_ = new QWidget(this);
  make_clock();
  row->addWidget(clock_);
  row->addStretch(1);
  frames_ = new QWidget(this);
  make_frames();
  row->addWidget(frames_, 1000);  // all the room there is, which the stretch has without it

  connect(run_, &QAbstractButton::clicked, this, [this] {
    Q_EMIT
    run_requested(!running_);
  });
  connect(step_, &QAbstractButton::clicked, this, [this] {
    Q_EMIT
    step_requested(QGuiApplication::keyboardModifiers() & Qt::ShiftModifier);
  });
  connect(reset_, &QAbstractButton::clicked, this, &TimeBar::reset_requested);
  connect(track_, &Track::moved, this, [this](double position) {
    show_speed(speed_at(position));
    Q_EMIT
    speed_changed(speed_);
  });
  connect(field_, &NumberField::committed, this, [this](double value) {
    const double speed = value / shown_per_speed_;
    show_speed(speed > 0 ? speed : speed_);
    if (speed > 0) Q_EMIT
    speed_changed(speed);
    else refuse(number_text(value, 0));
  });
  connect(field_, &NumberField::rejected, this, [this](const QString& text) {
    if (text.trimmed().compare("max", Qt::CaseInsensitive) != 0) return refuse(text.trimmed());
    show_speed(0);
    Q_EMIT
    speed_changed(0);
  });
  connect(field_, &NumberField::stepped, this, [this](int steps) {
    const double speed = std::clamp((speed_ > 0 ? speed_ : fastest) * std::pow(1.25, steps), slowest, fastest);
    show_speed(speed);
    Q_EMIT
    speed_changed(speed);
  });
  show_speed(20);
  set_time(std::nullopt);
  set_achieved(std::nullopt, true);
  show_parts();
}

void TimeBar::refuse(const QString& typed) {
  Q_EMIT
  remarked(tr("The speed stays: “%1” is neither a number above 0 nor “max”").arg(typed));
}

void TimeBar::make_clock() {
  auto* row = new QHBoxLayout(clock_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  time_ = new NumberLabel("0000.00", 18, 600, &Tokens::text1, clock_);
  time_->set_prefix("t = ");
  time_->set_unit("ms");
  row->addWidget(time_);
  row->addSpacing(32);
  auto* column = new QVBoxLayout;
  column->setSpacing(1);
  column->addStretch(1);
  achieved_ = new NumberLabel("achieved 00000.0 ms/s", 11, 500, &Tokens::text1, clock_);
  achieved_->set_alignment(Qt::AlignLeft);
  column->addWidget(achieved_);
  dt_ = new TextLabel({}, &Tokens::text2, 11, 400, clock_);
  column->addWidget(dt_);
  column->addStretch(1);
  row->addLayout(column);
  until_box_ = new QWidget(clock_);
  row->addWidget(until_box_);
  row = new QHBoxLayout(until_box_);
  row->setContentsMargins(12, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(new TextLabel(tr("until"), &Tokens::text2, 12, 400, until_box_));
  until_ = new NumberField(until_box_);
  until_->setFixedWidth(72);
  until_->set_leaves(true);
  until_->setAccessibleName(tr("Run until this model time, ms; +50: for 50 ms"));
  until_->setToolTip(tr("Run until this time. +50 runs for 50 ms; empty: no end."));
  until_->set_text_value(QString());
  row->addWidget(until_);
  row->addWidget(new TextLabel(tr("ms"), &Tokens::text2, 12, 400, until_box_));
  connect(until_, &NumberField::committed, this, [this] { take_until(until_->typed()); });
  connect(until_, &NumberField::rejected, this, &TimeBar::take_until);
}

void TimeBar::take_until(const QString& typed) {
  const QString text = typed.trimmed();
  const auto number = parse_number(text);
  const bool none = text.isEmpty() || text == QStringLiteral("–");
  if (!number && !none) {
    Q_EMIT
    remarked(tr("“%1” is no time: type a model time in ms, +50 to run for 50 ms, or nothing").arg(text));
    return;
  }
  Q_EMIT
  until_requested(none                    ? std::numeric_limits<double>::quiet_NaN()
                  : text.startsWith(u'+') ? time_ms_ + *number
                                          : *number);
}

void TimeBar::set_dt(double dt_ms) {
  if (dt_ms > 0) dt_->setText(tr("dt ") + number_text(dt_ms, 3) + tr(" ms"));  // a run that is over had one too
}

void TimeBar::set_until(std::optional<double> until_ms) {
  const QString text = until_ms ? number_text(*until_ms, std::floor(*until_ms) == *until_ms ? 0 : 3) : QString();
  if (!until_->hasFocus() || !until_->isModified()) until_->set_text_value(text);
}

// What is least missed goes first in a narrow window, so that nothing that stays is cut.
void TimeBar::show_what_fits() {
  if (std::exchange(fitting_, true)) return;  // what comes or goes may change the width at once
  const QScopeGuard done([this] { fitting_ = false; });
  const auto with_keys = [this](bool keys) {
    run_->set_key_hint(keys ? QStringLiteral("P") : QString());
    step_->set_key_hint(keys ? QStringLiteral(".") : QString());
    reset_->set_key_hint(keys ? QStringLiteral("Space") : QString());
  };
  const auto with_rates = [this](bool shown) {
    achieved_->setVisible(shown);
    dt_->setVisible(shown);
  };
  const std::function<void(bool)> parts[] = {[this](bool shown) { track_->setVisible(shown); },
                                             with_keys,
                                             [this](bool shown) { speed_name_->setVisible(shown); },
                                             [this](bool shown) { until_box_->setVisible(shown); },
                                             with_rates,
                                             [this](bool shown) { clock_->setVisible(has_time_ && shown); }};
  for (const auto& part : parts) part(true);
  for (const auto& part : parts) {
    if (least_width() <= width()) return;
    part(false);
  }
}

int TimeBar::least_width() const {
  for (QWidget* box : {until_box_, clock_}) {
    forget_sizes(*box->layout());
    box->updateGeometry();
  }
  forget_sizes(*layout());
  return layout()->minimumSize().width();
}

void TimeBar::make_frames() {
  auto* row = new QHBoxLayout(frames_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(new TextLabel(tr("Frame"), &Tokens::text2, 12, 400, frames_));
  frame_track_ = new Track(frames_);
  frame_track_->setAccessibleName(tr("Frame of the recording"));
  row->addWidget(frame_track_, 1);
  frame_label_ = new NumberLabel("0000 / 0000", 12, 500, &Tokens::text1, frames_);
  row->addWidget(frame_label_);
  connect(frame_track_, &Track::moved, this, [this](double position) {
    const auto frame = std::llround(position * static_cast<double>(frame_count_ - 1));
    show_frame(frame);
    Q_EMIT
    frame_requested(frame);
  });
}

// Without model time the pace is that of frames or steps.
void TimeBar::show_parts() {
  line_->setVisible(has_time_ || frame_count_ > 0);
  frames_->setVisible(frame_count_ > 0);
  const double per_second = 1 / (own_speed * own_pace_s_.value_or(usual_pace_s));
  if (has_time_ && own_pace_s_)
    show_unit(QStringLiteral("×"), tr("Speed as a multiple of the model's own"), 1 / own_speed);
  else if (has_time_) show_unit(tr("ms/s"), tr("Speed in ms of model time per second"), 1);
  else if (frame_count_ > 0) show_unit(tr("frames/s"), tr("Speed in frames per second"), per_second);
  else show_unit(tr("steps/s"), tr("Speed in steps per second"), per_second);
}

void TimeBar::show_unit(const QString& unit, const QString& name, double shown_per_speed) {
  speed_unit_->setText(unit);
  field_->setAccessibleName(name);
  shown_per_speed_ = shown_per_speed;
  std::vector<TrackTick> ticks;
  for (const double speed : {1.0, 10.0, 100.0})
    ticks.push_back({speed_position(speed), speed * shown_per_speed < 1
                                                ? QString::number(speed * shown_per_speed, 'g', 2)
                                                : QString::number(speed * shown_per_speed, 'f', 0)});
  ticks.push_back({1.0, tr("max")});
  track_->set_ticks(std::move(ticks));
  show_speed(speed_);
  show_what_fits();
}

void TimeBar::set_own_pace(std::optional<double> pace_s) {
  if (std::exchange(own_pace_s_, pace_s) != pace_s) show_parts();
}

void TimeBar::set_frames(std::int64_t count, std::int64_t frame) {
  if (count != frame_count_) {
    frame_count_ = std::max<std::int64_t>(count, 0);
    frame_track_->set_steps(static_cast<int>(std::clamp<std::int64_t>(frame_count_ - 1, 1, most_steps)));
    frame_track_->setEnabled(active_ && frame_count_ > 1);
    show_parts();
  }
  if (frame_count_ > 0 && !frame_track_->dragging()) show_frame(std::clamp<std::int64_t>(frame, 0, frame_count_ - 1));
}

void TimeBar::show_frame(std::int64_t frame) {
  frame_track_->set_position(frame_count_ > 1 ? static_cast<double>(frame) / static_cast<double>(frame_count_ - 1) : 0);
  frame_track_->setAccessibleDescription(tr("%1 of %2").arg(frame + 1).arg(frame_count_));
  frame_label_->set_text(QStringLiteral("%1 / %2").arg(frame + 1).arg(frame_count_));
}

void TimeBar::set_running(bool running) {
  if (running == running_ && !run_->text().isEmpty() && run_->text() == (running ? tr("Pause") : tr("Run"))) return;
  running_ = running;
  run_->setText(running ? tr("Pause") : tr("Run"));
  run_->set_icon(running ? Icon::pause : Icon::run);
}

void TimeBar::set_time(std::optional<double> time_ms) {
  time_ms_ = time_ms.value_or(0);
  show_number(*time_, time_ms ? QString::number(*time_ms, 'f', 2) : QStringLiteral("–"));
  if (std::exchange(has_time_, time_ms.has_value()) != time_ms.has_value()) show_parts();
}

// A number that has become longer may leave no room for others.
void TimeBar::show_number(NumberLabel& label, const QString& text) {
  const int before = label.sizeHint().width();
  label.set_text(text);
  if (label.sizeHint().width() != before) show_what_fits();
}

void TimeBar::set_speed(double speed) {
  if (speed != speed_) show_speed(speed);
}

void TimeBar::show_speed(double speed) {
  speed_ = speed;
  if (speed <= 0) field_->set_text_value(tr("max"));
  else field_->set_value(speed * shown_per_speed_, speed * shown_per_speed_ < 10 ? 1 : 0);
  track_->set_position(speed_position(speed));
}

void TimeBar::set_achieved(std::optional<double> ms_per_s, bool has_model_time) {
  const QString speed = ms_per_s && has_model_time
                            ? QString::number(*ms_per_s, 'f', *ms_per_s < 1000 ? 1 : 0) + QStringLiteral("\u2009ms/s")
                            : QStringLiteral("–");
  show_number(*achieved_, tr("achieved ") + speed);
}

void TimeBar::set_active(bool active) {
  active_ = active;
  show_active();
}

void TimeBar::set_live(bool live) {
  live_ = live;
  show_active();
}

void TimeBar::show_active() {
  for (QWidget* widget : {static_cast<QWidget*>(run_), static_cast<QWidget*>(step_), static_cast<QWidget*>(until_)})
    widget->setEnabled(active_ && live_);
  for (QWidget* widget : {static_cast<QWidget*>(reset_), static_cast<QWidget*>(field_), static_cast<QWidget*>(track_)})
    widget->setEnabled(active_);
  frame_track_->setEnabled(active_ && frame_count_ > 1);
}

void TimeBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), ink(&Tokens::window));
  painter.fillRect(QRect(0, 0, width(), 1), ink(&Tokens::sep));
}

}  // namespace cnv::desktop
