#include "cnv/desktop/keys.hpp"

#include <gtest/gtest.h>

namespace cnv::desktop {
namespace {

QString pressed(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, const QString& text = {}) {
  return key_text(QKeyEvent(QEvent::KeyPress, key, modifiers, text));
}

TEST(KeyText, letters_are_capitals_and_modifiers_have_one_order) {
  EXPECT_EQ(pressed(Qt::Key_A, {}, "a"), "A");
  EXPECT_EQ(pressed(Qt::Key_A, Qt::ShiftModifier, "A"), "Shift+A");
  EXPECT_EQ(pressed(Qt::Key_R, Qt::ControlModifier), "Ctrl+R");
  EXPECT_EQ(pressed(Qt::Key_A, Qt::ShiftModifier | Qt::AltModifier | Qt::ControlModifier | Qt::MetaModifier),
            "Meta+Ctrl+Alt+Shift+A");
}

TEST(KeyText, named_keys_have_their_portable_names) {
  const std::pair<int, const char*> names[] = {
      {Qt::Key_Space, "Space"},     {Qt::Key_Left, "Left"},  {Qt::Key_Up, "Up"},      {Qt::Key_Return, "Return"},
      {Qt::Key_Enter, "Enter"},     {Qt::Key_Escape, "Esc"}, {Qt::Key_Delete, "Del"}, {Qt::Key_Backspace, "Backspace"},
      {Qt::Key_Tab, "Tab"},         {Qt::Key_Home, "Home"},  {Qt::Key_End, "End"},    {Qt::Key_PageUp, "PgUp"},
      {Qt::Key_PageDown, "PgDown"}, {Qt::Key_Insert, "Ins"}, {Qt::Key_F1, "F1"},      {Qt::Key_F11, "F11"},
      {Qt::Key_Period, "."},        {Qt::Key_5, "5"}};
  for (const auto& [key, name] : names) EXPECT_EQ(pressed(key), name);
}

TEST(KeyText, keypad_keys_are_marked_but_its_enter_has_its_own_name) {
  EXPECT_EQ(pressed(Qt::Key_5, Qt::KeypadModifier, "5"), "Num+5");
  EXPECT_EQ(pressed(Qt::Key_Enter, Qt::KeypadModifier), "Enter");
}

TEST(KeyText, shift_that_only_chose_a_symbol_is_not_a_modifier) {
  EXPECT_EQ(pressed(Qt::Key_Question, Qt::ShiftModifier, "?"), "?");
  EXPECT_EQ(pressed(Qt::Key_Space, Qt::ShiftModifier, " "), "Shift+Space");
  EXPECT_EQ(pressed(Qt::Key_Backtab, Qt::ShiftModifier), "Shift+Tab");
}

TEST(KeyText, modifiers_alone_and_unknown_keys_have_none) {
  EXPECT_EQ(pressed(Qt::Key_Shift, Qt::ShiftModifier), "");
  EXPECT_EQ(pressed(Qt::Key_Control, Qt::ControlModifier), "");
  EXPECT_EQ(pressed(Qt::Key_unknown), "");
}

TEST(Shortcut, spellings_of_one_key_are_the_same) {
  for (const char* text : {"space", " ", "Space", "SPACE"}) EXPECT_EQ(normalized_shortcut(text), "Space") << text;
  for (const char* text : {"Escape", "esc", "Esc"}) EXPECT_EQ(normalized_shortcut(text), "Esc") << text;
  for (const char* text : {"Delete", "del"}) EXPECT_EQ(normalized_shortcut(text), "Del") << text;
  EXPECT_EQ(normalized_shortcut("pagedown"), "PgDown");
  EXPECT_EQ(normalized_shortcut("shift+ctrl+a"), "Ctrl+Shift+A");
  EXPECT_EQ(normalized_shortcut("Ctrl++"), "Ctrl++");
  EXPECT_EQ(normalized_shortcut("num+5"), "Num+5");
}

TEST(Shortcut, unknown_texts_are_no_key) {
  for (const char* text : {"", "NoSuchKey", "Foo+A", "Ctrl+", "A B"}) EXPECT_EQ(normalized_shortcut(text), "") << text;
}

TEST(Shortcut, a_plain_letter_is_the_key_without_shift) {
  EXPECT_EQ(normalized_shortcut("r"), pressed(Qt::Key_R, {}, "r"));
  EXPECT_NE(normalized_shortcut("R"), pressed(Qt::Key_R, Qt::ShiftModifier, "R"));
  EXPECT_EQ(normalized_shortcut("Shift+R"), pressed(Qt::Key_R, Qt::ShiftModifier, "R"));
}

}  // namespace
}  // namespace cnv::desktop
