#include "cnv/app/model_link.hpp"

#include <signal.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "cnv/base/numbers.hpp"
#include "cnv/runtime/find_viewer.hpp"
#include "cnv/transport/pipe/handover.hpp"

namespace cnv::app {
namespace {

constexpr int patience_ms = 1500;  // with a host in a long step, or in a build that does not end
constexpr double end_wait_s = 0.5;

}  // namespace

ModelLink::ModelLink(std::unique_ptr<transport::Channel> channel, int control, QObject* parent)
    : QObject(parent),
      connection_(std::make_unique<Connection>(std::move(channel))),
      parent_(transport::maker_of(control)) {
  patience_.setSingleShot(true);
  patience_.setInterval(patience_ms);
  connect(&patience_, &QTimer::timeout, this, [this] { force(); });
  watch(control);
}

ModelLink::~ModelLink() {
  if (control_ >= 0) ::close(control_);
  if (child_) child_->let_go();
}

void ModelLink::start() {
  connection_->on_message = [this](const HostMessage& message) {
    if (const auto* restart = std::get_if<Restart>(&message)) restart_ = *restart;
    if (const auto* welcome = std::get_if<Welcome>(&message); welcome && welcome->window > 0)
      name_ = "viewer-" + plain_text(welcome->window);
    on_message(message);
  };
  connection_->on_end = [this](const QString& why) { connection_ended(why); };
  connection_->send(Hello{.viewer = std::string(viewer_name) + CNV_VERSION, .pid = ::getpid()});
  connection_->start();
}

void ModelLink::send(const ViewerMessage& message) {
  if (state_ == State::connected) connection_->send(message);
}

void ModelLink::close(double seconds) {
  stop_listening();
  patience_.stop();
  if (state_ == State::connected) connection_->close(seconds);
}

int ModelLink::pid() const {
  if (child_) {
    auto child = *child_;
    return child.poll() ? 0 : child.pid();
  }
  return parent_ > 0 && ::getppid() == parent_ ? parent_ : 0;
}

// ---- the program starts anew -------------------------------------------------------------------------------------

void ModelLink::again(bool by_hand) {
  if (!restart_.why_not.empty() || restart_.command.empty()) return;
  if (state_ == State::gone && pid() == 0) return spawn();
  // The next process reads what has been saved now; the present one may have something to save itself.
  if (state_ == State::leaving && !by_hand) return;
  if (state_ != State::connected) return force();
  connection_->send(RunControl{"again", 0});
  if (!patience_.isActive()) patience_.start();
}

// The signal has no effect on a process that does not know of it.
void ModelLink::force() {
  if (const int process = pid()) ::kill(process, transport::again_signal);
}

bool ModelLink::connected() const { return state_ == State::connected; }

void ModelLink::interrupt() {
  if (state_ == State::leaving || control_ < 0) return;
  if (const int process = pid()) ::kill(process, SIGINT);
}

void ModelLink::spawn() {
  child_.reset();
  try {
    const auto ends = transport::make_control_pair();
    const transport::Handed window{.control = transport::child_control, .name = name_};
    const auto spawned =
        transport::spawn({.executable = restart_.command.front(),
                          .arguments = {restart_.command.begin() + 1, restart_.command.end()},
                          .environment = transport::with_variable(restart_.environment, transport::handed_variable,
                                                                  transport::handed_text(std::span(&window, 1))),
                          .control = ends.theirs,
                          .folder = restart_.folder,
                          .interruptible = true});
    ::close(ends.theirs);
    if (const auto* error = std::get_if<transport::SpawnError>(&spawned)) {
      ::close(ends.ours);
      return on_gone(QStringLiteral("%1 could not be started: %2")
                         .arg(QString::fromStdString(restart_.command.front()), QString::fromStdString(error->text)));
    }
    child_ = std::get<transport::ChildProcess>(spawned);
    watch(ends.ours);
    why_.clear();
    state_ = State::leaving;
    on_wait();
  } catch (const std::system_error& e) {
    on_gone(QString::fromUtf8(e.what()));
  }
}

// ---- what the program's processes say ----------------------------------------------------------------------------

// It may be at work with a message just now.
void ModelLink::stop_listening() {
  if (!notifier_) return;
  notifier_->setEnabled(false);
  notifier_.release()->deleteLater();
}

void ModelLink::watch(int control) {
  stop_listening();
  if (control_ >= 0) ::close(control_);
  control_ = control;
  if (control < 0) return;
  notifier_ = std::make_unique<QSocketNotifier>(control, QSocketNotifier::Read);
  connect(notifier_.get(), &QSocketNotifier::activated, this, [this] { listen(); });
}

void ModelLink::listen() {
  const auto message = transport::take_message(control_);
  switch (message.said) {
    case transport::Said::nothing: return;
    case transport::Said::started: {
      const bool waits = state_ != State::connected;
      state_ = State::starting;
      patience_.stop();
      if (!waits) on_wait();  // a start that was forced
      return;
    }
    case transport::Said::connection:
      patience_.stop();
      connection_ = std::make_unique<Connection>(transport::make_pipe_channel(message.descriptor));
      state_ = State::connected;
      start();
      return on_fresh();
    case transport::Said::dismissed: return on_dismissed();
    case transport::Said::gone: return process_ended();
  }
}

// While the control socket is held the process has not ended; a fresh start holds it too.
void ModelLink::connection_ended(const QString& why) {
  patience_.stop();
  if (control_ < 0 || connection_->channel().end() != transport::End::closed_by_peer) {
    return gone(why);
  }
  if (state_ != State::connected) return;
  why_ = why;
  state_ = State::leaving;
  on_wait();
}

void ModelLink::process_ended() {
  stop_listening();
  ::close(std::exchange(control_, -1));
  if (state_ == State::connected) return;  // the end of the connection, with all that was said before, is still to come
  // One that had begun and never came to the window says nothing.
  gone(state_ == State::leaving ? why_ : QString());
}

// Of a process that this viewer started the system tells how it ended.
void ModelLink::gone(const QString& why) {
  state_ = State::gone;
  patience_.stop();
  const auto how = child_ ? child_->wait(end_wait_s) : std::nullopt;
  on_gone(how ? QString::fromStdString(*how) : why);
}

}  // namespace cnv::app
