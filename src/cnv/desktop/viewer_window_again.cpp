// ViewerWindow: the program that starts anew in the same window, by hand or when its files are saved.
#include <QFileInfo>
#include <QMenu>
#include <algorithm>

#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/loading_page.hpp"
#include "cnv/desktop/script_watch.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {

void ViewerWindow::make_again_entries() {
  simulation_->setToolTipsVisible(true);
  simulation_->addSeparator();
  again_ = simulation_->addAction(tr("Again") + QStringLiteral("\tF5"), this, [this] { ask_again(true); });
  again_on_saving_ = simulation_->addAction(tr("Again on saving"));
  again_on_saving_->setCheckable(true);
  connect(again_on_saving_, &QAction::triggered, this, [this](bool wanted) {
    if (layouts_ && !restart_.files.empty()) layouts_->keep_again_on_saving(to_qtext(restart_.files.front()), wanted);
    watch_files(wanted);
  });
  offer_restart({});
}

bool ViewerWindow::can_start_again() const { return restart_.why_not.empty() && !restart_.command.empty(); }

QString ViewerWindow::why_not_again() const {
  if (can_start_again()) return {};
  return restart_.why_not.empty() ? tr("The model has not said how it is started.") : to_qtext(restart_.why_not);
}

void ViewerWindow::offer_restart(const Restart& restart) {
  restart_ = restart;
  // A file that could not be imported this time is mended by its next save.
  std::vector<std::size_t> added;
  for (std::size_t i = 0; i < restart.files.size(); ++i)
    if (std::find(program_files_.begin(), program_files_.end(), restart.files[i]) == program_files_.end()) {
      program_files_.push_back(restart.files[i]);
      added.push_back(i);
    }
  const bool can = can_start_again();
  const QString what = restart.files.empty() ? QString() : QFileInfo(to_qtext(restart.files.front())).fileName();
  again_->setEnabled(can);
  again_->setToolTip(can ? tr("Starts %1 anew, as it is on the disk, in this window").arg(what) : why_not_again());
  again_on_saving_->setEnabled(can);
  again_on_saving_->setToolTip(
      can ? tr("Starts anew whenever %1, or a module of its folder that it imports, is saved").arg(what)
          : why_not_again());
  simulation_->setEnabled(run_.has_session || can);
  if (layouts_ && can && !restart.files.empty())
    again_on_saving_->setChecked(layouts_->again_on_saving(to_qtext(restart.files.front())));
  watch_files(can && again_on_saving_->isChecked());
  // What was saved before this window knew of the file. Later saves have been heard.
  constexpr std::size_t count = FileStamp::number_count;
  if (!watch_ || restart.stamps.size() != count * restart.files.size()) return;
  for (const auto i : added)
    watch_->was(restart.files[i], FileStamp::of(std::span(restart.stamps).subspan(count * i).first<count>()));
}

void ViewerWindow::watch_files(bool wanted) {
  if (wanted && !watch_) {
    watch_ = new ScriptWatch(this);
    connect(watch_, &ScriptWatch::saved, this, [this](const QString& path) {
      status_->show_message(tr("%1 was saved").arg(QFileInfo(path).fileName()), 0);
      ask_again(false);
    });
  }
  if (watch_) watch_->set_files(wanted ? program_files_ : std::vector<std::string>());
}

void ViewerWindow::ask_again(bool by_hand) {
  if (!can_start_again()) return status_->show_message(tr("Again is not possible: %1").arg(why_not_again()), 10000);
  if (on_again) on_again(by_hand);
}

// ---- what the program does ---------------------------------------------------------------------------------------

void ViewerWindow::model_starts_again() {
  gone_ = false;
  strip_->hide();
  set_active(false);
  time_bar_->set_running(false);
  time_bar_->set_achieved(std::nullopt, run_.has_model_time);
  show_stopped(true);
  if (model_.store().has_scene()) mark_last_picture();
  start_ = {};
  loading_->set_steps({});
  loading_->set_failed(false);
  loading_->set_note(tr("The script is read again."));
  status_->clear_error();
  status_->show_message(tr("Starting again…"), 0);
}

void ViewerWindow::model_is_fresh() {
  ++starts_;
  gone_ = first_frame_sent_ = session_speaks_ = run_.stopped = false;
  start_ = {};
  counters_ = {};
  model_.expect_session();
  loading_->set_note({});
  if (chosen_speed_) send_(RunControl{"speed", *chosen_speed_});
}

bool ViewerWindow::building() const { return !start_.steps.empty() && start_.steps.back().state == "current"; }

void ViewerWindow::model_is_gone(const QString& why) {
  gone_ = true;
  set_active(false);
  show_stopped(true);
  FailureText shown;
  shown.title = tr("The model's process has ended");
  shown.message = why.isEmpty() ? tr("It showed nothing; what it said last stands in the terminal.") : why;
  show_retry(shown, Retry::again);
  strip_->show_failure(shown);
  loading_->set_failed(true);
  if (model_.store().has_scene()) mark_last_picture();
  status_->show_error(shown.title);
}

// ---- the button of the error strip -------------------------------------------------------------------------------

// `otherwise`: what can be tried where the program cannot start anew; Retry::again: nothing.
void ViewerWindow::show_retry(FailureText& shown, Retry otherwise) {
  const bool can = can_start_again();
  retry_ = can ? Retry::again : otherwise;
  if (can) {
    shown.retry_text = tr("Again");
    shown.retry_hint = QStringLiteral("F5");
    const bool is_script = !restart_.files.empty() && to_qtext(restart_.files.front()).endsWith(".py");
    shown.hint = is_script ? tr("Correct the cause, then Again: the script starts anew in this window.")
                           : tr("Correct the cause and build, then Again: the program starts anew in this window.");
    if (otherwise == Retry::run)
      shown.hint += tr(" Run tries only the step once more; Reset starts from the initial state.");
    return;
  }
  if (otherwise == Retry::build) {
    shown.retry_text = tr("Build again");
    shown.hint = tr("Build again takes the code that is loaded already. A corrected script counts after a new start, "
                    "which this window cannot make: %1")
                     .arg(why_not_again());
  } else if (otherwise == Retry::run) {
    shown.retry_text = tr("Run again");
    shown.hint = tr("The model is paused. Run tries the step again; Reset starts from the initial state.");
  } else {
    shown.hint = tr("The last picture stays; start the program again to go on.");
  }
}

void ViewerWindow::retry() {
  if (retry_ == Retry::again) return ask_again(true);
  send_(RunControl{retry_ == Retry::build ? "retry" : "run", 0});
}

}  // namespace cnv::desktop
