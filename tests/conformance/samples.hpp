// One message of each type with every property other than its default: what the corpus is made of.
#pragma once

#include "cnv/protocol/codec.hpp"

namespace cnv::test {

struct Sample {
  std::string name;  // of the corpus files: kind and type
  std::variant<Command, ViewerMessage, HostMessage, std::vector<Update>> message;
};

std::vector<Sample> samples();

// The payload in one piece.
std::vector<std::byte> payload_of(const Sample& sample);
// Decodes as the kind of `like` says; the message as JSON, or an error.
Result<std::string> json_of(const Sample& like, std::span<const std::byte> payload, std::shared_ptr<const void> owner);

}  // namespace cnv::test
