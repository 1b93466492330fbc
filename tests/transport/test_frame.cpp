#include "cnv/transport/frame.hpp"

#include <gtest/gtest.h>

#include <random>

#include "transport/channel_tools.hpp"

namespace cnv::transport {
namespace {

using namespace test;
using Bytes = std::vector<std::byte>;

void append(Bytes& to, std::span<const std::byte> bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

// The stream that a writer makes, taken in pieces of `step` bytes as a slow socket would.
Bytes stream_of(std::vector<Message> messages, std::size_t step) {
  FrameWriter writer;
  for (auto& message : messages) writer.add(std::move(message));
  Bytes stream;
  std::vector<std::span<const std::byte>> pieces;
  while (!writer.empty()) {
    writer.pieces(pieces, 3);
    std::size_t left = step;
    for (auto piece : pieces) {
      piece = piece.first(std::min(left, piece.size()));
      append(stream, piece);
      left -= piece.size();
    }
    writer.written(step - left);
  }
  return stream;
}

std::vector<Message> some_messages() {
  std::vector<Message> messages;
  for (unsigned i = 0; i < 6; ++i) messages.push_back(message_of(pattern(i * 37, i), static_cast<std::uint16_t>(i)));
  return messages;
}

// A message in hand-made parts, far smaller than a writer would make them.
Bytes in_parts(std::uint64_t sequence, const Bytes& payload, std::size_t part) {
  Bytes stream;
  for (std::size_t at = 0; at < payload.size(); at += part) {
    const std::size_t size = std::min(part, payload.size() - at);
    append(stream, write_frame_header({4, sequence, at + size < payload.size(), size, payload.size()}));
    append(stream, std::span(payload).subspan(at, size));
  }
  return stream;
}

TEST(FrameWriterTest, makes_the_same_stream_however_it_is_written) {
  const Bytes whole = stream_of(some_messages(), 1 << 20);
  std::size_t size = 0;
  for (const auto& message : some_messages()) size += framed_size(message.size());
  EXPECT_EQ(whole.size(), size);
  for (const std::size_t step : {1u, 7u, 64u, 65u, 100u}) EXPECT_EQ(stream_of(some_messages(), step), whole) << step;
}

TEST(FrameWriterTest, cuts_a_large_message_at_the_limit_of_a_frame) {
  static const std::byte one{};
  FrameWriter writer;
  // Chunks that claim more memory than they have: only their sizes are looked at.
  writer.add({1, {{nullptr, &one, max_frame_payload - 1}, {nullptr, &one, max_frame_payload + 2}}});
  std::vector<std::span<const std::byte>> pieces;
  writer.pieces(pieces, 100);
  std::vector<std::uint64_t> sizes;
  for (const auto piece : pieces) sizes.push_back(piece.size());
  EXPECT_EQ(sizes, (std::vector<std::uint64_t>{64, max_frame_payload - 1, 1, 64, max_frame_payload, 64, 1}));
  const auto last = read_frame_header(std::span<const std::byte, 64>(pieces[5]), default_max_message);
  ASSERT_TRUE(last.ok());
  EXPECT_FALSE(last->more);
  EXPECT_EQ(last->sequence, 1u);
  EXPECT_EQ(last->message_size, 2 * max_frame_payload + 1);
  EXPECT_EQ(framed_size(last->message_size), last->message_size + 3 * 64);
  EXPECT_EQ(framed_size(0), 64u);
  EXPECT_EQ(framed_size(max_frame_payload), max_frame_payload + 64);
}

TEST(FrameReaderTest, puts_messages_together_however_the_bytes_arrive) {
  Bytes stream = stream_of(some_messages(), 1 << 20);
  append(stream, in_parts(7, pattern(1000, 9), 90));
  for (std::size_t step = 1; step < 300; step += 13) {
    FrameReader reader;
    std::vector<Received> got;
    for (std::size_t at = 0; at < stream.size(); at += step)
      ASSERT_TRUE(reader.take(std::span(stream).subspan(at, std::min(step, stream.size() - at)), got).ok());
    EXPECT_FALSE(reader.unfinished());
    ASSERT_EQ(got.size(), 7u);
    for (unsigned i = 0; i < 6; ++i) EXPECT_TRUE(holds(got[i], pattern(i * 37, i)));
    EXPECT_TRUE(holds(got[6], pattern(1000, 9)));
    EXPECT_EQ(got[6].kind, 4);
  }
}

TEST(FrameReaderTest, delivers_nothing_of_a_message_that_is_cut_off) {
  const Bytes stream = in_parts(1, pattern(300, 2), 100);
  for (std::size_t size = 0; size < stream.size(); ++size) {
    FrameReader reader;
    std::vector<Received> got;
    ASSERT_TRUE(reader.take(std::span(stream).first(size), got).ok());
    EXPECT_TRUE(got.empty());
    EXPECT_EQ(reader.unfinished(), size > 0);
  }
}

TEST(FrameReaderTest, refuses_each_wrong_header) {
  const FrameHeader good{1, 1, false, 10, 10};
  const auto problem = [](FrameHeader header, auto change) {
    FrameReader reader(1000);
    auto bytes = write_frame_header(header);
    change(bytes);
    std::vector<Received> got;
    return !reader.take(bytes, got).ok();
  };
  const auto same = [](auto&) {};
  EXPECT_FALSE(problem(good, same));
  EXPECT_TRUE(problem(good, [](auto& b) { b[0] = std::byte{'X'}; }));
  EXPECT_TRUE(problem(good, [](auto& b) { b[4] = std::byte{9}; }));
  EXPECT_TRUE(problem(good, [](auto& b) { b[16] = std::byte{2}; }));
  for (const std::size_t reserved : {20u, 23u, 40u, 63u})
    EXPECT_TRUE(problem(good, [&](auto& b) { b[reserved] = std::byte{1}; })) << reserved;
  EXPECT_TRUE(problem({1, 2, false, 10, 10}, same)) << "sequence must start at 1";
  EXPECT_TRUE(problem({1, 0, false, 10, 10}, same));
  EXPECT_TRUE(problem({1, 1, false, 11, 10}, same));
  EXPECT_TRUE(problem({1, 1, false, 10, 20}, same)) << "the last part must complete the message";
  EXPECT_TRUE(problem({1, 1, true, 0, 10}, same));
  EXPECT_TRUE(problem({1, 1, true, 10, 10}, same));
  EXPECT_TRUE(problem({1, 1, true, 10, 5000}, same)) << "above the limit";
  EXPECT_TRUE(problem({1, 1, true, max_frame_payload + 1, max_frame_payload * 2}, same));
  EXPECT_TRUE(problem({1, 1, false, ~0ull, ~0ull}, same));
}

TEST(FrameReaderTest, refuses_parts_that_do_not_belong_together) {
  const auto second = [](FrameHeader header) {
    FrameReader reader;
    std::vector<Received> got;
    Bytes stream;
    append(stream, write_frame_header({1, 1, true, 10, 30}));
    append(stream, pattern(10, 1));
    append(stream, write_frame_header(header));
    return reader.take(stream, got).ok();
  };
  EXPECT_TRUE(second({1, 1, true, 10, 30}));
  EXPECT_TRUE(second({1, 1, false, 20, 30}));
  EXPECT_FALSE(second({2, 1, true, 10, 30})) << "kind";
  EXPECT_FALSE(second({1, 2, true, 10, 30})) << "sequence";
  EXPECT_FALSE(second({1, 1, true, 10, 40})) << "length";
  EXPECT_FALSE(second({1, 1, false, 19, 30}));
  EXPECT_FALSE(second({1, 1, true, 20, 30}));
  EXPECT_FALSE(second({1, 1, false, 21, 30}));
}

TEST(FrameReaderTest, keeps_its_first_error_and_what_came_before_it) {
  Bytes stream = stream_of(some_messages(), 1 << 20);
  append(stream, pattern(64, 1));
  FrameReader reader;
  std::vector<Received> got;
  const auto first = reader.take(stream, got);
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(got.size(), 6u);
  EXPECT_FALSE(reader.want().empty());
  const auto second = reader.take(in_parts(7, pattern(10, 1), 10), got);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error(), first.error());
  EXPECT_EQ(got.size(), 6u);
}

TEST(FrameReaderTest, reserves_what_a_frame_holds_not_what_its_message_announces) {
  FrameReader reader;
  std::vector<Received> got;
  // 8 GiB announced many times over: this only ends well if nearly nothing is reserved.
  std::vector<FrameReader> readers(100);
  for (auto& each : readers) {
    ASSERT_TRUE(each.take(write_frame_header({1, 1, true, 100, default_max_message}), got).ok());
    EXPECT_EQ(each.want().size(), 100u);
  }
}

TEST(FrameReaderTest, a_changed_byte_never_does_harm) {
  Bytes good = stream_of(some_messages(), 1 << 20);
  append(good, in_parts(7, pattern(500, 9), 60));
  std::mt19937 random(1);
  for (int i = 0; i < 5000; ++i) {
    Bytes bad = good;
    for (unsigned k = 0; k <= random() % 3; ++k) bad[random() % bad.size()] = static_cast<std::byte>(random());
    FrameReader reader(1 << 20);
    std::vector<Received> got;
    const bool ok = reader.take(bad, got).ok();
    EXPECT_LE(got.size(), 7u);
    if (ok && !reader.unfinished()) {
      EXPECT_EQ(got.size(), 7u);
    }
  }
}

}  // namespace
}  // namespace cnv::transport
