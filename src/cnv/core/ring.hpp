// Ring: the last samples of a stream of equally large slices. Appending is amortised O(bytes appended); slices are
// addressed by a sample number that never restarts, so that readers can tell what they have seen.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace cnv {

class Ring {
 public:
  explicit Ring(std::size_t slice_bytes, std::uint64_t first = 0)
      : slice_bytes_(slice_bytes), begin_(first), end_(first) {}

  std::size_t slice_bytes() const { return slice_bytes_; }
  // Sample numbers of the oldest slice kept and one past the newest.
  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return end_; }
  std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
  std::size_t capacity_bytes() const { return capacity_ * slice_bytes_; }

  // The most slices to keep; none: all. Older ones are dropped at once.
  void set_max_size(std::optional<std::size_t> max_size);
  std::optional<std::size_t> max_size() const { return max_size_; }

  // The memory of a new newest slice, to be filled by the caller; null when max_size is 0.
  std::byte* push() {
    if (max_size_ && size() >= *max_size_) {
      if (*max_size_ == 0) return ++begin_, ++end_, nullptr;
      ++begin_;
    } else if (size() == capacity_) {
      grow(size() + 1);
    }
    return memory_.get() + position(end_++) * slice_bytes_;
  }
  // `count` slices, contiguous in memory.
  void append(const void* slices, std::size_t count);

  const std::byte* slice(std::uint64_t number) const { return memory_.get() + position(number) * slice_bytes_; }
  std::byte* slice(std::uint64_t number) { return memory_.get() + position(number) * slice_bytes_; }

  // fn(const std::byte* first, std::size_t count) for each contiguous run of [from, to), oldest first: one or two
  // calls.
  template <class Fn>
  void for_each_run(std::uint64_t from, std::uint64_t to, Fn&& fn) const {
    while (from < to) {
      const std::size_t at = position(from);
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(to - from, capacity_ - at));
      fn(static_cast<const std::byte*>(memory_.get()) + at * slice_bytes_, count);
      from += count;
    }
  }
  // [from, to) into contiguous memory.
  void copy(std::uint64_t from, std::uint64_t to, void* target) const;

 private:
  std::size_t position(std::uint64_t number) const {
    // Slices since the last growth wrap around the capacity; `origin_` is the number that lies at position 0.
    const std::uint64_t offset = number - origin_;
    return static_cast<std::size_t>(offset < capacity_ ? offset : offset % capacity_);
  }
  void grow(std::size_t needed);
  void reallocate(std::size_t capacity);

  std::size_t slice_bytes_;
  std::size_t capacity_ = 0;  // in slices
  std::uint64_t begin_, end_, origin_ = 0;
  std::optional<std::size_t> max_size_;
  std::unique_ptr<std::byte[]> memory_;
};

}  // namespace cnv
