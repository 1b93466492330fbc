#include "cnv/desktop/status_line.hpp"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "cnv/desktop/figure_table.hpp"

namespace cnv::desktop {
namespace {

struct StatusLineTest : testing::Test {
  ManualClock clock;
  StatusLine line{nullptr, &clock};
  QString after(double seconds) {
    clock.advance(seconds);
    line.expire();
    return line.message();
  }
};

TEST_F(StatusLineTest, a_message_lasts_its_timeout) {
  line.show_message("Scene ready", 3000);
  EXPECT_EQ(after(2.9), "Scene ready");
  EXPECT_EQ(after(0.2), "");
}

TEST_F(StatusLineTest, without_timeout_it_stays_until_replaced_and_empty_clears) {
  line.show_message("Selection mode is on", 0);
  EXPECT_EQ(after(3600), "Selection mode is on");
  line.show_message("", 500);
  EXPECT_EQ(line.message(), "");
}

TEST_F(StatusLineTest, an_error_is_cleared_and_a_message_is_not) {
  line.show_error("setup_model stopped");
  line.clear_error();
  EXPECT_EQ(line.message(), "");
  line.show_message("Amplitude set", 0);
  line.clear_error();
  EXPECT_EQ(line.message(), "Amplitude set");
}

TEST_F(StatusLineTest, a_new_message_is_not_ended_by_the_timeout_of_the_old_one) {
  line.show_message("first", 1000);
  EXPECT_EQ(after(0.9), "first");
  line.show_message("second", 0);
  EXPECT_EQ(after(10), "second");
  line.show_message("third", 1000);
  line.show_error("broken");
  EXPECT_EQ(after(10), "⚠ broken");
}

TEST_F(StatusLineTest, only_the_first_line_is_shown_and_the_rest_is_in_the_tooltip) {
  line.show_message("one\ntwo", 0);
  EXPECT_EQ(line.message(), "one");
}

TEST_F(StatusLineTest, a_click_on_the_figures_asks_for_all_of_them_and_one_on_the_message_does_not) {
  QSignalSpy asked(&line, &StatusLine::figures_clicked);
  line.resize(800, 24);
  line.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&line));
  QTest::mouseClick(line.childAt(40, 12), Qt::LeftButton);
  EXPECT_EQ(asked.count(), 0);
  auto* figures = line.findChild<QWidget*>(QStringLiteral("figures"));
  ASSERT_TRUE(figures);
  QTest::mouseClick(figures, Qt::LeftButton);
  EXPECT_EQ(asked.count(), 1);
}

TEST(FigureTable, keeps_its_rows_while_only_figures_change) {
  FigureTable table;
  table.set_groups({{"Pictures", {{"Paints", "1"}, {"Delay", "2.0 ms"}}}});
  const auto rows = table.findChildren<QWidget*>().size();
  table.set_groups({{"Pictures", {{"Paints", "7"}, {"Delay", "2.5 ms"}}}});
  EXPECT_EQ(table.findChildren<QWidget*>().size(), rows);
  EXPECT_EQ(table.text(), "Pictures\nPaints\t7\nDelay\t2.5 ms\n");
  table.set_groups({{"Pictures", {{"Paints", "8"}}}, {"Problems", {{"not finite", "3"}}}});
  EXPECT_EQ(table.text(), "Pictures\nPaints\t8\nProblems\nnot finite\t3\n");
}

TEST(FigureTable, bytes_are_shown_in_the_unit_that_reads_best) {
  EXPECT_EQ(bytes_text(0), QStringLiteral("0\u2009B"));
  EXPECT_EQ(bytes_text(1250), QStringLiteral("1.25\u2009kB"));
  EXPECT_EQ(bytes_text(999.6e3), QStringLiteral("1.00\u2009MB"));
  EXPECT_EQ(bytes_text(24.04e9), QStringLiteral("24.0\u2009GB"));
}

}  // namespace
}  // namespace cnv::desktop
