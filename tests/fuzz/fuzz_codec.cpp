// Bytes from nowhere against everything that handles received bytes: frames, payloads of every kind, and the store. The
// first byte chooses; nothing may crash, leak, be undefined or allocate more than a small multiple of the bytes that
// are there, and an update that is refused must change nothing.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "cnv/core/record.hpp"
#include "cnv/core/scene_store.hpp"
#include "cnv/protocol/codec.hpp"
#include "cnv/transport/frame.hpp"
#include "conformance/samples.hpp"
#include "fuzz/allocation.hpp"
#include "fuzz/counts.hpp"
#include "protocol/delivered.hpp"

namespace {
using namespace cnv;
using cnv::fuzz::AllocationWatch;
using cnv::fuzz::counts;
using cnv::test::Delivered;

constexpr std::size_t max_message = std::size_t{1} << 20;
// A byte of a header may become a value of a list or dict, with its name; memory in steps and for the errors' texts
// comes on top.
constexpr std::size_t most_per_byte = 64, most_anyway = std::size_t{16} << 10;

void check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

// What decodes can be sent again, and gives the same bytes from then on.
template <class M>
void check_stable(const M& message) {
  const Delivered first = test::delivered(protocol::encode(message));
  const auto again = test::decode(first, M());
  check(again.ok(), "a message that was decoded cannot be decoded after encoding");
  const Delivered second = test::delivered(protocol::encode(*again));
  check(first.size == second.size && std::memcmp(first.data.get(), second.data.get(), first.size) == 0,
        "encoding is not stable");
}

const Scene& start_scene() {
  static const Scene scene = [] {
    for (const auto& sample : test::samples())
      if (const auto* updates = std::get_if<std::vector<Update>>(&sample.message))
        if (const auto* ready = std::get_if<SceneReady>(&updates->front())) return ready->scene;
    return Scene();
  }();
  return scene;
}

void check_allocation(std::size_t most, std::size_t limit, std::uint64_t& largest, const char* what) {
  largest = std::max<std::uint64_t>(largest, most);
  check(most <= limit, what);
}

template <class M>
Result<M> decoded(const Delivered& d) {
  const AllocationWatch watch;
  auto message = test::decode(d, M());
  check_allocation(watch.most(), most_per_byte * d.size + most_anyway, counts().largest_bytes_of_a_decoder,
                   "decoding allocated far more than its bytes can hold");
  ++(message ? counts().messages_decoded : counts().messages_refused);
  return message;
}

// An update may make a field grow to twice itself; the rest is what its message holds.
void apply(SceneStore& store, const Update& update, std::size_t message_bytes) {
  const auto revision = store.revision();
  const std::size_t before = store.memory_bytes();
  const AllocationWatch watch;
  const auto problem = store.apply(update);
  check_allocation(watch.most(), 4 * before + most_per_byte * message_bytes + most_anyway,
                   counts().largest_bytes_of_an_update, "an update allocated far more than it and its field hold");
  ++(problem ? counts().updates_refused : counts().updates_applied);
  if (problem) check(store.revision() == revision, "a refused update changed the store");
}

void apply_all(const std::vector<Update>& updates, std::size_t message_bytes) {
  SceneStore store;
  check(!store.apply(SceneReady{start_scene()}), "the scene of the corpus is refused");
  for (const auto& update : updates) apply(store, update, message_bytes);
  const Scene scene = store.snapshot();
  for (const auto& [id, field] : scene.fields) field.check();
  // Twice more: repeated appends and replaces meet a store in another state.
  for (int i = 0; i < 2; ++i)
    for (const auto& update : updates)
      if (!std::holds_alternative<SceneReady>(update)) apply(store, update, message_bytes);
  (void)store.snapshot();
}

void try_payload(std::uint8_t kind, const Delivered& d) {
  switch (kind % 4) {
    case 0:
      if (const auto updates = decoded<std::vector<Update>>(d)) {
        check_stable(*updates);
        apply_all(*updates, d.size);
      }
      return;
    case 1:
      if (const auto message = decoded<HostMessage>(d)) {
        check_stable(*message);
        if (const auto* batch = std::get_if<Batch>(&*message)) apply_all(batch->updates, d.size);
      }
      return;
    case 2:
      if (const auto message = decoded<ViewerMessage>(d)) check_stable(*message);
      return;
    default:
      if (const auto command = decoded<Command>(d)) check_stable(*command);
  }
}

// The bytes as a stream of frames; messages that come out of it are payloads.
void try_frames(std::span<const std::byte> bytes) {
  ++counts().streams_of_frames;
  transport::FrameReader reader(max_message);
  while (true) {
    const auto wanted = reader.want();
    check(!wanted.empty(), "the frame reader wants no bytes");
    check(wanted.size() <= max_message, "the frame reader wants more than a message may have");
    if (wanted.size() > bytes.size()) return;
    std::memcpy(wanted.data(), bytes.data(), wanted.size());
    bytes = bytes.subspan(wanted.size());
    const AllocationWatch watch;
    const auto got = reader.got();
    // The frame at hand, and once more what came before it while both are held.
    check_allocation(watch.most(), 2 * max_message + most_anyway, counts().largest_bytes_of_a_reader,
                     "the frame reader allocated more than a message may have");
    if (!got) return;
    if (!*got) continue;
    ++counts().frames_accepted;
    const transport::Received& message = **got;
    try_payload(static_cast<std::uint8_t>(message.kind), {message.data, message.size});
  }
}

}  // namespace

cnv::fuzz::Counts& cnv::fuzz::counts() {
  static Counts counts;
  return counts;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ++counts().inputs;
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
  if (data[0] % 8 == 7) try_frames(bytes);
  else try_payload(data[0], test::delivered(bytes));
  return 0;
}
