// Wake: the function a channel calls when there is something to see, replaceable at any moment. Used by channels; any
// thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cnv::transport {

class Wake {
 public:
  // Returns when no other thread is inside the function before. Calls do not exclude each other: two channel ends may
  // wake one another from two threads without a deadlock.
  void set(std::function<void()> function);
  // Calls the function, if any, without a lock.
  void call();

 private:
  bool others_inside() const;

  std::mutex mutex_;
  std::condition_variable left_;
  std::function<void()> function_;
  std::vector<std::thread::id> inside_;
};

}  // namespace cnv::transport
