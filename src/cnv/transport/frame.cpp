#include "cnv/transport/frame.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv::transport {
namespace {

constexpr char magic[4] = {'C', 'N', 'V', '1'};
constexpr std::uint16_t version = 1;
constexpr std::uint32_t flag_more = 1;

template <class T>
void put(std::byte* at, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) at[i] = static_cast<std::byte>(value >> (8 * i));
}
template <class T>
T take(const std::byte* at) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i)
    value = static_cast<T>(value | (static_cast<T>(std::to_integer<unsigned>(at[i])) << (8 * i)));
  return value;
}

}  // namespace

std::array<std::byte, frame_header_size> write_frame_header(const FrameHeader& header) {
  std::array<std::byte, frame_header_size> bytes{};
  std::memcpy(bytes.data(), magic, sizeof magic);
  put<std::uint16_t>(&bytes[4], version);
  put<std::uint16_t>(&bytes[6], header.kind);
  put<std::uint64_t>(&bytes[8], header.sequence);
  put<std::uint32_t>(&bytes[16], header.more ? flag_more : 0);
  put<std::uint64_t>(&bytes[24], header.payload_size);
  put<std::uint64_t>(&bytes[32], header.message_size);
  return bytes;
}

Result<FrameHeader> read_frame_header(std::span<const std::byte, frame_header_size> bytes, std::uint64_t max_message) {
  if (std::memcmp(bytes.data(), magic, sizeof magic) != 0)
    return Error{"the stream holds something that is no frame (wrong magic)"};
  if (const auto v = take<std::uint16_t>(&bytes[4]); v != version)
    return Error{"frame version " + plain_text(v) + " is not understood, only " + plain_text(version)};
  const auto flags = take<std::uint32_t>(&bytes[16]);
  const bool reserved_clear =
      take<std::uint32_t>(&bytes[20]) == 0 &&
      std::all_of(bytes.begin() + 40, bytes.end(), [](std::byte b) { return b == std::byte{0}; });
  if ((flags & ~flag_more) != 0 || !reserved_clear) return Error{"a frame has unknown flags"};
  FrameHeader header{take<std::uint16_t>(&bytes[6]), take<std::uint64_t>(&bytes[8]), (flags & flag_more) != 0,
                     take<std::uint64_t>(&bytes[24]), take<std::uint64_t>(&bytes[32])};
  if (header.payload_size > max_frame_payload)
    return Error{"a frame announces " + plain_text(header.payload_size) + " bytes, more than the limit of " +
                 plain_text(max_frame_payload)};
  if (header.message_size > max_message)
    return Error{"a message announces " + plain_text(header.message_size) + " bytes, more than the limit of " +
                 plain_text(max_message)};
  if (header.payload_size > header.message_size) return Error{"a frame is larger than its message"};
  if (header.more && header.payload_size == 0) return Error{"a part of a message is empty"};
  if (header.sequence == 0) return Error{"a frame has no sequence number"};
  return header;
}

std::uint64_t framed_size(std::uint64_t message_size) {
  const std::uint64_t frames = message_size == 0 ? 1 : (message_size - 1) / max_frame_payload + 1;
  return message_size + frames * frame_header_size;
}

// ---- reader ------------------------------------------------------------------------------------------------------

std::span<std::byte> FrameReader::want() {
  if (payload_left_ > 0) return {data_.get() + size_, static_cast<std::size_t>(payload_left_)};
  return std::span(header_bytes_).subspan(header_filled_);
}

Result<void> FrameReader::reserve(std::uint64_t size) {
  if (data_ && size <= capacity_) return {};
  const std::uint64_t capacity = std::min(header_.message_size, std::max(size, capacity_ * 2));
  std::shared_ptr<std::byte> larger;
  try {
    larger = aligned_bytes(static_cast<std::size_t>(capacity));
  } catch (const std::bad_alloc&) {
    return Error{"there is no memory for a message of " + plain_text(header_.message_size) + " bytes"};
  }
  if (size_ > 0) std::memcpy(larger.get(), data_.get(), static_cast<std::size_t>(size_));
  data_ = std::move(larger);
  capacity_ = capacity;
  return {};
}

Result<void> FrameReader::start_payload() {
  const FrameHeader before = header_;
  auto header = read_frame_header(header_bytes_, max_message_);
  if (!header) return Error{header.error()};
  if (in_message_) {
    if (header->sequence != before.sequence || header->kind != before.kind ||
        header->message_size != before.message_size)
      return Error{"a part does not belong to the message before it"};
  } else {
    if (header->sequence != last_sequence_ + 1)
      return Error{"message " + plain_text(header->sequence) + " follows message " + plain_text(last_sequence_)};
    capacity_ = size_ = 0;
  }
  header_ = *header;
  const std::uint64_t end = size_ + header_.payload_size;
  if (header_.more ? end >= header_.message_size : end != header_.message_size)
    return Error{"the parts of message " + plain_text(header_.sequence) + " do not add up to its length"};
  in_message_ = true;
  payload_left_ = header_.payload_size;
  return reserve(end);
}

Error FrameReader::fail(Error error) {
  failed_ = std::move(error);
  // want() must stay valid for an owner that goes on by mistake.
  payload_left_ = 0;
  header_filled_ = 0;
  data_.reset();
  return *failed_;
}

Result<std::optional<Received>> FrameReader::got(std::size_t count) {
  if (failed_) return *failed_;
  if (payload_left_ > 0) {
    size_ += count;
    payload_left_ -= count;
  } else {
    header_filled_ += count;
    if (header_filled_ < frame_header_size) return std::optional<Received>{};
    header_filled_ = 0;
    if (auto started = start_payload(); !started) return fail({started.error()});
  }
  if (payload_left_ > 0 || header_.more) return std::optional<Received>{};
  in_message_ = false;
  last_sequence_ = header_.sequence;
  return std::optional<Received>{
      Received{header_.kind, std::exchange(data_, nullptr), static_cast<std::size_t>(size_)}};
}

Result<void> FrameReader::take(std::span<const std::byte> bytes, std::vector<Received>& messages) {
  while (!bytes.empty()) {
    const auto into = want();
    const std::size_t count = std::min(into.size(), bytes.size());
    std::memcpy(into.data(), bytes.data(), count);
    bytes = bytes.subspan(count);
    auto message = got(count);
    if (!message) return Error{message.error()};
    if (*message) messages.push_back(std::move(**message));
  }
  return {};
}

// ---- writer ------------------------------------------------------------------------------------------------------

void FrameWriter::add(Message message) {
  FrameHeader header{message.kind, ++last_sequence_, false, 0, message.size()};
  std::uint64_t left = header.message_size;
  std::size_t chunk = 0, offset = 0;
  do {
    header.payload_size = std::min(left, max_frame_payload);
    left -= header.payload_size;
    header.more = left > 0;
    headers_.push_back(write_frame_header(header));
    pieces_.push_back({headers_.back(), nullptr, true});
    for (std::uint64_t rest = header.payload_size; rest > 0;) {
      const Chunk& from = message.chunks[chunk];
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(rest, from.size - offset));
      if (size > 0) pieces_.push_back({{from.data + offset, size}, from.owner, false});
      rest -= size;
      offset += size;
      if (offset == from.size) ++chunk, offset = 0;
    }
  } while (left > 0);
}

void FrameWriter::pieces(std::vector<std::span<const std::byte>>& out, std::size_t most) const {
  out.clear();
  for (const auto& piece : pieces_) {
    if (out.size() == most) return;
    out.push_back(piece.bytes);
  }
}

void FrameWriter::written(std::size_t count) {
  while (count > 0) {
    Piece& piece = pieces_.front();
    if (count < piece.bytes.size()) {
      piece.bytes = piece.bytes.subspan(count);
      return;
    }
    count -= piece.bytes.size();
    if (piece.header) headers_.pop_front();
    pieces_.pop_front();
  }
}

void FrameWriter::clear() {
  pieces_.clear();
  headers_.clear();
}

}  // namespace cnv::transport
