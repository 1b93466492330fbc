#include "cnv/base/bundled_library.hpp"

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace cnv {
namespace {

constexpr int flags_of_others = RTLD_LAZY | RTLD_GLOBAL;
constexpr const char* cxx_library = "libstdc++.so.6";
constexpr const char* unwinder = "libgcc_s.so.1";            // belongs to it
constexpr const char* release_line = "# libstdc++.so.6.0.";  // in ORDER, before the others

struct Path {
  char text[PATH_MAX];
  // False when it is too long.
  bool set(const char* folder, size_t folder_length, const char* name) {
    const size_t name_length = ::strlen(name);
    if (folder_length + 1 + name_length >= sizeof text) return false;
    ::memcpy(text, folder, folder_length);
    text[folder_length] = '/';
    ::memcpy(text + folder_length + 1, name, name_length + 1);
    return true;
  }
};

// Of libstdc++.so.6.0.30 behind its last dot: 30; 0: there is none.
int release_in(const char* text) {
  int release = 0;
  const char* dot = ::strrchr(text, '.');
  for (const char* digit = dot ? dot + 1 : ""; *digit >= '0' && *digit <= '9'; ++digit)
    release = 10 * release + (*digit - '0');
  return release;
}

// The system's C++ library is looked at in a namespace of its own: one that is loaded cannot be exchanged any more.
bool system_is_as_new(int bundled_release) {
  void* library = ::dlmopen(LM_ID_NEWLM, cxx_library, RTLD_LAZY);
  if (!library) return false;
  link_map* map = nullptr;
  char real[PATH_MAX];
  const bool found =
      ::dlinfo(library, RTLD_DI_LINKMAP, static_cast<void*>(&map)) == 0 && map && ::realpath(map->l_name, real);
  const bool as_new = found && release_in(real) >= bundled_release;
  ::dlclose(library);
  return as_new;
}

bool is_cxx(const char* name) { return ::strcmp(name, cxx_library) == 0 || ::strcmp(name, unwinder) == 0; }

void choose(const Path& folder, const char* name, bool system_cxx) {
  Path file;
  if (!file.set(folder.text, ::strlen(folder.text), name)) return;
  if (::dlopen(name, RTLD_LAZY | RTLD_NOLOAD)) return;  // the process has one already
  const bool system_first = !is_cxx(name) || system_cxx;
  if (!::dlopen(system_first ? name : file.text, flags_of_others))
    ::dlopen(system_first ? file.text : name, flags_of_others);
}

}  // namespace

void* open_bundled(const char* path, int flags) {
  Path folder, list;
  const char* slash = ::strrchr(path, '/');
  if (slash && folder.set(path, static_cast<size_t>(slash - path), "lib/host-first") &&
      list.set(folder.text, ::strlen(folder.text), "ORDER")) {
    if (FILE* file = ::fopen(list.text, "re")) {
      char name[NAME_MAX + 1];
      bool system_cxx = true;
      while (::fgets(name, sizeof name, file)) {
        name[::strcspn(name, "\n")] = '\0';
        if (::strncmp(name, release_line, ::strlen(release_line)) == 0) system_cxx = system_is_as_new(release_in(name));
        else if (*name) choose(folder, name, system_cxx);
      }
      ::fclose(file);
    }
  }
  return ::dlopen(path, flags);
}

}  // namespace cnv
