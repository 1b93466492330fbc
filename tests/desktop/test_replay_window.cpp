// A recording in the whole window: the slider of its frames by mouse and keyboard, and what the host is asked for.
#include <gmock/gmock.h>

#include <QTest>

#include "cnv/desktop/time_bar.hpp"
#include "cnv/desktop/track.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct ReplayWindow : WindowFixture {
  void SetUp() override {
    open();
    give({SceneReady{scenes::cell_scene()}});
    QApplication::setActiveWindow(window.get());
  }
  void tell(std::int64_t count, std::int64_t frame) {
    window->receive(RunState{.running = true, .frame_count = count, .frame = frame});
    settle();
  }
  Track* slider() {
    for (auto* track : part<TimeBar>()->findChildren<Track*>())
      if (track->accessibleName() == QLatin1String("Frame of the recording")) return track;
    return nullptr;
  }
  std::vector<double> sought() {
    std::vector<double> out;
    for (const auto& control : taken<RunControl>()) {
      EXPECT_EQ(control.action, "seek");
      out.push_back(control.value);
    }
    return out;
  }
};

TEST_F(ReplayWindow, a_run_without_frames_has_no_slider) {
  tell(0, 0);
  EXPECT_FALSE(slider()->isVisible());
  tell(30, 3);
  EXPECT_TRUE(slider()->isVisible());
}

TEST_F(ReplayWindow, dragging_seeks_and_the_model_moves_the_slider_otherwise) {
  tell(101, 50);
  taken<RunControl>();
  const int right = slider()->width() - 10;
  QTest::mousePress(slider(), Qt::LeftButton, {}, {10, 10});
  QTest::mouseMove(slider(), {right, 10});
  tell(101, 51);
  EXPECT_EQ(slider()->position(), 1) << "the hand holds it";
  QTest::mouseRelease(slider(), Qt::LeftButton, {}, {right, 10});
  EXPECT_THAT(sought(), ElementsAre(0, 100));
  tell(101, 25);
  EXPECT_DOUBLE_EQ(slider()->position(), 0.25);
  EXPECT_THAT(sought(), IsEmpty());
}

TEST_F(ReplayWindow, with_the_focus_arrows_seek_and_other_keys_are_the_windows) {
  tell(10, 4);
  taken<RunControl>();
  slider()->setFocus(Qt::TabFocusReason);
  QTest::keyClick(slider(), Qt::Key_Right);
  QTest::keyClick(slider(), Qt::Key_End);
  EXPECT_THAT(sought(), ElementsAre(5, 9));
  QTest::keyClick(slider(), Qt::Key_Period);
  const auto controls = taken<RunControl>();
  ASSERT_EQ(controls.size(), 1u);
  EXPECT_EQ(controls[0].action, "step");
}

TEST_F(ReplayWindow, the_tab_key_reaches_the_slider) {
  tell(10, 4);
  EXPECT_TRUE(slider()->focusPolicy() & Qt::TabFocus);
  bool reached = false;
  auto* start = window->focusWidget() ? window->focusWidget() : window.get();
  for (auto* next = start->nextInFocusChain(); next != start; next = next->nextInFocusChain())
    reached |= next == slider();
  EXPECT_TRUE(reached);
}

}  // namespace
}  // namespace cnv::desktop
