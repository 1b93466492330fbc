// SessionClient: what a program without a viewer holds of a session: the updates that come, the commands that go. The
// other end of a HostLoop's channel. One thread at a time.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "cnv/core/updates.hpp"
#include "cnv/protocol/commands.hpp"
#include "cnv/protocol/host_messages.hpp"
#include "cnv/transport/channel.hpp"

namespace cnv {

class SessionClient {
 public:
  explicit SessionClient(std::unique_ptr<transport::Channel> channel);
  ~SessionClient();

  // What arrived since the last call, in order; waits at most `timeout_s` for something. An exception of user code
  // comes as an ErrorReport with its traceback. What the session replaced before it could be sent is not seen, as in a
  // viewer.
  std::vector<Update> poll_updates(double timeout_s = 0);
  void send_command(const Command& command);
  // The session's side is gone, and everything that it sent has been polled.
  bool ended() const { return ended_; }
  // Sends StopSession and forgets what comes; true when the session's side is gone within `seconds`.
  bool stop(double seconds);

 private:
  void say(const ViewerMessage& message);
  void wait(double seconds);
  void receive(std::vector<Update>& updates);
  void take(HostMessage message, std::vector<Update>& updates);

  std::unique_ptr<transport::Channel> channel_;
  bool ended_ = false;
  std::mutex mutex_;
  std::condition_variable signal_;
  bool woken_ = false;
};

}  // namespace cnv
