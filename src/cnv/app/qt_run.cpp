#include "cnv/app/qt_run.hpp"

#include <dlfcn.h>

#include <QDir>
#include <QFileInfo>
#include <cstdio>
#include <cstdlib>

#include "cnv/runtime/viewer_library.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv::app {
namespace {

bool process_is_ours = true;

// Remarks of Qt about its platform that tell a user nothing. Pictures reach a Wayland compositor through memory.
constexpr const char* quiet[] = {"This plugin does not support propagateSizeHints",
                                 "QStandardPaths: XDG_RUNTIME_DIR not set", "Failed to load client buffer integration",
                                 "Available client buffer integrations"};

void quiet_remarks(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  for (const char* beginning : quiet)
    if (text.startsWith(QLatin1String(beginning))) return;
  if (process_is_ours && type == QtFatalMsg && text.contains("platform plugin"))
    std::_Exit(no_window(text.toStdString()));
  std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, text)));
}

void somewhere_in_this_library() {}

QDir folder_of_this_library() {
  Dl_info info{};
  if (!::dladdr(reinterpret_cast<const void*>(&somewhere_in_this_library), &info) || !info.dli_fname) return {};
  return QFileInfo(QString::fromLocal8Bit(info.dli_fname)).canonicalPath();
}

// A viewer that brings its own Qt uses the plugins beside it, and none of another Qt. Its fonts are there besides those
// of the system, its keyboard layouts instead of missing ones.
void use_what_lies_beside() {
  const QDir folder = folder_of_this_library();
  if (folder.exists(QStringLiteral("plugins")))
    QCoreApplication::setLibraryPaths({folder.filePath(QStringLiteral("plugins"))});
  const QString fonts = folder.filePath(QStringLiteral("fonts/fonts.conf"));
  if (QFileInfo::exists(fonts)) ::setenv("FONTCONFIG_FILE", fonts.toLocal8Bit().constData(), 0);
  const QString keyboards = folder.filePath(QStringLiteral("xkb"));
  if (QFileInfo::exists(keyboards) && !QFileInfo::exists(QStringLiteral("/usr/share/X11/xkb")))
    ::setenv("XKB_CONFIG_ROOT", keyboards.toLocal8Bit().constData(), 0);
}

}  // namespace

int no_window(const std::string& why) {
  std::fprintf(stderr, "compneurovis-viewer: no window can be opened: %s\nRun it %s\n", why.c_str(), no_window_advice);
  return transport::no_display_status;
}

QtRun::QtRun(bool headless, bool own_process) {
  process_is_ours = own_process;
  handler_before_ = qInstallMessageHandler(quiet_remarks);
  use_what_lies_beside();
  static char name[] = "compneurovis-viewer", platform[] = "-platform", offscreen[] = "offscreen";
  static char* argv[4];  // Qt keeps it
  static int argc;
  argv[0] = name;
  argv[1] = headless ? platform : nullptr;
  argv[2] = offscreen;
  argv[3] = nullptr;
  argc = headless ? 3 : 1;
  application_ = std::make_unique<QApplication>(argc, argv);
}

QtRun::~QtRun() {
  application_.reset();
  qInstallMessageHandler(handler_before_);
}

}  // namespace cnv::app
