#include "cnv/draw/heat_map_svg.hpp"

#include <gmock/gmock.h>

namespace cnv {
namespace {

using testing::HasSubstr;
using testing::Not;

HeatMapPicture picture() {
  HeatMapRequest request{.width = 400,
                         .height = 240,
                         .x = {.range = {0, 100},
                               .label = "t",
                               .unit = "ms",
                               .major_spacing = {},
                               .minor_spacing = {},
                               .previous_step = {}},
                         .y_label = "cell",
                         .y_unit = "",
                         .rows = {"soma & <dend>", "axon"},
                         .row_numbers = {},
                         .shown_rows = {0, 1.5},
                         .bar = ColorBar{.title = "v (mV)", .scale = {-80, 40, 0}, .ticks = {}},
                         .cursor = {},
                         .cursor_row = {}};
  request.bar->table.fill({0x12, 0x34, 0x56, 255});
  HeatMapPicture out = layout_heat_map(request, EstimatedMetrics{});
  out.columns = out.rows = 2;
  out.cells.resize(4);
  return out;
}

std::string svg(const HeatMapPicture& shown, std::string_view png = "png") {
  return heat_map_svg(shown, png, {255, 255, 255, 255}, light_tokens, "A & B", "Nothing yet.");
}

TEST(HeatMapSvg, the_cells_are_one_picture_cut_to_the_plot) {
  const auto shown = picture();
  const auto text = svg(shown);
  EXPECT_THAT(text, HasSubstr("<clipPath id=\"plot\"><rect"));
  EXPECT_THAT(text, HasSubstr("clip-path=\"url(#plot)\" xlink:href=\"data:image/png;base64,cG5n\"/>"));
  EXPECT_GT(shown.cells_area.bottom(), shown.frame.plot.bottom());
  auto empty = shown;
  empty.cells.clear();
  EXPECT_THAT(svg(empty), Not(HasSubstr("<image")));
}

TEST(HeatMapSvg, bytes_of_any_number_are_written) {
  for (const auto& [bytes, letters] :
       {std::pair{"a", "YQ=="}, {"ab", "YWI="}, {"abc", "YWJj"}, {"\xff\xfe\xfd\xfc", "//79/A=="}})
    EXPECT_THAT(svg(picture(), bytes), HasSubstr("base64," + std::string(letters) + "\""));
}

TEST(HeatMapSvg, rows_axes_and_the_colour_bar_are_texts_and_shapes) {
  const auto shown = picture();
  const auto text = svg(shown);
  EXPECT_THAT(text, HasSubstr("<title>A &amp; B</title>"));
  for (const char* part : {">soma &amp; &lt;dend&gt;</text>", ">axon</text>", ">t (ms)</text>", ">v (mV)</text>",
                           ">Nothing yet.</text>", "fill=\"#123456\""})
    EXPECT_THAT(text, HasSubstr(part));
  for (const auto& tick : shown.bar_texts) EXPECT_THAT(text, HasSubstr(">" + tick.text + "</text>"));
}

}  // namespace
}  // namespace cnv
