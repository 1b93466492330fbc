#include "fuzz/allocation.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

std::size_t held = 0, most_held = 0, made = 0;

void* note(void* memory) {
  if (!memory) throw std::bad_alloc();
  ++made;
  held += ::malloc_usable_size(memory);
  if (held > most_held) most_held = held;
  return memory;
}

void forget(void* memory) noexcept {
  if (memory) held -= ::malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return note(std::malloc(size ? size : 1)); }
void* operator new[](std::size_t size) { return note(std::malloc(size ? size : 1)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  void* memory = nullptr;
  return note(::posix_memalign(&memory, static_cast<std::size_t>(alignment), size ? size : 1) == 0 ? memory : nullptr);
}
void operator delete(void* memory) noexcept { forget(memory); }
void operator delete[](void* memory) noexcept { forget(memory); }
void operator delete(void* memory, std::size_t) noexcept { forget(memory); }
void operator delete[](void* memory, std::size_t) noexcept { forget(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { forget(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { forget(memory); }

namespace cnv::fuzz {

AllocationWatch::AllocationWatch() : before_(held), made_before_(made) { most_held = held; }
std::size_t AllocationWatch::most() const { return most_held - before_; }
std::size_t AllocationWatch::allocations() const { return made - made_before_; }

}  // namespace cnv::fuzz
