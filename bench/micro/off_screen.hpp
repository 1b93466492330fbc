// What the benchmarks of pictures draw with: one OpenGL context for the whole run, and the size of a picture. Main
// thread.
#pragma once

#include <glm/vec2.hpp>
#include <memory>

#include "cnv/render/gl_context.hpp"

namespace cnv::bench {

inline constexpr glm::ivec2 size_px(1280, 800);

// Made current for the caller; without OpenGL: null.
inline GlContext* current_context() {
  static const std::unique_ptr<GlContext> made = [] {
    bound_gl_threads();
    auto result = GlContext::create();
    return result ? std::move(*result) : nullptr;
  }();
  return made && made->make_current() ? made.get() : nullptr;
}

}  // namespace cnv::bench
