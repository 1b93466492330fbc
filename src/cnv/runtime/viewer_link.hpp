// ViewerLink: one attached viewer as the host sees it: channel, outbox, flow control, counters. Owner thread only.
#pragma once

#include <deque>

#include "cnv/protocol/codec.hpp"
#include "cnv/runtime/outbox.hpp"
#include "cnv/transport/channel.hpp"

namespace cnv {

class ViewerLink {
 public:
  ViewerLink(std::string name, std::unique_ptr<transport::Channel> channel) : name_(std::move(name)), channel_(std::move(channel)), outbox_(name_) {}

  const std::string& name() const { return name_; }
  transport::Channel& channel() { return *channel_; }
  Outbox& outbox() { return outbox_; }

  void send(const HostMessage& message);
  // True when the viewer can take another batch now (at most two are on their way).
  bool ready(double now_s, double min_interval_s) const { return unacknowledged_.size() < 2 && now_s - last_batch_s_ >= min_interval_s; }
  bool idle() const { return unacknowledged_.empty(); }
  double next_batch_s(double min_interval_s) const { return last_batch_s_ + min_interval_s; }
  // Sends what changed, with the run state; false when nothing did.
  bool send_batch(const SceneStore& store, RunState run, double now_s);
  void acknowledged(std::uint64_t batch);
  // It takes nothing in: what will be said again soon is not worth queueing.
  bool clogged() const { return channel_->queued_bytes() > most_queued_bytes; }

  bool said_hello = false, first_frame = false, said_bye = false, finished = false;
  double heard_s = -1e300;  // its latest message
  int files_due = 0;        // asked for and not answered
  std::string finish_problem;
  std::uint64_t batches() const { return number_; }

 private:
  static constexpr std::size_t most_queued_bytes = 64 << 10;
  void send_updates(std::vector<Update> updates, const RunState& run);

  std::string name_;
  std::unique_ptr<transport::Channel> channel_;
  Outbox outbox_;
  std::uint64_t number_ = 0;
  std::deque<std::uint64_t> unacknowledged_;
  double last_batch_s_ = -1e300;
};

// Bytes for the transport; arrays are shared, not copied.
transport::Message to_transport(protocol::Encoded encoded);

}  // namespace cnv
