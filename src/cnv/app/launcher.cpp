// The executable compneurovis-viewer: opens the viewer's library, which lies beside it. It is linked with the C library
// alone, see bundled_library.hpp.
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "cnv/base/bundled_library.hpp"

namespace {

constexpr const char* library_file = "/libcompneurovis-viewer.so";
constexpr const char* entry = "compneurovis_viewer_main";
constexpr int cannot_open = 126;

}  // namespace

int main(int argc, char** argv) {
  // The kernel's word for it, which needs no /proc.
  char path[PATH_MAX];
  const char* started = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
  char* slash = started && ::realpath(started, path) ? ::strrchr(path, '/') : nullptr;
  if (!slash || static_cast<size_t>(slash - path) + ::strlen(library_file) >= sizeof path) {
    ::fprintf(stderr, "compneurovis-viewer: the folder that it lies in cannot be found\n");
    return cannot_open;
  }
  ::strcpy(slash, library_file);
  void* library = cnv::open_bundled(path, RTLD_NOW);
  if (!library) {
    ::fprintf(stderr, "compneurovis-viewer: %s\n", ::dlerror());
    return cannot_open;
  }
  const auto run = reinterpret_cast<int (*)(int, char**)>(::dlsym(library, entry));
  if (!run) {
    ::fprintf(stderr, "compneurovis-viewer: %s is not the viewer's library\n", path);
    return cannot_open;
  }
  return run(argc, argv);
}
