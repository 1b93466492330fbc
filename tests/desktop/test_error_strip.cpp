#include "cnv/desktop/error_strip.hpp"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include "cnv/desktop/buttons.hpp"
#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

struct ErrorStripTest : testing::Test {
  TestWindow w;
  ErrorStrip* strip = w.add(new ErrorStrip);
  void SetUp() override {
    w.show(1200, 500);
    strip->show_failure({.title = "setup_model stopped with ValueError",
                         .place = "cell.py, line 4, in setup_model",
                         .message = "no mechanism nax",
                         .hint = "Compile it.",
                         .retry_text = "Build again",
                         .traceback = "Traceback …",
                         .frames = 3,
                         .user_frames = 1,
                         .excerpt = {{4, "sec.insert('nax')", true}}});
  }
  PushButton* button(const QString& start) {
    for (auto* b : strip->findChildren<PushButton*>())
      if (b->text().startsWith(start) && b->isVisible()) return b;
    return nullptr;
  }
};

TEST_F(ErrorStripTest, copies_the_whole_report) {
  QTest::mouseClick(button("Copy report"), Qt::LeftButton);
  const QString copied = QApplication::clipboard()->text();
  for (const char* part : {"ValueError", "line 4", "no mechanism nax", "Compile it.", "Traceback"})
    EXPECT_TRUE(copied.contains(part)) << part;
}

TEST_F(ErrorStripTest, the_traceback_is_closed_and_counted_until_opened) {
  auto* traceback = strip->findChild<QPlainTextEdit*>();
  EXPECT_FALSE(traceback->isVisible());
  ASSERT_NE(button("Traceback"), nullptr);
  EXPECT_TRUE(button("Traceback")->text().contains("3 frames, 1 in your file"));
  QTest::mouseClick(button("Traceback"), Qt::LeftButton);
  EXPECT_TRUE(traceback->isVisible());
}

TEST_F(ErrorStripTest, offers_the_retry_that_fits_or_none) {
  QSignalSpy retry(strip, &ErrorStrip::retry_requested);
  QTest::mouseClick(button("Build again"), Qt::LeftButton);
  EXPECT_EQ(retry.size(), 1);
  strip->show_failure({.title = "The model's process has ended", .message = "signal 9"});
  EXPECT_EQ(button("Build again"), nullptr);
  EXPECT_EQ(button("Traceback"), nullptr);
}

}  // namespace
}  // namespace cnv::desktop
