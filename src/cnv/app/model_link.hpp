// ModelLink: the viewer's way to the model over all processes that the program has while the window is open: the
// present connection, the socket over which the next process comes, and the start of one. GUI thread only.
#pragma once

#include <QSocketNotifier>
#include <QTimer>
#include <memory>
#include <optional>

#include "cnv/app/connection.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv::app {

class ModelLink : public QObject {
 public:
  // `control`: -1 where the program's process cannot be followed by another one.
  ModelLink(std::unique_ptr<transport::Channel> channel, int control, QObject* parent = nullptr);
  ~ModelLink() override;

  // All are set before start().
  std::function<void(const HostMessage&)> on_message;
  // The process has left the window to the program's next one, which is on its way. What it says comes as on_message.
  std::function<void()> on_wait;
  // Another process is there: what was sent to the one before is forgotten.
  std::function<void()> on_fresh;
  // No process of the program is there: what happened.
  std::function<void(const QString&)> on_gone;
  // The window is not wanted any more.
  std::function<void()> on_dismissed;
  void start();
  // Dropped while there is no connection.
  void send(const ViewerMessage& message);
  bool connected() const;
  // Starts the program anew: the host is asked, a process that does not listen is made to, and where there is none one
  // is started. Not `by_hand` (a file was saved): a process that works for its end is left alone.
  void again(bool by_hand);
  // As Ctrl-C in the terminal, for a process that builds or begins what nobody will see.
  void interrupt();
  // No more messages, neither way.
  void close(double seconds);

 private:
  enum class State {
    connected,
    leaving,   // the connection has ended, and the process works for its own end
    starting,  // the next process has begun
    gone,
  };
  void connect_to(std::unique_ptr<transport::Channel> channel);
  void watch(int control);
  void listen();
  void stop_listening();
  void connection_ended(const QString& why);
  void process_ended();
  void gone(const QString& why);
  void force();
  void spawn();
  // The process that holds the other end of the sockets, while it is certain to be that one; 0: none is.
  int pid() const;

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<QSocketNotifier> notifier_;
  int control_ = -1;
  State state_ = State::connected;
  QString why_;                                   // the connection ended
  const int parent_;                              // started this viewer; 0: not known
  std::optional<transport::ChildProcess> child_;  // started by this viewer
  Restart restart_;
  std::string name_ = "viewer-1";  // of this window among those of the program
  QTimer patience_;
};

}  // namespace cnv::app
