// Opens a library that brings its own libraries along, beside it in a folder lib/ (tools/wheels makes such folders).
// Uses the C library alone, so that the viewer's executable needs no other one before it has chosen.
//
// lib/ is found by the libraries themselves. lib/host-first/ holds those that drivers of the system load as well, above
// all those for graphics: there must be one of each in a process, and the system's is taken where there is one. Of the
// C++ library the newer one is taken. The file lib/host-first/ORDER names the release of its C++ library, then all of
// them, what others need first.
#pragma once

namespace cnv {

// What dlopen() returns for `path`, with its flags; null: dlerror() says why. Without lib/ as dlopen().
void* open_bundled(const char* path, int flags);

}  // namespace cnv
