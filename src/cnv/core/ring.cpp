#include "cnv/core/ring.hpp"

#include <cstring>

namespace cnv {

void Ring::reallocate(std::size_t capacity) {
  auto memory = std::make_unique_for_overwrite<std::byte[]>(capacity * slice_bytes_);
  copy(begin_, end_, memory.get());
  memory_ = std::move(memory);
  capacity_ = capacity;
  origin_ = begin_;
}

void Ring::grow(std::size_t needed) {
  std::size_t capacity = std::max<std::size_t>({needed, 2 * capacity_, 16});
  if (max_size_) capacity = std::max(std::min(capacity, *max_size_), needed);
  reallocate(capacity);
}

void Ring::set_max_size(std::optional<std::size_t> max_size) {
  max_size_ = max_size;
  if (!max_size) return;
  if (size() > *max_size) begin_ = end_ - *max_size;
  if (capacity_ > 2 * std::max<std::size_t>(*max_size, 16)) reallocate(std::max<std::size_t>(size(), 1));
}

void Ring::append(const void* slices, std::size_t count) {
  const auto* from = static_cast<const std::byte*>(slices);
  if (max_size_ && count > *max_size_) {
    const std::size_t skipped = count - *max_size_;
    from += skipped * slice_bytes_;
    end_ += skipped;
    begin_ = end_;
    count = *max_size_;
  }
  if (count == 0) return;
  if (max_size_ && size() + count > *max_size_) begin_ = end_ + count - *max_size_;
  if (size() + count > capacity_) grow(size() + count);
  while (count > 0) {
    const std::size_t at = position(end_);
    const std::size_t run = std::min(count, capacity_ - at);
    std::memcpy(memory_.get() + at * slice_bytes_, from, run * slice_bytes_);
    from += run * slice_bytes_;
    end_ += run;
    count -= run;
  }
}

void Ring::copy(std::uint64_t from, std::uint64_t to, void* target) const {
  auto* out = static_cast<std::byte*>(target);
  for_each_run(from, to, [&](const std::byte* first, std::size_t count) {
    if (const std::size_t bytes = count * slice_bytes_; bytes > 0) std::memcpy(out, first, bytes);
    out += count * slice_bytes_;
  });
}

}  // namespace cnv
