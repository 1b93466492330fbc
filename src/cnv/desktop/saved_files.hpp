// SavedFiles: says when files have been saved, each save once. Editors write in several steps, or write another file
// and give it the name: a save is over when nothing has changed for a moment and the file is there. What the disk shows
// and the time are given, so nothing here waits. Used by ScriptWatch; any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cnv/base/file_stamp.hpp"

namespace cnv::desktop {

class SavedFiles {
 public:
  using Look = std::function<FileStamp(const std::string& path)>;
  static constexpr double quiet_s = 0.25;

  explicit SavedFiles(Look look) : look_(std::move(look)) {}
  // Files that were there before keep what is known of them.
  void set(const std::vector<std::string>& paths);
  // The state in which the program read one of them: another one that it has now is a save.
  void was(const std::string& path, const FileStamp& stamp);
  // Something may have changed, or the time of due_s() has come: the file that was saved, if that is over now.
  std::optional<std::string> check(double now_s);
  // When to check again though nothing is heard; none: not before something is.
  std::optional<double> due_s() const { return due_s_; }

 private:
  Look look_;
  std::map<std::string, FileStamp> files_;
  std::vector<std::string> changed_;  // in the present save
  std::optional<double> due_s_;
};

}  // namespace cnv::desktop
