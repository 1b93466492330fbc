// FileStamp: what tells one state of a file from another without reading it. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cnv {

struct FileStamp {
  bool exists = false;
  std::int64_t size = 0, changed_ns = 0;
  std::uint64_t inode = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;

  // As messages carry it: size, time of change in ns, inode; all 0: there is no such file.
  std::vector<std::int64_t> numbers() const;
  static constexpr std::size_t number_count = 3;
  static FileStamp of(std::span<const std::int64_t, number_count> numbers);
};

// Of the file as the disk has it now.
FileStamp file_stamp(const std::string& path);

}  // namespace cnv
