#include "cnv/desktop/status_line.hpp"

#include <gtest/gtest.h>

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

TEST_F(StatusLineTest, AMessageLastsItsTimeout) {
  line.show_message("Scene ready", 3000);
  EXPECT_EQ(after(2.9), "Scene ready");
  EXPECT_EQ(after(0.2), "");
}

TEST_F(StatusLineTest, WithoutTimeoutItStaysUntilReplacedAndEmptyClears) {
  line.show_message("Selection mode is on", 0);
  EXPECT_EQ(after(3600), "Selection mode is on");
  line.show_message("", 500);
  EXPECT_EQ(line.message(), "");
}

TEST_F(StatusLineTest, ANewMessageIsNotEndedByTheTimeoutOfTheOldOne) {
  line.show_message("first", 1000);
  EXPECT_EQ(after(0.9), "first");
  line.show_message("second", 0);
  EXPECT_EQ(after(10), "second");
  line.show_message("third", 1000);
  line.show_error("broken");
  EXPECT_EQ(after(10), "⚠ broken");
}

TEST_F(StatusLineTest, OnlyTheFirstLineIsShownAndTheRestIsInTheTooltip) {
  line.show_message("one\ntwo", 0);
  EXPECT_EQ(line.message(), "one");
}

}  // namespace
}  // namespace cnv::desktop
