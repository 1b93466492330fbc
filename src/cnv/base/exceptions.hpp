// Exceptions for mistakes in a user's program. Python maps each to its built-in namesake.
#pragma once

#include <stdexcept>
#include <string>

namespace cnv {

struct Exception : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct ValueError : Exception {
  using Exception::Exception;
};
struct TypeError : Exception {
  using Exception::Exception;
};
struct KeyError : Exception {
  using Exception::Exception;
};
struct IndexError : Exception {
  using Exception::Exception;
};
// An unknown dimension name; in Python it is both a ValueError and a KeyError.
struct UnknownDimError : Exception {
  using Exception::Exception;
};

}  // namespace cnv
