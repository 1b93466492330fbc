#include "test_host.hpp"

#include "cnv/transport/thread/thread_channel.hpp"
#include "convert.hpp"
#include "py_session.hpp"
#include "py_target.hpp"
#include "run.hpp"

namespace cnv::python {

TestHost::TestHost(nb::handle source, nb::handle scene, nb::handle target, std::optional<double> until_ms,
                   bool windowless)
    : source_(nb::borrow(source)) {
  HostSettings settings;
  settings.speed = 0;
  settings.windowless = windowless;
  settings.until_ms = until_ms;
  settings.min_send_interval_s = 0;
  settings.quantum_s = 0;
  settings.log = [this](const std::string& text) { lines_.push_back(text); };
  if (!target.is_none()) target_ = std::make_shared<PyInteractionTarget>(nb::borrow(target));
  SessionFactory factory;
  if (!source.is_none()) factory = [this] { return make_session(source_); };
  loop_ = std::make_unique<HostLoop>(std::move(factory), std::move(settings), clock_,
                                     from_python<std::optional<Scene>>(scene), target_.get());
}

TestHost::~TestHost() { loop_.reset(); }

void TestHost::add_viewer() {
  auto [ours, theirs] = transport::make_thread_channels();
  channel_ = std::move(theirs);
  loop_->add_viewer(std::move(ours));
  send(Hello{.viewer = "test"});
  send(FirstFrame{});
}

bool TestHost::tick(int count) {
  nb::gil_scoped_release released;
  bool more = true;
  for (int i = 0; i < count && more; ++i) {
    clock_.advance(0.02);
    more = loop_->tick();
    receive();
  }
  return more;
}

void TestHost::send_control(const std::string& id, nb::handle value) {
  send(ControlEvent{id, from_python<Value>(value)});
}
void TestHost::send_state(const std::string& key, nb::handle value) {
  send(StateEvent{Dict{{key, from_python<Value>(value)}}});
}
void TestHost::send(const ViewerMessage& message) {
  if (channel_) channel_->send(to_transport(protocol::encode(message)));
}

void TestHost::receive() {
  transport::Received received;
  while (channel_ && channel_->receive(received)) {
    auto message = protocol::decode_host({received.data.get(), received.size}, received.data);
    if (message) take(*message);
    else messages_.push_back("bad message: " + message.error());
  }
}

void TestHost::take(const HostMessage& message) {
  if (const auto* failure = std::get_if<SessionFailure>(&message)) failures_.push_back(*failure);
  if (const auto* told = std::get_if<Progress>(&message)) {
    progress_.clear();
    for (const auto& step : told->steps) progress_.push_back(step.name);
  }
  if (std::holds_alternative<Finish>(message)) send(Finished{});
  const auto* batch = std::get_if<Batch>(&message);
  if (!batch) return;
  ++batches_;
  for (const auto& update : batch->updates) {
    std::visit([&](const auto& u) { received_.emplace_back(Table<std::decay_t<decltype(u)>>::name); }, update);
    if (const auto* status = std::get_if<Status>(&update)) messages_.push_back(status->message);
    if (const auto* error = std::get_if<ErrorReport>(&update)) messages_.push_back(error->message);
    if (const auto problem = viewer_.apply(update)) messages_.push_back("viewer: " + problem->message);
  }
  send(Ack{batch->number});
}

std::string TestHost::end() const { return std::string(end_name(loop_->end())); }

}  // namespace cnv::python
