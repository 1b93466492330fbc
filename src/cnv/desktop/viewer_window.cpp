#include "cnv/desktop/viewer_window.hpp"

#include <QApplication>
#include <QCloseEvent>
#include <QLabel>
#include <QLineEdit>
#include <QComboBox>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>
#include <cmath>

#include "cnv/core/keys.hpp"
#include "cnv/desktop/controls/controls_panel.hpp"
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/keys.hpp"
#include "cnv/desktop/loading_page.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/panel_board.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/spec_widgets.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/time_bar.hpp"

namespace cnv::desktop {
namespace {

constexpr int figure_interval_ms = 500;
constexpr double software_cap_hz = 30;

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

}  // namespace

ViewerWindow::ViewerWindow(ThemeManager& themes, std::function<void(const ViewerMessage&)> send)
    : themes_(themes), send_(std::move(send)), model_(themes.theme()) {
  setWindowTitle("CompNeuroVis");
  resize(1440, 900);
  if (auto host = ImageHost::create()) image_host_ = std::move(*host);
  else image_host_problem_ = text(host.error());
  if (!image_host_ || image_host_->is_software()) model_.scheduler().set_default_cap_hz(software_cap_hz);

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
  connect(time_bar_, &TimeBar::step_requested, this, [this] { send_(RunControl{"step", 0}); });
  connect(time_bar_, &TimeBar::reset_requested, this, [this] { send_(RunControl{"reset", 0}); });
  connect(time_bar_, &TimeBar::speed_changed, this, [this](double speed) { send_(RunControl{"speed", speed}); });
  connect(strip_, &ErrorStrip::retry_requested, this, [this] { send_(RunControl{failure_can_retry_ ? "retry" : "run", 0}); });
  connect(loading_, &LoadingPage::cancelled, this, [this] { close(); });
  connect(&themes_, &ThemeManager::changed, this, [this](Theme theme) { set_theme(theme); });
  paint_timer_.setSingleShot(true);
  paint_timer_.setTimerType(Qt::PreciseTimer);
  connect(&paint_timer_, &QTimer::timeout, this, [this] { paint_due(); });
  connect(&figure_timer_, &QTimer::timeout, this, [this] { update_figures(); });
  figure_timer_.start(figure_interval_ms);
  qApp->installEventFilter(this);
  set_active(false);
  status_->show_message(tr("Starting CompNeuroVis"), 0);
}

ViewerWindow::~ViewerWindow() { qApp->removeEventFilter(this); }

// ---- messages of the host ---------------------------------------------------------------------------------------------

void ViewerWindow::receive(const HostMessage& message) {
  if (const auto* batch = std::get_if<Batch>(&message)) {
    apply(*batch);
    send_(Ack{batch->number});
  } else if (const auto* run = std::get_if<RunState>(&message)) {
    show_run_state(*run);
  } else if (const auto* welcome = std::get_if<Welcome>(&message)) {
    welcome_ = *welcome;
    if (const auto choice = parse_theme_choice(welcome->theme); choice && *choice != ThemeChoice::system) themes_.choose(*choice);
    loading_->set_title(text(welcome->title.empty() ? welcome->program : welcome->title), text(welcome->program));
    update_titles();
  } else if (const auto* progress = std::get_if<Progress>(&message)) {
    std::vector<LoadingStep> steps;
    for (const auto& step : progress->steps) steps.push_back({text(step.name), text(step.detail), text(step.state), step.seconds});
    loading_->set_steps(steps);
  } else if (const auto* failure = std::get_if<SessionFailure>(&message)) {
    show_failure(*failure);
  } else if (const auto* counters = std::get_if<Counters>(&message)) {
    counters_ = *counters;
  } else if (const auto* finish = std::get_if<Finish>(&message)) {
    if (on_finish) on_finish(*finish);
  } else if (std::get_if<Close>(&message)) {
    if (on_close) on_close();
  }
}

void ViewerWindow::apply(const Batch& batch) {
  const Applied applied = model_.apply(batch, now_s());
  if (applied.plan.scene || applied.plan.grid || !applied.plan.removed_panels.empty()) rebuild_panels();
  else {
    for (const auto& [id, refresh] : applied.plan.panels)
      if (refresh == Refresh::rebuild) return rebuild_panels(), show_messages(applied), show_run_state(batch.run);
    update_controls(applied.plan);
  }
  update_titles();
  show_messages(applied);
  show_run_state(batch.run);
  if (batch.run.has_model_time) figures_.applied(batch.run.model_time, batch.run.sent_s);
  paint_due();
}

void ViewerWindow::show_messages(const Applied& applied) {
  if (applied.plan.scene) status_->show_message(tr("Scene ready"), 3000);
  for (const auto& status : applied.statuses) {
    status_->show_message(text(status.message), static_cast<int>(status.timeout_ms.value_or(0)));
  }
  for (const auto& problem : applied.problems) status_->show_message(text(problem.message), 0);
  for (const auto& error : applied.errors) status_->show_error(text(error.message));
}

void ViewerWindow::show_run_state(const RunState& run) {
  const bool was_stopped = run_.stopped;
  run_ = run;
  time_bar_->set_running(run.running);
  time_bar_->set_time(run.has_model_time ? std::optional<double>(run.model_time) : std::nullopt);
  time_bar_->set_speed(run.speed);
  time_bar_->set_achieved(run.running ? std::optional<double>(run.achieved) : std::nullopt, run.has_model_time);
  if (was_stopped && !run.stopped) {
    strip_->hide();
    for (auto& [id, panel] : morphologies_) panel->set_chip({});
  }
  set_active(model_.store().has_scene() && !run.ended && !gone_);
}

void ViewerWindow::show_failure(const SessionFailure& failure) {
  failure_can_retry_ = failure.can_retry;
  FailureText shown = failure_text(text(failure.where), text(failure.message), text(failure.traceback));
  if (failure.can_retry) shown.retry_text = tr("Build again");
  else if (failure.stops) shown.retry_text = tr("Run again");
  shown.hint = failure.can_retry ? tr("Correct the cause, then build again. The window stays.")
               : failure.stops   ? tr("The model is paused. Run tries the step again; Reset starts from the initial state.")
                                 : tr("The model goes on.");
  strip_->show_failure(shown);
  status_->show_error(tr("%1 stopped: %2").arg(text(failure.where), text(failure.message)));
  if (failure.stops && model_.store().has_scene())
    for (auto& [id, panel] : morphologies_) panel->set_chip(tr("Last picture, t = %1 ms").arg(run_.model_time, 0, 'f', 2));
}

void ViewerWindow::model_is_gone(const QString& why) {
  gone_ = true;
  set_active(false);
  FailureText shown;
  shown.title = tr("The model's process has ended");
  shown.message = why;
  shown.hint = tr("The last picture stays; start the program again to go on.");
  strip_->show_failure(shown);
  for (auto& [id, panel] : morphologies_) panel->set_chip(tr("Last picture, t = %1 ms").arg(run_.model_time, 0, 'f', 2));
  status_->show_error(shown.title);
}

// ---- panels -------------------------------------------------------------------------------------------------------------

void ViewerWindow::rebuild_panels() {
  // Panels that stay keep their widgets, and with them zoom, focus and running drags.
  std::map<std::string, PanelDock*> before = std::move(docks_);
  docks_.clear();
  controls_.clear();
  std::vector<std::string> kept_views;
  for (const auto& panel : model_.panels()) {
    PanelDock* dock = nullptr;
    if (auto it = before.find(panel.id); it != before.end() && panel.kind != panel_kind_controls && it->second->property("views").toString() == text(panel.view_ids.empty() ? std::string() : panel.view_ids.front())) {
      dock = it->second;
      before.erase(it);
    } else {
      dock = board_->make_dock(text(panel.id));
      dock->setProperty("views", text(panel.view_ids.empty() ? std::string() : panel.view_ids.front()));
      dock->set_content(make_view_panel(panel));
      if (panel.kind == panel_kind_view_3d && !panel.view_ids.empty()) {
        auto* fit = dock->add_tool(Icon::fit, tr("Fit (F)"));
        connect(fit, &QAbstractButton::clicked, this, [this] { fit_all(); });
      }
      if (panel.kind == panel_kind_line_plot && !panel.view_ids.empty()) {
        const std::string view = panel.view_ids.front();
        dock->set_live_chip(true);
        connect(dock, &PanelDock::live_requested, this, [this, view] {
          if (auto it = plots_.find(view); it != plots_.end()) it->second->go_live();
        });
      }
    }
    if (panel.kind == panel_kind_controls) controls_[panel.id] = static_cast<ControlsPanel*>(dock->content());
    docks_[panel.id] = dock;
    for (const auto& id : panel.view_ids) kept_views.push_back(id);
  }
  for (auto& [id, dock] : before) board_->remove_dock(dock);
  const auto forget = [&](auto& panels) {
    std::erase_if(panels, [&](const auto& entry) { return std::find(kept_views.begin(), kept_views.end(), entry.first) == kept_views.end(); });
  };
  forget(morphologies_);
  forget(plots_);
  // Shown first, so that the docks are divided at their real size.
  if (model_.store().has_scene()) pages_->setCurrentWidget(board_);
  board_->resize(pages_->size());
  std::vector<BoardPanel> places;
  for (const auto& panel : model_.panels()) places.push_back({panel.id, panel.kind, docks_[panel.id], model_.panel_is_shown(panel)});
  board_->arrange(model_.grid(), places, !model_.store().scene().layout.panel_grid.empty());
  for (const auto& panel : model_.panels())
    for (const auto& id : panel.view_ids) model_.touch(id, now_s(), DirtyReason::scene);
  // The keyboard starts at the first view, not at a button of its title bar.
  if (!docks_.empty() && !model_.panels().empty())
    if (auto* content = docks_[model_.panels().front().id]->content(); content && (!focusWidget() || !focusWidget()->isVisible() || focusWidget()->parentWidget()->property("title_bar").toBool())) content->setFocus(Qt::OtherFocusReason);
  update_titles();
}

QWidget* ViewerWindow::make_view_panel(const PanelSpec& panel) {
  if (panel.kind == panel_kind_controls) {
    auto* widget = new ControlsPanel;
    fill_controls(panel, *widget);
    connect(widget, &ControlsPanel::value_changed, this, [this](const QString& id, const QVariant& value) {
      if (auto event = model_.set_control(id.toStdString(), scene_value(value), now_s())) send_(*event);
      paint_due();
    });
    connect(widget, &ControlsPanel::action_fired, this, [this](const QString& id) { send_(ActionEvent{id.toStdString()}); });
    return widget;
  }
  const std::string view_id = panel.view_ids.empty() ? std::string() : panel.view_ids.front();
  const auto* view = model_.find_view(view_id);
  if (view && std::holds_alternative<MorphologyViewSpec>(*view)) {
    if (!image_host_) {
      auto* sorry = new QLabel(tr("The 3-D view cannot be drawn: %1").arg(image_host_problem_));
      sorry->setWordWrap(true);
      sorry->setAlignment(Qt::AlignCenter);
      return sorry;
    }
    auto* widget = new MorphologyPanel(model_, image_host_.get(), panel.id, view_id);
    morphologies_[view_id] = widget;
    connect(widget, &MorphologyPanel::moved, this, [this, view_id] {
      model_.touch(view_id, now_s());
      paint_due();
    });
    connect(widget, &MorphologyPanel::entity_clicked, this, [this](const QString& id, bool add) { select(id.toStdString(), add); });
    return widget;
  }
  if (view && std::holds_alternative<LinePlotViewSpec>(*view)) {
    auto* widget = new PlotPanel(model_, view_id);
    plots_[view_id] = widget;
    connect(widget, &PlotPanel::moved, this, [this, view_id] {
      model_.touch(view_id, now_s());
      paint_due();
    });
    connect(widget, &PlotPanel::cursor_moved, this, [this](std::optional<Cursor> cursor) {
      model_.set_cursor(std::move(cursor), now_s());
      paint_due();
    });
    return widget;
  }
  auto* quiet = new QLabel(tr("This viewer does not draw this kind of view."));
  quiet->setAlignment(Qt::AlignCenter);
  return quiet;
}

void ViewerWindow::fill_controls(const PanelSpec& panel, ControlsPanel& widget) {
  ControlsGroup group;
  for (const auto& id : panel.control_ids)
    if (const auto* spec = model_.find_control(id)) {
      auto control = make_control(*spec);
      if (!control) {
        status_->show_error(text(control.error()));
        continue;
      }
      (*control)->set_value(widget_value(model_.control_value(*spec)));
      group.controls.push_back(*control);
    }
  std::vector<ActionButton*> buttons;
  for (const auto& id : panel.action_ids)
    if (const auto* spec = model_.find_action(id)) buttons.push_back(make_action_button(*spec));
  std::vector<ControlsGroup> groups;
  if (!group.controls.empty()) groups.push_back(std::move(group));
  widget.set_contents(std::move(groups), std::move(buttons));
}

void ViewerWindow::update_controls(const Plan& plan) {
  for (const auto& [id, refresh] : plan.controls) {
    const auto* spec = model_.find_control(id);
    if (!spec) continue;
    for (auto& [panel_id, widget] : controls_) {
      auto* control = widget->control(text(id));
      if (!control) continue;
      if (refresh != Refresh::rebuild) control->set_value(widget_value(model_.control_value(*spec)));
      else if (const auto* panel = model_.find_panel(panel_id)) fill_controls(*panel, *widget);
    }
  }
}

void ViewerWindow::update_titles() {
  QString title = welcome_ ? text(welcome_->title) : QString();
  if (title.isEmpty()) title = text(model_.window_title());
  setWindowTitle(title.isEmpty() ? QStringLiteral("CompNeuroVis") : title);
  for (const auto& panel : model_.panels()) {
    const auto it = docks_.find(panel.id);
    if (it == docks_.end()) continue;
    QString detail;
    if (!panel.view_ids.empty())
      if (const auto m = morphologies_.find(panel.view_ids.front()); m != morphologies_.end())
        if (const auto* view = model_.morphology(m->first)) detail = text(view->detail());
    it->second->set_title(text(model_.panel_title(panel)), detail);
    if (!panel.view_ids.empty())
      if (const auto p = plots_.find(panel.view_ids.front()); p != plots_.end()) it->second->set_following(p->second->following());
  }
}

void ViewerWindow::set_active(bool active) {
  time_bar_->set_active(active);
  for (auto& [id, widget] : controls_) widget->set_active(active);
}

// ---- painting -----------------------------------------------------------------------------------------------------------

void ViewerWindow::paint_due() {
  const auto due = model_.scheduler().due(now_s());
  for (const auto& id : due.view_ids) paint_view(id);
  if (!due.view_ids.empty()) {
    figures_.painted(now_s());
    tell_first_frame();
  }
  for (const auto& problem : model_.take_problems()) status_->show_message(text(problem.message), 0);
  const auto next = model_.scheduler().due(now_s());
  if (next.wake_s && !paint_timer_.isActive()) paint_timer_.start(std::max(1, static_cast<int>(std::ceil((*next.wake_s - now_s()) * 1e3))));
}

void ViewerWindow::paint_view(const std::string& id) {
  const double start = now_s();
  if (const auto it = morphologies_.find(id); it != morphologies_.end()) {
    if (const QString problem = it->second->refresh(); !problem.isEmpty()) status_->show_error(problem);
  } else if (const auto plot = plots_.find(id); plot != plots_.end()) {
    plot->second->refresh();
    for (const auto& panel : model_.panels())
      if (!panel.view_ids.empty() && panel.view_ids.front() == id)
        if (const auto dock = docks_.find(panel.id); dock != docks_.end()) dock->second->set_following(plot->second->following());
  }
  model_.scheduler().painted(id, start, now_s() - start);
  ++paints_[id];
}

void ViewerWindow::paint_everything() {
  qApp->processEvents(QEventLoop::ExcludeUserInputEvents);
  for (auto& [id, panel] : morphologies_) paint_view(id);
  for (auto& [id, panel] : plots_) paint_view(id);
  figures_.painted(now_s());
}

void ViewerWindow::tell_first_frame() {
  if (first_frame_sent_ || !model_.store().has_scene()) return;
  first_frame_sent_ = true;
  // After the widgets themselves have been painted.
  QTimer::singleShot(0, this, [this] { send_(FirstFrame{}); });
}

QImage ViewerWindow::picture() { return grab().toImage(); }

void ViewerWindow::update_figures() {
  const double now = now_s();
  const double elapsed = now - figures_since_;
  const double fps = elapsed > 0 ? static_cast<double>(figures_.pictures() - figures_before_) / elapsed : 0;
  figures_since_ = now;
  figures_before_ = figures_.pictures();
  status_->set_figures(run_.running ? std::optional<double>(fps) : std::nullopt, run_.running ? std::optional<double>(1e3 * figures_.last_delay_s()) : std::nullopt, static_cast<qulonglong>(counters_.superseded));
}

Dict ViewerWindow::report() const {
  Dict out = figures_.report();
  out.set("renderer", image_host_ ? Value(image_host_->renderer()) : Value());
  Dict views;
  for (const auto& [id, spec] : model_.store().scene().views) {
    Dict shown;
    if (const auto it = paints_.find(id); it != paints_.end()) shown.set("paints", static_cast<std::int64_t>(it->second));
    if (const auto m = morphologies_.find(id); m != morphologies_.end()) {
      const auto counters = m->second->counters();
      shown.set("kind", "morphology");
      shown.set("visible_pieces", counters.visible_pieces);
      shown.set("draw_calls", counters.draw_calls);
      shown.set("uploaded_bytes", counters.uploaded_bytes);
    } else if (const auto p = plots_.find(id); p != plots_.end()) {
      shown.set("kind", "line_plot");
      auto* plot = const_cast<SceneModel&>(model_).line_plot(id);
      List series;
      for (const auto& s : plot->picture().series) series.emplace_back(Dict{{"label", s.label}, {"value", s.value}, {"visible", s.visible}});
      shown.set("series", std::move(series));
      shown.set("x_range", List{plot->picture().x_range.low, plot->picture().x_range.high});
      shown.set("y_range", List{plot->picture().y_range.low, plot->picture().y_range.high});
    }
    views.set(id, std::move(shown));
  }
  out.set("views", std::move(views));
  out.set("state", model_.state());
  return out;
}

// ---- what the user does ----------------------------------------------------------------------------------------------------

void ViewerWindow::select(const std::string& entity_id, bool add) {
  if (auto event = model_.select(entity_id, add, now_s())) send_(*event);
  paint_due();
}

void ViewerWindow::fit_all() {
  for (auto& [id, panel] : morphologies_) panel->fit(true);
}

void ViewerWindow::set_theme(Theme theme) {
  model_.set_theme(theme, now_s());
  paint_due();
}

bool ViewerWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress || !isActiveWindow() || qApp->activePopupWidget()) return QMainWindow::eventFilter(watched, event);
  auto* widget = qobject_cast<QWidget*>(watched);
  // A key goes once through here, for the widget that has the focus.
  if (!widget || (widget != qApp->focusWidget() && !(qApp->focusWidget() == nullptr && widget == this))) return QMainWindow::eventFilter(watched, event);
  auto* key_event = static_cast<QKeyEvent*>(event);
  if (qobject_cast<QLineEdit*>(widget) && !(key_event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) return false;
  // Copying, selecting and undoing belong to the text that has the focus.
  if (qobject_cast<QLineEdit*>(widget) || qobject_cast<QPlainTextEdit*>(widget) || qobject_cast<QLabel*>(widget))
    for (const auto editing : {QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste, QKeySequence::SelectAll, QKeySequence::Undo, QKeySequence::Redo})
      if (key_event->matches(editing)) return false;
  const QString key = key_text(*key_event);
  if (key.isEmpty() || key_event->isAutoRepeat()) return false;
  // Keys that move the focus or work the control that has it stay with it.
  const bool navigation = key == "Tab" || key == "Shift+Tab" || ((key == "Left" || key == "Right" || key == "Up" || key == "Down" || key == "Home" || key == "End" || key == "PgUp" || key == "PgDown" || key == "Return" || key == "Enter") && widget->focusPolicy() & Qt::TabFocus);
  if (navigation) return false;
  handle_key(key);
  return true;
}

void ViewerWindow::handle_key(const QString& key) {
  const std::string normal = normalize_key(key.toStdString());
  for (const auto& [id, action] : model_.store().scene().actions)
    for (const auto& shortcut : action.shortcuts)
      if (!normal.empty() && normalize_key(shortcut) == normal) return send_(KeyEvent{key.toStdString()});
  if (window_key(key)) return;
  send_(KeyEvent{key.toStdString()});
}

bool ViewerWindow::window_key(const QString& key) {
  if (key == "P" || key == "Ctrl+P") send_(RunControl{run_.running ? "pause" : "run", 0});
  else if (key == "." || key == "Ctrl+.") send_(RunControl{"step", 0});
  else if (key == "F" || key == "Ctrl+F") fit_all();
  else if (key == "F11" || key == "Ctrl+F11") isFullScreen() ? showNormal() : showFullScreen();
  else if (key == "Ctrl+Q" || key == "Ctrl+W") close();
  else if (key == "Esc" && pages_->currentWidget() == loading_) close();
  else if (key == "Esc") return true;  // harmless
  else return false;
  return true;
}

void ViewerWindow::make_menus() {
  // Shortcuts stand in the menus for people to read; the keys themselves go through handle_key, after the scene's actions.
  const auto add = [this](QMenu* menu, const QString& name, const QString& key, auto&& act) {
    auto* action = menu->addAction(key.isEmpty() ? name : name + "\t" + key);
    connect(action, &QAction::triggered, this, std::forward<decltype(act)>(act));
    return action;
  };
  auto* file = menuBar()->addMenu(tr("&File"));
  add(file, tr("Close"), "Ctrl+Q", [this] { close(); });
  auto* view = menuBar()->addMenu(tr("&View"));
  add(view, tr("Fit the cell"), "F", [this] { fit_all(); });
  add(view, tr("Full screen"), "F11", [this] { window_key("F11"); });
  view->addSeparator();
  add(view, tr("Light"), {}, [this] { themes_.choose(ThemeChoice::light); });
  add(view, tr("Dark"), {}, [this] { themes_.choose(ThemeChoice::dark); });
  add(view, tr("As the system"), {}, [this] { themes_.choose(ThemeChoice::system); });
  auto* simulation = menuBar()->addMenu(tr("&Simulation"));
  add(simulation, tr("Run / pause"), "P", [this] { window_key("P"); });
  add(simulation, tr("One step"), ".", [this] { window_key("."); });
  add(simulation, tr("Reset"), "Space", [this] { send_(RunControl{"reset", 0}); });
  auto* panels = menuBar()->addMenu(tr("&Panels"));
  connect(panels, &QMenu::aboutToShow, this, [this, panels] {
    panels->clear();
    for (auto& [id, dock] : docks_) panels->addAction(dock->toggleViewAction());
    panels->addSeparator();
    auto* reset = panels->addAction(tr("Reset layout"));
    connect(reset, &QAction::triggered, this, [this] {
      board_->forget_arrangement();
      rebuild_panels();
      paint_due();
    });
  });
}

void ViewerWindow::closeEvent(QCloseEvent* event) {
  if (!closed_) {
    closed_ = true;
    if (!gone_) send_(Bye{});
    hide();
    if (gone_ ? on_close != nullptr : on_user_close != nullptr) gone_ ? on_close() : on_user_close();
  }
  event->ignore();  // the application ends when the host has taken leave
}

}  // namespace cnv::desktop
