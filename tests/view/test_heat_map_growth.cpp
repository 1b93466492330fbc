// Pictures of heat maps that grow, roll and are looked at: the same as if all samples were looked through for each of
// them, at the cost of what is new.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "cnv/view/heat_map_view.hpp"
#include "view/scenes.hpp"

namespace cnv {
namespace {

const double gap = std::nan("");

// The same samples once more, in plain lists, beside the field.
struct Samples {
  std::vector<double> times;
  std::vector<std::vector<double>> rows;
};

class Grown {
 public:
  SceneStore store;
  HeatMapViewSpec spec{.id = "map", .field_id = "v", .x_unit = "ms"};
  HeatMapView view;
  ViewState view_state;
  Samples samples;
  Theme theme = Theme::light;
  double width = 400, height = 200;

  explicit Grown(std::size_t rows, DType dtype = DType::f64) : dtype_(dtype) {
    samples.rows.resize(rows);
    Scene scene;
    std::vector<std::string> names;
    for (std::size_t row = 0; row < rows; ++row) names.push_back("r" + std::to_string(row));
    scene.fields.set("v", Field{"v",
                                numbers({}, 0),
                                {"cell", "time"},
                                {{"cell", Array::strings(names)}, {"time", scenes::doubles({}, {0})}},
                                "mV",
                                {}});
    store = scenes::store_of(std::move(scene));
  }
  // value(row, i) of the i-th new sample.
  template <class Value>
  void append(const std::vector<double>& times, Value&& value, std::optional<std::int64_t> max_length = {}) {
    std::vector<double> values;
    for (std::size_t row = 0; row < samples.rows.size(); ++row)
      for (std::size_t i = 0; i < times.size(); ++i) {
        values.push_back(value(row, i));
        samples.rows[row].push_back(values.back());
      }
    samples.times.insert(samples.times.end(), times.begin(), times.end());
    ASSERT_FALSE(
        store.apply(FieldAppend{"v", "time", numbers(values, times.size()), scenes::doubles(times), max_length, {}}));
    if (max_length && samples.times.size() > static_cast<std::size_t>(*max_length))
      drop(samples.times.size() - static_cast<std::size_t>(*max_length));
  }
  void drop(std::size_t count) {
    const auto cut = [count](auto& list) {
      list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(count));
    };
    cut(samples.times);
    for (auto& row : samples.rows) cut(row);
  }
  // The model starts again at 0.
  void begin_again() {
    const double start = samples.times.front();
    const auto count = samples.times.size();
    append({start}, [](std::size_t row, std::size_t) { return static_cast<double>(row); });
    drop(count);
  }
  const HeatMapPicture& paint() {
    view.update(spec, store, view_state, theme);
    return view.layout(width, height, EstimatedMetrics{});
  }

 private:
  Array numbers(const std::vector<double>& values, std::size_t columns) const {
    const Shape shape{static_cast<std::int64_t>(samples.rows.size()), static_cast<std::int64_t>(columns)};
    return dtype_ == DType::f64 ? scenes::doubles(values, shape)
                                : scenes::floats({values.begin(), values.end()}, shape);
  }
  DType dtype_;
};

// ---- the same picture from all samples ---------------------------------------------------------------------------

struct Column {
  std::size_t from = 0, to = 0;
};

std::vector<Column> columns_of(const Samples& samples, const HeatMapPicture& picture) {
  const auto& range = picture.frame.x_range;
  const auto& x = samples.times;
  const double before = x.size() > 1 ? (x[1] - x[0]) / 2 : 0,
               after = x.size() > 1 ? (x[x.size() - 1] - x[x.size() - 2]) / 2 : 1;
  const double low = x.front() - before, high = x.back() + after;
  const double least =
      1e-6 * range.span() / picture.columns;  // a sample on an edge, but for rounding, belongs to what follows
  std::vector<Column> out;
  for (int i = 0; i < picture.columns; ++i) {
    const double left = range.low + range.span() * i / picture.columns,
                 right = range.low + range.span() * (i + 1) / picture.columns;
    Column column;
    while (column.from < x.size() && x[column.from] < (i > 0 ? left - least : left)) ++column.from;
    column.to = column.from;
    while (column.to < x.size() &&
           (x[column.to] < right - least || (i + 1 == picture.columns && x[column.to] <= range.high)))
      ++column.to;
    if (column.from == column.to && right > low + least && left < high - least) {
      const double middle = std::clamp((left + right) / 2, low, high);
      for (std::size_t k = 0; k < x.size(); ++k)
        if (std::fabs(x[k] - middle) < std::fabs(x[column.from < x.size() ? column.from : 0] - middle) ||
            column.from >= x.size())
          column.from = k;
      column.to = column.from + 1;
    }
    out.push_back(column);
  }
  return out;
}

struct RowValues {
  std::vector<float> shown;
  float rest = NAN;
};

RowValues values_of(const std::vector<double>& row, const std::vector<Column>& columns) {
  RowValues out;
  std::vector<float> lows, highs, middles;
  for (const auto& column : columns) {
    float low = NAN, high = NAN;
    for (auto i = column.from; i < column.to; ++i) {
      const auto v = static_cast<float>(row[i]);
      if (std::isnan(v)) continue;
      low = std::fmin(low, v);
      high = std::fmax(high, v);
    }
    lows.push_back(low);
    highs.push_back(high);
    if (!std::isnan(low)) middles.push_back(0.5F * low + 0.5F * high);
  }
  std::sort(middles.begin(), middles.end());
  if (!middles.empty()) out.rest = middles[middles.size() / 2];
  for (std::size_t i = 0; i < columns.size(); ++i)
    out.shown.push_back(0.5F * lows[i] + 0.5F * highs[i] < out.rest ? lows[i] : highs[i]);
  return out;
}

std::vector<Rgba8> cells_of(const Grown& grown) {
  const auto& picture = grown.view.picture();
  const auto columns = columns_of(grown.samples, picture);
  std::vector<RowValues> rows;
  for (int row = picture.first_row(); row < picture.end_row(); ++row)
    rows.push_back(values_of(grown.samples.rows[grown.view.series_of(static_cast<std::size_t>(row))], columns));
  std::vector<Rgba8> out;
  for (int line = 0; line < picture.rows; ++line)
    for (std::size_t i = 0; i < columns.size(); ++i) {
      float value = NAN, farthest = -1;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        if (static_cast<int>(row) * picture.rows / static_cast<int>(rows.size()) != line) continue;
        const float departure = std::fabs(rows[row].shown[i] - rows[row].rest);
        if (departure > farthest) farthest = departure, value = rows[row].shown[i];
      }
      const int entry = grown.view.look().scale().entry(value);
      const auto& ground = grown.view.background();
      out.push_back(entry >= 0                         ? grown.view.look().table()[static_cast<std::size_t>(entry)]
                    : columns[i].from == columns[i].to ? ground.color
                                                       : neutral_color(ground.look));
    }
  return out;
}

// How many cells are not what all samples say.
std::size_t wrong_cells(const Grown& grown) {
  const auto& cells = grown.view.picture().cells;
  const auto expected = cells_of(grown);
  if (cells.size() != expected.size()) return std::max(cells.size(), expected.size());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) wrong += !(cells[i] == expected[i]);
  return wrong;
}

// ---- exact, whatever happens -------------------------------------------------------------------------------------

class RandomLife {
 public:
  RandomLife(unsigned seed, Grown& grown) : random_(seed), grown_(grown) {
    if (below(2)) grown.spec.rolling_window = 20 + below(60);
    if (below(2)) max_length_ = 200 + below(300);
    step_ms_ = below(3) ? 0.1 : 4;
    if (below(3)) grown.spec.color_limits = std::optional(Limits{-80, 40});
    append(1 + below(80));
  }
  void step() {
    auto& view = grown_.view;
    const auto& plot = view.picture().frame.plot;
    const auto at = [&](double start, double size) { return start + size * part(); };
    switch (below(24)) {
      case 0: view.zoom_at(at(plot.x, plot.width), at(plot.y, plot.height), 0.5 + 3 * part(), 1); break;
      case 1: view.zoom_at(at(plot.x, plot.width), at(plot.y, plot.height), 1, 0.5 + 2 * part()); break;
      case 2: view.pan(below(100) - 50, below(100) - 50); break;
      case 3: view.fit(); break;
      case 4: grown_.width = 150 + below(400); break;
      case 5: grown_.height = 90 + below(200); break;
      case 6: grown_.theme = grown_.theme == Theme::light ? Theme::dark : Theme::light; break;
      case 7: view.look().colors().choose_map(below(2) ? "grayscale" : "mpl:plasma"); break;
      case 8:
        if (grown_.samples.times.size() > 2 && grown_.samples.times.front() == 0)
          grown_.begin_again(), time_ms_ = step_ms_, append(3);
        break;
      case 9: view.fit(), append(300); break;
      case 10: break;  // painted again with nothing new
      default: append(below(3) ? below(4) : below(30)); break;
    }
  }

 private:
  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  double part() { return std::uniform_real_distribution<double>()(random_); }
  void append(int count) {
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
      times.push_back(time_ms_);
      time_ms_ += step_ms_ * (0.7 + 0.6 * part());
    }
    const auto value = [&](std::size_t row, std::size_t) {
      if (row % 5 == 4) return -65.0;  // silent, all equal
      const int what = below(200);
      return what == 0 ? gap : what == 1 ? 38.0 : what == 2 ? -90.0 : -65 + below(1000) / 1000.0;
    };
    grown_.append(times, value, max_length_);
  }

  std::mt19937 random_;
  Grown& grown_;
  std::optional<std::int64_t> max_length_;
  double step_ms_ = 0.1, time_ms_ = 0;
};

TEST(HeatMapGrowth, every_picture_is_the_one_that_all_samples_give) {
  std::size_t pictures = 0, cells = 0;
  for (unsigned seed = 0; seed < 18; ++seed) {
    Grown grown(seed % 3 == 0 ? 3 : seed % 3 == 1 ? 40 : 150, seed % 2 ? DType::f32 : DType::f64);
    RandomLife life(seed, grown);
    for (int step = 0; step < 60; ++step) {
      grown.paint();
      ASSERT_EQ(grown.view.message(), "");
      ASSERT_EQ(wrong_cells(grown), 0U) << "of " << grown.view.picture().cells.size() << ", seed " << seed << ", step "
                                        << step;
      pictures += 1;
      cells += grown.view.picture().cells.size();
      life.step();
    }
  }
  EXPECT_GT(cells, 1000 * pictures);
}

TEST(HeatMapGrowth, the_newest_and_the_oldest_sample_are_always_in_view) {
  Grown grown(2);
  for (int i = 0; i < 900; ++i) {
    const bool spike = i % 7 == 0;
    grown.append(
        {i * 0.3}, [&](std::size_t, std::size_t) { return spike ? 30.0 : -65.0; },
        i > 400 ? std::optional<std::int64_t>(400) : std::nullopt);
    const auto& picture = grown.paint();
    const auto& range = picture.frame.x_range;
    const double pixel = range.span() / picture.columns;
    EXPECT_LE(range.low, grown.samples.times.front());
    EXPECT_GE(range.high, grown.samples.times.back());
    if (i < 2) continue;
    EXPECT_GE(range.low, grown.samples.times.front() - 0.15 - 2 * pixel);
    EXPECT_LE(range.high, grown.samples.times.back() + 0.15 + pixel);
    EXPECT_LE(picture.columns, static_cast<int>(picture.cells_area.width)) << "each column has a pixel";
    EXPECT_GE(picture.columns * 6, static_cast<int>(picture.cells_area.width) * 5 - 6);
    if (spike) {
      EXPECT_EQ(picture.cells[static_cast<std::size_t>(picture.columns) - 1], grown.view.look().table()[255]) << i;
    }
  }
}

// ---- counts ------------------------------------------------------------------------------------------------------

constexpr std::size_t rows = 64;

double resting(std::size_t row, std::size_t i) { return -65 + 0.01 * static_cast<double>((row * 7 + i * 13) % 101); }

void append_steps(Grown& grown, int& step, int count) {
  std::vector<double> times;
  for (int i = 0; i < count; ++i) times.push_back(step++ * 0.1);
  grown.append(times, resting);
}

// The most cells that one of 100 pictures, `count` samples apart, takes; pictures that begin anew are counted apart.
struct Work {
  std::uint64_t reduced = 0, colored = 0;
  int anew = 0;
};
Work work_of(Grown& grown, int& step, int count) {
  Work out;
  for (int i = 0; i < 100; ++i) {
    append_steps(grown, step, count);
    const auto reduced = grown.view.cells_reduced(), colored = grown.view.cells_colored();
    grown.paint();
    if (grown.view.cells_reduced() - reduced >= rows * static_cast<std::size_t>(grown.view.picture().columns)) {
      ++out.anew;
      continue;
    }
    out.reduced = std::max(out.reduced, grown.view.cells_reduced() - reduced);
    out.colored = std::max(out.colored, grown.view.cells_colored() - colored);
  }
  return out;
}

TEST(HeatMapGrowth, a_picture_costs_its_new_columns) {
  for (const bool rolls : {false, true}) {
    Grown grown(rows);
    grown.height = 600;
    grown.spec.color_limits = std::optional(Limits{-80, 40});
    if (rolls) grown.spec.rolling_window = 200;
    int step = 0;
    append_steps(grown, step, 3000);
    for (int i = 0; i < 20; ++i) {
      append_steps(grown, step, 6);
      grown.paint();
    }
    for (const int count : {1, 6, 30}) {
      const double per_column =
          grown.view.picture().frame.x_range.span() / grown.view.picture().columns / 0.1;  // samples
      const auto columns =
          static_cast<std::uint64_t>(std::ceil(count / per_column)) + 1;  // and the one that was not full
      const auto work = work_of(grown, step, count);
      EXPECT_LE(work.reduced, rows * columns) << count << (rolls ? " rolling" : " growing");
      EXPECT_LE(work.colored, 6 * rows * columns) << "and where the rest of a row has moved";
      // By 7 % in each step of the width while it grows; never while it rolls.
      EXPECT_LE(work.anew, rolls ? 0 : count < 6 ? 1 : count < 30 ? 2 : 7) << count;
    }
  }
}

TEST(HeatMapGrowth, only_colours_are_done_again_where_only_colours_changed) {
  Grown grown(rows);
  grown.spec.color_limits = std::optional(Limits{-90, 10});
  int step = 0;
  append_steps(grown, step, 3000);
  grown.paint();
  grown.paint();
  const auto reduced = grown.view.cells_reduced();
  const auto cells = grown.view.picture().cells.size();
  const auto colored_by = [&](auto&& change) {
    change();
    const auto before = grown.view.cells_colored();
    grown.paint();
    return grown.view.cells_colored() - before;
  };
  EXPECT_EQ(colored_by([] {}), 0U) << "the same picture again";
  EXPECT_EQ(colored_by([&] { grown.view_state.cursor = Cursor{"time", 5}; }), 0U);
  EXPECT_EQ(colored_by([&] { grown.theme = Theme::dark; }), cells);
  EXPECT_EQ(colored_by([&] { grown.spec.color_limits = std::optional(Limits{-80, 10}); }), cells);
  EXPECT_EQ(colored_by([&] { grown.view.look().colors().choose_map("grayscale"); }), cells);
  EXPECT_EQ(grown.view.cells_reduced(), reduced);
  grown.view.zoom_at(200, 100, 1.5, 1);
  grown.paint();
  EXPECT_GE(grown.view.cells_reduced() - reduced, rows * 300);
}

TEST(HeatMapGrowth, a_drag_costs_the_columns_that_come_into_view) {
  Grown grown(rows);
  int step = 0;
  append_steps(grown, step, 3000);
  grown.paint();
  grown.view.zoom_at(200, 100, 3, 1);
  grown.paint();
  for (const int px : {1, 5, -20, -3, 17}) {
    const auto reduced = grown.view.cells_reduced();
    grown.view.pan(px, 0);
    grown.paint();
    EXPECT_EQ(grown.view.cells_reduced() - reduced, rows * static_cast<std::size_t>(std::abs(px))) << px;
    EXPECT_EQ(wrong_cells(grown), 0U);
  }
}

TEST(HeatMapGrowth, a_sample_wider_than_a_pixel_is_looked_at_once) {
  Grown grown(rows);
  int step = 0;
  append_steps(grown, step, 10);
  grown.paint();
  EXPECT_GT(grown.view.picture().columns, 100);
  EXPECT_EQ(grown.view.cells_reduced(), 10 * rows);
}

}  // namespace
}  // namespace cnv
