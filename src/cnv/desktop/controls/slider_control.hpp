// A number with limits as slider and field: label, exact entry, unit, undo arrow; linear or logarithmic. GUI thread.
#pragma once

#include "cnv/desktop/controls/number_control.hpp"

namespace cnv::desktop {

class Track;

struct SliderSpec {
  QString id, label, unit;
  double min = 0, max = 1, default_value = 0;
  int steps = 100;     // 0: continuous
  bool log = false;    // needs 0 < min < max; linear otherwise
  bool whole = false;  // only whole numbers; no more steps than there are
};

// Position 0..1 to value: min + (max - min) p, or min (max / min)^p. Ends are exact.
double slider_value(const SliderSpec& spec, double position);
// The inverse, clamped to 0..1.
double slider_position(const SliderSpec& spec, double value);
// Decimals that tell one step from the next (logarithmic: three significant digits of this value).
int slider_decimals(const SliderSpec& spec, double value);

class SliderControl : public NumberControl {
  Q_OBJECT

 public:
  explicit SliderControl(SliderSpec spec, QWidget* parent = nullptr);
  QString value_text(const QVariant& value) const override;
  std::vector<QWidget*> tab_stops() const override;
  Track* track() const { return track_; }

 protected:
  QVariant accepted(const QVariant& value) const override;
  void show_value() override;
  void step(int steps) override;

 private:
  double shown_number(double number) const;
  SliderSpec spec_;
  Track* track_;
};

}  // namespace cnv::desktop
