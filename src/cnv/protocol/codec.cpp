#include "cnv/protocol/codec.hpp"

#include "cnv/base/exceptions.hpp"
#include "cnv/protocol/message_tables.hpp"
#include "cnv/protocol/reader.hpp"
#include "cnv/protocol/writer.hpp"

namespace cnv::protocol {
namespace {

template <class... Ts>
std::string_view name_of(const std::variant<Ts...>& message) {
  return std::visit([]<class T>(const T&) { return Table<T>::name; }, message);
}

template <class M>
Encoded encode_as(Kind kind, const M& message, std::string_view name) {
  try {
    Writer writer;
    write(writer, message);
    return writer.finish(kind);
  } catch (const ValueError& e) {
    throw ValueError(std::string(name) + " cannot be sent: " + e.what());
  }
}

template <class M>
Result<M> decode_as(std::span<const std::byte> bytes, const std::shared_ptr<const void>& owner, std::string_view kind) {
  const auto refused = [&](std::string_view problem) {
    return Error{"a received " + std::string(kind) + " was refused: " + std::string(problem)};
  };
  try {
    const auto payload = read_payload(bytes, owner);
    if (!payload) return refused(payload.error());
    Reader reader(*payload);
    M message;
    if (!read(reader, message)) return refused(reader.problem());
    return message;
  } catch (const std::exception& e) {  // out of memory
    return refused(e.what());
  }
}

}  // namespace

std::size_t Encoded::size() const {
  std::size_t bytes = 0;
  for (const auto& chunk : chunks) bytes += chunk.size;
  return bytes;
}

Encoded encode(const HostMessage& message) { return encode_as(Kind::host, message, name_of(message)); }
Encoded encode(const ViewerMessage& message) { return encode_as(Kind::viewer, message, name_of(message)); }
Encoded encode(const Command& command) { return encode_as(Kind::command, command, name_of(command)); }
Encoded encode(const std::vector<Update>& updates) { return encode_as(Kind::updates, updates, "a list of updates"); }

std::string sending_problem(const Update& update) {
  try {
    Writer writer;
    // As deep as it lies in a Batch: inside the message and its list of updates.
    writer.dict(1);
    writer.list(1);
    write(writer, update);
    writer.null();  // meets the limit of length, which is asked before each item
    return {};
  } catch (const ValueError& e) {
    return std::string(name_of(update)) + " cannot be sent: " + e.what();
  }
}

Result<HostMessage> decode_host(std::span<const std::byte> payload, std::shared_ptr<const void> owner) {
  return decode_as<HostMessage>(payload, owner, "message of the model");
}
Result<ViewerMessage> decode_viewer(std::span<const std::byte> payload, std::shared_ptr<const void> owner) {
  return decode_as<ViewerMessage>(payload, owner, "message of the viewer");
}
Result<Command> decode_command(std::span<const std::byte> payload, std::shared_ptr<const void> owner) {
  return decode_as<Command>(payload, owner, "command");
}
Result<std::vector<Update>> decode_updates(std::span<const std::byte> payload, std::shared_ptr<const void> owner) {
  return decode_as<std::vector<Update>>(payload, owner, "list of updates");
}

}  // namespace cnv::protocol
