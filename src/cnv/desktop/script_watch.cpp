#include "cnv/desktop/script_watch.hpp"

#include <QFileInfo>
#include <algorithm>
#include <cmath>

#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
ScriptWatch::ScriptWatch(QObject* parent) : QObject(parent), files_(file_stamp) {
  due_.setSingleShot(true);
  connect(&due_, &QTimer::timeout, this, [this] { check(); });
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, [this] { check(); });
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, [this] { check(); });
}

void ScriptWatch::set_files(const std::vector<std::string>& paths) {
  if (paths == paths_) return;
  paths_ = paths;
  if (const QStringList before = watcher_.files() + watcher_.directories(); !before.isEmpty())
    watcher_.removePaths(before);
  watch_all();
  files_.set(paths);
}

void ScriptWatch::was(const std::string& path, const FileStamp& stamp) {
  files_.was(path, stamp);
  check();
}

// A file that another one has taken the place of is not watched any more; its folder tells of the new one.
void ScriptWatch::watch_all() {
  QStringList wanted;
  for (const auto& path : paths_) {
    const QString file = to_qtext(path), folder = QFileInfo(file).absolutePath();
    if (!watcher_.files().contains(file) && QFileInfo::exists(file)) wanted << file;
    if (!watcher_.directories().contains(folder) && !wanted.contains(folder) && QFileInfo::exists(folder))
      wanted << folder;
  }
  if (!wanted.isEmpty()) watcher_.addPaths(wanted);
}

void ScriptWatch::check() {
  watch_all();
  const double now = clock_.now_s();
  const auto saved_file = files_.check(now);
  if (const auto due = files_.due_s()) due_.start(static_cast<int>(std::ceil(std::max(0.0, *due - now) * 1e3)) + 1);
  else due_.stop();
  if (saved_file) Q_EMIT
  saved(to_qtext(*saved_file));
}

}  // namespace cnv::desktop
