#include "cnv/view/heat_map_view.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::HasSubstr;

const double gap = std::nan("");

struct Map : testing::Test {
  SceneStore store = scenes::store_of(scene());
  HeatMapViewSpec spec{.id = "map", .field_id = "v", .color_limits = std::optional(Limits{0, 10}), .x_unit = "ms"};
  HeatMapView view;
  ViewState view_state;

  static Scene scene() {
    Scene scene;
    scene.fields.set("v", Field{"v",
                                scenes::doubles({0, 10, gap, 5, 5, 5}, {2, 3}),
                                {"cell", "time"},
                                {{"cell", scenes::texts({"a", "b"})}, {"time", scenes::doubles({0, 1, 2})}},
                                "mV",
                                {}});
    scene.fields.set("cube", Field{"cube",
                                   scenes::doubles({1, 2, 3, 4, 5, 6, 7, 8}, {2, 2, 2}),
                                   {"trial", "path", "time"},
                                   {{"trial", scenes::texts({"one", "two"})},
                                    {"path", scenes::doubles({0, 50})},
                                    {"time", scenes::doubles({0, 1})}},
                                   {},
                                   {}});
    return scene;
  }
  const HeatMapPicture& paint(double width = 500, double height = 300) {
    view.update(spec, store, view_state, Theme::light);
    return view.layout(width, height, EstimatedMetrics{});
  }
  void append(std::vector<double> times, const std::vector<double>& values,
              std::optional<std::int64_t> max_length = {}) {
    const auto columns = static_cast<std::int64_t>(times.size());
    ASSERT_FALSE(store.apply(FieldAppend{
        "v", "time", scenes::doubles(values, {2, columns}), scenes::doubles(std::move(times)), max_length, {}}));
  }
  Rgba8 cell(double x, int row) const {
    const auto& picture = view.picture();
    const int column = static_cast<int>(picture.frame.px(x) - picture.frame.plot.x),
              line = (2 * (row - picture.first_row()) + 1) * picture.rows /
                     (2 * (picture.end_row() - picture.first_row()));
    return picture.cells[static_cast<std::size_t>(line * picture.columns + column)];
  }
  Rgba8 color(double value) const {
    return view.look().table()[static_cast<std::size_t>(view.look().scale().entry(static_cast<float>(value)))];
  }
};

TEST_F(Map, cells_have_the_colours_of_their_values_and_gaps_the_neutral_one) {
  const auto& picture = paint();
  EXPECT_EQ(picture.frame.x_range, (AxisRange{-0.5, 2.5})) << "the outer cells are whole";
  EXPECT_EQ(cell(0, 0), color(0));
  EXPECT_EQ(cell(1, 0), color(10));
  EXPECT_EQ(cell(2, 0), neutral_color(Theme::light));
  for (const double x : {0.0, 1.0, 2.0}) EXPECT_EQ(cell(x, 1), color(5));
  EXPECT_EQ(cell(0.4, 0), color(0));
  EXPECT_EQ(cell(0.6, 0), color(10));
}

TEST_F(Map, the_cursor_of_the_pointer_reads_its_cell) {
  const auto point_at = [&](double x, int row) {
    const auto& picture = paint();
    view_state.cursor = view.cursor_at(picture.frame.px(x), picture.row_y(row + 0.5));
    return paint().frame.cursor ? view.picture().frame.cursor->label.text : std::string();
  };
  EXPECT_THAT(point_at(1.2, 0), testing::AllOf(testing::StartsWith("1.00"), HasSubstr("   a   10.000\u2009mV")));
  EXPECT_EQ(view_state.cursor->dim, "time");
  EXPECT_NEAR(view.picture().ring->x, view.picture().frame.px(1), 1e-9) << "on the column whose value is read";
  EXPECT_NEAR(view.picture().ring->y, view.picture().row_y(0.5), 1e-9);
  EXPECT_THAT(point_at(2, 0), testing::EndsWith("a   \u2013"));
  EXPECT_THAT(point_at(2, 1), HasSubstr("   b   5.000"));
  EXPECT_FALSE(view.cursor_at(view.picture().frame.plot.x - 1, view.picture().row_y(0.5)));
}

TEST_F(Map, a_cursor_from_elsewhere_shows_the_time_and_the_value_of_the_row_that_is_meant) {
  const auto label = [&](std::optional<Cursor> cursor) {
    view_state.cursor = std::move(cursor);
    const auto& shown = paint().frame.cursor;
    return shown ? shown->label.text : std::string();
  };
  EXPECT_EQ(label(Cursor{"time", 1}), "1.000\u2009ms");
  EXPECT_FALSE(view.picture().ring);
  EXPECT_THAT(label(Cursor{"time", 1, "cell", "b"}), HasSubstr("   b   5.000")) << "the same row of another heat map";
  EXPECT_EQ(label(Cursor{"time", 1, "cell", "c"}), "1.000\u2009ms") << "a row that this one does not have";
  store.set_state(selected_entity_key, "a");
  EXPECT_THAT(label(Cursor{"time", 1}), HasSubstr("   a   10.000"));
  EXPECT_EQ(label(Cursor{"distance", 1}), "") << "another axis";
  view_state.time_shown = 0;
  EXPECT_THAT(label({}), HasSubstr("0.000\u2009ms   a   0.000")) << "the time that is looked back to";
}

TEST_F(Map, rows_come_closer_and_move_within_the_data) {
  spec = {.id = "map", .field_id = "many"};
  std::vector<double> values;
  std::vector<std::string> names;
  for (int row = 0; row < 20; ++row)
    names.push_back("r" + std::to_string(row)), values.insert(values.end(), {row * 1.0, row + 0.5});
  Scene scene;
  scene.fields.set("many", Field{"many",
                                 scenes::doubles(values, {20, 2}),
                                 {"row", "time"},
                                 {{"row", Array::strings(names)}, {"time", scenes::doubles({0, 1})}},
                                 "mV",
                                 {}});
  store = scenes::store_of(scene);
  paint();
  EXPECT_EQ(view.look().scale().high, 19.5F);
  view.zoom_at(view.picture().frame.px(0.5), view.picture().row_y(10), 1, 4);
  EXPECT_EQ(paint().shown_rows, (AxisRange{7.5, 12.5})) << "the row under the pointer stays";
  EXPECT_EQ(view.picture().frame.x_range, (AxisRange{-0.5, 1.5})) << "x stays as it is";
  EXPECT_FALSE(view.fitted());
  EXPECT_EQ(view.picture().rows, 6) << "rows in view at least in part";
  EXPECT_EQ(view.look().scale().low, 7.0F) << "colours follow what is in view";
  EXPECT_EQ(cell(0, 7), color(7));
  EXPECT_EQ(cell(1, 12), color(12.5));
  EXPECT_EQ(view.picture().row_labels.front().text, "r7") << "its middle lies on the border";
  EXPECT_EQ(view.picture().row_at(view.picture().row_y(9.9)), 9);
  view.pan(0, -1e6);
  EXPECT_EQ(paint().shown_rows, (AxisRange{15, 20})) << "not beyond the data";
  view.zoom_at(0, view.picture().row_y(20), 1, 100);
  EXPECT_EQ(paint().shown_rows, (AxisRange{15, 20})) << "never less than one row";
  view.zoom_at(0, view.picture().row_y(20), 1, 5);
  EXPECT_EQ(paint().shown_rows, (AxisRange{19, 20}));
  EXPECT_EQ(cell(0, 19), color(19));
  view.zoom_at(0, view.picture().row_y(19.5), 1, 0.01);
  EXPECT_TRUE(view.fitted());
  EXPECT_EQ(paint().shown_rows, (AxisRange{0, 20}));
}

TEST_F(Map, files_may_have_finer_cells_than_pixels) {
  paint(500, 300);
  const int columns = view.picture().columns;
  view.layout(500, 300, EstimatedMetrics{}, 4);
  EXPECT_EQ(view.picture().columns, 4 * columns);
  EXPECT_EQ(view.picture().rows, 2);
}

TEST_F(Map, appended_columns_are_taken_in_without_reading_the_others_again) {
  append({3}, {1, 2});  // from here on the field grows
  paint();
  for (int i = 4; i < 2000; ++i) {
    append({static_cast<double>(i)}, {1, 2});
    view.update(spec, store, view_state, Theme::light);
  }
  const auto before = view.cells_read();
  append({2000, 2001}, {7, 8, 3, 4});
  paint();
  EXPECT_EQ(view.cells_read() - before, 6U) << "two columns of two rows and their times";
  EXPECT_GE(view.picture().frame.x_range.high, 2001.5);
  EXPECT_LE(view.picture().frame.x_range.high, 2001.5 + 2003.0 / 300) << "in whole pixels";
  paint();
  EXPECT_EQ(view.cells_read() - before, 6U);
}

TEST_F(Map, a_spike_of_one_column_among_many_shows_at_every_size) {
  std::vector<double> times, values;
  for (int i = 0; i < 50000; ++i) times.push_back(3 + i * 0.1), values.push_back(i == 23456 ? 10.0 : 1.0);
  std::vector<double> both = values;
  both.insert(both.end(), values.begin(), values.end());
  append(times, both);
  for (const double width : {200.0, 333.0, 900.0}) {
    paint(width);
    const auto& cells = view.picture().cells;
    EXPECT_EQ(
        std::count(cells.begin() + view.picture().columns / 10, cells.begin() + view.picture().columns, color(10)), 1)
        << width;
  }
}

TEST_F(Map, the_rolling_window_follows_the_newest_column) {
  spec.rolling_window = 10;
  std::vector<double> times, values(200, 1.0);
  for (int i = 3; i < 103; ++i) times.push_back(i);
  append(times, values);
  EXPECT_EQ(paint().frame.x_range, (AxisRange{92, 102}));
  view.zoom_at(view.picture().frame.px(97), 0, 2, 1);
  EXPECT_NEAR(paint().frame.x_range.span(), 5, 1e-9);
  view.pan(view.picture().frame.plot.width, 10);
  EXPECT_NEAR(paint().frame.x_range.low, 89.5, 0.1);
  view.fit();
  EXPECT_EQ(paint().frame.x_range, (AxisRange{92, 102}));
}

TEST_F(Map, dims_are_found_and_selectors_fix_the_others) {
  spec = {.id = "map", .field_id = "cube", .selectors = {{"trial", "two"}}};
  const auto& picture = paint();
  EXPECT_EQ(view.message(), "");
  ASSERT_EQ(picture.row_labels.size(), 2U);
  EXPECT_EQ(picture.row_labels[0].text, "50") << "numbers ascend from the bottom";
  EXPECT_EQ(view.look().scale().low, 5);
  EXPECT_EQ(view.look().scale().high, 8);
  EXPECT_EQ(cell(0, 0), color(7));
  spec.x_dim = "path";
  paint();
  EXPECT_EQ(cell(50, 1), color(7)) << "rows are times now, the first at the bottom";
}

TEST_F(Map, what_cannot_be_shown_is_said) {
  spec.field_id = "cube";
  paint();
  ASSERT_EQ(view.problems().size(), 1U);
  EXPECT_THAT(view.problems()[0].message, HasSubstr("'trial'"));
  spec.field_id = "none";
  paint();
  EXPECT_THAT(view.message(), HasSubstr("no field 'none'"));
  EXPECT_TRUE(view.picture().cells.empty());
}

}  // namespace
}  // namespace cnv
