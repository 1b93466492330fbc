// compneurovis-viewer: the window of a running model, started by run_app with a socket as descriptor 3.
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QTimer>
#include <cstdio>

#include "cnv/app/connection.hpp"
#include "cnv/app/run_files.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/viewer_window.hpp"
#include "cnv/render/gl_context.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace {

using cnv::app::Connection;
using cnv::desktop::ViewerWindow;

constexpr int nice_level = 5;  // with few cores the model's process comes first
constexpr int leave_after_ms = 1500;

bool is_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

// Writes what the host asked for; empty text, or what went wrong.
QString write_files(ViewerWindow& window, const cnv::Finish& finish) {
  window.paint_everything();
  QString problem;
  const auto note = [&](const QString& text) {
    if (!text.isEmpty()) problem += (problem.isEmpty() ? "" : "; ") + text;
  };
  if (!finish.screenshot.empty()) note(cnv::app::write_picture(finish.screenshot, window.picture()));
  if (!finish.dump.empty()) note(cnv::app::write_dump(finish.dump, window.model().store()));
  if (!finish.report.empty()) note(cnv::app::write_report(finish.report, finish.session, window.report(), window.model().store()));
  return problem;
}

// Remarks of Qt about its platform tell a user nothing.
void quiet_remarks(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  if (text.startsWith("This plugin does not support propagateSizeHints") || text.startsWith("QStandardPaths: XDG_RUNTIME_DIR not set")) return;
  std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, text)));
}

int run(int argc, char** argv, bool headless) {
  cnv::bound_gl_threads();
  ::setpriority(PRIO_PROCESS, 0, nice_level);
  if (headless) qputenv("QT_QPA_PLATFORM", "offscreen");
  qInstallMessageHandler(quiet_remarks);
  QApplication application(argc, argv);
  QApplication::setApplicationName("CompNeuroVis");
  QApplication::setApplicationVersion(CNV_VERSION);
  QApplication::setQuitOnLastWindowClosed(false);
  cnv::desktop::ThemeManager themes(application);
  Connection connection(cnv::transport::make_pipe_channel(cnv::transport::child_socket));
  ViewerWindow window(themes, [&](const cnv::ViewerMessage& message) { connection.send(message); });

  if (!headless) window.remember_layouts(std::make_unique<cnv::desktop::LayoutMemory>());

  window.on_finish = [&](const cnv::Finish& finish) {
    connection.send(cnv::Finished{write_files(window, finish).toStdString()});
  };
  window.on_close = [&] {
    connection.close(1.0);
    QApplication::quit();
  };
  connection.on_message = [&](const cnv::HostMessage& message) { window.receive(message); };
  connection.on_end = [&](const QString& why) {
    std::fprintf(stderr, "compneurovis-viewer: %s\n", qPrintable(why));
    if (headless || window.closed_by_user()) return QApplication::exit(1);
    window.model_is_gone(why);
  };
  connection.send(cnv::Hello{.viewer = "compneurovis-viewer " CNV_VERSION, .pid = ::getpid()});
  connection.start();
  // The host may be in a long step when the window is closed; nobody waits for it longer than this.
  window.on_user_close = [&] { QTimer::singleShot(leave_after_ms, &application, [] { QApplication::quit(); }); };
  window.show();
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App options{"The window of a running CompNeuroVis model. It is started by the model's program."};
  bool headless = false;
  options.add_flag("--headless", headless, "no window and no display");
  options.allow_extras();
  CLI11_PARSE(options, argc, argv);
  if (!is_socket(cnv::transport::child_socket)) {
    std::fprintf(stderr, "compneurovis-viewer is started by a model's program, not by hand: run your script with\n  compneurovis run script.py\n");
    return 2;
  }
  return run(argc, argv, headless);
}
