// Widgets need an application; the offscreen platform needs no display.
#include <gtest/gtest.h>

#include <QApplication>

#include "cnv/desktop/theme.hpp"

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  cnv::desktop::ThemeManager themes(application, cnv::desktop::ThemeChoice::light);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
