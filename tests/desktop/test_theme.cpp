#include "cnv/desktop/theme.hpp"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/focus_ring.hpp"
#include "cnv/desktop/icons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/text.hpp"
#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

struct ThemeTest : testing::Test {
  void TearDown() override { ThemeManager::instance()->choose(ThemeChoice::light); }
};

TEST_F(ThemeTest, switches_palette_tokens_and_labels_at_run_time) {
  TestWindow w;
  auto* label = w.add(new TextLabel("g", &Tokens::text2));
  w.show();
  QSignalSpy changed(ThemeManager::instance(), &ThemeManager::changed);
  ThemeManager::instance()->choose(ThemeChoice::dark);
  EXPECT_EQ(changed.size(), 1);
  EXPECT_EQ(current_theme(), Theme::dark);
  EXPECT_EQ(QApplication::palette().color(QPalette::Window), to_qcolor(dark_tokens.window));
  EXPECT_EQ(label->palette().color(QPalette::WindowText), to_qcolor(dark_tokens.text2));
  ThemeManager::instance()->choose(ThemeChoice::dark);
  EXPECT_EQ(changed.size(), 1);
}

TEST_F(ThemeTest, follows_the_system_only_when_asked_to) {
  qputenv("GTK_THEME", "Adwaita:dark");
  EXPECT_EQ(system_theme(), Theme::dark);
  EXPECT_EQ(current_theme(), Theme::light);
  ThemeManager::instance()->choose(ThemeChoice::system);
  EXPECT_EQ(current_theme(), Theme::dark);
  qunsetenv("GTK_THEME");
}

TEST_F(ThemeTest, the_style_sheet_has_no_name_left) {
  for (const Theme theme : {Theme::light, Theme::dark}) EXPECT_FALSE(make_style_sheet(theme).contains('@'));
  EXPECT_EQ(parse_theme_choice("dark"), ThemeChoice::dark);
  EXPECT_FALSE(parse_theme_choice("blue"));
}

TEST(Text, figures_are_tabular) {
  const QFont font = ui_font(12);
  EXPECT_DOUBLE_EQ(text_width("111.11", font), text_width("888.88", font));
  EXPECT_GT(text_width("1000", font), text_width("100", font));
  const QtFontMetrics metrics;
  EXPECT_DOUBLE_EQ(metrics.text_width("−11", 11, 400), metrics.text_width("−80", 11, 400));
}

TEST(Icons, each_has_strokes_within_its_box) {
  for (int i = static_cast<int>(Icon::none) + 1; i <= static_cast<int>(Icon::circle); ++i) {
    QPainterPathStroker pen;
    pen.setWidth(1.4);
    const QRectF bounds = pen.createStroke(icon_path(static_cast<Icon>(i))).boundingRect();
    EXPECT_FALSE(bounds.isEmpty()) << i;
    EXPECT_TRUE(QRectF(0, 0, 16, 16).contains(bounds)) << i;
  }
}

TEST(FocusRing, follows_the_keyboard_and_not_the_mouse) {
  FocusRing ring;
  TestWindow w;
  auto* first = w.add(new PushButton("Run"));
  auto* second = w.add(new PushButton("Step"));
  w.show();
  first->setFocus(Qt::MouseFocusReason);
  EXPECT_EQ(ring.target(), nullptr);
  QTest::keyClick(first, Qt::Key_Tab);
  EXPECT_EQ(ring.target(), second);
  delete second;
  EXPECT_EQ(ring.target(), nullptr);
}

TEST(NumberLabel, reserves_the_width_of_its_widest_text) {
  NumberLabel label("00000.00", 18, 600, &Tokens::text1);
  label.set_text("1.00");
  const int width = label.sizeHint().width();
  label.set_text("99999.99");
  EXPECT_EQ(label.sizeHint().width(), width);
  label.set_text("1234567.89");
  EXPECT_GT(label.sizeHint().width(), width);
}

}  // namespace
}  // namespace cnv::desktop
