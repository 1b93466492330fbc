// Tape: the items of a MessagePack header in the order of their bytes, checked against the limits. It is never larger
// than what the bytes hold, whatever counts they claim; texts point into the bytes. Used by Reader.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cnv/protocol/limits.hpp"

namespace cnv::protocol {

struct Token {
  enum class Kind : std::uint8_t { null, boolean, integer, number, text, list, dict, ext };
  Kind kind = Kind::null;
  std::int8_t ext_type = 0;
  std::uint32_t size = 0;  // bytes of a text or extension; entries of a list or dict
  std::uint32_t end = 0;   // lists and dicts: index of the token after the last entry
  union {
    bool boolean;
    std::int64_t integer = 0;
    double number;
    const char* bytes;
  };
  std::string_view text() const { return {bytes, size}; }
};

// Appends exactly one item, which must take up all of `bytes`. False: `problem` says why.
bool read_tape(std::span<const std::byte> bytes, std::vector<Token>& tape, std::string& problem);

}  // namespace cnv::protocol
