// The box for figures: numbers that are typed, what it refuses, what is remembered.
#include "cnv/desktop/figure_box.hpp"

#include <gmock/gmock.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/controls/check_control.hpp"
#include "cnv/desktop/controls/choice_control.hpp"
#include "cnv/desktop/figure_preview.hpp"
#include "cnv/desktop/layout_memory.hpp"
#include "cnv/desktop/number_field.hpp"

namespace cnv::desktop {
namespace {

// A panel of 480 × 288 pixels, which is 127 × 76.2 mm; its picture is one colour.
struct FigureBoxTest : testing::Test {
  std::unique_ptr<FigureBox> box;
  Theme painted = Theme::light;
  bool transparent = false;

  void open(const FigureChoice& choice = {}, bool in_3d = false) {
    FigureSource source{.screen = layout_on_screen(480, 288), .in_3d = in_3d, .theme = Theme::dark};
    source.picture = [this](const FigureLayout& layout, Theme theme, bool clear) {
      painted = theme;
      transparent = clear;
      return FilePicture{layout,
                         [layout](QPainter& painter, std::optional<double>) {
                           painter.fillRect(QRectF(0, 0, layout.width_px, layout.height_px), Qt::red);
                         },
                         {},
                         {}};
    };
    source.problem = [](const FigureLayout& layout) {
      return layout.dots_across() > 7000 ? QStringLiteral("too many dots") : QString();
    };
    box = std::make_unique<FigureBox>(std::move(source), choice, nullptr);
  }
  template <class W>
  W* part(const char* name) {
    for (auto* widget : box->findChildren<W*>())
      if (widget->accessibleName() == QLatin1String(name)) return widget;
    ADD_FAILURE() << name;
    return nullptr;
  }
  QString text(const char* name) { return part<NumberField>(name)->text(); }
  void type(const char* name, const QString& typed) {
    auto* field = part<NumberField>(name);
    field->selectAll();
    QTest::keyClicks(field, typed);
    QTest::keyClick(field, Qt::Key_Return);
  }
  void choose(const char* name, const QString& entry) {
    auto* list = part<ChoiceBox>(name);
    const int index = list->findText(entry);
    ASSERT_GE(index, 0) << entry.toStdString();
    list->setCurrentIndex(index);
    Q_EMIT
    list->activated(index);
  }
  PushButton* save() {
    for (auto* button : box->findChildren<PushButton*>())
      if (button->text().startsWith("Save")) return button;
    return nullptr;
  }
};

TEST_F(FigureBoxTest, begins_with_the_panel_as_it_is_on_the_screen) {
  open();
  EXPECT_EQ(part<ChoiceBox>("Size")->currentText(), "As on screen");
  EXPECT_EQ(text("Width"), "127.0");
  EXPECT_EQ(text("Height"), "76.2");
  EXPECT_EQ(text("Font size"), "8.25");
  EXPECT_EQ(text("Resolution"), "300");
  EXPECT_NEAR(box->picture().layout.width_px, 480, 1e-9);
  EXPECT_EQ(painted, Theme::dark) << "the window's";
}

TEST_F(FigureBoxTest, what_is_typed_is_the_figure) {
  open();
  type("Width", "100");
  type("Height", "55,5");
  type("Font size", "7");
  type("Resolution", "600");
  EXPECT_EQ(part<ChoiceBox>("Size")->currentText(), "Own size");
  const FigureLayout layout = box->picture().layout;
  EXPECT_NEAR(layout.width_mm(), 100, 1e-9);
  EXPECT_NEAR(layout.height_mm(), 55.5, 1e-9);
  EXPECT_NEAR(11 * layout.pt_per_px, 7, 1e-12);
  EXPECT_EQ(layout.dots_across(), 2362);
  EXPECT_FALSE(box->choice().as_on_screen);
}

TEST_F(FigureBoxTest, a_journals_width_keeps_the_proportions_and_takes_text_for_paper) {
  open();
  choose("Size", "Single column, 85 mm");
  EXPECT_EQ(text("Width"), "85.0");
  EXPECT_EQ(text("Height"), "51.0");
  EXPECT_EQ(text("Font size"), "8.00");
  type("Height", "70");
  EXPECT_EQ(text("Width"), "85.0");
  EXPECT_EQ(part<ChoiceBox>("Size")->currentText(), "Single column, 85 mm");
  choose("Size", "As on screen");
  EXPECT_EQ(text("Width"), "127.0");
  EXPECT_EQ(text("Font size"), "8.25");
}

TEST_F(FigureBoxTest, the_same_size_in_another_unit) {
  open();
  type("Width", "101.6");
  choose("Unit", "in");
  EXPECT_EQ(text("Width"), "4.00");
  EXPECT_EQ(text("Height"), "3.00");
  choose("Unit", "px");
  EXPECT_EQ(text("Width"), "1200");
  type("Resolution", "600");
  EXPECT_EQ(text("Width"), "1200") << "pixels are what was asked for";
  EXPECT_NEAR(box->picture().layout.width_mm(), 50.8, 1e-9);
}

TEST_F(FigureBoxTest, one_side_follows_the_other_where_proportions_are_kept) {
  open();
  QTest::mouseClick(part<CheckBox>("Keep the panel's proportions"), Qt::LeftButton);
  type("Width", "100");
  EXPECT_EQ(text("Height"), "60.0");
  type("Height", "30");
  EXPECT_EQ(text("Width"), "50.0");
}

TEST_F(FigureBoxTest, what_cannot_be_stays_as_typed_with_the_reason_and_is_not_saved) {
  open();
  const auto preview = [this] { return !part<FigurePreview>("Preview of the figure")->image().isNull(); };
  EXPECT_TRUE(preview());
  type("Width", "5000");
  EXPECT_EQ(text("Width"), "5000.0");
  EXPECT_EQ(box->problem().toStdString(), "The width must be 10 to 2000 mm.");
  EXPECT_FALSE(save()->isEnabled());
  EXPECT_FALSE(preview());
  type("Width", "120");
  EXPECT_EQ(box->problem(), "");
  EXPECT_TRUE(save()->isEnabled());
  EXPECT_TRUE(preview());
  type("Width", "wide");
  EXPECT_EQ(box->problem(), "“wide” is not a number.");
  EXPECT_EQ(text("Width"), "120.0");
  type("Resolution", "1600");
  EXPECT_EQ(box->problem().toStdString(), "too many dots") << "of the view itself";
  EXPECT_FALSE(save()->isEnabled());
}

TEST_F(FigureBoxTest, colours_and_ground_are_those_of_the_picture) {
  open({}, true);
  EXPECT_EQ(painted, Theme::dark);
  choose("Colours", "Light");
  EXPECT_EQ(painted, Theme::light);
  EXPECT_FALSE(transparent);
  QTest::mouseClick(part<CheckBox>("Transparent background"), Qt::LeftButton);
  EXPECT_TRUE(transparent);
  const FigureChoice chosen = box->choice();
  open(chosen, false);
  (void)box->picture();
  EXPECT_FALSE(transparent) << "only views in 3-D offer it";
  EXPECT_EQ(painted, Theme::light);
}

TEST_F(FigureBoxTest, the_preview_has_the_figures_proportions) {
  open();
  type("Width", "150");
  type("Height", "50");
  const QImage image = part<FigurePreview>("Preview of the figure")->image();
  EXPECT_NEAR(static_cast<double>(image.width()) / image.height(), 3, 0.03);
  EXPECT_EQ(image.pixelColor(image.width() / 2, image.height() / 2), QColor(Qt::red));
}

TEST(FigureMemory, a_choice_is_found_again_and_a_damaged_one_is_none) {
  const QTemporaryDir folder;
  const QString file = folder.filePath("viewer.ini");
  EXPECT_FALSE(LayoutMemory(file).figure().has_value());
  const FigureChoice choice{.size = {.width = 11.4, .height = 7.25, .unit = FigureUnit::cm, .font_pt = 6.5, .dpi = 450},
                            .as_on_screen = false,
                            .colors = Theme::light,
                            .transparent = true,
                            .keep_proportions = true};
  LayoutMemory(file).keep_figure(choice);
  EXPECT_EQ(LayoutMemory(file).figure(), choice);
  FigureChoice impossible = choice;
  impossible.size.width = 1e6;
  LayoutMemory(file).keep_figure(impossible);
  EXPECT_FALSE(LayoutMemory(file).figure().has_value());
}

}  // namespace
}  // namespace cnv::desktop
