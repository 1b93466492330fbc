#include "cnv/transport/wake.hpp"

#include <algorithm>

namespace cnv::transport {

bool Wake::others_inside() const {
  const auto me = std::this_thread::get_id();
  return std::any_of(inside_.begin(), inside_.end(), [me](auto id) { return id != me; });
}

void Wake::set(std::function<void()> function) {
  std::unique_lock lock(mutex_);
  function_.swap(function);
  // A function that replaces itself is inside on this thread: waiting for it would never end.
  left_.wait(lock, [this] { return !others_inside(); });
  lock.unlock();  // `function`, now the one before, is destroyed without the lock
}

void Wake::call() {
  const auto me = std::this_thread::get_id();
  std::function<void()> function;
  {
    std::lock_guard lock(mutex_);
    if (!function_) return;
    function = function_;
    inside_.push_back(me);
  }
  function();
  function = nullptr;
  {
    std::lock_guard lock(mutex_);
    inside_.erase(std::find(inside_.begin(), inside_.end(), me));
  }
  left_.notify_all();
}

}  // namespace cnv::transport
