#include "cnv/desktop/image_host.hpp"

#include <gtest/gtest.h>

#include "cnv/view/morphology_view.hpp"

namespace cnv::desktop {
namespace {

TEST(MorphologyImage, a_picture_without_room_in_memory_is_an_error_and_the_next_one_is_drawn) {
  auto host = ImageHost::create();
  ASSERT_TRUE(host.ok()) << host.error();
  MorphologyImage image(**host);
  const MorphologyView view;
  constexpr int side = 1 << 29;  // a row alone is longer than images may be
  const auto drawn = image.draw(view, {}, {side, side}, 1, Theme::light);
  ASSERT_FALSE(drawn.ok());
  EXPECT_NE(drawn.error().find("no memory for 536870912 × 536870912 pixels"), std::string::npos) << drawn.error();
  EXPECT_TRUE(image.draw(view, {}, {30, 20}, 1, Theme::light).ok());
  EXPECT_EQ(image.image().size(), QSize(30, 20));
  EXPECT_TRUE(image.draw(view, {}, {0, 20}, 1, Theme::light).ok());
}

}  // namespace
}  // namespace cnv::desktop
