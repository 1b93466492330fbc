#include "cnv/core/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cnv {
namespace {

using testing::HasSubstr;

template <class T>
std::string set(T& record, std::string_view name, const Value& value) {
  std::string problem;
  return set_property(record, name, value, problem) ? "" : problem;
}

TEST(Record, a_property_is_set_by_name) {
  LinePlotViewSpec plot{.id = "p"};
  EXPECT_EQ(set(plot, "title", "T"), "");
  EXPECT_EQ(set(plot, "y_min", -5), "");
  EXPECT_EQ(set(plot, "pen", StateBinding{"k"}), "");
  EXPECT_EQ(set(plot, "show_legend", 0), "");
  EXPECT_EQ(plot.title, "T");
  EXPECT_EQ(plot.y_min, -5.0);
  EXPECT_EQ(plot.pen.binding().key, "k");
  EXPECT_FALSE(plot.show_legend);
  EXPECT_EQ(set(plot, "y_min", Value()), "");
  EXPECT_FALSE(plot.y_min);
}

TEST(Record, problems_name_record_property_and_value) {
  LinePlotViewSpec plot;
  EXPECT_THAT(set(plot, "colour", 1), HasSubstr("LinePlotViewSpec has no attribute 'colour'"));
  EXPECT_THAT(set(plot, "title", 1), HasSubstr("LinePlotViewSpec.title: expected text, got 1"));
  EXPECT_THAT(set(plot, "show_legend", 2), HasSubstr("expected true or false, got 2"));
  EXPECT_THAT(set(plot, "y_min", "low"), HasSubstr("expected a number, got 'low'"));
  SurfaceViewSpec surface;
  EXPECT_THAT(set(surface, "color_limits", List{1.0}), HasSubstr("expected two values"));
  EXPECT_THAT(set(surface, "tick_count", 1.5), HasSubstr("expected a whole number, got 1.5"));
  EXPECT_THAT(set(surface, "axis_labels", List{"a", 1}), HasSubstr("expected text"));
}

TEST(Record, one_of_several_is_named_by_its_type) {
  ViewSpec view;
  std::string problem;
  EXPECT_TRUE(from_value(Dict{{"type", "StateGraphViewSpec"}, {"id", "g"}, {"node_positions", List{List{"C", 0.5, 1}}}},
                         view, problem))
      << problem;
  EXPECT_EQ(std::get<StateGraphViewSpec>(view).node_positions[0], std::make_tuple(std::string("C"), 0.5, 1.0));
  EXPECT_FALSE(from_value(Dict{{"type", "PieView"}}, view, problem));
  EXPECT_THAT(problem, HasSubstr("'PieView'"));
  EXPECT_FALSE(from_value(Dict{{"id", "g"}}, view, problem));
  EXPECT_EQ(*to_value(view).get_if<Dict>()->begin(), (Dict::Entry{"type", "StateGraphViewSpec"}));
}

TEST(Record, every_row_of_a_view_says_what_it_refreshes) {
  for_each_row<MorphologyViewSpec>([](const auto& r) {
    if (r.name == "id" || r.name == "geometry_id") {
      EXPECT_EQ(r.refresh, Refresh::rebuild);
    }
    if (r.name == "color_map") {
      EXPECT_EQ(r.refresh, Refresh::paint);
    }
    if (r.name == "color_field_id") {
      EXPECT_EQ(r.refresh, Refresh::data);
    }
  });
}

}  // namespace
}  // namespace cnv
