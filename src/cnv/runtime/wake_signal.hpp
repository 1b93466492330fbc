// WakeSignal: lets one thread wait for a time, for other threads, and for descriptors at once. Used by the host loop,
// which waits on its own thread; set() from any thread.
#pragma once

#include <atomic>
#include <span>

namespace cnv {

class WakeSignal {
 public:
  // Throws std::system_error.
  WakeSignal();
  ~WakeSignal();
  WakeSignal(const WakeSignal&) = delete;
  WakeSignal& operator=(const WakeSignal&) = delete;

  void set();
  bool is_set() const { return set_.load(std::memory_order_acquire); }
  void clear();
  // Returns once it is set, a descriptor is readable or at its end, or a signal of the system came; false: none of them
  // within `seconds`. Negative descriptors do not count.
  bool wait(double seconds, std::span<const int> descriptors) const;

 private:
  int event_;
  std::atomic<bool> set_{false};
};

}  // namespace cnv
