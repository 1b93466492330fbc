// The viewer as a function: window and connection, until the end. Entry of the shared library; GUI thread only.
#include <signal.h>
#include <sys/resource.h>

#include <QApplication>
#include <QScreen>
#include <QTimer>
#include <cstdio>

#include "cnv/app/display_check.hpp"
#include "cnv/app/model_link.hpp"
#include "cnv/app/qt_run.hpp"
#include "cnv/app/run_files.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/viewer_window.hpp"
#include "cnv/render/gl_context.hpp"
#include "cnv/runtime/viewer_library.hpp"

namespace cnv::app {
namespace {

using desktop::ViewerWindow;

constexpr int nice_level = 5;  // with few cores the model's process comes first
constexpr int title_bar_px = 32;
constexpr int leave_after_ms = 1500;
constexpr int turn_interval_ms = 50;
constexpr int interrupt_ends_s = 5;  // a program, after Ctrl-C

// Writes what the host asked for; empty text, or what went wrong.
QString write_files(ViewerWindow& window, const Finish& finish) {
  window.paint_everything();
  QString problem;
  const auto note = [&](const QString& text) {
    if (!text.isEmpty()) problem += (problem.isEmpty() ? "" : "; ") + text;
  };
  if (!finish.screenshot.empty()) note(write_picture(finish.screenshot, window.picture()));
  if (!finish.dump.empty()) {
    note(write_dump(finish.dump, window.model().store()));
    note(write_plots(finish.dump, finish.figure, window));
  }
  if (!finish.report.empty())
    note(write_report(finish.report, finish.session, window.report(), window.model().store()));
  return problem;
}

// Ctrl-C in the terminal is for the model's program, and reaches the viewer too. A program that it ends before it has
// come to its windows cannot close them.
volatile sig_atomic_t interrupts = 0;
timespec interrupted_at{};

void on_interrupt(int) {
  ::clock_gettime(CLOCK_MONOTONIC, &interrupted_at);
  interrupts = 1;
}

bool was_interrupted() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return interrupts && now.tv_sec - interrupted_at.tv_sec <= interrupt_ends_s;
}

// Events of the window, and the model's messages, until the end.
int show(ViewerRun& run, QApplication& application) {
  QApplication::setApplicationName("CompNeuroVis");
  QApplication::setApplicationVersion(CNV_VERSION);
  QApplication::setQuitOnLastWindowClosed(false);
  desktop::ThemeManager themes(application);
  ModelLink link(std::move(run.channel), run.control);
  ViewerWindow window(themes, [&](const ViewerMessage& message) { link.send(message); });

  if (!run.headless) {
    // On a small or a scaled screen the whole window is in reach.
    const QSize room = window.screen()->availableGeometry().size();
    window.resize(window.size().boundedTo({room.width(), room.height() - title_bar_px}));
    window.remember_layouts(std::make_unique<desktop::LayoutMemory>());
  }

  window.on_finish = [&](const Finish& finish) { link.send(Finished{write_files(window, finish).toStdString()}); };
  window.on_close = [&] {
    link.close(1.0);
    QApplication::quit();
  };
  window.on_again = [&](bool by_hand) { link.again(by_hand); };
  link.on_message = [&](const HostMessage& message) { window.receive(message); };
  link.on_wait = [&] { window.model_starts_again(); };
  link.on_fresh = [&] { window.model_is_fresh(); };
  link.on_dismissed = [&] { window.on_close(); };
  link.on_gone = [&](const QString& why) {
    std::fprintf(stderr, "compneurovis-viewer: %s\n", why.isEmpty() ? "the program has ended" : qPrintable(why));
    // A model that ended with an exception in this very process needs its thread back.
    if (run.headless || window.closed_by_user() || !run.own_process || was_interrupted()) return QApplication::exit(1);
    window.model_is_gone(why);
  };
  link.start();
  // The host may be in a long step when the window is closed; nobody waits for it longer than this. A build that nobody
  // will see is broken off.
  window.on_user_close = [&] {
    const auto leave = [&] {
      if (window.building() || !link.connected()) link.interrupt();
      QApplication::quit();
    };
    if (link.connected()) QTimer::singleShot(leave_after_ms, &application, leave);
    else leave();
  };
  QTimer turns;
  if (run.turn) {
    QObject::connect(&turns, &QTimer::timeout, [&] { run.turn(); });
    turns.start(turn_interval_ms);
  }
  window.show();
  return QApplication::exec();
}

int prepare(bool headless) {
  bound_gl_threads();
  const std::string problem = headless ? std::string() : display_problem();
  return problem.empty() ? 0 : no_window(problem);
}

int run(ViewerRun& run) {
  if (run.own_process) {
    ::setpriority(PRIO_PROCESS, 0, nice_level);
    ::signal(SIGINT, on_interrupt);
  }
  QtRun qt(run.headless, run.own_process);
  return show(run, qt.application());
}

}  // namespace
}  // namespace cnv::app

extern "C" __attribute__((visibility("default"))) const cnv::ViewerLibrary* compneurovis_viewer_library() {
  static constexpr cnv::ViewerLibrary library{CNV_VERSION, &cnv::app::prepare, &cnv::app::run};
  return &library;
}
