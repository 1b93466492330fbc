#include "cnv/runtime/viewer_link.hpp"

#include "cnv/base/exceptions.hpp"

namespace cnv {

transport::Message to_transport(protocol::Encoded encoded) {
  transport::Message message{static_cast<std::uint16_t>(encoded.kind), {}};
  message.chunks.reserve(encoded.chunks.size());
  for (auto& chunk : encoded.chunks) message.chunks.push_back({std::move(chunk.owner), chunk.data, chunk.size});
  return message;
}

void ViewerLink::send(const HostMessage& message) { channel_->send(to_transport(protocol::encode(message))); }

bool ViewerLink::send_batch(const SceneStore& store, RunState run, double now_s) {
  auto updates = outbox_.next(store);
  if (updates.empty()) return false;
  send_updates(std::move(updates), run);
  last_batch_s_ = now_s;
  wanted_s_ = now_s + longest_silence_s;
  return true;
}

void ViewerLink::send_updates(std::vector<Update> updates, const RunState& run) {
  try {
    auto encoded = protocol::encode(HostMessage(Batch{number_ + 1, updates, run}));
    ++number_;
    channel_->send(to_transport(std::move(encoded)));
    unacknowledged_.push_back(number_);
  } catch (const ValueError&) {
    // Each update fits a message by itself (checked when it was emitted), but not all of them together.
    if (updates.size() < 2) throw;
    const auto middle = updates.begin() + static_cast<std::ptrdiff_t>(updates.size() / 2);
    send_updates({updates.begin(), middle}, run);
    send_updates({middle, updates.end()}, run);
  }
}

void ViewerLink::acknowledged(std::uint64_t batch, double rest_s, double now_s) {
  while (!unacknowledged_.empty() && unacknowledged_.front() <= batch) unacknowledged_.pop_front();
  if (unacknowledged_.empty()) wanted_s_ = now_s + (rest_s > 0 ? std::min(rest_s, longest_rest_s) : 0);
}

}  // namespace cnv
