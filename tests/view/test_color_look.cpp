#include "cnv/view/color_look.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::pair<float, float> limits(ColorLook& look) { return {look.scale().low, look.scale().high}; }

std::vector<std::string> chosen(const std::vector<Choice>& choices) {
  std::vector<std::string> out;
  for (const auto& choice : choices) {
    if (choice.chosen) out.push_back(choice.id);
    for (const auto& id : chosen(choice.inner)) out.push_back(id);
  }
  return out;
}

struct ColorLookTest : testing::Test {
  ColorLook look;
  std::vector<float> values;
  std::uint64_t version = 0;
  void show(std::vector<float> given, const char* quantity = "v (mV)") {
    values = std::move(given);
    look.show(quantity, values, ++version);
  }
};

TEST_F(ColorLookTest, limits_come_from_where_the_person_says) {
  look.set_app({.color_map = "voltage", .from = LimitsFrom::typed, .limits = {-80, 50}});
  show({-65, -60});
  show({-40, -70});
  EXPECT_THAT(limits(look), Pair(-80, 50));
  look.choose_limits("now");
  EXPECT_THAT(limits(look), Pair(-70, -40));
  look.choose_limits("so far");
  EXPECT_THAT(limits(look), Pair(-70, -40));
  show({-50, -50});
  EXPECT_THAT(limits(look), Pair(-70, -40));
  look.restart_so_far();
  EXPECT_THAT(limits(look), Pair(-50, -50));
  look.choose_limits("symmetric");
  EXPECT_THAT(limits(look), Pair(-50, 50));
  EXPECT_TRUE(look.set_limits(-1, 2));
  EXPECT_THAT(limits(look), Pair(-1, 2));
  EXPECT_THAT(chosen(look.limits_choices()), ElementsAre("typed"));
  look.choose_limits("no such id");
  EXPECT_THAT(limits(look), Pair(-1, 2));
  look.reset();
  EXPECT_THAT(limits(look), Pair(-80, 50));
}

TEST_F(ColorLookTest, typed_limits_start_from_what_is_shown_and_must_be_a_range) {
  show({-40, 10});
  look.choose_limits("typed");
  EXPECT_THAT(limits(look), Pair(-40, 10));
  EXPECT_THAT(look.set_limits(5, 5).error(), HasSubstr("below"));
  EXPECT_THAT(look.set_limits(5, -5).error(), HasSubstr("5.000 is not below"));
  EXPECT_FALSE(look.set_limits(0, std::nan("")));
  EXPECT_THAT(limits(look), Pair(-40, 10));
}

TEST_F(ColorLookTest, wishes_belong_to_the_quantity) {
  look.set_app({.color_map = "voltage", .from = LimitsFrom::data_so_far});
  show({-60, 20});
  look.choose_map("mpl:viridis");
  EXPECT_TRUE(look.set_limits(-10, 10));
  show({0.5F, 0.2F}, "m_hh");
  EXPECT_EQ(look.map_name(), "voltage");
  EXPECT_THAT(limits(look), Pair(0.2F, 0.5F)) << "nothing of the potential is left in the data so far";
  show({-60, 20});
  EXPECT_EQ(look.map_name(), "mpl:viridis");
  EXPECT_THAT(limits(look), Pair(-10, 10));
}

TEST_F(ColorLookTest, values_that_are_no_numbers_do_not_count) {
  look.set_app({.color_map = "voltage", .from = LimitsFrom::data_so_far});
  const float nan = std::nanf("");
  show({nan, nan}, "m_hh");
  EXPECT_THAT(limits(look), Pair(0, 0));
  show({nan, 0.25F}, "m_hh");
  show({nan, 0.75F}, "m_hh");
  EXPECT_THAT(limits(look), Pair(0.25F, 0.75F));
}

TEST_F(ColorLookTest, every_map_in_the_menu_exists_and_one_is_chosen) {
  look.set_app({.color_map = "fire"});
  show({0, 1});
  int maps = 0;
  for (const auto& group : look.map_choices(Theme::dark))
    for (const auto& map : group.inner) {
      if (!map.colors) continue;
      ++maps;
      EXPECT_EQ(color_map(map.id, Theme::dark).problem, "") << map.id;
      look.choose_map(map.id);
      EXPECT_EQ(look.map_name(), map.id);
      EXPECT_THAT(chosen(look.map_choices(Theme::dark)), ElementsAre(map.id));
    }
  EXPECT_GE(maps, 12);
  look.choose_map("app");
  EXPECT_EQ(look.map_name(), "fire");
  look.choose_map("reversed");
  EXPECT_TRUE(look.reversed());
  EXPECT_THAT(chosen(look.map_choices(Theme::dark)), ElementsAre("app", "reversed"));
  look.choose_map("reversed");
  EXPECT_FALSE(look.reversed());
}

}  // namespace
}  // namespace cnv
