// The texts of shaders/*.glsl, built into the library. Used by GlProgram only.
#pragma once

#include <string_view>

namespace cnv {

// By file name, for instance "common.glsl"; empty for a name that is not there.
std::string_view shader_source(std::string_view name);

}  // namespace cnv
