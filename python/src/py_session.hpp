// PySession: a Python session as the host sees it. Which hooks its class or instance overrides is found out once, when
// it is attached; the others are never looked up. Sessions that own a C++ core pass default hooks straight to it. The
// host calls without the GIL; every call that runs Python takes it.
#pragma once

#include <bitset>

#include "link.hpp"

namespace cnv::python {

class PySession final : public Session {
 public:
  // Both with the GIL held; `link` is a bound Link.
  PySession(nb::object session, nb::object link);
  ~PySession() override;

  std::optional<Scene> initialize() override;
  void advance() override;
  void handle(const Command& command) override;
  void state_changed(std::string_view key, const Value& value) override;
  std::vector<Update> read_updates() override;
  bool is_live() override;
  std::optional<double> own_pace_s() override;
  std::optional<double> model_time_ms() override;
  void advance_step() override;
  StepTimes step_times() override;
  std::optional<std::uint64_t> step_count() override;
  FramePlace frame_place() override;
  void seek(std::int64_t frame) override;
  void publish() override;
  void shutdown() override;
  void attach(SessionLink* link) override;

 private:
  enum Hook {
    initialize_hook,
    advance_hook,
    handle_hook,
    read_updates_hook,
    is_live_hook,
    idle_sleep_hook,
    model_time_hook,
    frame_place_hook,
    seek_hook,
    hook_count
  };
  bool overridden(Hook hook) const { return overridden_[hook]; }
  bool goes_to_core(Hook hook) const { return core_ && !overridden(hook); }
  nb::object call(Hook hook);
  void find_hooks();
  std::vector<Update> updates_of(nb::handle given);
  std::vector<Update> take_pending();

  nb::object session_, link_object_, core_object_, pending_;
  Link* python_link_;
  Session* core_ = nullptr;
  std::bitset<hook_count> overridden_;
};

// Makes a session from a lazy Python source; GIL not held.
std::unique_ptr<Session> make_session(nb::handle source);

// Names of `names` that the class or instance of `session` overrides.
// A list of texts as warnings, each of them a cause.
void report_remarks(SessionLink& link, nb::handle remarks);
std::vector<bool> find_overrides(nb::handle session, std::span<const char* const> names);

}  // namespace cnv::python
