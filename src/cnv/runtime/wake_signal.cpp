#include "cnv/runtime/wake_signal.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <system_error>
#include <vector>

namespace cnv {

WakeSignal::WakeSignal() : event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

WakeSignal::~WakeSignal() { ::close(event_); }

// The event first: a clear() in between would take nothing, and an event that nobody takes ends every later wait.
void WakeSignal::set() {
  if (is_set()) return;
  // It can fail only where the event already counts more than can be taken.
  [[maybe_unused]] const auto written = ::eventfd_write(event_, 1);
  set_.store(true, std::memory_order_release);
}

void WakeSignal::clear() {
  if (!set_.exchange(false, std::memory_order_acq_rel)) return;
  eventfd_t count;
  [[maybe_unused]] const auto taken = ::eventfd_read(event_, &count);
}

bool WakeSignal::wait(double seconds, std::span<const int> descriptors) const {
  if (is_set()) return true;
  if (!(seconds > 0)) return false;
  std::vector<pollfd> watched{{event_, POLLIN, 0}};
  for (const int descriptor : descriptors) watched.push_back({descriptor, POLLIN, 0});
  const double whole = std::floor(seconds);
  const timespec time{static_cast<time_t>(whole), static_cast<long>((seconds - whole) * 1e9)};
  return ::ppoll(watched.data(), watched.size(), &time, nullptr) != 0;
}

}  // namespace cnv
