// ViewerLink: one attached viewer as the host sees it: channel, outbox, flow control, counters. Owner thread only.
#pragma once

#include <algorithm>
#include <deque>

#include "cnv/protocol/codec.hpp"
#include "cnv/runtime/outbox.hpp"
#include "cnv/transport/channel.hpp"

namespace cnv {

class ViewerLink {
 public:
  ViewerLink(std::string name, std::unique_ptr<transport::Channel> channel)
      : name_(std::move(name)), channel_(std::move(channel)), outbox_(name_) {}

  const std::string& name() const { return name_; }
  transport::Channel& channel() { return *channel_; }
  Outbox& outbox() { return outbox_; }

  void send(const HostMessage& message);
  // At most two batches are on their way.
  bool takes_batches() const { return unacknowledged_.size() < 2; }
  // When the viewer has use for the next one; up to `early_s` before that will do. An interval of 0 does not ask for
  // its use.
  double next_batch_s(double min_interval_s, double early_s = 0) const {
    return min_interval_s > 0 ? std::max(last_batch_s_ + min_interval_s, wanted_s_ - early_s) : last_batch_s_;
  }
  bool ready(double now_s, double min_interval_s, double early_s = 0) const {
    return takes_batches() && now_s >= next_batch_s(min_interval_s, early_s);
  }
  bool idle() const { return unacknowledged_.empty(); }
  // Sends what changed, with the run state; false when nothing did.
  bool send_batch(const SceneStore& store, RunState run, double now_s);
  // `rest_s`: of the viewer's Ack.
  void acknowledged(std::uint64_t batch, double rest_s, double now_s);
  // It takes nothing in: what will be said again soon is not worth queueing.
  bool clogged() const { return channel_->queued_bytes() > most_queued_bytes; }

  bool said_hello = false, first_frame = false, said_bye = false, finished = false;
  double heard_s = -1e300;  // its latest message
  int files_due = 0;        // asked for and not answered
  std::string finish_problem;
  std::uint64_t batches() const { return number_; }

 private:
  static constexpr std::size_t most_queued_bytes = 64 << 10;
  static constexpr double longest_silence_s = 0.05;  // then a second batch goes on its way
  static constexpr double longest_rest_s = 0.5;      // whatever the viewer says
  void send_updates(std::vector<Update> updates, const RunState& run);

  std::string name_;
  std::unique_ptr<transport::Channel> channel_;
  Outbox outbox_;
  std::uint64_t number_ = 0;
  std::deque<std::uint64_t> unacknowledged_;
  double last_batch_s_ = -1e300, wanted_s_ = -1e300;
};

// Bytes for the transport; arrays are shared, not copied.
transport::Message to_transport(protocol::Encoded encoded);

}  // namespace cnv
