#include "cnv/desktop/saved_files.hpp"

#include <algorithm>
#include <utility>

namespace cnv::desktop {

void SavedFiles::set(const std::vector<std::string>& paths) {
  std::map<std::string, FileStamp> next;
  for (const auto& path : paths) {
    const auto known = files_.find(path);
    next[path] = known != files_.end() ? known->second : look_(path);
  }
  files_ = std::move(next);
  std::erase_if(changed_, [&](const auto& path) { return !files_.contains(path); });
  if (changed_.empty()) due_s_.reset();
}

void SavedFiles::was(const std::string& path, const FileStamp& stamp) {
  if (const auto known = files_.find(path); known != files_.end()) known->second = stamp;
}

std::optional<std::string> SavedFiles::check(double now_s) {
  bool moved = false;
  for (auto& [path, known] : files_) {
    const FileStamp present = look_(path);
    if (present == known) continue;
    known = present;
    moved = true;
    if (std::find(changed_.begin(), changed_.end(), path) == changed_.end()) changed_.push_back(path);
  }
  if (moved) due_s_ = now_s + quiet_s;
  if (!due_s_ || now_s < *due_s_) return std::nullopt;
  due_s_.reset();
  // A file that is gone was not saved; when it comes back, it was.
  const auto changed = std::exchange(changed_, {});
  const auto saved =
      std::find_if(changed.begin(), changed.end(), [&](const auto& path) { return files_[path].exists; });
  return saved == changed.end() ? std::nullopt : std::optional(*saved);
}

}  // namespace cnv::desktop
