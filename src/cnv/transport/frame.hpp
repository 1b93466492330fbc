// Frames: how messages lie in a byte stream. Used by the pipe channel and by fuzzing; no thread of its own.
//
// Each frame is a header of 64 bytes and its payload. Numbers are little-endian and unsigned.
//   offset  size  field
//        0     4  magic, the bytes "CNV1"
//        4     2  version: 1
//        6     2  kind of the message; opaque here, the same in all its parts
//        8     8  sequence: 1 for the first message of a direction, then one more with each message
//       16     4  flags: bit 0 = more parts follow; the others are zero
//       20     4  reserved, zero
//       24     8  payload length: bytes that follow this header, at most 64 MiB
//       32     8  message length: bytes of all parts together, the same in all parts
//       40    24  reserved, zero
// A message larger than one payload travels in parts: frames of the same sequence, directly after one another, none of
// them empty, whose payloads add up to the message length exactly at the part without the flag. An empty message is one
// frame. Anything else ends the stream: there is no way to find the next frame in a stream that has lied once.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <span>

#include "cnv/base/result.hpp"
#include "cnv/transport/channel.hpp"

namespace cnv::transport {

inline constexpr std::size_t frame_header_size = 64;
inline constexpr std::uint64_t max_frame_payload = std::uint64_t{64} << 20;
inline constexpr std::uint64_t default_max_message = ChannelLimits{}.message_bytes;

struct FrameHeader {
  std::uint16_t kind = 0;
  std::uint64_t sequence = 0;
  bool more = false;
  std::uint64_t payload_size = 0;
  std::uint64_t message_size = 0;
};

std::array<std::byte, frame_header_size> write_frame_header(const FrameHeader& header);
// Checks everything that a header alone can tell.
Result<FrameHeader> read_frame_header(std::span<const std::byte, frame_header_size> bytes, std::uint64_t max_message);
// Bytes that a message of `message_size` bytes needs in the stream, with its headers.
std::uint64_t framed_size(std::uint64_t message_size);

// Puts messages together from a stream, each in one piece of memory into which the owner reads directly. Nothing is
// allocated for what a message says it will become, only for the frame at hand and, from the second part on, as much
// again as came.
class FrameReader {
 public:
  explicit FrameReader(std::uint64_t max_message = default_max_message) : max_message_(max_message) {}
  // Where the next bytes belong: the rest of a header or of a payload; never empty.
  std::span<std::byte> want();
  // The first `count` bytes of want(), or all of it, have been filled. A message when one is complete. After an error
  // there is nothing but that error.
  Result<std::optional<Received>> got(std::size_t count);
  Result<std::optional<Received>> got() { return got(want().size()); }
  // The same for bytes that lie elsewhere, which are copied; complete messages are appended, also those before an
  // error.
  Result<void> take(std::span<const std::byte> bytes, std::vector<Received>& messages);
  // True when the stream would end inside a message or header.
  bool unfinished() const { return in_message_ || header_filled_ > 0; }

 private:
  Result<void> start_payload();
  Result<void> reserve(std::uint64_t size);
  Error fail(Error error);

  std::uint64_t max_message_;
  std::array<std::byte, frame_header_size> header_bytes_;
  std::size_t header_filled_ = 0;
  FrameHeader header_;
  std::uint64_t last_sequence_ = 0;
  std::uint64_t payload_left_ = 0;
  bool in_message_ = false;
  std::shared_ptr<std::byte> data_;
  std::uint64_t capacity_ = 0, size_ = 0;
  std::optional<Error> failed_;
};

// Cuts messages into frames; payloads are referred to, never copied, and let go as soon as they are written.
class FrameWriter {
 public:
  // The sequence number is given here.
  void add(Message message);
  bool empty() const { return pieces_.empty(); }
  // The next bytes of the stream, at most `most` pieces of memory; valid until written() or clear().
  void pieces(std::vector<std::span<const std::byte>>& out, std::size_t most) const;
  // The first `count` bytes of the pieces have been written.
  void written(std::size_t count);
  void clear();

 private:
  struct Piece {
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner;
    bool header = false;
  };
  std::deque<std::array<std::byte, frame_header_size>> headers_;
  std::deque<Piece> pieces_;
  std::uint64_t last_sequence_ = 0;
};

}  // namespace cnv::transport
