#include "cnv/base/file_stamp.hpp"

#include <sys/stat.h>

namespace cnv {

std::vector<std::int64_t> FileStamp::numbers() const { return {size, changed_ns, static_cast<std::int64_t>(inode)}; }

FileStamp FileStamp::of(std::span<const std::int64_t, number_count> numbers) {
  return {numbers[2] != 0, numbers[0], numbers[1], static_cast<std::uint64_t>(numbers[2])};
}

FileStamp file_stamp(const std::string& path) {
  struct stat found{};
  if (::stat(path.c_str(), &found) != 0) return {};
  return {true, found.st_size, found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec, found.st_ino};
}

}  // namespace cnv
