#include "cnv/draw/plot_svg.hpp"

#include <gmock/gmock.h>

namespace cnv {
namespace {

using testing::HasSubstr;
using testing::Not;

PlotPicture picture() {
  PlotRequest request{.width = 400, .height = 300};
  request.x = {{0, 100}, "t", "ms"};
  request.y = {{-80, 50}, "v", "mV"};
  for (const char* label : {"soma & <dend>", "axon"})
    request.series.push_back({.label = label, .value = "−65.00", .unit = "mV", .color = {0x12, 0x34, 0x56, 255}});
  request.series[1].dashed = true;
  PlotPicture out = layout_plot(request, EstimatedMetrics{});
  out.series[0].lines = {{{50.123, 100}, {60, 110.5}}, {{70, 120}}};
  out.series[1].lines = {{{50, 200}, {80, 200}}};
  return out;
}

TEST(PlotSvg, has_the_size_of_the_picture_and_its_colours) {
  const auto svg = plot_svg(picture(), {0xfe, 0xfd, 0xfc, 255}, light_tokens, "A & B");
  EXPECT_THAT(svg, HasSubstr("width=\"105.8333mm\" height=\"79.375mm\" viewBox=\"0 0 400 300\""));
  EXPECT_THAT(svg, HasSubstr("<title>A &amp; B</title>"));
  EXPECT_THAT(svg, HasSubstr("fill=\"#fefdfc\""));
}

TEST(PlotSvg, traces_are_named_groups_of_lines_in_pixels) {
  const auto svg = plot_svg(picture(), {255, 255, 255, 255}, light_tokens, "");
  EXPECT_THAT(svg, HasSubstr("<g id=\"trace-0\"><title>soma &amp; &lt;dend&gt;</title>\n<path d=\"M50.12 100 60 "
                             "110.5\" fill=\"none\" stroke=\"#123456\" stroke-width=\"1.5\"/>"));
  EXPECT_THAT(svg, HasSubstr("<circle cx=\"70\" cy=\"120\" r=\"2.25\" fill=\"#123456\"/>"));
  EXPECT_THAT(
      svg,
      HasSubstr("M50 200 80 200\" fill=\"none\" stroke=\"#123456\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>"));
}

TEST(PlotSvg, every_text_is_one_piece_with_its_anchor) {
  const auto p = picture();
  const auto svg = plot_svg(p, {255, 255, 255, 255}, dark_tokens, "", "Nothing yet.");
  for (const auto& text : p.texts) EXPECT_THAT(svg, HasSubstr(">" + text.text + "</text>"));
  EXPECT_THAT(svg, HasSubstr("text-anchor=\"end\""));
  EXPECT_THAT(svg, HasSubstr(">Nothing yet.</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("id=\"cursor\"")));
}

}  // namespace
}  // namespace cnv
