#include "cnv/draw/state_graph_picture.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "cnv/draw/state_graph_svg.hpp"

namespace cnv {
namespace {

using testing::HasSubstr;
using testing::Not;

// C ⇄ O → I, in a row.
StateGraphRequest three_states() {
  StateGraphRequest r{.width = 600, .height = 300};
  for (const auto& [name, x, value] :
       {std::tuple{"C", 0.2, 0.25}, std::tuple{"O", 0.5, 1.5}, std::tuple{"I", 0.8, -0.5}})
    r.nodes.push_back(
        {.name = name, .x = x, .y = 0.5, .value = value, .value_text = "0.000", .color = {255, 0, 0, 255}});
  r.edges = {{0, 1, "open", "4.47", {0, 0, 255, 255}},
             {1, 0, "close", "0.62", {0, 0, 255, 255}},
             {1, 2, "block", "1.00", {0, 0, 255, 255}}};
  r.node_bar = ColorBar{.title = "occupancy", .scale = {0, 1, 0}, .table = color_map("grayscale").table, .ticks = {}};
  r.edge_bar = ColorBar{.title = "rate (1/ms)", .scale = {0, 10, 0}, .table = color_map("bwr").table, .ticks = {}};
  r.widest_value = "0.000";
  return r;
}
StateGraphPicture laid(const StateGraphRequest& request) { return layout_state_graph(request, EstimatedMetrics()); }

bool overlap(const PlotRect& a, const PlotRect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

TEST(StateGraphPicture, boxes_lie_inside_in_their_order_with_name_value_and_bar) {
  const auto picture = laid(three_states());
  ASSERT_EQ(picture.nodes.size(), 3u);
  for (const auto& node : picture.nodes) {
    EXPECT_GE(node.box.x, 0);
    EXPECT_LE(node.box.right(), 600);
    EXPECT_GE(node.box.y, 0);
    EXPECT_LE(node.box.bottom(), picture.graph.bottom());
    EXPECT_GE(node.box.height, 36);
    EXPECT_TRUE(node.framed);
    EXPECT_EQ(node.value.text, "0.000");
    EXPECT_GT(node.value.x, node.label.x);
    EXPECT_EQ(node.box.width, picture.nodes[0].box.width);
  }
  EXPECT_LT(picture.nodes[0].box.right(), picture.nodes[1].box.x);
  EXPECT_LT(picture.nodes[1].box.right(), picture.nodes[2].box.x);
}

TEST(StateGraphPicture, the_bar_of_a_box_ends_at_its_value_within_the_limits) {
  const auto picture = laid(three_states());
  const auto part = [&](std::size_t i) { return picture.nodes[i].bar.width / picture.nodes[i].track.width; };
  EXPECT_DOUBLE_EQ(part(0), 0.25);
  EXPECT_DOUBLE_EQ(part(1), 1);
  EXPECT_DOUBLE_EQ(part(2), 0);
}

TEST(StateGraphPicture, higher_states_stand_higher) {
  auto request = three_states();
  request.nodes[1].y = 0.9;
  const auto picture = laid(request);
  EXPECT_LT(picture.nodes[1].box.y, picture.nodes[0].box.y);
}

TEST(StateGraphPicture, edges_begin_and_end_outside_the_boxes_and_point_at_their_target) {
  const auto picture = laid(three_states());
  for (const auto& edge : picture.edges) {
    ASSERT_GE(edge.line.size(), 2u);
    for (const auto& point : edge.line)
      for (const auto& node : picture.nodes)
        EXPECT_FALSE(point.x > node.box.x && point.x < node.box.right() && point.y > node.box.y &&
                     point.y < node.box.bottom());
  }
  const auto& open = picture.edges[0];
  const auto& target = picture.nodes[1].box;
  EXPECT_NEAR(open.head[0].x, target.x - 4, 2) << "the tip leaves a gap to the box";
  EXPECT_GT(open.head[0].x, open.line.front().x);
  const auto& close = picture.edges[1];
  EXPECT_LT(close.head[0].x, close.line.front().x);
}

TEST(StateGraphPicture, opposite_edges_keep_to_their_left_and_curve_apart) {
  const auto picture = laid(three_states());
  const auto middle = [&](std::size_t i) { return picture.edges[i].line[picture.edges[i].line.size() / 2].y; };
  const double level = picture.nodes[0].box.y + picture.nodes[0].box.height / 2;
  EXPECT_LT(middle(0), level - 5) << "left of the way from left to right is up";
  EXPECT_GT(middle(1), level + 5);
  EXPECT_NEAR(middle(2), level, 0.5) << "an edge without an opposite is straight";
  EXPECT_LT(std::fabs(picture.edges[0].line.front().y - level), std::fabs(middle(0) - level)) << "a curve";
  EXPECT_LT(picture.edges[0].value.baseline, middle(0));
  EXPECT_GT(picture.edges[1].value.baseline, middle(1));
}

TEST(StateGraphPicture, a_loop_stands_over_its_box) {
  auto request = three_states();
  request.edges = {{1, 1, "stay", "0.10", {}}};
  const auto picture = laid(request);
  for (const auto& point : picture.edges[0].line) EXPECT_LT(point.y, picture.nodes[1].box.y + 1);
  EXPECT_GT(picture.edges[0].value.baseline, 8) << "its value is not cut off";
}

TEST(StateGraphPicture, where_boxes_have_no_room_values_then_boxes_give_way_and_nothing_overlaps) {
  bool names_only = false, dots = false;
  for (double width = 700; width > 100; width -= 10) {
    auto request = three_states();
    request.width = width;
    const auto picture = laid(request);
    dots |= !picture.nodes[0].framed;
    names_only |= picture.nodes[0].framed && picture.nodes[0].value.text.empty();
    EXPECT_FALSE(names_only && !picture.nodes[0].value.text.empty()) << "at " << width;
    for (std::size_t i = 1; i < 3; ++i)
      EXPECT_FALSE(overlap(picture.nodes[i - 1].box, picture.nodes[i].box)) << "at " << width;
    for (const auto& node : picture.nodes) EXPECT_EQ(node.label.text.size(), 1u);
  }
  EXPECT_TRUE(names_only);
  EXPECT_TRUE(dots);
}

TEST(StateGraphPicture, neighbours_are_never_far_apart) {
  auto request = three_states();
  request.width = 4000;
  const auto picture = laid(request);
  EXPECT_LE(picture.nodes[1].disc_x - picture.nodes[0].disc_x, 261);
  EXPECT_NEAR((picture.nodes[0].box.x + picture.nodes[2].box.right()) / 2, 2000, 2) << "and the graph in the middle";
}

TEST(StateGraphPicture, colour_bars_stand_below_with_title_and_ticks_and_give_way_in_a_small_picture) {
  const auto picture = laid(three_states());
  ASSERT_EQ(picture.bars.size(), 2u);
  EXPECT_EQ(picture.bars[1].texts[0].text, "rate (1/ms)");
  EXPECT_GE(picture.bars[0].ticks.size(), 3u);
  for (const auto& bar : picture.bars) {
    EXPECT_GE(bar.area.y, picture.graph.bottom());
    for (const auto& text : bar.texts) EXPECT_LE(text.baseline, 300);
    for (const auto& tick : bar.ticks) EXPECT_TRUE(tick.x0 >= bar.area.x && tick.x0 <= bar.area.right());
  }
  auto request = three_states();
  request.height = 120;
  EXPECT_TRUE(laid(request).bars.empty());
}

TEST(StateGraphPicture, what_is_under_the_pointer_is_found) {
  const auto picture = laid(three_states());
  const auto& box = picture.nodes[2].box;
  EXPECT_EQ(picture.node_at(box.x + 3, box.y + 3), 2);
  EXPECT_EQ(picture.node_at(2, 2), -1);
  const auto& line = picture.edges[1].line;
  const auto& on = line[line.size() / 2];
  EXPECT_EQ(picture.edge_at(on.x, on.y + 3), 1);
  EXPECT_EQ(picture.edge_at(on.x, on.y + 30), -1);
}

TEST(StateGraphPicture, a_tip_stays_inside_the_picture) {
  for (const std::size_t node : {0u, 1u, 2u}) {
    auto request = three_states();
    for (auto& n : request.nodes) n.y = node * 0.5;
    request.hovered_node = node;
    request.tip = "a rather long name of a state   0.123";
    const auto picture = laid(request);
    ASSERT_TRUE(picture.tip);
    EXPECT_GE(picture.tip->box.x, 0);
    EXPECT_LE(picture.tip->box.right(), 600);
    EXPECT_GE(picture.tip->box.y, 0);
    EXPECT_TRUE(picture.nodes[node].hovered);
  }
}

TEST(StateGraphPicture, an_open_state_is_outlined_in_the_accent_also_as_a_dot_and_in_a_file) {
  auto request = three_states();
  request.nodes[1].open = true;
  const auto picture = laid(request);
  EXPECT_EQ(outline_of(picture.nodes[1]).color, &Tokens::accent);
  EXPECT_EQ(outline_of(picture.nodes[1]).width_px, 2);
  EXPECT_EQ(outline_of(picture.nodes[0]).color, &Tokens::edge);
  EXPECT_EQ(outline_of(picture.nodes[0]).width_px, 1);
  const auto strokes = [](const std::string& svg) {
    int count = 0;
    for (auto at = svg.find("stroke=\"#1d5fd1\" stroke-width=\"2\""); at != std::string::npos;
         at = svg.find("stroke=\"#1d5fd1\" stroke-width=\"2\"", at + 1))
      ++count;
    return count;
  };
  EXPECT_EQ(strokes(state_graph_svg(picture, {255, 255, 255, 255}, light_tokens, "Channel", "")), 1);
  request.width = 120;
  request.height = 90;
  const auto dots = laid(request);
  ASSERT_FALSE(dots.nodes[1].framed);
  EXPECT_EQ(strokes(state_graph_svg(dots, {255, 255, 255, 255}, light_tokens, "Channel", "")), 1);
  request.hovered_node = 1;
  EXPECT_EQ(outline_of(laid(request).nodes[1]).color, &Tokens::text1) << "under the pointer it looks as every other";
}

TEST(StateGraphPicture, nothing_and_one_state_and_many_are_laid_out) {
  EXPECT_TRUE(laid({.width = 300, .height = 200}).nodes.empty());
  StateGraphRequest one{.width = 300, .height = 200, .nodes = {{.name = "only"}}};
  EXPECT_NEAR(laid(one).nodes[0].box.x + laid(one).nodes[0].box.width / 2, 150, 1);
  one.width = one.height = 0;
  EXPECT_TRUE(laid(one).nodes.empty());
  StateGraphRequest many{.width = 800, .height = 600};
  for (int i = 0; i < 400; ++i)
    many.nodes.push_back({.name = std::to_string(i), .x = i % 20 / 20.0, .y = i / 20 / 20.0});
  const auto picture = laid(many);
  EXPECT_FALSE(picture.nodes[0].framed);
  EXPECT_TRUE(picture.nodes[0].label.text.empty()) << "names would lie on each other";
}

TEST(StateGraphSvg, holds_each_name_each_value_and_no_tip) {
  auto request = three_states();
  request.nodes[0].name = "C<1>";
  request.hovered_node = 0;
  request.tip = "tip of the pointer";
  const auto text = state_graph_svg(laid(request), {255, 255, 255, 255}, light_tokens, "Channel");
  EXPECT_THAT(text, HasSubstr("<title>Channel</title>"));
  EXPECT_THAT(text, HasSubstr("C&lt;1&gt;"));
  EXPECT_THAT(text, HasSubstr(">4.47</text>"));
  EXPECT_THAT(text, HasSubstr(">rate (1/ms)</text>"));
  EXPECT_THAT(text, Not(HasSubstr("tip of the pointer")));
  EXPECT_THAT(text, HasSubstr("</svg>"));
}

}  // namespace
}  // namespace cnv
