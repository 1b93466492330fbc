#include "cnv/draw/ticks.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/draw/number_format.hpp"

namespace cnv {
namespace {

constexpr double on_tick = 1e-6;  // part of a step that counts as on the tick
constexpr double most_ticks = 1000;
constexpr double least_minor_px = 3;
constexpr double least_fixed = 1e-4;  // smaller numbers are read as powers

// Position of the last decimal of `step`: 2 for 0.25, -1 for 50.
int last_decimal(double step) {
  const int exponent = static_cast<int>(std::floor(std::log10(step) + 1e-12));
  for (int d = -exponent; d < 6 - exponent; ++d) {
    const double scaled = step * std::pow(10.0, d);
    if (std::abs(scaled - std::round(scaled)) < 1e-6) return d;
  }
  return 6 - exponent;
}

// n * step, rounded once, so that 3 * 0.1 is 0.3.
double multiple(double n, double step) {
  const int d = last_decimal(step);
  if (d <= 0 || d > 15) return n * step;
  const double power = std::pow(10.0, d), scaled = std::round(step * power);
  return std::abs(scaled / power - step) <= 1e-12 * step ? n * scaled / power : n * step;
}

// Multiples of a step within a range, as first number and count.
struct Run {
  double first = 0, count = 0;
};

Run multiples_within(double low, double high, double step) {
  const double first = std::ceil(low / step - on_tick), last = std::floor(high / step + on_tick);
  return {first, std::max(0.0, last - first + 1)};
}

struct Axis {
  double low, high, length_px;
  const TickOptions& options;

  double largest() const { return std::max(std::abs(low), std::abs(high)); }
  double extent(const std::string& label) const {
    if (options.label_extent_px) return options.label_extent_px(label);
    const auto characters = std::count_if(label.begin(), label.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return 7.0 * static_cast<double>(characters);
  }
  std::vector<Tick> majors(double step) const {
    const Run run = multiples_within(low, high, step);
    std::vector<Tick> ticks;
    for (double i = 0; i < run.count; ++i) {
      const double value = multiple(run.first + i, step);
      ticks.push_back({std::clamp(value, low, high), true, tick_label(value, step, largest())});
    }
    return ticks;
  }
  bool collides(const std::vector<Tick>& ticks) const {
    for (std::size_t i = 1; i < ticks.size(); ++i) {
      const double distance = (ticks[i].value - ticks[i - 1].value) / (high - low) * length_px;
      if (distance < (extent(ticks[i].label) + extent(ticks[i - 1].label)) / 2 + options.gap_px) return true;
    }
    return false;
  }
};

bool usable(const std::optional<double>& spacing) { return spacing && std::isfinite(*spacing) && *spacing > 0; }

TickSet automatic_ticks(const Axis& axis) {
  const auto& options = axis.options;
  const double span = axis.high - axis.low;
  if (usable(options.previous_step)) {
    const double step = *options.previous_step, count = multiples_within(axis.low, axis.high, step).count;
    if (count >= options.min_count - 1 && count <= options.max_count + 1) {
      auto ticks = axis.majors(step);
      if (!axis.collides(ticks)) return {step, std::move(ticks)};
    }
  }
  TickSet best;
  double best_cost = INFINITY;
  const double preferred = (options.min_count + options.max_count) / 2.0;
  for (double step = nice_step(span / (options.max_count + 1.0)); step < 2.5 * span; step = nice_step(step * 1.5)) {
    auto ticks = axis.majors(step);
    if (axis.collides(ticks)) continue;
    const double count = static_cast<double>(ticks.size());
    const double outside = std::max({0.0, options.min_count - count, count - options.max_count});
    const double cost = 100 * outside + std::abs(count - preferred);
    if (cost >= best_cost) continue;
    best_cost = cost;
    best = {step, std::move(ticks)};
  }
  return best;
}

TickSet spaced_ticks(const Axis& axis, double spacing) {
  static constexpr double widenings[] = {2, 2.5, 2};
  double step = spacing;
  for (int i = 0; i < 900; step *= widenings[i++ % 3]) {
    if (!std::isfinite(step)) break;
    if (multiples_within(axis.low, axis.high, step).count > most_ticks) continue;
    auto ticks = axis.majors(step);
    if (!axis.collides(ticks)) return {step, std::move(ticks)};
  }
  return {};
}

void add_minors(const Axis& axis, double spacing, TickSet& set) {
  const double span = axis.high - axis.low;
  if (axis.length_px * spacing / span < least_minor_px) return;
  const Run run = multiples_within(axis.low, axis.high, spacing);
  for (double i = 0; i < run.count; ++i) {
    const double value = std::clamp(multiple(run.first + i, spacing), axis.low, axis.high);
    const bool taken = std::any_of(set.ticks.begin(), set.ticks.end(), [&](const Tick& tick) {
      return std::abs(tick.value - value) < spacing * on_tick * 10;
    });
    if (!taken) set.ticks.push_back({value, false, {}});
  }
}

}  // namespace

double nice_step(double at_least) {
  const double power = std::pow(10.0, std::floor(std::log10(at_least)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (factor * power >= at_least * (1 - 1e-9)) return factor * power;
  }
  return 20 * power;
}

int step_decimals(double step) { return std::clamp(last_decimal(step), 0, 15); }

std::string tick_label(double value, double step, double largest) {
  const int last = last_decimal(step), decimals = std::clamp(last, 0, 15);
  const int whole = largest >= 1 ? static_cast<int>(std::floor(std::log10(largest))) + 1 : 1;
  if (whole + decimals <= 9 && largest >= least_fixed) return format_fixed(value, decimals);
  if (value == 0 || std::abs(value) < step * on_tick) return "0";
  return format_power(value, std::max(0, static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-12)) + last));
}

namespace {
// A round number from which the labels of [low, high] are short; 0 where they are short anyway.
double offset_of(double low, double high) {
  constexpr double much_longer = 1e4;
  constexpr int most_figures = 9;  // as in tick_label
  const double largest = std::max(std::abs(low), std::abs(high)), span = high - low;
  if (!(largest >= 1) || largest < much_longer * span) return 0;
  const int whole = static_cast<int>(std::floor(std::log10(largest))) + 1;
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(span / 5))));
  if (whole + decimals <= most_figures) return 0;
  const double unit = std::pow(10.0, std::ceil(std::log10(span)));
  return std::floor(low / unit) * unit;
}
}  // namespace

TickSet make_ticks(double low, double high, double length_px, const TickOptions& options) {
  if (const double offset = options.from_offset && low < high && std::isfinite(high - low) ? offset_of(low, high) : 0;
      offset != 0 && high - low >= std::max(std::abs(low), std::abs(high)) * 1e-12) {
    TickOptions rest = options;
    rest.from_offset = false;
    TickSet set = make_ticks(low - offset, high - offset, length_px, rest);
    set.offset = offset;
    for (Tick& tick : set.ticks) tick.value = std::clamp(tick.value + offset, low, high);
    return set;
  }
  if (!(low < high) || !std::isfinite(high - low) || !(length_px > 0)) return {};
  const Axis axis{low, high, length_px, options};
  // Below this the multiples of a step are no longer distinct numbers.
  if (high - low < axis.largest() * 1e-12) return {};
  TickSet set = usable(options.major_spacing) ? spaced_ticks(axis, *options.major_spacing) : automatic_ticks(axis);
  if (usable(options.major_spacing) && set.step > *options.major_spacing * 1.5)
    add_minors(axis, *options.major_spacing, set);
  if (usable(options.minor_spacing)) add_minors(axis, *options.minor_spacing, set);
  std::sort(set.ticks.begin(), set.ticks.end(), [](const Tick& a, const Tick& b) { return a.value < b.value; });
  return set;
}

}  // namespace cnv
