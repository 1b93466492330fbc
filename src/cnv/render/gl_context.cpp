#include <dlfcn.h>
#include <epoxy/egl.h>
#include <epoxy/gl.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "cnv/base/numbers.hpp"
#include "cnv/render/gl_context.hpp"

namespace cnv {
namespace {

std::string text_of(GLenum name) {
  const GLubyte* text = glGetString(name);
  return text ? reinterpret_cast<const char*>(text) : "";
}

bool names_software(const std::string& renderer) {
  for (const char* name : {"llvmpipe", "softpipe", "swrast", "SwiftShader", "Software Rasterizer"})
    if (renderer.find(name) != std::string::npos) return true;
  return false;
}

// The display without window system; one for the process, so that closing one context does not end another.
EGLDisplay surfaceless_display() {
  static const EGLDisplay display = [] {
    EGLDisplay found = EGL_NO_DISPLAY;
    if (!::dlopen("libEGL.so.1", RTLD_LAZY | RTLD_LOCAL)) return found;  // libepoxy would end the process
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_base") &&
        epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
      found = eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (found == EGL_NO_DISPLAY || !eglInitialize(found, nullptr, nullptr)) {
      found = eglGetDisplay(EGL_DEFAULT_DISPLAY);
      if (found != EGL_NO_DISPLAY && !eglInitialize(found, nullptr, nullptr)) found = EGL_NO_DISPLAY;
    }
    return found;
  }();
  return display;
}

EGLContext make_context(EGLDisplay display, GlApi api) {
  const bool es = api == GlApi::es;
  if (!eglBindAPI(es ? EGL_OPENGL_ES_API : EGL_OPENGL_API)) return EGL_NO_CONTEXT;
  const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
                           es ? EGL_OPENGL_ES3_BIT : EGL_OPENGL_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  eglChooseConfig(display, wanted, &config, 1, &count);
  const EGLint desktop_version[] = {
      EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  const EGLint es_version[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE};
  return eglCreateContext(display, count > 0 ? config : EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT,
                          es ? es_version : desktop_version);
}

}  // namespace

bool has_graphics_hardware() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  for (const char* device : {"/dev/nvidiactl", "/dev/dxg", "/dev/mali0", "/dev/kgsl-3d0"})
    if (fs::exists(device, ignored)) return true;
  for (fs::directory_iterator it("/dev/dri", ignored), end; !ignored && it != end; it.increment(ignored))
    if (it->path().filename().string().starts_with("renderD")) return true;
  return false;
}

void bound_gl_threads() {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const unsigned threads = cores <= 2 ? 1 : std::min(cores / 2, 8u);
  setenv("LP_NUM_THREADS", plain_text(threads).c_str(), 0);
}

GlInfo current_gl_info() {
  GlInfo info{text_of(GL_RENDERER), text_of(GL_VERSION), epoxy_is_desktop_gl() ? GlApi::desktop : GlApi::es};
  info.software = names_software(info.renderer);
  return info;
}

Result<std::unique_ptr<GlContext>> GlContext::create() {
  Result<std::unique_ptr<GlContext>> desktop = create(GlApi::desktop);
  return desktop.ok() ? std::move(desktop) : create(GlApi::es);
}

Result<std::unique_ptr<GlContext>> GlContext::create(GlApi api) {
  const std::string kind = api == GlApi::es ? "OpenGL ES 3.0" : "OpenGL 3.3";
  const EGLDisplay display = surfaceless_display();
  if (display == EGL_NO_DISPLAY)
    return Error{"no off-screen " + kind + ": EGL has no surfaceless display; install Mesa's EGL driver"};
  std::unique_ptr<GlContext> context(new GlContext);
  context->display_ = display;
  context->context_ = make_context(display, api);
  context->info_.api = api;
  if (context->context_ == EGL_NO_CONTEXT)
    return Error{"no off-screen " + kind + ": EGL error " + plain_text(eglGetError())};
  const EGLContext before = eglGetCurrentContext();
  const EGLDisplay before_display = eglGetCurrentDisplay();
  const EGLSurface before_draw = eglGetCurrentSurface(EGL_DRAW), before_read = eglGetCurrentSurface(EGL_READ);
  if (Result<void> current = context->make_current(); !current) return Error{current.error()};
  context->info_ = current_gl_info();
  if (before != EGL_NO_CONTEXT) {
    eglMakeCurrent(before_display, before_draw, before_read, before);
  } else {
    context->done_current();
  }
  return context;
}

GlContext::~GlContext() {
  if (!context_) return;
  done_current();
  eglDestroyContext(display_, context_);
}

Result<void> GlContext::make_current() {
  eglBindAPI(info_.api == GlApi::es ? EGL_OPENGL_ES_API : EGL_OPENGL_API);
  if (eglGetCurrentContext() == context_) return {};
  if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_)) return {};
  return Error{"the off-screen OpenGL context cannot be used: EGL error " + plain_text(eglGetError())};
}

void GlContext::done_current() {
  if (eglGetCurrentContext() == context_) eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

}  // namespace cnv
