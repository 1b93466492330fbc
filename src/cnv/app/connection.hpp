// Connection: the viewer's end of the channel. Messages arrive on the GUI thread, in order. GUI thread only.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "cnv/protocol/host_messages.hpp"
#include "cnv/transport/channel.hpp"

namespace cnv::app {

class Connection : public QObject {
 public:
  Connection(std::unique_ptr<transport::Channel> channel, QObject* parent = nullptr);
  ~Connection() override;

  // Set both before start().
  std::function<void(const HostMessage&)> on_message;
  // Once, when the other side is gone: what happened.
  std::function<void(const QString&)> on_end;
  void start();
  void send(const ViewerMessage& message);
  // Flushes and ends; on_end is not called.
  void close(double seconds);
  const transport::Channel& channel() const { return *channel_; }

 private:
  void drain();

  std::unique_ptr<transport::Channel> channel_;
  bool ended_ = false;
};

}  // namespace cnv::app
