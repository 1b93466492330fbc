// The payload of a message as a transport delivers it: in one piece, 64-byte aligned, exactly as long as it is, so that
// a sanitizer sees every byte read beyond it.
#pragma once

#include <cstring>
#include <new>

#include "cnv/protocol/codec.hpp"

namespace cnv::test {

struct Delivered {
  std::shared_ptr<std::byte> data;
  std::size_t size = 0;
  std::span<std::byte> bytes() const { return {data.get(), size}; }
};

inline Delivered delivered(std::span<const std::byte> bytes) {
  constexpr std::align_val_t alignment{64};
  Delivered d{{static_cast<std::byte*>(::operator new(bytes.size(), alignment)),
               [](std::byte* p) { ::operator delete(p, alignment); }},
              bytes.size()};
  if (!bytes.empty()) std::memcpy(d.data.get(), bytes.data(), bytes.size());
  return d;
}

inline Delivered delivered(const protocol::Encoded& encoded) {
  std::vector<std::byte> all;
  for (const auto& chunk : encoded.chunks) all.insert(all.end(), chunk.data, chunk.data + chunk.size);
  return delivered(all);
}

inline Result<HostMessage> decode(const Delivered& d, HostMessage) { return protocol::decode_host(d.bytes(), d.data); }
inline Result<ViewerMessage> decode(const Delivered& d, ViewerMessage) {
  return protocol::decode_viewer(d.bytes(), d.data);
}
inline Result<Command> decode(const Delivered& d, Command) { return protocol::decode_command(d.bytes(), d.data); }
inline Result<std::vector<Update>> decode(const Delivered& d, std::vector<Update>) {
  return protocol::decode_updates(d.bytes(), d.data);
}

}  // namespace cnv::test
