// A window that has the keyboard, for tests with real events.
#pragma once

#include <QApplication>
#include <QTest>
#include <QVBoxLayout>
#include <QWidget>

namespace cnv::desktop {

struct TestWindow {
  QWidget window;
  QVBoxLayout* column = new QVBoxLayout(&window);

  template <class W>
  W* add(W* widget) {
    column->addWidget(widget);
    return widget;
  }
  void show(int width = 240, int height = 400) {
    window.resize(width, height);
    window.show();
    QApplication::setActiveWindow(&window);
    QApplication::processEvents();
  }
};

// Replaces what the field holds by typing.
inline void type_over(QWidget* field, const char* text) {
  field->setFocus();
  QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(field, QLatin1String(text));
}

}  // namespace cnv::desktop
