// What a payload may hold. The encoder refuses to pass these limits, the decoder refuses what passes them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cnv::protocol::limits {

inline constexpr std::size_t max_header_bytes = std::size_t{1} << 20;  // message and array table together
inline constexpr std::size_t max_depth = 16;                           // of lists and dicts, the message itself counted
inline constexpr std::size_t max_values = std::size_t{1} << 18;        // MessagePack items in a header
inline constexpr std::size_t max_arrays = 4096;
inline constexpr std::size_t max_rank = 8;
// Of an array, extents of 0 counted as 1: no product of extents overflows.
inline constexpr std::int64_t max_elements = std::int64_t{1} << 40;
inline constexpr std::size_t alignment = 64;

}  // namespace cnv::protocol::limits
