#include "cnv/transport/channel.hpp"

#include <algorithm>
#include <new>

namespace cnv::transport {

std::shared_ptr<std::byte> aligned_bytes(std::size_t size) {
  constexpr std::align_val_t alignment{64};
  return {static_cast<std::byte*>(::operator new(std::max<std::size_t>(size, 1), alignment)),
          [](std::byte* p) { ::operator delete(p, alignment); }};
}

}  // namespace cnv::transport
