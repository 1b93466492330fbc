// Bytes from nowhere against everything that handles received bytes: frames, payloads of every kind, and the store. The
// first byte chooses; nothing may crash, leak or be undefined, and an update that is refused must change nothing.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "cnv/core/record.hpp"
#include "cnv/core/scene_store.hpp"
#include "cnv/protocol/codec.hpp"
#include "cnv/transport/frame.hpp"
#include "conformance/samples.hpp"
#include "protocol/delivered.hpp"

namespace {
using namespace cnv;
using cnv::test::Delivered;

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
  check(first.size == second.size && std::memcmp(first.data.get(), second.data.get(), first.size) == 0, "encoding is not stable");
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

void apply_all(const std::vector<Update>& updates) {
  SceneStore store;
  check(!store.apply(SceneReady{start_scene()}), "the scene of the corpus is refused");
  for (const auto& update : updates) {
    const auto revision = store.revision();
    const auto problem = store.apply(update);
    if (problem) check(store.revision() == revision, "a refused update changed the store");
  }
  const Scene scene = store.snapshot();
  for (const auto& [id, field] : scene.fields) field.check();
  // Twice more: repeated appends and replaces meet a store in another state.
  for (int i = 0; i < 2; ++i)
    for (const auto& update : updates)
      if (!std::holds_alternative<SceneReady>(update)) (void)store.apply(update);
  (void)store.snapshot();
}

void try_payload(std::uint8_t kind, const Delivered& d) {
  switch (kind % 4) {
    case 0:
      if (const auto decoded = test::decode(d, std::vector<Update>())) {
        check_stable(*decoded);
        apply_all(*decoded);
      }
      return;
    case 1:
      if (const auto decoded = test::decode(d, HostMessage())) {
        check_stable(*decoded);
        if (const auto* batch = std::get_if<Batch>(&*decoded)) apply_all(batch->updates);
      }
      return;
    case 2:
      if (const auto decoded = test::decode(d, ViewerMessage())) check_stable(*decoded);
      return;
    default:
      if (const auto decoded = test::decode(d, Command())) check_stable(*decoded);
  }
}

// The bytes as a stream of frames; messages that come out of it are payloads.
void try_frames(std::span<const std::byte> bytes) {
  transport::FrameReader reader(std::uint64_t{1} << 20);
  while (true) {
    const auto wanted = reader.want();
    check(!wanted.empty(), "the frame reader wants no bytes");
    if (wanted.size() > bytes.size()) return;
    std::memcpy(wanted.data(), bytes.data(), wanted.size());
    bytes = bytes.subspan(wanted.size());
    const auto got = reader.got();
    if (!got) return;
    if (!*got) continue;
    const transport::Received& message = **got;
    try_payload(static_cast<std::uint8_t>(message.kind), {message.data, message.size});
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
  if (data[0] % 8 == 7) try_frames(bytes);
  else try_payload(data[0], test::delivered(bytes));
  return 0;
}
