// HostLoop: how a run ends: the last batch, the files that were asked for, the report.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cnv/base/numbers.hpp"
#include "cnv/runtime/host_loop.hpp"

namespace cnv {
namespace {
constexpr double most_close_s = 0.3;
constexpr double figures_interval_s = 1;

// The same place for another viewer, beside the first's: report-2.json; of a folder the whole name stays: out-2. A path
// that ends in no name of its own ("." or "/") gets the number inside.
std::string numbered(const std::string& path, std::size_t number, bool is_folder) {
  std::filesystem::path whole(path);
  while (whole.filename().empty() && whole.has_relative_path()) whole = whole.parent_path();
  const std::string name = whole.filename().string(), end = "-" + plain_text(number);
  if (name.empty() || name == "." || name == "..") return (whole / ("viewer" + end)).string();
  if (is_folder) return whole.string() + end;
  return (whole.parent_path() / (whole.stem().string() + end + whole.extension().string())).string();
}
}  // namespace

void HostLoop::begin_end(End end, std::string text) {
  if (phase_ == Phase::flushing || phase_ == Phase::finishing || phase_ == Phase::over) return;
  end_ = end;
  end_text_ = std::move(text);
  end_s_ = clock_.now_s();
  urgent_ = true;
  phase_ = Phase::flushing;
}

void HostLoop::flush_or_finish() {
  if (end_ == End::again) {
    // A window without its connection knows that another one will come; then the session may take its time to end.
    viewers_.clear();
    drop_session();
    phase_ = Phase::over;
    return;
  }
  const double now = clock_.now_s();
  // Nobody waits long for a viewer that has nothing to write, or after Ctrl-C.
  const bool files = wants_files() && end_ != End::interrupted;
  const double patience_s = files ? settings_.finish_timeout_s : settings_.last_words_timeout_s;
  if (phase_ == Phase::flushing) {
    const bool told = std::all_of(viewers_.begin(), viewers_.end(),
                                  [&](const auto& v) { return v->idle() && !v->outbox().has_news(store()); });
    // A viewer that takes batches is waited for; one that is silent is given up.
    const bool silent = std::all_of(viewers_.begin(), viewers_.end(), [&](const auto& v) {
      return now - std::max(end_s_, v->heard_s) > std::min(patience_s, settings_.silence_timeout_s);
    });
    if (!told && !silent && now - end_s_ <= patience_s) return;
    if (!told && silent && files) {
      count_error();
      say("The viewer has not answered for " + plain_text(static_cast<int>(now - end_s_)) +
          " s, so nothing was written. Is it stopped, or does its machine lack memory?");
      return finish_all();
    }
    ask_for_files(true);
    finish_sent_s_ = now;
    phase_ = Phase::finishing;
  }
  const bool done = std::all_of(viewers_.begin(), viewers_.end(), [](const auto& v) { return v->finished; });
  if (!done && now - finish_sent_s_ <= patience_s) return;
  for (auto& viewer : viewers_) {
    if (files && (!viewer->finished || !viewer->finish_problem.empty())) {
      count_error();
      say("the viewer could not write everything: " +
          (viewer->finished ? viewer->finish_problem : std::string("it did not answer in time")));
    } else if (!viewer->said_hello && end_ != End::interrupted) {
      count_error();
      say("The viewer never answered: nothing was shown. Does the program at COMPNEUROVIS_VIEWER, if that is set, fit "
          "this version?");
    }
  }
  finish_all();
}

// The last ones end the run; others are a look at a model that goes on.
void HostLoop::ask_for_files(bool last) {
  for (std::size_t i = 0; i < viewers_.size(); ++i) {
    Finish finish = finish_for(i);
    finish.close = last;
    viewers_[i]->send(finish);
    ++viewers_[i]->files_due;
  }
}

void HostLoop::take_finished(ViewerLink& viewer, const Finished& finished) {
  viewer.files_due = std::max(0, viewer.files_due - 1);
  if (phase_ == Phase::flushing || phase_ == Phase::finishing) {
    viewer.finished = viewer.files_due == 0;
    viewer.finish_problem = finished.problem;
  } else if (!finished.problem.empty()) {
    report(
        {Severity::error, "files " + finished.problem, "the viewer could not write everything: " + finished.problem});
  }
}

// The first viewer writes the files as they were named, the second report-2.json.
Finish HostLoop::finish_for(std::size_t viewer) const {
  const auto named = [&](const std::string& path, bool is_folder) {
    return path.empty() || viewer == 0 ? path : numbered(path, viewer + 1, is_folder);
  };
  return {named(settings_.screenshot, false),
          named(settings_.report, false),
          named(settings_.dump, true),
          session_report(),
          true,
          settings_.figure};
}

void HostLoop::tell_figures(bool now) {
  if (!settings_.on_figures || (!now && clock_.now_s() - figures_told_s_ < figures_interval_s)) return;
  figures_told_s_ = clock_.now_s();
  settings_.on_figures(session_report());
}

void HostLoop::finish_all() {
  tell_figures(true);
  for (auto& viewer : viewers_) {
    viewer->send(Close{});
    viewer->channel().close(most_close_s);
  }
  viewers_.clear();
  drop_session();
  phase_ = Phase::over;
}

Dict HostLoop::session_report() const {
  const double wall = (end_s_ > 0 ? end_s_ : clock_.now_s()) - (started_ ? started_s_ : clock_.now_s());
  Dict report{{"steps", static_cast<std::int64_t>(steps())},
              {"wall_s", wall},
              {"steps_per_s", wall > 0 ? static_cast<double>(steps()) / wall : 0.0}};
  const RunState run = run_state();
  report.set("running", run.running);
  report.set("speed", run.speed);
  if (run.has_model_time) report.set("model_time_ms", run.model_time);
  if (run.dt_ms > 0) report.set("dt_ms", run.dt_ms);
  if (first_picture_s_) report.set("first_picture_s", *first_picture_s_);
  List errors, warnings, messages;
  for (const auto& text : errors_) errors.emplace_back(text);
  for (const auto& [cause, problem] : problems())
    if (problem.severity == Severity::warning) warnings.emplace_back(problem.message);
  for (const auto& text : messages_) messages.emplace_back(text);
  Dict counts;
  for (const auto& [cause, problem] : problems()) counts.set(cause, static_cast<std::int64_t>(problem.count));
  for (const auto& [text, times] : failure_counts_) counts.set(text, static_cast<std::int64_t>(times));
  report.set("errors", std::move(errors));
  report.set("warnings", std::move(warnings));
  report.set("status_messages", std::move(messages));
  report.set("problem_counts", std::move(counts));
  List outboxes;
  for (const auto& viewer : viewers_)
    outboxes.emplace_back(Dict{{"batches", static_cast<std::int64_t>(viewer->batches())},
                               {"bytes", static_cast<std::int64_t>(viewer->channel().counters().bytes_sent)},
                               {"superseded", static_cast<std::int64_t>(viewer->outbox().superseded())},
                               {"trimmed", static_cast<std::int64_t>(viewer->outbox().trimmed())}});
  report.set("viewers", std::move(outboxes));
  return report;
}

}  // namespace cnv
