#include "cnv/runtime/pipe_transport.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "cnv/base/numbers.hpp"
#include "cnv/runtime/session_client.hpp"
#include "cnv/runtime/session_worker.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/pipe/spawn.hpp"
#include "cnv/transport/thread/thread_channel.hpp"

namespace cnv {
namespace {

constexpr double stop_s = 1.0;
constexpr double end_text_wait_s = 1.0;  // between the end of the connection and that of the process

// Where a worker thread stands; outlives a PipeTransport that does not wait for it.
struct ThreadEnd {
  std::mutex mutex;
  std::condition_variable signal;
  bool over = false;
  int status = 0;

  void set(int exit_status) {
    std::lock_guard lock(mutex);
    over = true;
    status = exit_status;
    signal.notify_all();
  }
  bool wait(double seconds) {
    std::unique_lock lock(mutex);
    return signal.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return over; });
  }
};

int work(const SessionFactory& source, std::unique_ptr<transport::Channel> channel, double speed) {
  try {
    return run_session_worker(source, std::move(channel), speed);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "the session's worker: %s\n", e.what());
    return 1;
  }
}

bool refused(int number) {
  return number == EPERM || number == EACCES || number == EAGAIN || number == ENOSYS || number == ENOMEM;
}

}  // namespace

struct PipeTransport::Worker {
  std::unique_ptr<SessionClient> client;
  std::optional<transport::ChildProcess> process;
  std::shared_ptr<ThreadEnd> thread_end;
  std::thread thread;
  bool end_told = false;

  ~Worker() {
    if (thread.joinable()) thread.detach();
  }

  std::string how_it_ended() const {
    if (process) {
      auto child = *process;
      return child.wait(end_text_wait_s).value_or("the connection broke");
    }
    return thread_end->wait(end_text_wait_s) ? "exit status " + plain_text(thread_end->status) : "the connection broke";
  }
};

PipeTransport::PipeTransport(SessionFactory source, PipeTransportOptions options)
    : source_(std::move(source)), options_(std::move(options)) {}
PipeTransport::~PipeTransport() { stop(); }

namespace {

// The error number is errno's where there is no process.
std::optional<transport::ChildProcess> fork_worker(const SessionFactory& source, const PipeTransportOptions& options,
                                                   const transport::SocketPair& ends) {
  std::fflush(nullptr);  // or both would write what waits
  const int pid = options.fork ? options.fork() : ::fork();
  if (pid < 0) return std::nullopt;
  if (pid > 0) return transport::ChildProcess(pid);
  ::close(ends.ours);
  ::signal(SIGINT, SIG_IGN);  // Ctrl-C is for the program, which then stops its worker
  const int status =
      work(source, transport::make_pipe_channel(ends.theirs, {}, transport::Served::by_caller), options.speed);
  std::fflush(nullptr);
  ::_exit(status);
}

}  // namespace

void PipeTransport::start() {
  stop();
  auto worker = std::make_unique<Worker>();
  std::optional<transport::SocketPair> ends;
  int number = 0;
  try {
    ends = transport::make_socket_pair();
  } catch (const std::system_error& e) {
    number = e.code().value();
  }
  if (ends) {
    worker->process = fork_worker(source_, options_, *ends);
    if (!worker->process) number = errno;
    ::close(ends->theirs);
    if (worker->process) worker->client = std::make_unique<SessionClient>(transport::make_pipe_channel(ends->ours));
    else ::close(ends->ours);
  }
  if (!worker->process) {
    if (!refused(number))
      throw std::system_error(number, std::generic_category(), "the session's worker could not be started");
    auto [ours, theirs] = transport::make_thread_channels();
    worker->client = std::make_unique<SessionClient>(std::move(ours));
    worker->thread_end = std::make_shared<ThreadEnd>();
    worker->thread =
        std::thread([source = source_, speed = options_.speed, end = worker->thread_end,
                     channel = std::move(theirs)]() mutable { end->set(work(source, std::move(channel), speed)); });
  }
  worker_ = std::move(worker);
}

std::vector<Update> PipeTransport::poll_updates(double timeout_s) {
  if (!worker_) return {};
  auto updates = worker_->client->poll_updates(timeout_s);
  if (worker_->client->ended() && !std::exchange(worker_->end_told, true))
    updates.emplace_back(ErrorReport{"The worker of the session has ended (" + worker_->how_it_ended() +
                                     "); there will be no more updates."});
  return updates;
}

void PipeTransport::send_command(const Command& command) {
  if (worker_) worker_->client->send_command(command);
}

void PipeTransport::stop() {
  const auto worker = std::exchange(worker_, nullptr);
  if (!worker) return;
  const auto start = std::chrono::steady_clock::now();
  worker->client->stop(stop_s);
  const double left_s =
      std::max(0.0, stop_s - std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  if (worker->process) worker->process->stop(left_s);
  else if (worker->thread_end->wait(left_s)) worker->thread.join();
}

int PipeTransport::pid() const { return worker_ && worker_->process ? worker_->process->pid() : 0; }

}  // namespace cnv
