#include "cnv/runtime/session_client.hpp"

#include <chrono>

#include "cnv/runtime/viewer_link.hpp"

namespace cnv {
namespace {
using Clock = std::chrono::steady_clock;
double seconds_until(Clock::time_point time) { return std::chrono::duration<double>(time - Clock::now()).count(); }
}  // namespace

SessionClient::SessionClient(std::unique_ptr<transport::Channel> channel) : channel_(std::move(channel)) {
  channel_->on_wake([this] {
    {
      std::lock_guard lock(mutex_);
      woken_ = true;
    }
    signal_.notify_one();
  });
  say(Hello{.viewer = "program"});
  say(FirstFrame{});  // nothing is waited for
}

SessionClient::~SessionClient() {
  channel_->on_wake(nullptr);
  channel_->close(0);
}

void SessionClient::say(const ViewerMessage& message) { channel_->send(to_transport(protocol::encode(message))); }
void SessionClient::send_command(const Command& command) { channel_->send(to_transport(protocol::encode(command))); }

void SessionClient::wait(double seconds) {
  std::unique_lock lock(mutex_);
  signal_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return woken_; });
  woken_ = false;
}

std::vector<Update> SessionClient::poll_updates(double timeout_s) {
  const auto until =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(timeout_s));
  std::vector<Update> updates;
  for (receive(updates); updates.empty() && !ended_; receive(updates)) {
    const double left_s = seconds_until(until);
    if (left_s <= 0) break;
    wait(left_s);
  }
  return updates;
}

bool SessionClient::stop(double seconds) {
  const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  send_command(StopSession{});
  while (!ended_) {
    std::vector<Update> forgotten;
    receive(forgotten);
    const double left_s = seconds_until(until);
    if (ended_ || left_s <= 0) break;
    wait(left_s);
  }
  return ended_;
}

void SessionClient::receive(std::vector<Update>& updates) {
  transport::Received received;
  while (!ended_ && channel_->receive(received)) {
    auto message = protocol::decode_host({received.data.get(), received.size}, received.data);
    if (message && static_cast<protocol::Kind>(received.kind) == protocol::Kind::host) {
      take(std::move(*message), updates);
      continue;
    }
    updates.emplace_back(ErrorReport{"a message of the session could not be read, the connection is given up: " +
                                     (message ? std::string("it is of another kind") : message.error())});
    channel_->close(0);
    ended_ = true;
  }
  if (channel_->end() != transport::End::open) ended_ = true;
}

void SessionClient::take(HostMessage message, std::vector<Update>& updates) {
  if (auto* batch = std::get_if<Batch>(&message)) {
    for (auto& update : batch->updates) updates.push_back(std::move(update));
    say(Ack{batch->number});
  } else if (const auto* failure = std::get_if<SessionFailure>(&message)) {
    updates.emplace_back(
        ErrorReport{failure->traceback.empty() ? failure->where + ": " + failure->message : failure->traceback});
  } else if (std::holds_alternative<Finish>(message)) {
    say(Finished{});
  }
}

}  // namespace cnv
