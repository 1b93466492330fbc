// ViewerWindow: keys and menus.
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QStackedWidget>

#include "cnv/core/keys.hpp"
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/keys.hpp"
#include "cnv/desktop/loading_page.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/panel_board.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/viewer_window.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {

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
  if (event->type() == QEvent::MouseButtonPress) button_down_ = true;
  if (event->type() == QEvent::MouseButtonRelease && std::exchange(button_down_, false) && rebuild_waits_)
    QTimer::singleShot(0, this, [this] {
      rebuild_panels_when_free();
      paint_due();
    });
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
  else if (key == "F1") show_help();
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
  add(file, tr("Save picture of the window…"), {}, [this] { save_picture(*centralWidget(), windowTitle()); });
  file->addSeparator();
  add(file, tr("Close"), "Ctrl+Q", [this] { close(); });
  auto* edit = menuBar()->addMenu(tr("&Edit"));
  add(edit, tr("Copy picture of the window"), {}, [this] { copy_picture(*centralWidget()); });
  add(edit, tr("Copy status message"), {}, [this] { QApplication::clipboard()->setText(status_->message()); });
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
    auto* figures = panels->addAction(tr("Diagnostics"));
    figures->setCheckable(true);
    figures->setChecked(diagnostics_dock_ && diagnostics_dock_->isVisible());
    connect(figures, &QAction::triggered, this, [this](bool shown) { show_diagnostics(shown); });
    auto* reset = panels->addAction(tr("Reset layout"));
    connect(reset, &QAction::triggered, this, [this] {
      board_->forget_arrangement();
      if (layouts_) layouts_->forget(app_key(), panel_ids());
      rebuild_panels();
      paint_due();
    });
  });
  auto* help = menuBar()->addMenu(tr("&Help"));
  add(help, tr("Keys and mouse"), "F1", [this] { show_help(); });
  add(help, tr("About CompNeuroVis"), {}, [this] { show_about(); });
}

void ViewerWindow::show_help() {
  if (help_dock_) {
    help_dock_->show();
    return help_dock_->raise();
  }
  auto* table = new FigureTable;
  table->set_groups({{tr("Simulation"), {{tr("Run, pause"), "P"}, {tr("One step"), "."}, {tr("Reset"), "Space"}}},
                     {tr("Cell"), {{tr("Turn"), tr("drag")}, {tr("Move"), tr("Shift + drag, middle drag")}, {tr("Closer, farther"), tr("wheel, right drag")}, {tr("Select a segment"), tr("click")}, {tr("Add a segment"), tr("Shift + click")}, {tr("Fit"), "F"}}},
                     {tr("Plot"), {{tr("Move"), tr("drag")}, {tr("Zoom time"), tr("wheel")}, {tr("Zoom values"), tr("Shift + wheel")}, {tr("Zoom both"), tr("Ctrl + wheel")}, {tr("Show everything"), tr("double click")}, {tr("Hide a trace"), tr("click its name")}}},
                     {tr("Window"), {{tr("Full screen"), "F11"}, {tr("Next control"), "Tab"}, {tr("Close"), "Ctrl+Q"}}}});
  help_dock_ = add_table_dock(QStringLiteral("keys"), tr("Keys and mouse"), table);
}

void ViewerWindow::show_about() {
  QMessageBox::about(this, tr("About CompNeuroVis"), tr("CompNeuroVis %1\n\nWatch and steer a running neuroscience model.\n\nDrawn with: %2").arg(QCoreApplication::applicationVersion(), image_host_ ? to_qtext(image_host_->renderer()) : image_host_problem_));
}

}  // namespace cnv::desktop
