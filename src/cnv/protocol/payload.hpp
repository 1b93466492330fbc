// Payload: received bytes taken apart and checked: the tape of the message, and its arrays, which share the bytes. Used
// by Reader.
#pragma once

#include <memory>
#include <span>

#include "cnv/base/result.hpp"
#include "cnv/core/array.hpp"
#include "cnv/protocol/tape.hpp"

namespace cnv::protocol {

struct Payload {
  std::vector<Token> tape;
  std::vector<Array> arrays;
};

// `bytes` must be 64-byte aligned; `owner` keeps them alive. May throw std::bad_alloc.
Result<Payload> read_payload(std::span<const std::byte> bytes, const std::shared_ptr<const void>& owner);

}  // namespace cnv::protocol
