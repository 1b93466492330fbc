// ScriptWatch: hears from the system when files of the user's program are saved. GUI thread.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include "cnv/base/clock.hpp"
#include "cnv/desktop/saved_files.hpp"

namespace cnv::desktop {

class ScriptWatch : public QObject {
  Q_OBJECT
 public:
  explicit ScriptWatch(QObject* parent = nullptr);
  // None: nothing is watched.
  void set_files(const std::vector<std::string>& paths);
  // See SavedFiles::was().
  void was(const std::string& path, const FileStamp& stamp);

 Q_SIGNALS:
  // A save is over; the name of its first file.
  void saved(const QString& path);

 private:
  void check();
  void watch_all();

  SteadyClock clock_;
  SavedFiles files_;
  std::vector<std::string> paths_;
  QFileSystemWatcher watcher_;
  QTimer due_;
};

}  // namespace cnv::desktop
