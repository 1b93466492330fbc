#include "cnv/view/trace_csv.hpp"

#include <charconv>
#include <random>
#include <sstream>

#include <gmock/gmock.h>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;

struct Table {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;
};

// Cells without quotes, as all but the names are.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::stringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) out.push_back(cell);
  return out;
}

struct Csv {
  SceneStore store;
  LinePlotViewSpec spec{.id = "p",
                        .field_id = "history",
                        .x_dim = "time",
                        .series_dim = "segment",
                        .x_label = "t",
                        .x_unit = "ms",
                        .y_unit = "mV"};
  LinePlotView view;

  Csv() : store(scenes::store_of(scenes::cell_scene())) {}
  explicit Csv(Field field) {
    Scene scene;
    scene.fields.set("history", std::move(field));
    store = scenes::store_of(scene);
  }
  void layout() {
    view.update(spec, store, {}, Theme::light);
    view.layout(600, 400, EstimatedMetrics{});
  }
  std::string text(CsvPart part) const {
    std::string out;
    write_csv(view, part, [&](std::string_view piece) { out += piece; });
    return out;
  }
  Table table(CsvPart part) const {
    std::stringstream lines(text(part));
    std::string line;
    Table out;
    std::getline(lines, line);
    out.names = cells(line);
    while (std::getline(lines, line)) out.rows.push_back(cells(line));
    return out;
  }
};

template <class T>
T number(const std::string& text) {
  T out = NAN;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out).ptr;
  EXPECT_EQ(end, text.data() + text.size()) << text;
  return out;
}

TEST(TraceCsv, names_x_and_each_trace_with_its_unit) {
  Csv csv;
  csv.layout();
  EXPECT_EQ(csv.text(CsvPart::stored).substr(0, 68),
            "t (ms),s0(0.25) (mV),s0(0.75) (mV),s1(0.25) (mV)\n0,0,100,200\n1,1,101");
  csv.spec.x_label = "";
  csv.spec.y_unit = "";
  csv.layout();
  EXPECT_THAT(csv.table(CsvPart::stored).names,
              ElementsAre("time (ms)", "s0(0.25) (mV)", "s0(0.75) (mV)", "s1(0.25) (mV)"))
      << "the field knows its unit";
}

TEST(TraceCsv, one_trace_without_a_name_is_called_by_its_quantity) {
  Csv csv;
  csv.spec.series_dim.reset();
  csv.spec.selectors = {{"segment", "e1"}};
  csv.spec.y_label = "v";
  csv.layout();
  EXPECT_THAT(csv.table(CsvPart::stored).names, ElementsAre("t (ms)", "v (mV)"));
}

TEST(TraceCsv, names_with_commas_and_quotes_are_quoted) {
  Csv csv(scenes::history_field({"a,b", "say \"x\""}, 1));
  csv.layout();
  EXPECT_EQ(csv.text(CsvPart::stored), "t (ms),\"a,b (mV)\",\"say \"\"x\"\" (mV)\"\n0,0,100\n");
}

TEST(TraceCsv, numbers_read_back_exactly_and_gaps_are_na_n) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> any(-100, 100);
  std::vector<float> single;
  std::vector<double> precise, times;
  for (int i = 0; i < 5000; ++i) {
    single.push_back(i % 97 == 0 ? NAN : static_cast<float>(any(random) * 1e-3));
    precise.push_back(any(random) * 1e9);
    times.push_back(i * 0.1 + 1e-9 * i);
  }
  Csv floats(Field{"history", scenes::floats(single), {"time"}, {{"time", scenes::doubles(times)}}, {}, {}});
  Csv doubles(Field{"history", scenes::doubles(precise), {"time"}, {{"time", scenes::doubles(times)}}, {}, {}});
  for (auto* csv : {&floats, &doubles}) {
    csv->spec.series_dim.reset();
    csv->layout();
    const auto table = csv->table(CsvPart::stored);
    ASSERT_EQ(table.rows.size(), times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
      ASSERT_EQ(number<double>(table.rows[i][0]), times[i]);
      if (csv == &doubles) ASSERT_EQ(number<double>(table.rows[i][1]), precise[i]);
      else if (i % 97 == 0) ASSERT_EQ(table.rows[i][1], "nan");
      else ASSERT_EQ(number<float>(table.rows[i][1]), single[i]);
    }
  }
}

TEST(TraceCsv, shown_is_the_range_in_view_and_the_visible_series) {
  Csv csv;
  csv.spec.rolling_window = 4;
  csv.layout();
  csv.view.toggle_series(1);
  csv.layout();
  const auto shown = csv.table(CsvPart::shown);
  EXPECT_THAT(shown.names, ElementsAre("t (ms)", "s0(0.25) (mV)", "s1(0.25) (mV)"));
  ASSERT_EQ(shown.rows.size(), 5U);
  EXPECT_THAT(shown.rows.front(), ElementsAre("5", "5", "205"));
  const auto stored = csv.table(CsvPart::stored);
  EXPECT_EQ(stored.names.size(), 4U);
  EXPECT_EQ(stored.rows.size(), 10U);
}

TEST(TraceCsv, an_empty_plot_is_one_line) {
  Csv csv;
  csv.spec.selectors = {{"segment", List{}}};
  csv.layout();
  EXPECT_EQ(csv.text(CsvPart::stored), "t (ms)\n");
}

TEST(TraceCsv, long_histories_come_in_pieces) {
  Csv csv(scenes::history_field({"a"}, 100000));
  csv.layout();
  std::size_t pieces = 0, lines = 0, longest = 0;
  write_csv(csv.view, CsvPart::stored, [&](std::string_view piece) {
    ++pieces;
    longest = std::max(longest, piece.size());
    lines += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
  });
  EXPECT_GT(pieces, 3U);
  EXPECT_LT(longest, 300U * 1024);
  EXPECT_EQ(lines, 100001U);
}

}  // namespace
}  // namespace cnv
