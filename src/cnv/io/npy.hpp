// Arrays as numpy's .npy files (format 1.0 and 2.0). Text is written as fixed-width UTF-32, as numpy does.
#pragma once

#include <filesystem>

#include "cnv/base/result.hpp"
#include "cnv/core/array.hpp"

namespace cnv::io {

// The bytes of a .npy file; row-major.
std::string npy_bytes(const Array& array);
// Fails with the path and the system's reason.
Result<void> write_npy(const std::filesystem::path& path, const Array& array);

}  // namespace cnv::io
