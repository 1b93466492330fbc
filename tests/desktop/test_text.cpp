// Widths of text: what the font says, except that all figures are as wide as the widest; the same however often it is
// asked.
#include "cnv/desktop/text.hpp"

#include <gtest/gtest.h>

#include <QFontMetricsF>

namespace cnv::desktop {
namespace {

// The rule of the header, with the font asked anew for each piece.
double width_by_rule(const QString& text, const QFont& font) {
  const QFontMetricsF metrics(font);
  double cell = 0, x = 0;
  for (char16_t c = u'0'; c <= u'9'; ++c) cell = std::max(cell, metrics.horizontalAdvance(QChar(c)));
  QString run;
  for (const QChar c : text) {
    if (c >= u'0' && c <= u'9') {
      x += metrics.horizontalAdvance(run) + cell;
      run.clear();
    } else {
      run += c;
    }
  }
  return x + metrics.horizontalAdvance(run);
}

TEST(Text, a_width_is_that_of_the_font_with_figures_of_one_width_and_stays_the_same) {
  const QStringList texts{"",   "mV", "−65.0", "111.1", "400.0", "dend[3](0.5)", "t = 1,024.5 ms", "Membrane potential",
                          "µm²"};
  for (int round = 0; round < 2; ++round)
    for (const double size : {11.0, 12.0, 16.0})
      for (const int weight : {400, 600})
        for (const auto& text : texts)
          EXPECT_NEAR(text_width(text, ui_font(size, weight)), width_by_rule(text, ui_font(size, weight)), 1e-6)
              << text.toStdString();
}

TEST(Text, numbers_of_as_many_figures_are_equally_wide) {
  const QFont font = ui_font(12);
  EXPECT_DOUBLE_EQ(text_width("111.1 mV", font), text_width("400.8 mV", font));
  EXPECT_LT(text_width("1", font), text_width("11", font));
}

TEST(Text, more_different_texts_and_fonts_than_are_remembered_are_measured_all_the_same) {
  for (int i = 0; i < 5000; ++i) {
    const QString text =
        QStringLiteral("name ") + QChar(u'a' + i % 26) + QChar(u'a' + i / 26 % 26) + QChar(u'a' + i / 676);
    ASSERT_NEAR(text_width(text, ui_font(12)), QFontMetricsF(ui_font(12)).horizontalAdvance(text), 1e-6);
  }
  for (int size = 5; size < 60; ++size)
    EXPECT_NEAR(text_width("mV", ui_font(size)), QFontMetricsF(ui_font(size)).horizontalAdvance("mV"), 1e-6) << size;
}

}  // namespace
}  // namespace cnv::desktop
