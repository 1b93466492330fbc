#include "cnv/desktop/number_field.hpp"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

TEST(ParseNumber, takes_what_people_type) {
  EXPECT_EQ(parse_number(" 0.6 "), 0.6);
  EXPECT_EQ(parse_number("1e-3"), 1e-3);
  EXPECT_EQ(parse_number("1,5"), 1.5);
  EXPECT_EQ(parse_number("\u2212"
                         "3"),
            -3.0);
  for (const char* text : {"", "abc", "1 2", "nan", "inf", "1e999"}) EXPECT_FALSE(parse_number(text)) << text;
}

TEST(NumberText, shows_fixed_decimals_unless_they_would_hide_digits) {
  EXPECT_EQ(number_text(0.6, 2), "0.60");
  EXPECT_EQ(number_text(-64.5, 1),
            "\u2212"
            "64.5");
  EXPECT_EQ(number_text(-0.0, 2), "0.00");
  EXPECT_EQ(number_text(0.12345, 2), "0.12345");
  EXPECT_EQ(number_text(double(0.1F), 2), "0.10");
}

struct NumberFieldTest : testing::Test {
  TestWindow w;
  NumberField* field = w.add(new NumberField);
  NumberField* other = w.add(new NumberField);
  QSignalSpy committed{field, &NumberField::committed};
  QSignalSpy rejected{field, &NumberField::rejected};
  void SetUp() override {
    field->set_value(20, 0);
    w.show();
  }
};

TEST_F(NumberFieldTest, enter_commits_the_exact_number_once) {
  type_over(field, "0.1234567891");
  QTest::keyClick(field, Qt::Key_Return);
  other->setFocus();
  ASSERT_EQ(committed.size(), 1);
  EXPECT_EQ(committed[0][0].toDouble(), 0.1234567891);
}

TEST_F(NumberFieldTest, leaving_the_field_commits) {
  type_over(field, "7");
  other->setFocus();
  ASSERT_EQ(committed.size(), 1);
  EXPECT_EQ(committed[0][0].toDouble(), 7);
}

TEST_F(NumberFieldTest, escape_takes_back_what_was_typed) {
  type_over(field, "99");
  QTest::keyClick(field, Qt::Key_Escape);
  EXPECT_EQ(field->text(), "20");
  other->setFocus();
  EXPECT_EQ(committed.size(), 0);
}

TEST_F(NumberFieldTest, text_that_is_no_number_is_reported_and_replaced) {
  type_over(field, "max");
  QTest::keyClick(field, Qt::Key_Return);
  EXPECT_EQ(committed.size(), 0);
  ASSERT_EQ(rejected.size(), 1);
  EXPECT_EQ(rejected[0][0].toString(), "max");
  EXPECT_EQ(field->text(), "20");
}

TEST_F(NumberFieldTest, a_value_from_outside_does_not_disturb_typing) {
  type_over(field, "3");
  field->set_value(50, 0);
  EXPECT_EQ(field->text(), "3");
  QTest::keyClick(field, Qt::Key_Escape);
  EXPECT_EQ(field->text(), "50");
}

TEST_F(NumberFieldTest, arrow_keys_step) {
  QSignalSpy stepped(field, &NumberField::stepped);
  field->setFocus();
  QTest::keyClick(field, Qt::Key_Up);
  QTest::keyClick(field, Qt::Key_PageDown);
  ASSERT_EQ(stepped.size(), 2);
  EXPECT_EQ(stepped[0][0].toInt(), 1);
  EXPECT_EQ(stepped[1][0].toInt(), -10);
}

}  // namespace
}  // namespace cnv::desktop
