#include "cnv/runtime/session_worker.hpp"

#include <cstdio>

namespace cnv {

int run_session_worker(SessionFactory source, std::unique_ptr<transport::Channel> channel, double speed) {
  HostSettings settings;
  settings.windowless = true;
  settings.speed = speed;
  settings.min_send_interval_s = 0;
  settings.log = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
  // A program that polls rarely still gets the last updates.
  settings.last_words_timeout_s = 10;
  // A program that is gone has nobody to be told.
  settings.replace_viewer = [](const std::string&, const std::string&) { return nullptr; };
  SteadyClock clock;
  HostLoop loop(std::move(source), std::move(settings), clock);
  loop.add_viewer(std::move(channel));
  loop.run();
  return loop.exit_status();
}

}  // namespace cnv
