// A whole window that is fed with batches, for tests with real events. What it sends is in `sent`.
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QTemporaryDir>
#include <memory>
#include <vector>

#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {

struct WindowFixture : testing::Test {
  QTemporaryDir folder;
  std::vector<ViewerMessage> sent;
  std::unique_ptr<ViewerWindow> window;
  std::uint64_t batches = 0;

  void open(bool remember = false) {
    window = std::make_unique<ViewerWindow>(*ThemeManager::instance(),
                                            [this](const ViewerMessage& message) { sent.push_back(message); });
    if (remember) window->remember_layouts(std::make_unique<LayoutMemory>(folder.filePath("layouts.ini")));
    window->show();
    window->receive(Welcome{.title = "App", .program = "app.py", .theme = "light"});
  }
  void give(std::vector<Update> updates) {
    window->receive(Batch{++batches, std::move(updates), RunState{.running = true}});
    settle();
  }
  static void settle() {
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  // The messages of one kind in `sent`.
  template <class Message>
  std::vector<Message> messages() const {
    std::vector<Message> out;
    for (const auto& message : sent)
      if (const auto* one = std::get_if<Message>(&message)) out.push_back(*one);
    return out;
  }
  // Those that were sent since the last call.
  template <class Message>
  std::vector<Message> taken() {
    auto out = messages<Message>();
    sent.clear();
    return out;
  }
  template <class W>
  W* part() const {
    return window->findChild<W*>();
  }
  PanelDock* dock(const char* id) const { return window->findChild<PanelDock*>(QLatin1String(id)); }
};

}  // namespace cnv::desktop
