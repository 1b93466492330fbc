#include "py_session.hpp"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include "convert.hpp"
#include "errors.hpp"

namespace cnv::python {
namespace {
constexpr const char* hook_names[] = {"initialize", "advance",    "handle",      "read_updates", "is_live",
                                      "idle_sleep", "model_time", "frame_place", "seek"};
}

std::vector<bool> find_overrides(nb::handle session, std::span<const char* const> names) {
  nb::list list;
  for (const char* name : names) list.append(name);
  return nb::cast<std::vector<bool>>(lookup("compneurovis.session._hooks", "overrides")(session, list));
}

void report_remarks(SessionLink& link, nb::handle remarks) {
  for (const auto& text : nb::cast<std::vector<std::string>>(remarks)) link.report({Severity::warning, text, text});
}

PySession::PySession(nb::object session, nb::object link)
    : session_(std::move(session)), link_object_(std::move(link)), python_link_(nb::cast<Link*>(link_object_)) {
  core_object_ = nb::getattr(session_, "_cnv_core", nb::none());
  if (!core_object_.is_none()) core_ = nb::cast<Session*>(core_object_);
}

PySession::~PySession() {
  nb::gil_scoped_acquire gil;
  pending_.reset();
  core_object_.reset();
  session_.reset();
  link_object_.reset();
}

nb::object PySession::call(Hook hook) { return session_.attr(hook_names[hook])(); }

void PySession::attach(SessionLink* link) {
  Session::attach(link);
  call_user_code("attach", [&] {
    python_link_->attach(link);
    session_.attr("_cnv_link") = link ? link_object_ : nb::none();
    session_.attr("_cnv_hosted") = link != nullptr;
    if (link) find_hooks();
    if (core_) core_->attach(link);
  });
}

void PySession::find_hooks() {
  const auto found = find_overrides(session_, hook_names);
  for (std::size_t i = 0; i < found.size(); ++i) overridden_[i] = found[i];
  report_remarks(*link(), lookup("compneurovis.session._hooks", "misspelt")(session_));
  if (nb::hasattr(session_, "_pending_updates")) pending_ = session_.attr("_pending_updates")();
}

std::optional<Scene> PySession::initialize() {
  return call_user_code("initialize", [&]() -> std::optional<Scene> {
    if (goes_to_core(initialize_hook)) return core_->initialize();
    return from_python<std::optional<Scene>>(call(initialize_hook));
  });
}

void PySession::advance() {
  call_user_code("advance", [&] {
    if (goes_to_core(advance_hook)) core_->advance();
    else call(advance_hook);
  });
}

void PySession::advance_step() {
  call_user_code("advance", [&] {
    if (goes_to_core(advance_hook)) core_->advance_step();
    else call(advance_hook);
  });
}

StepTimes PySession::step_times() { return core_ ? core_->step_times() : StepTimes{}; }

void PySession::handle(const Command& command) {
  call_user_code("", [&] {  // the host knows which command it was
    if (goes_to_core(handle_hook)) core_->handle(command);
    else session_.attr("handle")(to_python(command));
  });
}

void PySession::state_changed(std::string_view key, const Value& value) {
  if (core_) call_user_code("state_changed", [&] { core_->state_changed(key, value); });
}

// What is no update is reported, once for each type and field, and left out: the others are good.
std::vector<Update> PySession::updates_of(nb::handle given) {
  std::vector<Update> updates;
  const auto refuse = [&](nb::handle item, const std::string& why) {
    std::string cause = "unreadable " + nb::cast<std::string>(item.type().attr("__name__"));
    if (nb::object id = nb::getattr(item, "field_id", nb::none()); nb::isinstance<nb::str>(id))
      cause += " of " + nb::cast<std::string>(id);
    link()->report({Severity::error, cause, "an update could not be read and was left out: " + why});
  };
  for (nb::handle item : sequence(given)) {
    try {
      updates.push_back(from_python<Update>(item));
    } catch (const Exception& problem) {
      refuse(item, problem.what());
    } catch (nb::python_error& error) {
      if (error.matches(PyExc_KeyboardInterrupt) || error.matches(PyExc_SystemExit)) throw;
      refuse(item, error.what());
    }
  }
  return updates;
}

std::vector<Update> PySession::take_pending() {
  if (!pending_.is_valid() || PyList_GET_SIZE(pending_.ptr()) == 0) return {};
  // Taken out first: another thread may add some while these are read.
  const Py_ssize_t count = PyList_GET_SIZE(pending_.ptr());
  nb::object taken = nb::steal(PyList_GetSlice(pending_.ptr(), 0, count));
  if (!taken.is_valid() || PyList_SetSlice(pending_.ptr(), 0, count, nullptr) < 0) throw nb::python_error();
  return updates_of(taken);
}

std::vector<Update> PySession::read_updates() {
  return call_user_code("read_updates", [&] {
    if (overridden(read_updates_hook)) return updates_of(call(read_updates_hook));
    auto updates = core_ ? core_->read_updates() : std::vector<Update>();
    for (auto& update : take_pending()) updates.push_back(std::move(update));
    return updates;
  });
}

bool PySession::is_live() {
  if (!overridden(is_live_hook)) return true;
  return call_user_code("is_live", [&] { return truth(call(is_live_hook)); });
}

std::optional<double> PySession::own_pace_s() {
  if (!overridden(idle_sleep_hook)) return std::nullopt;
  return call_user_code("idle_sleep", [&] { return from_python<std::optional<double>>(call(idle_sleep_hook)); });
}

std::optional<double> PySession::model_time_ms() {
  if (overridden(model_time_hook))
    return call_user_code("model_time", [&] { return from_python<std::optional<double>>(call(model_time_hook)); });
  return core_ ? core_->model_time_ms() : std::nullopt;
}

FramePlace PySession::frame_place() {
  if (!overridden(frame_place_hook)) return core_ ? core_->frame_place() : FramePlace{};
  return call_user_code("frame_place", [&] {
    const auto [count, frame] = nb::cast<std::pair<std::int64_t, std::int64_t>>(call(frame_place_hook));
    return FramePlace{count, frame};
  });
}

void PySession::seek(std::int64_t frame) {
  if (!overridden(seek_hook)) return core_ ? core_->seek(frame) : void();
  call_user_code("seek", [&] { session_.attr("seek")(frame); });
}

std::optional<std::uint64_t> PySession::step_count() { return core_ ? core_->step_count() : std::nullopt; }

void PySession::publish() {
  if (core_) call_user_code("publish", [&] { core_->publish(); });
}

void PySession::shutdown() {
  call_user_code("shutdown", [&] {
    session_.attr("shutdown")();
    if (core_) core_->shutdown();
  });
}

std::unique_ptr<Session> make_session(nb::handle source) {
  return call_user_code("constructor", [&]() -> std::unique_ptr<Session> {
    nb::object session = lookup("compneurovis.session.base", "resolve_session_source")(source);
    return std::make_unique<PySession>(std::move(session), nb::cast(Link()));
  });
}

}  // namespace cnv::python
