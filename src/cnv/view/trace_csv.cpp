#include "cnv/view/trace_csv.hpp"

#include <cmath>

#include "cnv/base/numbers.hpp"
#include "cnv/draw/number_format.hpp"

namespace cnv {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;

// Quotes only where the text would end the cell.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

template <class T>
void add_number(std::string& out, T value) {
  if (!std::isfinite(value)) {
    out += "nan";
    return;
  }
  out += plain_text(value);
}

std::vector<std::size_t> columns_of(const LinePlotView& view, CsvPart part) {
  std::vector<std::size_t> out;
  const auto& series = view.picture().series;
  for (std::size_t i = 0; i < view.selected().series.size(); ++i)
    if (part == CsvPart::stored || (i < series.size() && series[i].visible)) out.push_back(i);
  return out;
}

std::string header(const LinePlotView& view, const std::vector<std::size_t>& columns) {
  const auto& selected = view.selected();
  const AxisName &x = view.x_name(), &y = view.y_name();
  std::string out = cell(label_with_unit(x.label, x.unit));
  for (const auto i : columns) {
    const auto& label = selected.series[i].label;
    out += "," + cell(label_with_unit(label.empty() ? y.label : label, view.value_unit()));
  }
  if (!view.data().earlier().empty()) out += ",sweep";
  return out + "\n";
}

// `number`: of the sweep, from 1; 0 where there is but one.
void write_rows(const LinePlotView& view, CsvPart part, const TraceData::Sweep& sweep, std::size_t number,
                const std::vector<std::size_t>& columns, const std::function<void(std::string_view)>& sink) {
  const SampleAxis& axis = sweep.axis;
  const AxisRange range = view.picture().x_range;
  std::string text;
  for (auto n = axis.begin(); n < axis.end(); ++n) {
    const double x = axis[n];
    if (part == CsvPart::shown && !(x >= range.low && x <= range.high)) continue;
    add_number(text, x);
    for (const auto i : columns) {
      const Pyramid& y = sweep.series[i];
      const double value = n >= y.begin() && n < y.end() ? y[n] : NAN;
      text += ',';
      if (y.precision() == Pyramid::Precision::f32) add_number(text, static_cast<float>(value));
      else add_number(text, value);
    }
    if (number > 0) text += "," + plain_text(number);
    text += '\n';
    if (text.size() < piece_bytes) continue;
    sink(text);
    text.clear();
  }
  if (!text.empty()) sink(text);
}

}  // namespace

void write_csv(const LinePlotView& view, CsvPart part, const std::function<void(std::string_view)>& sink) {
  const auto columns = columns_of(view, part);
  sink(header(view, columns));
  const auto& data = view.data();
  const bool several = !data.earlier().empty();
  for (std::size_t i = 0; i < data.sweeps().size(); ++i)
    write_rows(view, part, data.sweeps()[i], several ? i + 1 : 0, columns, sink);
}

}  // namespace cnv
