// Messages to bytes and back. Encoding gathers chunks without copying arrays; decoding trusts nothing: a Result, never
// an exception, never an allocation beyond what the bytes can hold. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cnv/base/result.hpp"
#include "cnv/protocol/commands.hpp"
#include "cnv/protocol/host_messages.hpp"

namespace cnv::protocol {

// What a payload holds; travels in the frame.
enum class Kind : std::uint16_t { updates = 1, command = 2, host = 3, viewer = 4 };

// Memory that lives as long as `owner`.
struct Chunk {
  std::shared_ptr<const void> owner;
  const std::byte* data = nullptr;
  std::size_t size = 0;
};
struct Encoded {
  Kind kind;
  std::vector<Chunk> chunks;
  std::size_t size() const;
};

// Throws ValueError when a limit is passed (header, depth, arrays, rank), naming it.
Encoded encode(const HostMessage& message);
Encoded encode(const ViewerMessage& message);
Encoded encode(const Command& command);
Encoded encode(const std::vector<Update>& updates);
// Empty, or which limit this update passes even when it is sent alone in a Batch: asked when it is emitted, so that it
// is refused there. Costs as much as its header, not its numbers.
std::string sending_problem(const Update& update);

// `payload` must be 64-byte aligned and is kept alive by `owner`: arrays of the result share it.
Result<HostMessage> decode_host(std::span<const std::byte> payload, std::shared_ptr<const void> owner);
Result<ViewerMessage> decode_viewer(std::span<const std::byte> payload, std::shared_ptr<const void> owner);
Result<Command> decode_command(std::span<const std::byte> payload, std::shared_ptr<const void> owner);
Result<std::vector<Update>> decode_updates(std::span<const std::byte> payload, std::shared_ptr<const void> owner);

}  // namespace cnv::protocol
