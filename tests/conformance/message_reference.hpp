// The reference page of all messages and specs, as Markdown, from their tables.
#pragma once

#include <string>

namespace cnv::test {
std::string message_reference();
}  // namespace cnv::test
