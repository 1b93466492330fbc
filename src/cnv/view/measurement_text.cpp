#include "cnv/view/measurement_text.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

using Cursors = MeasuredNumbers::Cursors;
using Spike = MeasuredNumbers::Spike;

constexpr int most_decimals = 6;

// Fine enough to tell neighbouring samples apart, and never coarser than the axis.
int decimals_of(const AxisRange& range, double interval) {
  int out = decimals_for_range(range.low, range.high);
  if (interval > 0 && std::isfinite(interval)) out = std::max(out, decimals_for_two_digits(interval));
  return std::clamp(out, 0, most_decimals);
}

class Words {
 public:
  Words(const MeasuredNumbers& numbers, const AxisRange& x, const AxisRange& y)
      : x_unit_(numbers.x.unit), y_unit_(numbers.y.unit) {
    double interval = 0;
    const auto take = [&](double other) {
      if (other > 0) interval = interval > 0 ? std::min(interval, other) : other;
    };
    if (numbers.cursors)
      for (const auto& place : numbers.cursors->places) take(place.interval);
    if (numbers.spike) take(numbers.spike->interval);
    x_decimals_ = decimals_of(x, interval);
    y_decimals_ = decimals_of(y, 0);
  }
  std::string x(double value) const { return format_readable(value, x_decimals_); }
  std::string y(double value) const { return format_readable(value, y_decimals_); }
  std::string x_unit(std::string number) const { return with_unit(std::move(number), x_unit_); }
  std::string y_unit(std::string number) const { return with_unit(std::move(number), y_unit_); }
  std::string y_difference(double value) const { return std::isfinite(value) ? y_unit(y(value)) : y(value); }
  std::string place(const SpikePoint& at) const { return y_unit(y(at.y)) + " at " + x_unit(x(at.x)); }

 private:
  std::string x_unit_, y_unit_;
  int x_decimals_ = 0, y_decimals_ = 0;
};

std::string name_or(const AxisName& axis, std::string_view other) {
  return axis.label.empty() ? std::string(other) : axis.label;
}

std::string sweep_name(const MeasuredNumbers::Place& place) {
  return place.sweep > 0 ? plain_text(place.sweep) : std::string(no_value);
}

void add_cursors(const MeasuredNumbers& numbers, const Words& words, PlotMeasures& out) {
  const Cursors& cursors = *numbers.cursors;
  const auto& [a, b] = cursors.places;
  out.cursors = {{"A", a.x, cursors.focused == 0}, {"B", b.x, cursors.focused == 1}};
  auto& table = out.readout.table;
  table.push_back({"", "A", "B", "B − A", cursors.rate_hz ? "1/Δ" + name_or(numbers.x, "x") : ""});
  table.push_back({name_or(numbers.x, "x"), words.x(a.x), words.x(b.x), words.x_unit(words.x(cursors.dx())),
                   cursors.rate_hz ? with_unit(format_readable(*cursors.rate_hz, 2), "Hz") : ""});
  for (const auto& [label, at_a, at_b] : cursors.values)
    table.push_back({label, words.y(at_a), words.y(at_b), words.y_difference(at_b - at_a), ""});
  out.readout.dispensable = {4, 1, 2};
  if (cursors.sweeps > 1)
    table.push_back({"sweep of " + plain_text(cursors.sweeps), sweep_name(a), sweep_name(b), "", ""});
  for (std::size_t c = 0; c < 2; ++c)
    if (const auto& place = cursors.places[c]; place.sweep == 0)
      out.readout.remarks.push_back(std::string("There are no samples at ") + (c == 0 ? "A" : "B") +
                                    (place.dropped ? ": they have been dropped." : " now."));
}

void add_spike(const Spike& spike, const Words& words, PlotMeasures& out) {
  const SpikeShape& shape = spike.shape;
  auto& items = out.readout.items;
  items.push_back({"Spike of", spike.label});
  if (const auto height = shape.amplitude()) items.push_back({"amplitude", words.y_unit(words.y(*height))});
  items.push_back({"peak", words.place(shape.peak)});
  if (shape.threshold) items.push_back({"threshold", words.place(*shape.threshold)});
  if (const auto width = shape.half_width()) items.push_back({"half-width", words.x_unit(words.x(*width))});
  if (const auto time = shape.rise_time()) items.push_back({"rise 10–90 %", words.x_unit(words.x(*time))});
  for (auto& remark : spike.remarks()) out.readout.remarks.push_back(std::move(remark));
  if (!spike.series) return;
  out.places.push_back({shape.peak.x, shape.peak.y, *spike.series, true});
  if (shape.threshold) out.places.push_back({shape.threshold->x, shape.threshold->y, *spike.series, true});
  for (const auto& place : {shape.rise_10, shape.rise_90})
    if (place) out.places.push_back({place->x, place->y, *spike.series, false});
  if (shape.half_width()) out.spans.push_back({shape.rise_50->x, shape.fall_50->x, shape.rise_50->y});
}

// Tabs and ends of lines would end a cell.
std::string cell(std::string text) {
  for (char& c : text)
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  return text;
}

std::string exact(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? plain_text(*number) : std::string();
}

// {name with unit, number} of each part of a spike.
struct Part {
  std::string key, name, unit;
  std::optional<double> value;
};
std::vector<Part> parts_of(const MeasuredNumbers& numbers) {
  const SpikeShape& shape = numbers.spike->shape;
  const std::string &x = numbers.x.unit, &y = numbers.y.unit;
  const auto of = [](const std::optional<SpikePoint>& point, double SpikePoint::* member) {
    return point ? std::optional(*point.*member) : std::nullopt;
  };
  return {{"peak", "peak", y, shape.peak.y},
          {"peak_x", "peak at", x, shape.peak.x},
          {"threshold", "threshold", y, of(shape.threshold, &SpikePoint::y)},
          {"threshold_x", "threshold at", x, of(shape.threshold, &SpikePoint::x)},
          {"amplitude", "amplitude", y, shape.amplitude()},
          {"half_width", "half-width", x, shape.half_width()},
          {"rise_time", "rise 10–90 %", x, shape.rise_time()}};
}

std::string cursor_table(const MeasuredNumbers& numbers) {
  const Cursors& cursors = *numbers.cursors;
  const auto& [a, b] = cursors.places;
  const auto row = [](const std::string& name, double at_a, double at_b) {
    return cell(name) + "\t" + exact(at_a) + "\t" + exact(at_b) + "\t" + exact(at_b - at_a) + "\n";
  };
  std::string out = "\tA\tB\tB − A\n" + row(label_with_unit(name_or(numbers.x, "x"), numbers.x.unit), a.x, b.x);
  for (const auto& [label, at_a, at_b] : cursors.values) out += row(label_with_unit(label, numbers.y.unit), at_a, at_b);
  if (cursors.rate_hz) out += "1/Δ" + cell(name_or(numbers.x, "x")) + " (Hz)\t\t\t" + exact(cursors.rate_hz) + "\n";
  if (cursors.sweeps > 1) {
    const auto number = [](const MeasuredNumbers::Place& place) {
      return place.sweep > 0 ? plain_text(place.sweep) : std::string();
    };
    out += "sweep\t" + number(a) + "\t" + number(b) + "\t\n";
  }
  return out;
}

std::string spike_table(const MeasuredNumbers& numbers) {
  std::string names = "spike of", values = cell(numbers.spike->label);
  for (const Part& part : parts_of(numbers)) {
    names += "\t" + cell(label_with_unit(part.name, part.unit));
    values += "\t" + exact(part.value);
  }
  return names + "\n" + values + "\n";
}

Value value_of(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? Value(*number) : Value();
}

}  // namespace

PlotMeasures measures_of(const MeasuredNumbers& numbers, const AxisRange& x, const AxisRange& y) {
  PlotMeasures out;
  const Words words(numbers, x, y);
  if (numbers.cursors) add_cursors(numbers, words, out);
  if (numbers.spike) add_spike(*numbers.spike, words, out);
  if (!out.readout.empty())
    out.readout.buttons = {{std::string(copy_button), "Copy"}, {std::string(close_button), "×"}};
  return out;
}

std::string table_of(const MeasuredNumbers& numbers) {
  std::string out = numbers.cursors ? cursor_table(numbers) : std::string();
  if (numbers.cursors && numbers.spike) out += "\n";
  if (numbers.spike) out += spike_table(numbers);
  return out;
}

Dict dict_of(const MeasuredNumbers& numbers) {
  Dict out;
  if (numbers.cursors) {
    const Cursors& cursors = *numbers.cursors;
    Dict values;
    for (const auto& [label, a, b] : cursors.values) values.set(label, List{value_of(a), value_of(b), value_of(b - a)});
    out.set("cursors", Dict{{"a", cursors.places[0].x},
                            {"b", cursors.places[1].x},
                            {"dx", cursors.dx()},
                            {"rate_hz", value_of(cursors.rate_hz)},
                            {"sweeps", List{static_cast<std::int64_t>(cursors.places[0].sweep),
                                            static_cast<std::int64_t>(cursors.places[1].sweep)}},
                            {"focused", cursors.focused == 0 ? "A" : "B"},
                            {"values", std::move(values)}});
  }
  if (numbers.spike) {
    Dict spike{{"of", numbers.spike->label}};
    for (const Part& part : parts_of(numbers)) spike.set(part.key, value_of(part.value));
    List remarks;
    for (auto& remark : numbers.spike->remarks()) remarks.emplace_back(std::move(remark));
    spike.set("remarks", std::move(remarks));
    out.set("spike", std::move(spike));
  }
  return out;
}

}  // namespace cnv
