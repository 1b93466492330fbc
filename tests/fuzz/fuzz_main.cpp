// Runs the fuzz target without a fuzzing engine: `fuzz_codec [RUNS] [SEED]` mutates the corpus messages RUNS times,
// always in the same way for one seed, and prints what became of them as JSON.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "cnv/transport/frame.hpp"
#include "conformance/samples.hpp"
#include "fuzz/counts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {
using namespace cnv;
using Bytes = std::vector<std::uint8_t>;

std::uint8_t chooser(const test::Sample& sample) {
  return std::array<std::uint8_t, 4>{3, 2, 1, 0}[sample.message.index()];
}

// Each message as a payload, and as a frame (two of them: one message in parts).
std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  for (const auto& sample : test::samples()) {
    const auto payload = test::payload_of(sample);
    const auto append = [](Bytes& to, const std::byte* data, std::size_t size) {
      to.insert(to.end(), reinterpret_cast<const std::uint8_t*>(data),
                reinterpret_cast<const std::uint8_t*>(data) + size);
    };
    Bytes plain{chooser(sample)}, framed{7};
    append(plain, payload.data(), payload.size());
    const std::size_t half = payload.size() / 2;
    for (const bool more : {true, false}) {
      const std::size_t size = more ? half : payload.size() - half;
      const auto header = transport::write_frame_header(
          {.kind = chooser(sample), .sequence = 1, .more = more, .payload_size = size, .message_size = payload.size()});
      append(framed, header.data(), header.size());
      append(framed, payload.data() + (more ? 0 : half), size);
    }
    all.push_back(std::move(plain));
    all.push_back(std::move(framed));
  }
  return all;
}

class Mutator {
 public:
  Mutator(std::vector<Bytes> seeds, std::uint32_t seed) : seeds_(std::move(seeds)), random_(seed) {}

  Bytes next() {
    Bytes bytes = seeds_[below(seeds_.size())];
    for (auto n = 1 + below(3); n > 0; --n) mutate(bytes);
    return bytes;
  }

 private:
  std::size_t below(std::size_t n) { return n ? random_() % n : 0; }
  std::uint8_t interesting() {
    static constexpr std::uint8_t values[] = {0,    1,    2,    7,    0x0F, 0x10, 0x3F, 0x40, 0x7F, 0x80, 0x8F,
                                              0x90, 0x9F, 0xA0, 0xC0, 0xC1, 0xC3, 0xC7, 0xCA, 0xCB, 0xCF, 0xD3,
                                              0xD6, 0xD9, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, 0xE0, 0xFF};
    return values[below(std::size(values))];
  }
  void overwrite(Bytes& b, std::size_t at) {
    switch (below(4)) {
      case 0: b[at] ^= static_cast<std::uint8_t>(1u << below(8)); return;
      case 1: b[at] = interesting(); return;
      case 2: b[at] = static_cast<std::uint8_t>(b[at] + 1 - 2 * below(2)); return;
      default: {  // a part of another message in place of a part of this one
        const Bytes& other = seeds_[below(seeds_.size())];
        const std::size_t from = below(other.size()), n = std::min({1 + below(40), other.size() - from, b.size() - at});
        std::memcpy(b.data() + at, other.data() + from, n);
      }
    }
  }
  // Inserts, removes, doubles or exchanges bytes of the header and makes prelude and padding fit again, so that the
  // change is met by the reader of the message and not by the checks of sizes.
  bool edit_header(Bytes& b) {
    std::uint32_t lengths[2];
    if (b[0] == 7 || b.size() < 1 + 64) return false;
    std::memcpy(lengths, b.data() + 1, sizeof lengths);
    const std::size_t header = std::size_t{lengths[0]} + lengths[1], start = 1 + 16;
    if (header == 0 || header > 1 << 20 || start + header > b.size()) return false;
    const auto padded = [](std::size_t n) { return (16 + n + 63) / 64 * 64; };
    if (1 + padded(header) > b.size()) return false;
    Bytes text(b.begin() + start, b.begin() + static_cast<std::ptrdiff_t>(start + header));
    const Bytes data(b.begin() + static_cast<std::ptrdiff_t>(1 + padded(header)), b.end());
    const bool in_table = below(4) == 0;
    const std::size_t at = in_table ? lengths[0] + below(lengths[1]) : below(lengths[0]);
    const std::size_t room = (in_table ? header : lengths[0]) - at, n = std::min(1 + below(below(3) ? 2 : 30), room);
    const auto here = text.begin() + static_cast<std::ptrdiff_t>(at);
    std::int64_t change = 0;
    if (room == 0) return false;
    switch (below(3)) {
      case 0: text.erase(here, here + static_cast<std::ptrdiff_t>(n)), change = -static_cast<std::int64_t>(n); break;
      case 1: text.insert(here, interesting()), change = 1; break;
      default: {
        const Bytes copy(here, here + static_cast<std::ptrdiff_t>(n));
        text.insert(here, copy.begin(), copy.end()), change = static_cast<std::int64_t>(n);
      }
    }
    lengths[in_table] = static_cast<std::uint32_t>(lengths[in_table] + change);
    b.resize(start);
    std::memcpy(b.data() + 1, lengths, sizeof lengths);
    b.insert(b.end(), text.begin(), text.end());
    b.resize(1 + padded(text.size()));
    b.insert(b.end(), data.begin(), data.end());
    return true;
  }
  // A field of a frame's header: sizes and numbers near the limits, or any byte of it. The second frame begins where
  // the first one says that it ends.
  bool edit_frame(Bytes& b) {
    std::size_t start = 1;
    if (b[0] != 7 || b.size() < start + transport::frame_header_size) return false;
    std::uint64_t size = 0;
    std::memcpy(&size, b.data() + start + 24, sizeof size);
    const std::uint64_t second = start + transport::frame_header_size + size;
    if (below(2) && size < b.size() && second + transport::frame_header_size <= b.size())
      start = static_cast<std::size_t>(second);
    if (below(3) == 0) return overwrite(b, start + below(transport::frame_header_size)), true;
    static constexpr std::size_t fields[] = {8, 24, 32};  // sequence, sizes of frame and message
    const std::size_t at = start + fields[below(std::size(fields))];
    std::uint64_t value = 0;
    std::memcpy(&value, b.data() + at, sizeof value);
    const std::uint64_t values[] = {0,
                                    1,
                                    value - 1,
                                    value + 1,
                                    value * 2,
                                    value / 2,
                                    b.size(),
                                    transport::max_frame_payload,
                                    transport::max_frame_payload + 1,
                                    std::uint64_t{1} << 20,
                                    (std::uint64_t{1} << 20) + 1,
                                    std::uint64_t{1} << 63,
                                    ~std::uint64_t{0}};
    value = values[below(std::size(values))];
    std::memcpy(b.data() + at, &value, sizeof value);
    return true;
  }
  void mutate(Bytes& b) {
    const std::size_t at = b.size() > 1 ? 1 + below(b.size() - 1) : 0;
    const std::size_t kind = below(20);
    if (kind < 5 && edit_frame(b)) return;
    if (kind < 9 && edit_header(b)) return;
    if (kind < 17 && at > 0) return overwrite(b, at);
    if (kind == 17 && at > 0) b.resize(at);
    else if (kind == 18 && at > 0) b.insert(b.begin() + static_cast<std::ptrdiff_t>(at), interesting());
    else b.resize(b.size() + below(100), interesting());
  }

  std::vector<Bytes> seeds_;
  std::mt19937 random_;
};

}  // namespace

int main(int argc, char** argv) {
  const long runs = argc > 1 ? std::atol(argv[1]) : 50000;
  const auto all = seeds();
  for (const auto& seed : all) LLVMFuzzerTestOneInput(seed.data(), seed.size());
  Mutator mutator(all, argc > 2 ? static_cast<std::uint32_t>(std::atol(argv[2])) : 1);
  for (long i = 0; i < runs; ++i) {
    const Bytes input = mutator.next();
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  const auto& c = fuzz::counts();
  const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
  std::printf(
      "{\"inputs\": %llu, \"streams_of_frames\": %llu, \"frames_accepted\": %llu, \"messages_decoded\": %llu, "
      "\"messages_refused\": %llu, \"updates_applied\": %llu, \"updates_refused\": %llu, "
      "\"largest_bytes_of_a_reader\": %llu, \"largest_bytes_of_a_decoder\": %llu, \"largest_bytes_of_an_update\": "
      "%llu}\n",
      number(c.inputs), number(c.streams_of_frames), number(c.frames_accepted), number(c.messages_decoded),
      number(c.messages_refused), number(c.updates_applied), number(c.updates_refused),
      number(c.largest_bytes_of_a_reader), number(c.largest_bytes_of_a_decoder), number(c.largest_bytes_of_an_update));
}
