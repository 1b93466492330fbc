#include "cnv/app/connection.hpp"

#include <QMetaObject>

#include "cnv/protocol/codec.hpp"

namespace cnv::app {

Connection::Connection(std::unique_ptr<transport::Channel> channel, QObject* parent)
    : QObject(parent), channel_(std::move(channel)) {}

Connection::~Connection() { channel_->on_wake(nullptr); }

void Connection::start() {
  channel_->on_wake([this] { QMetaObject::invokeMethod(this, [this] { drain(); }, Qt::QueuedConnection); });
}

void Connection::send(const ViewerMessage& message) {
  auto encoded = protocol::encode(message);
  transport::Message out{static_cast<std::uint16_t>(encoded.kind), {}};
  for (auto& chunk : encoded.chunks) out.chunks.push_back({std::move(chunk.owner), chunk.data, chunk.size});
  channel_->send(std::move(out));
}

void Connection::close(double seconds) {
  ended_ = true;
  channel_->close(seconds);
}

void Connection::drain() {
  transport::Received received;
  while (!ended_ && channel_->receive(received)) {
    auto message = protocol::decode_host({received.data.get(), received.size}, received.data);
    if (message) on_message(*message);
    else {
      // The two sides do not understand each other any more; going on could show wrong numbers.
      ended_ = true;
      on_end(QStringLiteral("A message of the model could not be read: ") + QString::fromStdString(message.error()));
      return;
    }
  }
  if (ended_ || channel_->end() == transport::End::open) return;
  ended_ = true;
  on_end(QString::fromStdString(channel_->end_text()));
}

}  // namespace cnv::app
