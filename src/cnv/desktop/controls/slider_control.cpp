#include "cnv/desktop/controls/slider_control.hpp"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/track.hpp"

namespace cnv::desktop {
namespace {

bool is_log(const SliderSpec& spec) { return spec.log && spec.min > 0 && spec.max > spec.min; }

// The value lies on a stop of the slider, within rounding.
bool on_a_stop(const SliderSpec& spec, double value) {
  if (spec.steps <= 0) return false;
  const double k = slider_position(spec, value) * spec.steps;
  return std::abs(k - std::round(k)) < 1e-6;
}

}  // namespace

double slider_value(const SliderSpec& spec, double position) {
  if (position <= 0) return spec.min;
  if (position >= 1) return spec.max;
  if (is_log(spec)) return spec.min * std::pow(spec.max / spec.min, position);
  return spec.min + (spec.max - spec.min) * position;
}

double slider_position(const SliderSpec& spec, double value) {
  if (!(spec.max > spec.min)) return 0;
  const double inside = std::clamp(value, spec.min, spec.max);
  if (is_log(spec)) return std::log(inside / spec.min) / std::log(spec.max / spec.min);
  return (inside - spec.min) / (spec.max - spec.min);
}

int slider_decimals(const SliderSpec& spec, double value) {
  if (spec.whole) return 0;
  double resolution = (spec.max - spec.min) / std::clamp(spec.steps, 100, 1000);
  if (is_log(spec)) resolution = std::pow(10, std::floor(std::log10(std::abs(value) + 1e-300) + 1e-9) - 2);
  if (!(resolution > 0)) return 2;
  return std::clamp(static_cast<int>(std::ceil(-std::log10(resolution) - 1e-9)), 0, 12);
}

SliderControl::SliderControl(SliderSpec spec, QWidget* parent)
    : NumberControl(spec.id, spec.label, spec.default_value, spec.unit, new NumberField, parent),
      spec_(std::move(spec)),
      track_(new Track(this)) {
  if (const double stops = spec_.max - spec_.min;
      spec_.whole && !spec_.log && (spec_.steps <= 0 || spec_.steps > stops))
    spec_.steps = static_cast<int>(std::clamp(stops, 0.0, 1e6));
  track_->setAccessibleName(spec_.label);
  track_->set_steps(spec_.steps);
  column()->setSpacing(2);
  column()->addWidget(track_);
  connect(track_, &Track::moved, this, [this](double position) { change_by_user(slider_value(spec_, position)); });
  if (spec_.whole && spec_.log) track_->set_own_steps([this](int steps) { step(steps); });
  // What a drag may lead to, so that nothing moves while dragging.
  for (const double end : {spec_.min, spec_.max})
    if (std::isfinite(end)) field()->make_room_for(number_text(shown_number(end), slider_decimals(spec_, end)));
  set_value(spec_.default_value);
}

void SliderControl::step(int steps) {
  const double count = spec_.steps > 0 ? spec_.steps : 100;
  const double k = std::round(slider_position(spec_, value().toDouble()) * count) + steps;
  const double next = slider_value(spec_, k / count);
  // On a log scale a step among small whole numbers is less than one.
  const bool stays = spec_.whole && std::round(next) == value().toDouble();
  change_by_user(stays ? value().toDouble() + (steps > 0 ? 1 : -1) : next);
}

QVariant SliderControl::accepted(const QVariant& value) const {
  bool ok = false;
  const double number = value.toDouble(&ok);
  if (!ok || !std::isfinite(number)) return spec_.default_value;
  const double inside = std::clamp(number, std::min(spec_.min, spec_.max), std::max(spec_.min, spec_.max));
  if (spec_.whole) return static_cast<qlonglong>(std::llround(inside));
  return inside;
}

// A stop reads in its own decimals; what was typed between stops is shown as it is.
double SliderControl::shown_number(double number) const {
  const double scale = std::pow(10.0, slider_decimals(spec_, number));
  return on_a_stop(spec_, number) ? std::round(number * scale) / scale : number;
}

std::vector<QWidget*> SliderControl::tab_stops() const {
  auto stops = NumberControl::tab_stops();
  stops.push_back(track_);
  return stops;
}

QString SliderControl::value_text(const QVariant& value) const {
  const double number = value.toDouble();
  return with_unit(number_text(shown_number(number), slider_decimals(spec_, number)), spec_.unit);
}

void SliderControl::show_value() {
  const double number = value().toDouble();
  track_->set_position(slider_position(spec_, number));
  track_->setAccessibleDescription(value_text(value()));
  field()->set_value(shown_number(number), slider_decimals(spec_, number));
}

}  // namespace cnv::desktop
