#include "cnv/desktop/viewer_window.hpp"
#include "cnv/desktop/text.hpp"

#include <QApplication>
#include <QCloseEvent>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QWindow>
#include <algorithm>
#include <cmath>
#include <utility>

#include "cnv/desktop/column_margins.hpp"
#include "cnv/desktop/controls/controls_panel.hpp"
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/loading_page.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/panel_board.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/state_graph_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/surface_panel.hpp"
#include "cnv/desktop/time_bar.hpp"

namespace cnv::desktop {
namespace {

constexpr int figure_interval_ms = 500;
constexpr double software_cap_hz = 30;
constexpr double longest_ms = 3.6e6;  // between two looks at what is due

}  // namespace

ViewerWindow::ViewerWindow(ThemeManager& themes, std::function<void(const ViewerMessage&)> send)
    : themes_(themes), send_(std::move(send)), model_(themes.theme()) {
  setWindowTitle("CompNeuroVis");
  resize(1440, 900);
  model_.scheduler().set_default_cap_hz(software_cap_hz);

  pages_ = new QStackedWidget(this);
  loading_ = new LoadingPage(pages_);
  board_ = new PanelBoard(pages_);
  pages_->addWidget(loading_);
  pages_->addWidget(board_);
  strip_ = new ErrorStrip(this);
  strip_->hide();
  time_bar_ = new TimeBar(this);
  status_ = new StatusLine(this);
  auto* central = new QWidget(this);
  auto* column = new QVBoxLayout(central);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(strip_);
  column->addWidget(pages_, 1);
  column->addWidget(time_bar_);
  column->addWidget(status_);
  setCentralWidget(central);
  make_menus();

  connect(time_bar_, &TimeBar::run_requested, this, [this](bool run) { send_(RunControl{run ? "run" : "pause", 0}); });
  connect(time_bar_, &TimeBar::remarked, this, [this](const QString& text) { status_->show_message(text, 6000); });
  connect(time_bar_, &TimeBar::step_requested, this,
          [this](bool interval) { send_(RunControl{interval ? "advance" : "step", 0}); });
  connect(time_bar_, &TimeBar::until_requested, this, [this](double time_ms) { send_(RunControl{"until", time_ms}); });
  connect(time_bar_, &TimeBar::reset_requested, this, [this] { send_(RunControl{"reset", 0}); });
  connect(time_bar_, &TimeBar::speed_changed, this, [this](double speed) {
    chosen_speed_ = speed;
    send_(RunControl{"speed", speed});
  });
  connect(time_bar_, &TimeBar::frame_requested, this,
          [this](qlonglong frame) { send_(RunControl{"seek", static_cast<double>(frame)}); });
  connect(strip_, &ErrorStrip::retry_requested, this, [this] { retry(); });
  connect(status_, &StatusLine::figures_clicked, this,
          [this] { show_diagnostics(!diagnostics_dock_ || !diagnostics_dock_->isVisible()); });
  connect(loading_, &LoadingPage::cancelled, this, [this] { close(); });
  connect(&themes_, &ThemeManager::changed, this, [this](Theme theme) { set_theme(theme); });
  paint_timer_.setSingleShot(true);
  paint_timer_.setTimerType(Qt::PreciseTimer);
  connect(&paint_timer_, &QTimer::timeout, this, [this] { paint_due(); });
  shown_timer_.setSingleShot(true);
  connect(&shown_timer_, &QTimer::timeout, this, [this] { figures_.shown(now_s()); });
  connect(&figure_timer_, &QTimer::timeout, this, [this] { update_figures(); });
  figure_timer_.start(figure_interval_ms);
  qApp->installEventFilter(this);
  set_active(false);
  status_->show_message(tr("Starting CompNeuroVis"), 0);
}

ViewerWindow::~ViewerWindow() {
  qApp->removeEventFilter(this);
  delete takeCentralWidget();  // the panels draw with the image host: they go first
}

// To load OpenGL takes longer than all of a window without pictures: the first use waits for it, or the first idle
// moment.
ImageHost& ViewerWindow::image_host() {
  if (!image_host_) {
    image_host_ = std::make_unique<ImageHost>();
    if (!image_host_->paints()) model_.scheduler().set_default_cap_hz(RefreshScheduler::usual_cap_hz);
  }
  return *image_host_;
}

void ViewerWindow::paintEvent(QPaintEvent* event) {
  QMainWindow::paintEvent(event);
  if (!std::exchange(painted_, true)) QTimer::singleShot(0, this, [this] { image_host(); });
}

// ---- messages of the host ----------------------------------------------------------------------------------------

void ViewerWindow::receive(const HostMessage& message) {
  if (const auto* batch = std::get_if<Batch>(&message)) {
    const double since = now_s();
    apply(*batch);
    const double now = now_s();
    send_(Ack{batch->number, model_.scheduler().rest_s(since, now)});
  } else if (const auto* run = std::get_if<RunState>(&message)) {
    show_run_state(*run);
  } else if (const auto* welcome = std::get_if<Welcome>(&message)) {
    welcome_ = *welcome;
    // Later starts leave what the user has chosen since the first one.
    if (const auto choice = parse_theme_choice(welcome->theme);
        starts_ == 1 && choice && *choice != ThemeChoice::system)
      themes_.choose(*choice);
    loading_->set_title(to_qtext(welcome->title.empty() ? welcome->program : welcome->title),
                        to_qtext(welcome->program));
    update_titles();
  } else if (const auto* progress = std::get_if<Progress>(&message)) {
    start_ = *progress;
    std::vector<LoadingStep> steps;
    for (const auto& step : progress->steps)
      steps.push_back({to_qtext(step.name), to_qtext(step.detail), to_qtext(step.state), step.seconds});
    loading_->set_steps(steps);
    loading_->set_failed(!steps.empty() && steps.back().state == "failed");
    if (starts_ > 1 && building())
      status_->show_message(tr("Starting again: %1").arg(to_qtext(progress->steps.back().name)), 0);
  } else if (const auto* failure = std::get_if<SessionFailure>(&message)) {
    show_failure(*failure);
  } else if (const auto* restart = std::get_if<Restart>(&message)) {
    offer_restart(*restart);
  } else if (const auto* counters = std::get_if<Counters>(&message)) {
    counters_ = *counters;
  } else if (const auto* finish = std::get_if<Finish>(&message)) {
    if (on_finish) on_finish(*finish);
  } else if (std::get_if<Close>(&message)) {
    keep_layout();
    if (on_close) on_close();
  }
}

void ViewerWindow::apply(const Batch& batch) {
  const bool expected = model_.expects_session();
  const Applied applied = model_.apply(batch, now_s());
  if (applied.choices) send_(*applied.choices);
  const auto& plan = applied.plan;
  const bool panels_changed = plan.scene || plan.grid || !plan.removed_panels.empty() ||
                              std::any_of(plan.panels.begin(), plan.panels.end(),
                                          [](const auto& entry) { return entry.second == Refresh::rebuild; });
  if (panels_changed) rebuild_panels_when_free();
  else update_controls(plan);
  if (expected && !model_.expects_session()) set_chips({});
  show_armed_action();
  update_titles();
  show_messages(applied);
  show_run_state(batch.run);
  count_batch(batch.run, plan);
  paint_due();
}

void ViewerWindow::count_batch(const RunState& run, const Plan& plan) {
  std::vector<std::string> touched;
  if (plan.scene) {
    figures_.new_scene();
    for (const auto& [id, spec] : model_.store().scene().views) touched.push_back(id);
  } else {
    for (const auto& [id, refresh] : plan.views) touched.push_back(id);
  }
  figures_.applied(run.has_model_time ? std::optional<double>(run.model_time) : std::nullopt, run.sent_s, touched);
}

void ViewerWindow::show_messages(const Applied& applied) {
  // What the session said while it began is worth more.
  if (applied.plan.scene && !session_speaks_) status_->show_message(tr("Scene ready"), 3000);
  for (const auto& status : applied.statuses) {
    session_speaks_ = !status.message.empty();
    status_->show_message(to_qtext(status.message), static_cast<int>(status.timeout_ms.value_or(0)));
  }
  for (const auto& problem : applied.problems) tell_problem(problem);
  for (const auto& error : applied.errors) status_->show_error(to_qtext(error.message));
}

// The host prints and counts it, and it stands in the report of a windowless run.
void ViewerWindow::tell_problem(const Problem& problem) {
  status_->show_message(to_qtext(problem.message), 0);
  send_(ViewProblem{problem.severity == Severity::error, problem.cause, problem.message});
}

void ViewerWindow::show_run_state(const RunState& run) {
  // What is seen is of the session before; the next one's first scene brings its own.
  if (model_.expects_session()) return;
  const bool was_stopped = run_.stopped;
  run_ = run;
  time_bar_->setVisible(run.has_session);
  for (auto* entry : model_entries_) entry->setEnabled(run.has_session);
  simulation_->setEnabled(run.has_session || can_start_again());
  time_bar_->set_running(run.running);
  time_bar_->set_live(run.live || run.frame_count > 0);
  time_bar_->set_time(run.has_model_time ? std::optional<double>(run.model_time) : std::nullopt);
  time_bar_->set_dt(run.dt_ms);
  time_bar_->set_until(run.until_ms);
  time_bar_->set_own_pace(run.own_pace_s > 0 ? std::optional<double>(run.own_pace_s) : std::nullopt);
  time_bar_->set_speed(run.speed);
  time_bar_->set_frames(run.frame_count, run.frame);
  time_bar_->set_achieved(run.running ? std::optional<double>(run.achieved) : std::nullopt, run.has_model_time);
  if (was_stopped && !run.stopped) {
    strip_->hide();
    set_chips({});
    status_->clear_error();
  }
  if (run.stopped && strip_->isVisibleTo(this)) mark_last_picture();  // what was on its way when the model stopped
  show_stopped(run.stopped || gone_);
  set_active(model_.store().has_scene() && !run.ended && !gone_);
}

void ViewerWindow::show_stopped(bool stopped) {
  for (const auto& [id, dock] : docks_) dock->set_stopped(stopped);
}

void ViewerWindow::show_failure(const SessionFailure& failure) {
  FailureText shown = failure_text(to_qtext(failure.where), to_qtext(failure.message), to_qtext(failure.traceback));
  if (failure.can_retry) show_retry(shown, Retry::build);
  else if (failure.stops) show_retry(shown, Retry::run);
  else shown.hint = tr("The model goes on.");
  strip_->show_failure(shown);
  loading_->set_failed(true);
  status_->show_error(tr("%1 stopped: %2").arg(to_qtext(failure.where), to_qtext(failure.message)));
  if (failure.stops) {  // also where no state of the run follows, as at the end without a window
    time_bar_->set_running(false);
    time_bar_->set_achieved(std::nullopt, run_.has_model_time);
    show_stopped(true);
  }
  if (failure.stops && model_.store().has_scene()) mark_last_picture();
}

void ViewerWindow::set_chips(const QString& text) {
  for (const auto& [id, widget] : views_)
    if (auto* space = qobject_cast<View3dPanel*>(widget)) space->set_chip(text);
}

void ViewerWindow::mark_last_picture() {
  set_chips(run_.has_model_time ? tr("Last picture, t = %1 ms").arg(run_.model_time, 0, 'f', 2) : tr("Last picture"));
}

// ---- painting ----------------------------------------------------------------------------------------------------

// Views behind another tab, in a closed panel or in a minimised window stay due until they are seen. The first picture
// is painted wherever the window is: the model waits for it.
void ViewerWindow::note_what_is_seen() {
  const auto seen = [](const QWidget& widget) {
    const QWindow* handle = widget.window()->windowHandle();
    return handle && handle->isExposed() && !widget.window()->isMinimized() && !widget.visibleRegion().isEmpty();
  };
  for (const auto& panel : model_.panels())
    for (const auto& id : panel.view_ids)
      if (const auto* widget = view_as<QWidget>(id)) {
        const bool visible = !first_frame_sent_ || seen(*widget);
        model_.scheduler().set_visible(id, visible);
        if (!visible) figures_.hidden(id);
      }
}

void ViewerWindow::paint_due() {
  note_what_is_seen();
  const auto due = model_.scheduler().due(now_s());
  for (const auto& id : due.view_ids) paint_view(id);
  if (!due.view_ids.empty()) align_plots();
  // After the widgets themselves have been painted.
  if (!due.view_ids.empty() && !shown_timer_.isActive()) shown_timer_.start(0);
  if (!due.view_ids.empty() || model_.store().scene().views.empty()) tell_first_frame();
  for (const auto& problem : model_.take_problems()) tell_problem(problem);
  const auto next = model_.scheduler().due(now_s());
  // Set anew each time: a view with a higher rate may have become due before the one that is waited for.
  const auto wake_s = next.view_ids.empty() ? next.wake_s : std::optional(now_s());
  if (wake_s) paint_timer_.start(static_cast<int>(std::clamp(std::ceil((*wake_s - now_s()) * 1e3), 1.0, longest_ms)));
  else paint_timer_.stop();
}

std::optional<double> ViewerWindow::paints_in_s() const {
  if (!paint_timer_.isActive()) return std::nullopt;
  return 1e-3 * paint_timer_.remainingTime();
}

void ViewerWindow::paint_view(const std::string& id) {
  const double start = now_s();
  if (auto* space = view_as<View3dPanel>(id)) {
    if (const QString problem = space->refresh(); !problem.isEmpty()) status_->show_error(problem);
  } else if (auto* flat = view_as<FlatPanel>(id)) {
    flat->refresh();
    for (const auto& panel : model_.panels())
      if (!panel.view_ids.empty() && panel.view_ids.front() == id)
        if (const auto dock = docks_.find(panel.id); dock != docks_.end()) show_following(*dock->second, id);
  }
  model_.scheduler().painted(id, start, now_s() - start);
  figures_.drawn(id);
  ++paints_[id];
}

void ViewerWindow::align_plots() {
  std::vector<FlatPanel*> plots;
  for (const auto& [id, widget] : views_)
    if (auto* plot = qobject_cast<FlatPanel*>(widget)) plots.push_back(plot);
  for (auto* plot : align_columns(plots)) plot->refresh();
}

void ViewerWindow::paint_everything() {
  qApp->processEvents(QEventLoop::ExcludeUserInputEvents);
  for (const auto& [id, widget] : views_) {
    paint_view(id);
    if (auto* surface = qobject_cast<SurfacePanel*>(widget)) surface->refresh_finely();
  }
  align_plots();
  figures_.shown(now_s());
}

void ViewerWindow::tell_first_frame() {
  if (first_frame_sent_ || !model_.store().has_scene() || model_.expects_session()) return;
  first_frame_sent_ = true;
  // After the widgets themselves have been painted.
  QTimer::singleShot(0, this, [this] { send_(FirstFrame{}); });
}

QImage ViewerWindow::picture() { return grab().toImage(); }

void ViewerWindow::closeEvent(QCloseEvent* event) {
  if (!closed_) {
    closed_ = true;
    keep_layout();
    if (!gone_) send_(Bye{});
    hide();
    if (gone_ ? on_close != nullptr : on_user_close != nullptr) gone_ ? on_close() : on_user_close();
  }
  event->ignore();  // the application ends when the host has taken leave
}

}  // namespace cnv::desktop
