// Qt in the viewer: where its plugins and fonts are, what it says, and its application object. GUI thread.
#pragma once

#include <QApplication>
#include <memory>
#include <string>

namespace cnv::app {

// Said on stderr, with what helps; the exit status of a viewer that cannot open a window.
int no_window(const std::string& why);

// While it lives Qt is in use. One at a time.
class QtRun {
 public:
  // `own_process`: one that may be ended when no window can be opened; else the process belongs to the user's program.
  QtRun(bool headless, bool own_process);
  ~QtRun();
  QtRun(const QtRun&) = delete;
  QtRun& operator=(const QtRun&) = delete;

  QApplication& application() { return *application_; }

 private:
  QtMessageHandler handler_before_;
  std::unique_ptr<QApplication> application_;
};

}  // namespace cnv::app
