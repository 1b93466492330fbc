// Figures of a cell and of several beside each other: what they show of the panel, and that it is drawn and not
// enlarged.
#include "cnv/desktop/view3d_figure.hpp"

#include <gmock/gmock.h>

#include <QPainter>
#include <cmath>

#include "cnv/desktop/morphology_panel.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

// Where pixels have a hue: the cell, whose values go from one end of the map to the other. The bar is hidden.
struct Shares {
  double left = 1, right = 0, top = 1, bottom = 0, part = 0;
};

Shares shares_of(const QImage& image) {
  Shares out;
  int count = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const QColor color = image.pixelColor(x, y);
      if (color.alpha() < 128 || color.hsvSaturation() < 60 || color.value() < 40) continue;
      const double u = (x + 0.5) / image.width(), v = (y + 0.5) / image.height();
      out = {std::min(out.left, u), std::max(out.right, u), std::min(out.top, v), std::max(out.bottom, v), 0};
      ++count;
    }
  out.part = static_cast<double>(count) / image.width() / image.height();
  return out;
}

struct View3dFigureTest : WindowFixture {
  void SetUp() override {
    open();
    Scene scene = scenes::cell_scene();
    scene.layout.panels = {{.id = "p", .kind = std::string(panel_kind_view_3d), .view_ids = {"cell"}}};
    give({SceneReady{scene}});
    window->model().look("cell")->show_color_bar(false);
    panel().refresh();
  }
  MorphologyPanel& panel() { return *part<MorphologyPanel>(); }
  View3dExport taken(Theme theme = Theme::light) {
    std::vector<View3dExport::Tile> tiles;
    tiles.push_back({panel().take_figure(theme), "Cell"});
    return View3dExport(std::move(tiles));
  }
  // As many pixels as the panel has, times `zoom`.
  QImage figure(double zoom, bool transparent = false) {
    const auto now = taken();
    return picture_image(now.picture(now.screen(), transparent), zoom);
  }
};

TEST_F(View3dFigureTest, shows_at_six_times_the_size_what_the_panel_shows) {
  const Shares screen = shares_of(panel().grab().toImage()), paper = shares_of(figure(6));
  ASSERT_GT(screen.part, 0.01);
  const double pixel = 1.5 / panel().height();
  EXPECT_NEAR(paper.left, screen.left, pixel);
  EXPECT_NEAR(paper.right, screen.right, pixel);
  EXPECT_NEAR(paper.top, screen.top, pixel);
  EXPECT_NEAR(paper.bottom, screen.bottom, pixel);
  EXPECT_NEAR(paper.part, screen.part, 0.05 * screen.part);
}

// Across the upper edge of the cell an enlarged picture would take several pixels from ground to cell.
TEST_F(View3dFigureTest, edges_are_as_sharp_as_its_pixels) {
  const QImage image = figure(6);
  const Shares at = shares_of(image);
  const int column = static_cast<int>((at.left + at.right) / 2 * image.width());
  const QColor ground = image.pixelColor(column, 2);
  int between = 0;
  for (int y = static_cast<int>(at.top * image.height()) - 12; y < static_cast<int>(at.top * image.height()) + 3; ++y) {
    const QColor color = image.pixelColor(column, y);
    between += color != ground && color.hsvSaturation() < 60 ? 1 : 0;
  }
  EXPECT_LE(between, 2);
}

TEST_F(View3dFigureTest, the_ground_can_be_transparent_and_the_cell_is_not) {
  const QImage image = figure(2, true), plain = figure(2);
  EXPECT_EQ(image.pixelColor(3, 3).alpha(), 0);
  const Shares at = shares_of(plain);
  const int x = static_cast<int>((at.left + at.right) / 2 * image.width()),
            y = static_cast<int>((at.top + at.bottom) / 2 * image.height());
  EXPECT_EQ(image.pixelColor(x, y), plain.pixelColor(x, y));
  // On the ground of the plain one both are the same, edges too.
  QImage laid(image.size(), QImage::Format_RGB32);
  laid.fill(plain.pixelColor(3, 3));
  QPainter(&laid).drawImage(QRectF(laid.rect()), image);
  int other = 0;
  for (int row = static_cast<int>(at.top * laid.height()); row < static_cast<int>(at.bottom * laid.height()); ++row)
    for (int column = 0; column < laid.width(); ++column)
      other += std::abs(qGreen(laid.pixel(column, row)) - qGreen(plain.pixel(column, row))) > 3 ? 1 : 0;
  EXPECT_EQ(other, 0);
}

TEST_F(View3dFigureTest, stays_what_it_was_while_the_model_goes_on) {
  const auto before = taken();
  const QImage first = picture_image(before.picture(before.screen(), false), 1);
  give({FieldReplace{"display", scenes::floats({40, 40, 40, 40}), {}, {}}});
  panel().refresh();
  EXPECT_EQ(picture_image(before.picture(before.screen(), false), 1), first);
  EXPECT_NE(figure(1), first);
}

TEST_F(View3dFigureTest, a_file_has_the_dots_of_its_paper_whatever_the_window) {
  const auto now = taken(Theme::dark);
  const auto layout = figure_layout({.width = 174, .height = 120, .font_pt = 7, .dpi = 600});
  ASSERT_TRUE(layout.ok()) << layout.error();
  EXPECT_EQ(now.problem(*layout), "");
  EXPECT_EQ(write_picture_file(now.picture(*layout, false), folder.filePath("cell.png"), "Cell"), "");
  const QImage image(folder.filePath("cell.png"));
  EXPECT_EQ(image.size(), QSize(4110, 2835));
  EXPECT_NEAR(image.dotsPerMeterX() * 0.0254, 600, 0.5);
  EXPECT_GT(shares_of(image).part, 0.005);
  EXPECT_LT(image.pixelColor(20, 20).lightness(), 60) << "dark";
  EXPECT_THAT(write_picture_file(now.picture(*layout, false), folder.filePath("cell.svg"), {}).toStdString(),
              testing::EndsWith("let the name end in .png or .pdf."));
}

TEST_F(View3dFigureTest, several_stand_side_by_side_under_their_names_at_one_scale) {
  std::vector<View3dExport::Tile> tiles;
  for (const char* name : {"Left", "Right"}) tiles.push_back({panel().take_figure(Theme::light), name});
  const View3dExport both(std::move(tiles));
  EXPECT_NEAR(both.screen().width_px, 2 * panel().width(), 1e-9);
  EXPECT_GT(both.screen().height_px, panel().height()) << "room for the names";
  const QImage image = picture_image(both.picture(both.screen(), false), 2);
  const int half = image.width() / 2, top = image.height() - 2 * panel().height();
  const QImage left = image.copy(0, top, half, image.height() - top),
               right = image.copy(half, top, half, left.height());
  EXPECT_EQ(left, right);
  EXPECT_NEAR(shares_of(left).part, shares_of(panel().grab().toImage()).part, 1e-3);
  int ink = 0;
  for (int y = 0; y < top; ++y)
    for (int x = 0; x < half; ++x) ink += image.pixelColor(x, y).lightness() < 128 ? 1 : 0;
  EXPECT_GT(ink, 20) << "the name";
}

}  // namespace
}  // namespace cnv::desktop
