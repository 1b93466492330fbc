// Exceptions for mistakes in a user's program. Python maps each to its built-in namesake.
#pragma once

#include <stdexcept>
#include <string>

namespace cnv {

// Base of the others.
struct Exception : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// A value that cannot be: shapes that do not agree, numbers out of range.
struct ValueError : Exception {
  using Exception::Exception;
};
// A value of the wrong kind.
struct TypeError : Exception {
  using Exception::Exception;
};
// A name or id that does not exist.
struct KeyError : Exception {
  using Exception::Exception;
};
// A position outside an axis.
struct IndexError : Exception {
  using Exception::Exception;
};
// An unknown dimension name; in Python it is both a ValueError and a KeyError.
struct UnknownDimError : Exception {
  using Exception::Exception;
};

}  // namespace cnv
