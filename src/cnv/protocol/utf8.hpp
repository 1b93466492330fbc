// UTF-8: all text on the wire is valid. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace cnv::protocol {

// No overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);
// Each byte that is not part of a valid character becomes U+FFFD.
std::string repaired_utf8(std::string_view text);

}  // namespace cnv::protocol
