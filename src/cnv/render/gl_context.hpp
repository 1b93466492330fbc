// An OpenGL context without window or display, for the image host, windowless pictures and tests.
// One thread at a time: the one that made it current.
#pragma once

#include <memory>
#include <string>

#include "cnv/base/result.hpp"

namespace cnv {

// Software GL uses as many threads as there are cores, and would take the model's core when there are few.
// Sets LP_NUM_THREADS, unless it is set, to 1 for up to 2 cores and to half the cores (at most 8) above. Call it before
// anything loads GL (also before QGuiApplication) and before threads start.
void bound_gl_threads();

// Whether the system shows a device that could draw: without one OpenGL computes on the processor, and to load it takes
// longer than all else of a window.
bool has_graphics_hardware();

enum class GlApi { desktop, es };

// Facts about the context that is current, whoever made it.
struct GlInfo {
  std::string renderer, version;
  GlApi api = GlApi::desktop;
  bool software = false;
};
GlInfo current_gl_info();

class GlContext {
 public:
  // OpenGL 3.3 core, else OpenGL ES 3.0, on an EGL surfaceless display; not current yet.
  static Result<std::unique_ptr<GlContext>> create();
  // Only this kind.
  static Result<std::unique_ptr<GlContext>> create(GlApi api);

  GlContext(const GlContext&) = delete;
  GlContext& operator=(const GlContext&) = delete;
  ~GlContext();

  // Must come before any GL call of an object that lives in this context; another context may have been current.
  Result<void> make_current();
  void done_current();

  // As reported by GL when the context was made.
  const std::string& renderer() const { return info_.renderer; }
  const std::string& version() const { return info_.version; }
  GlApi api() const { return info_.api; }
  bool is_software() const { return info_.software; }

 private:
  GlContext() = default;
  void* display_ = nullptr;
  void* context_ = nullptr;
  GlInfo info_;
};

}  // namespace cnv
