// SampleRing: values addressed by an ever growing number, appended at the end and dropped at the front.
// Used by the sample axis and the pyramid only; one thread at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace cnv {

using SampleNumber = std::uint64_t;

// Capacity is a power of two and never shrinks before reset(): at most twice the largest number of values kept.
template <class T>
class SampleRing {
 public:
  explicit SampleRing(SampleNumber first = 0) : begin_(first), end_(first) {}
  SampleRing(SampleRing&&) noexcept = default;
  SampleRing& operator=(SampleRing&&) noexcept = default;

  SampleNumber begin() const { return begin_; }
  SampleNumber end() const { return end_; }
  const T& operator[](SampleNumber number) const { return memory_[number & mask_]; }
  std::size_t memory_bytes() const { return capacity_ * sizeof(T); }

  void push(const T& value) {
    if (end_ - begin_ == capacity_) grow(end_ - begin_ + 1);
    memory_[end_++ & mask_] = value;
  }
  void reserve(std::size_t count) {
    if (count > capacity_) grow(count);
  }
  void trim(SampleNumber first) { begin_ = std::clamp(first, begin_, end_); }
  void reset(SampleNumber first) {
    memory_.reset();
    capacity_ = mask_ = 0;
    begin_ = end_ = first;
  }

  // fn(const T* values, std::size_t count) for each contiguous run of [from, to): one or two calls.
  template <class Fn>
  void for_each_run(SampleNumber from, SampleNumber to, Fn&& fn) const {
    while (from < to) {
      const std::size_t at = from & mask_;
      const auto count = std::min<SampleNumber>(to - from, capacity_ - at);
      fn(memory_.get() + at, static_cast<std::size_t>(count));
      from += count;
    }
  }

 private:
  void grow(std::size_t needed) {
    std::size_t capacity = std::max<std::size_t>(capacity_, 64);
    while (capacity < needed) capacity *= 2;
    std::unique_ptr<T[]> memory(new T[capacity]);
    for (SampleNumber i = begin_; i < end_; ++i) memory[i & (capacity - 1)] = memory_[i & mask_];
    memory_ = std::move(memory);
    capacity_ = capacity;
    mask_ = capacity - 1;
  }

  std::unique_ptr<T[]> memory_;
  std::size_t capacity_ = 0, mask_ = 0;
  SampleNumber begin_, end_;
};

}  // namespace cnv
