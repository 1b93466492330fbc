// Buffer: growing, 64-byte aligned bytes that one encode() fills. Used by Writer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>

#include "cnv/protocol/limits.hpp"

namespace cnv::protocol {

class Buffer {
 public:
  Buffer() { grow(2048); }

  // The name and types that msgpack::packer calls.
  void write(const char* data, std::size_t size) {
    if (capacity_ - size_ < size) grow(size_ + size);
    std::memcpy(memory_.get() + size_, data, size);
    size_ += size;
  }
  void write_zeros(std::size_t size) {
    if (capacity_ - size_ < size) grow(size_ + size);
    std::memset(memory_.get() + size_, 0, size);
    size_ += size;
  }
  std::size_t size() const { return size_; }
  std::byte* data() { return memory_.get(); }
  std::shared_ptr<const void> release() { return std::move(memory_); }

 private:
  static constexpr std::align_val_t alignment{limits::alignment};
  struct Free {
    void operator()(std::byte* p) const { ::operator delete(p, alignment); }
  };
  void grow(std::size_t needed) {
    const std::size_t capacity = std::max(needed, 2 * capacity_);
    std::unique_ptr<std::byte, Free> larger(static_cast<std::byte*>(::operator new(capacity, alignment)));
    if (size_) std::memcpy(larger.get(), memory_.get(), size_);
    memory_ = std::move(larger);
    capacity_ = capacity;
  }

  std::unique_ptr<std::byte, Free> memory_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace cnv::protocol
