#include "cnv/app/facts.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <QApplication>
#include <QFontDatabase>
#include <QScreen>
#include <cstdio>

#include "cnv/app/display_check.hpp"
#include "cnv/app/qt_run.hpp"
#include "cnv/base/findings.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/desktop/image_host.hpp"
#include "cnv/desktop/layout_memory.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/runtime/viewer_library.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv::app {
namespace {

std::string text(const QString& words) { return words.toStdString(); }

// Where the library comes from that has this symbol.
std::string library_with(const char* symbol) {
  void* found = ::dlsym(RTLD_DEFAULT, symbol);
  Dl_info info{};
  return found && ::dladdr(found, &info) && info.dli_fname ? info.dli_fname : "unknown";
}

Finding drawing() { return {"drawing", desktop::ImageHost().renderer(), {}}; }

Finding fonts() {
  const QStringList families = QFontDatabase::families();
  Finding out{"fonts", text(desktop::ui_font(12).family()) + ", " + plain_text(families.size()) + " families", {}};
  if (families.isEmpty())
    out.problem = "there are no fonts, so texts are boxes. Install one, such as the package fonts-dejavu-core.";
  return out;
}

Finding settings() {
  const desktop::LayoutMemory kept;
  Finding out{"settings", text(kept.file()), {}};
  if (!kept.is_writable())
    out.problem =
        "it cannot be written, so places and sizes of windows are not remembered. Make the folder writable, or "
        "set XDG_CONFIG_HOME to one that is.";
  return out;
}

Finding display() {
  if (const std::string problem = display_problem(); !problem.empty())
    return {"display", "none", problem + ". Run it " + no_window_advice};
  std::string screens;
  for (const QScreen* screen : QGuiApplication::screens()) {
    const QSize size = screen->size();
    screens += ", " + plain_text(size.width()) + " × " + plain_text(size.height());
    if (screen->devicePixelRatio() != 1) screens += " × " + text(QString::number(screen->devicePixelRatio()));
  }
  return {"display", text(QGuiApplication::platformName()) + screens, {}};
}

}  // namespace

int print_facts(bool headless) {
  std::vector<Finding> found;
  if (!headless && !display_problem().empty()) {
    found = {display()};
  } else {
    QtRun qt(headless, true);
    if (headless)
      found = {{"viewer", CNV_VERSION, {}},
               {"Qt", std::string(qVersion()) + ", " + library_with("qVersion"), {}},
               {"C++ library", library_with("_ZSt9terminatev"), {}},
               drawing(),
               fonts(),
               settings()};
    else found = {display()};
  }
  const std::string lines = findings_lines(found);
  if (transport::is_socket(transport::child_socket))
    return ::write(transport::child_socket, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()) ? 0 : 1;
  std::fputs(lines.c_str(), stdout);
  return 0;
}

}  // namespace cnv::app
