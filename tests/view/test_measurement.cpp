#include "cnv/view/measurement.hpp"

#include <gmock/gmock.h>

#include "cnv/view/measurement_text.hpp"
#include "view/plot_fixture.hpp"

namespace cnv {
namespace {

using scenes::Plot;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Three series over 0 … 9 ms, value 100·row + column.
LinePlotViewSpec columns() {
  return {.id = "plot",
          .field_id = "history",
          .x_dim = "time",
          .series_dim = "segment",
          .x_label = "t",
          .y_label = "v",
          .x_unit = "ms",
          .y_unit = "mV"};
}

OrderedMap<Array> coords(const std::vector<std::string>& segments, std::size_t samples, double dt) {
  OrderedMap<Array> out;
  out.set("segment", scenes::texts(segments));
  out.set("time", scenes::doubles(scenes::steps(samples, dt)));
  return out;
}

// A potential of one series, a value each `dt` from 0 on.
struct Potential : Plot {
  explicit Potential(const std::vector<float>& v, double dt = 0.1) : Plot(columns()) {
    spec.selectors = {{"segment", List{"e0"}}};
    replace(v, dt);
  }
  void replace(const std::vector<float>& v, double dt = 0.1) {
    const auto n = static_cast<std::int64_t>(v.size());
    apply(FieldReplace{"history", scenes::floats(v, {1, n}), coords({"e0"}, v.size(), dt), {}});
    paint();
  }
};

// Rest, 5 steps up to the peak, 10 down, rest; at -65 + 100 mV.
std::vector<float> spike(int before, int after) {
  std::vector<float> v(static_cast<std::size_t>(before), -65);
  for (int i = 1; i <= 5; ++i) v.push_back(-65 + 20 * static_cast<float>(i));
  for (int i = 1; i <= 10; ++i) v.push_back(35 - 10 * static_cast<float>(i));
  v.insert(v.end(), static_cast<std::size_t>(after), -65);
  return v;
}

const MeasuredNumbers::Cursors& cursors(const MeasuredNumbers& numbers) { return *numbers.cursors; }

TEST(Measurement, cursors_stand_at_thirds_of_the_view_and_read_every_visible_series) {
  Plot plot(columns());
  plot.paint();
  EXPECT_FALSE(plot.view.measures());
  ASSERT_TRUE(plot.view.put_cursors());
  const auto numbers = plot.view.measured();
  EXPECT_EQ(cursors(numbers).places[0].x, 3);
  EXPECT_EQ(cursors(numbers).places[1].x, 6);
  EXPECT_EQ(cursors(numbers).dx(), 3);
  EXPECT_DOUBLE_EQ(*cursors(numbers).rate_hz, 1000.0 / 3);
  ASSERT_EQ(cursors(numbers).values.size(), 3);
  EXPECT_EQ(cursors(numbers).values[1].a, 103);
  EXPECT_EQ(cursors(numbers).values[1].b, 106);
  plot.view.toggle_series(1);
  EXPECT_EQ(cursors(plot.view.measured()).values.size(), 2);
  plot.view.remove_measurement();
  EXPECT_FALSE(plot.view.measures());
}

TEST(Measurement, a_cursor_snaps_to_samples_and_is_stepped_within_them) {
  Plot plot(columns());
  const auto& picture = plot.paint();
  ASSERT_TRUE(plot.view.put_cursors());
  const auto place = [&](int c) { return cursors(plot.view.measured()).places[static_cast<std::size_t>(c)].x; };
  plot.view.move_cursor(1, picture.px(7.4));
  EXPECT_EQ(place(1), 7);
  plot.view.move_cursor(0, -1000);
  EXPECT_EQ(place(0), 0) << "a hand beyond the border";
  plot.view.focus_cursor(1);
  plot.view.step_cursor(1);
  EXPECT_EQ(place(1), 8);
  plot.view.step_cursor(10);
  EXPECT_EQ(place(1), 9);
  ASSERT_TRUE(plot.view.show_x({1.5, 6.5}));
  plot.paint();
  plot.view.step_cursor_to_end(false);
  EXPECT_EQ(place(1), 2);
  plot.view.step_cursor_to_end(true);
  EXPECT_EQ(place(1), 6);
}

TEST(Measurement, handles_are_where_the_cursors_are_and_at_the_border_when_they_are_out_of_view) {
  Plot plot(columns());
  plot.paint();
  ASSERT_TRUE(plot.view.put_cursors());
  auto picture = plot.paint();
  ASSERT_EQ(picture.measures.handles.size(), 2);
  EXPECT_NEAR(picture.measures.handles[0].line->x0, picture.px(3), 0.5);
  EXPECT_EQ(picture.handle_at(picture.px(6) + 3, picture.plot.bottom() - 5), 1);
  EXPECT_EQ(picture.handle_at(picture.px(4.5), picture.plot.bottom() - 5), -1);
  ASSERT_TRUE(plot.view.show_x({4, 5}));
  picture = plot.paint();
  EXPECT_EQ(picture.measures.handles[0].label.text, "‹A");
  EXPECT_EQ(picture.measures.handles[1].label.text, "B›");
  EXPECT_FALSE(picture.measures.handles[0].line || picture.measures.handles[1].line);
  EXPECT_EQ(picture.handle_at(picture.plot.x + 4, picture.plot.y - 8), 0);
  EXPECT_EQ(picture.handle_at(picture.plot.right() - 4, picture.plot.y - 8), 1);
}

TEST(Measurement, the_read_out_stands_above_the_data_and_a_click_finds_its_buttons) {
  Plot plot(columns());
  const double top = plot.paint().plot.y;
  ASSERT_TRUE(plot.view.put_cursors());
  const auto& picture = plot.paint();
  EXPECT_GT(picture.plot.y, top + 4 * 16);
  std::vector<std::string> texts;
  for (const auto& text : picture.measures.texts) {
    texts.push_back(text.text);
    EXPECT_LT(text.baseline, picture.measures.handles[0].box.y);
  }
  EXPECT_THAT(texts, testing::IsSupersetOf({"A", "B", "B − A", "3.000", "6.000", "3.000\u2009ms", "333.33\u2009Hz"}));
  ASSERT_EQ(picture.measures.buttons.size(), 2);
  const auto& box = picture.measures.buttons[0].box;
  EXPECT_EQ(picture.button_at(box.x + 1, box.y + 1), copy_button);
  plot.view.show_as_figure();
  plot.view.layout(600, 400, EstimatedMetrics{});
  EXPECT_THAT(plot.view.picture().measures.buttons, IsEmpty()) << "files have no buttons";
  EXPECT_EQ(plot.view.picture().measures.handles.size(), 2);
}

TEST(Measurement, handles_at_one_place_stand_beside_each_other_and_inside_the_plot) {
  Plot plot(columns());
  const auto& first = plot.paint();
  ASSERT_TRUE(plot.view.put_cursors());
  for (const double x : {0.0, 4.0, 9.0}) {
    for (const int cursor : {0, 1}) plot.view.move_cursor(cursor, first.px(x));
    const auto& handles = plot.paint().measures.handles;
    const auto [a, b] = std::pair(handles[0].box, handles[1].box);
    EXPECT_GE(std::abs(a.x - b.x), a.width) << x;
    for (const auto& box : {a, b}) {
      EXPECT_GE(box.x, first.plot.x);
      EXPECT_LE(box.right(), first.plot.right() + 1);
    }
  }
}

TEST(Measurement, in_a_narrow_plot_the_difference_is_kept_and_nothing_is_drawn_over_another) {
  Plot plot(columns());
  plot.paint();
  ASSERT_TRUE(plot.view.put_cursors());
  const EstimatedMetrics metrics;
  for (const double width : {180.0, 240.0, 300.0, 420.0}) {
    const auto& picture = plot.view.layout(width, 400, metrics);
    std::vector<std::string> texts;
    std::vector<PlotRect> taken;
    for (const auto& button : picture.measures.buttons) taken.push_back(button.box);
    for (const auto& text : picture.measures.texts) {
      if (text.text.empty()) continue;
      texts.push_back(text.text);
      const double w = metrics.text_width(text.text, text.size_px, text.weight);
      const PlotRect area{text.align == TextAlign::right ? text.x - w : text.x, text.baseline - 8, w, 8};
      for (const auto& other : taken)
        EXPECT_FALSE(area.x < other.right() && other.x < area.right() && area.y < other.bottom() &&
                     other.y < area.bottom())
            << width << " " << text.text;
      taken.push_back(area);
      EXPECT_GE(area.x, 0) << width;
      EXPECT_LE(area.right(), width) << width;
    }
    EXPECT_THAT(texts, testing::Contains("B − A")) << width;
  }
}

TEST(Measurement, the_clipboard_has_names_units_and_exact_numbers_between_tabs) {
  Plot plot(columns());
  plot.spec.selectors = {{"segment", List{"e0", "e1"}}};
  plot.paint();
  ASSERT_TRUE(plot.view.put_cursors());
  const auto labels = plot.view.measured().cursors->values;
  EXPECT_EQ(table_of(plot.view.measured()),
            "\tA\tB\tB − A\n"
            "t (ms)\t3\t6\t3\n" +
                labels[0].label + " (mV)\t3\t6\t3\n" + labels[1].label +
                " (mV)\t103\t106\t3\n"
                "1/Δt (Hz)\t\t\t333.3333333333333\n");
}

TEST(Measurement, cursors_stay_at_their_time_while_the_trace_rolls_and_say_when_their_samples_are_gone) {
  Plot plot(columns());
  plot.spec.rolling_window = 9;
  plot.spec.trim_to_rolling_window = true;
  plot.paint();
  ASSERT_TRUE(plot.view.put_cursors());
  plot.apply(scenes::append_columns(3, 5, 10, 1, 7));
  plot.paint();
  auto numbers = plot.view.measured();
  EXPECT_EQ(cursors(numbers).places[0].x, 3);
  EXPECT_EQ(cursors(numbers).places[0].sweep, 0);
  EXPECT_TRUE(cursors(numbers).places[0].dropped);
  EXPECT_TRUE(std::isnan(cursors(numbers).values[0].a));
  EXPECT_EQ(cursors(numbers).places[1].sweep, 1);
  EXPECT_EQ(cursors(numbers).values[2].b, 206);
  EXPECT_EQ(cursors(numbers).dx(), 3) << "the times are still known";
  std::string said;
  for (const auto& text : plot.view.picture().measures.texts) said += text.text + "|";
  EXPECT_THAT(said, HasSubstr("There are no samples at A: they have been dropped."));
  EXPECT_THAT(said, HasSubstr("|–|206.0|–|"));
  const std::string table = table_of(numbers);
  EXPECT_THAT(table, HasSubstr(numbers.cursors->values[2].label + " (mV)\t\t206\t\n"));
}

TEST(Measurement, cursors_wait_at_their_place_for_the_data_that_replaces_theirs) {
  Plot plot(columns());
  plot.paint();
  ASSERT_TRUE(plot.view.put_cursors());
  const auto replace = [&](std::size_t n) {
    plot.apply(FieldReplace{"history",
                            scenes::floats(std::vector<float>(3 * n, 5), {3, static_cast<std::int64_t>(n)}),
                            coords({"e0", "e1", "e2"}, n, 1),
                            {}});
    plot.paint();
  };
  replace(2);  // as after a reset
  EXPECT_EQ(cursors(plot.view.measured()).places[0].x, 3);
  EXPECT_EQ(cursors(plot.view.measured()).places[0].sweep, 0);
  EXPECT_FALSE(cursors(plot.view.measured()).places[0].dropped);
  replace(5);
  EXPECT_EQ(cursors(plot.view.measured()).values[0].a, 5);
  EXPECT_EQ(cursors(plot.view.measured()).places[1].sweep, 0);
  plot.apply(scenes::append_columns(3, 4, 5, 1, 8));
  plot.paint();
  EXPECT_EQ(cursors(plot.view.measured()).values[0].b, 8);
}

TEST(Measurement, with_sweeps_a_cursor_reads_one_of_them_and_says_which) {
  Plot plot(columns());
  plot.apply(scenes::append_columns(3, 5, 0, 1, 50));  // time starts again
  plot.paint();
  ASSERT_EQ(plot.view.data().sweeps().size(), 2);
  ASSERT_TRUE(plot.view.put_cursors());
  const auto numbers = plot.view.measured();
  EXPECT_EQ(cursors(numbers).sweeps, 2);
  EXPECT_EQ(cursors(numbers).places[0].sweep, 2);
  EXPECT_EQ(cursors(numbers).values[0].a, 50);
  EXPECT_EQ(cursors(numbers).places[1].sweep, 1) << "the second ends at 4 ms";
  EXPECT_EQ(cursors(numbers).values[0].b, 6);
  plot.apply(scenes::append_columns(3, 5, 5, 1, 60));
  plot.paint();
  EXPECT_EQ(cursors(plot.view.measured()).values[0].b, 6) << "a cursor stays on its sample";
  EXPECT_THAT(table_of(numbers), HasSubstr("sweep\t2\t1\t\n"));
}

TEST(Measurement, where_x_turns_back_or_nothing_is_there_it_says_why_there_are_no_cursors) {
  Plot plot(columns());
  plot.paint();
  ASSERT_TRUE(plot.view.show_x({100, 200}));
  plot.paint();
  EXPECT_THAT(plot.view.put_cursors().error(), HasSubstr("no samples in view"));
  Plot orbit(columns());
  orbit.spec.x_dim = "time";
  auto turning = coords({"e0"}, 3, 1);
  turning.set("time", scenes::doubles({0, NAN, 1}));
  orbit.apply(FieldReplace{"history", scenes::floats({1, 2, 3}, {1, 3}), turning, {}});
  orbit.paint();
  EXPECT_THAT(orbit.view.put_cursors().error(), HasSubstr("turns back"));
}

// ---- a spike -----------------------------------------------------------------------------------------------------

TEST(Measurement, the_spike_at_a_place_is_measured_and_marked) {
  Potential plot(spike(50, 50));
  ASSERT_TRUE(plot.view.measure_spike(5.0, 0));
  const auto numbers = plot.view.measured();
  ASSERT_TRUE(numbers.spike);
  EXPECT_NEAR(numbers.spike->shape.peak.x, 5.4, 1e-9);
  EXPECT_NEAR(*numbers.spike->shape.half_width(), 0.25 + 0.5, 1e-6);
  const auto& picture = plot.paint();
  ASSERT_EQ(picture.measures.rings.size(), 2);
  EXPECT_NEAR(picture.measures.rings[0].x, picture.px(5.4), 1e-6);
  EXPECT_NEAR(picture.measures.rings[0].y, picture.py(35), 1e-6);
  EXPECT_EQ(picture.measures.dots.size(), 2);
  ASSERT_EQ(picture.measures.spans.size(), 3) << "a line with an end mark on each side";
  EXPECT_NEAR(picture.measures.spans[0].x1 - picture.measures.spans[0].x0, 0.75 * picture.plot.width / 11.4, 1);
  const std::string table = table_of(numbers);
  EXPECT_THAT(table, testing::StartsWith("spike of\tpeak (mV)\tpeak at (ms)\tthreshold (mV)\tthreshold at (ms)\t"
                                         "amplitude (mV)\thalf-width (ms)\trise 10–90 % (ms)\n"));
  EXPECT_THAT(table, HasSubstr("\t35\t5.4"));
  const Dict dict = dict_of(numbers);
  EXPECT_EQ(*dict.find("spike")->get_if<Dict>()->find("peak")->get_if<double>(), 35);
}

TEST(Measurement, the_trace_that_passes_nearest_is_measured) {
  Plot plot(columns());
  auto two = spike(20, 20);
  auto flat = std::vector<float>(two.size(), -80), late = spike(25, 15);
  std::vector<float> all = two;
  for (float& v : late) v -= 10;
  all.insert(all.end(), late.begin(), late.end());
  all.insert(all.end(), flat.begin(), flat.end());
  plot.apply(FieldReplace{"history",
                          scenes::floats(all, {3, static_cast<std::int64_t>(two.size())}),
                          coords({"e0", "e1", "e2"}, two.size(), 0.1),
                          {}});
  plot.paint();
  ASSERT_TRUE(plot.view.measure_spike(2.4, 35));
  EXPECT_NEAR(plot.view.measured().spike->shape.peak.y, 35, 1e-6);
  ASSERT_TRUE(plot.view.measure_spike(2.9, 25));
  EXPECT_NEAR(plot.view.measured().spike->shape.peak.y, 25, 1e-6);
  ASSERT_TRUE(plot.view.measure_spike(0.5, -80)) << "the flat one has none: the next is taken";
  EXPECT_NEAR(plot.view.measured().spike->shape.peak.y, 25, 1e-6);
  plot.view.toggle_series(1);
  plot.paint();
  EXPECT_THAT(plot.view.picture().measures.rings, IsEmpty()) << "hidden, but its numbers stay";
  EXPECT_TRUE(plot.view.measured().spike);
}

TEST(Measurement, why_no_spike_is_measured_is_said_in_a_sentence) {
  Potential flat(std::vector<float>(100, -65));
  EXPECT_THAT(flat.view.measure_spike(5, -65).error(), HasSubstr("There is no peak of a spike in view"));
  EXPECT_FALSE(flat.view.measures());
  Potential cut([] {
    auto v = spike(50, 0);
    v.resize(53);
    return v;
  }());
  EXPECT_THAT(cut.view.measure_spike(5, -65).error(), HasSubstr("end before"));
  Potential current(spike(50, 50));
  current.spec.y_unit = "nA";
  current.spec.y_label = "I";
  current.paint();
  EXPECT_THAT(current.view.measure_spike(5, 0).error(), HasSubstr("this plot shows I in nA over t in ms"));
  current.spec.y_unit = "mV";
  current.spec.x_unit = "";
  current.paint();
  EXPECT_TRUE(current.view.measure_spike(5, 0)) << "a model's time without a unit is in ms";
}

TEST(Measurement, what_a_spike_lacks_is_said_and_comes_with_the_samples) {
  auto v = spike(50, 0);
  const auto whole = spike(50, 50);
  v.resize(58);
  Plot plot(columns());
  plot.spec.selectors = {{"segment", List{"e0"}}};
  plot.apply(FieldReplace{"history", scenes::floats(v, {1, 58}), coords({"e0"}, 58, 0.1), {}});
  plot.paint();
  ASSERT_TRUE(plot.view.measure_spike(5.4, 35));
  EXPECT_FALSE(plot.view.measured().spike->shape.half_width());
  EXPECT_THAT(plot.view.measured().spike->remarks(), ElementsAre(HasSubstr("The samples end before")));
  EXPECT_THAT(table_of(plot.view.measured()), HasSubstr("\t\t")) << "no number for what is not known";
  const std::vector<float> rest(whole.begin() + 58, whole.end());
  const auto n = static_cast<std::int64_t>(rest.size());
  plot.apply(FieldAppend{
      "history", "time", scenes::floats(rest, {1, n}), scenes::doubles(scenes::steps(rest.size(), 0.1, 5.8)), {}, {}});
  plot.paint();
  EXPECT_NEAR(*plot.view.measured().spike->shape.half_width(), 0.75, 1e-6);
  EXPECT_THAT(plot.view.measured().spike->remarks(), IsEmpty());
}

TEST(Measurement, few_samples_on_the_rise_are_remarked) {
  Potential plot({-65, -65, -65, -65, -10, 30, -20, -60, -65, -65, -65}, 0.5);
  ASSERT_TRUE(plot.view.measure_spike(2.5, 0));
  EXPECT_THAT(plot.view.measured().spike->remarks(), ElementsAre(HasSubstr("Coarse: samples every 0.50\u2009ms, 3")));
}

TEST(Measurement, a_spike_whose_data_is_replaced_is_gone) {
  Potential plot(spike(50, 50));
  ASSERT_TRUE(plot.view.measure_spike(5.4, 35));
  plot.replace(std::vector<float>(115, -65));
  EXPECT_FALSE(plot.view.measures());
}

}  // namespace
}  // namespace cnv
