// The fixed parts of a payload that writer and reader share: the prelude and the numbers of extension types.
#pragma once

#include <bit>
#include <cstdint>

#include "cnv/protocol/limits.hpp"

namespace cnv::protocol {

static_assert(std::endian::native == std::endian::little, "arrays and the prelude are written as they lie in memory");

// First bytes of every payload. The message follows at once, then the array table; zeros up to a multiple of 64.
struct Prelude {
  std::uint32_t message_bytes = 0;
  std::uint32_t table_bytes = 0;
  std::uint32_t array_count = 0;
  std::uint32_t reserved = 0;
};
static_assert(sizeof(Prelude) == 16);

enum class Ext : std::int8_t { array = 1, state_binding = 2, attribute_ref = 3, slice = 4 };

constexpr std::size_t aligned(std::size_t bytes) {
  return (bytes + limits::alignment - 1) / limits::alignment * limits::alignment;
}

}  // namespace cnv::protocol
