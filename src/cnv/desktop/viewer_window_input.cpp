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
#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/keys.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/loading_page.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/panel_board.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/state_graph_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/surface_panel.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {
namespace {

constexpr int keys_width = 320;  // what is done beside its keys, neither cut off

bool edits_text(const QWidget& widget, const QKeyEvent& event) {
  const auto* line = qobject_cast<const QLineEdit*>(&widget);
  if (line || qobject_cast<const QPlainTextEdit*>(&widget) || qobject_cast<const QLabel*>(&widget))
    for (const auto editing : {QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste, QKeySequence::SelectAll,
                               QKeySequence::Undo, QKeySequence::Redo})
      if (event.matches(editing)) return true;
  if (!line || event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
  if (event.key() == Qt::Key_Escape) return line->isModified();
  const QString typed = event.text();
  return (!typed.isEmpty() && typed[0].isPrint()) || event.key() == Qt::Key_Backspace || event.key() == Qt::Key_Delete;
}

bool moves(int key) {
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: return true;
    default: return false;
  }
}

// A box that lies over a panel until Esc closes it.
bool is_in_box(const QWidget& widget) {
  for (const auto* part = &widget; part; part = part->parentWidget())
    if (qobject_cast<const LimitsBox*>(part)) return true;
  return false;
}

// Keys that move the focus or work the widget that has it: those are nobody's shortcuts there.
bool belongs_to(const QWidget& widget, const QKeyEvent& event) {
  const int key = event.key();
  if (widget.property("leaves_keys").toBool() && key != Qt::Key_Tab && key != Qt::Key_Backtab)
    return moves(key) && widget.property("takes_arrows").toBool() &&
           !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
  if (key == Qt::Key_Escape && is_in_box(widget)) return true;
  if (key == Qt::Key_Tab || key == Qt::Key_Backtab || edits_text(widget, event)) return true;
  if (!(widget.focusPolicy() & Qt::TabFocus) ||
      event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
    return false;
  if (key == Qt::Key_Return || key == Qt::Key_Enter) return true;
  return moves(key) && (!qobject_cast<const QAbstractButton*>(&widget) ||
                        (key == Qt::Key_Down && qobject_cast<const MenuButton*>(&widget)));
}

}  // namespace

void ViewerWindow::select(const std::string& entity_id, bool add) {
  if (auto event = model_.select(entity_id, add, now_s())) send_(*event);
  paint_due();
}

// Tab goes through the panels as they stand in the window, each from its title bar into its contents, then to the time
// bar.
void ViewerWindow::order_tab_stops() {
  std::vector<QWidget*> order;
  const auto add_stops = [&](const QWidget* part) {
    for (auto* next = nextInFocusChain(); next != this; next = next->nextInFocusChain())
      if ((next == part || part->isAncestorOf(next)) && next->focusPolicy() & Qt::TabFocus) order.push_back(next);
  };
  for (const auto& row : model_.grid())
    for (const auto& id : row)
      if (const auto dock = docks_.find(id); dock != docks_.end() && !dock->second->isFloating()) {
        add_stops(dock->second->titleBarWidget());
        add_stops(dock->second->content());
      }
  add_stops(time_bar_);
  for (std::size_t i = 1; i < order.size(); ++i) setTabOrder(order[i - 1], order[i]);
}

void ViewerWindow::fit_all() {
  for (const auto& [id, widget] : views_) {
    if (auto* space = qobject_cast<View3dPanel*>(widget)) space->fit(true);
    // Plots follow the newest samples, or stay where somebody looks.
    else if (auto* flat = qobject_cast<FlatPanel*>(widget); flat && !qobject_cast<PlotPanel*>(flat)) flat->fit();
  }
}

// All views alike: those that differ become what the first one becomes.
void ViewerWindow::switch_lens() {
  std::optional<bool> parallel;
  for (const auto& [id, widget] : views_)
    if (auto* space = qobject_cast<View3dPanel*>(widget)) {
      if (!parallel) parallel = !space->orthographic();
      space->set_orthographic(*parallel);
    }
  if (parallel) status_->show_message(*parallel ? tr("Orthographic") : tr("Perspective"), 3000);
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
  // A window that comes back, or a panel that floats in one of its own.
  if (event->type() == QEvent::Expose) QTimer::singleShot(0, this, [this] { paint_due(); });
  if (event->type() != QEvent::KeyPress || !isActiveWindow() || qApp->activePopupWidget())
    return QMainWindow::eventFilter(watched, event);
  auto* widget = qobject_cast<QWidget*>(watched);
  // A key goes once through here, for the widget that has the focus.
  if (!widget || (widget != qApp->focusWidget() && !(qApp->focusWidget() == nullptr && widget == this)))
    return QMainWindow::eventFilter(watched, event);
  auto* key_event = static_cast<QKeyEvent*>(event);
  const QString key = key_text(*key_event);
  if (key.isEmpty() || key_event->isAutoRepeat() || belongs_to(*widget, *key_event)) return false;
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

// A panel that somebody closed is not forgotten: beside the menus stands how many there are.
void ViewerWindow::count_closed_panels() {
  int closed = 0;
  for (const auto& panel : model_.panels())
    if (const auto dock = docks_.find(panel.id); dock != docks_.end() && model_.panel_is_shown(panel))
      closed += dock->second->isHidden() ? 1 : 0;
  closed_panels_->setText(closed == 1 ? tr("1 panel closed") : tr("%1 panels closed").arg(closed));
  closed_panels_->setVisible(closed > 0);
}

// The plot that a key is meant for: the one under the pointer, else the one that has the keyboard.
PlotPanel* ViewerWindow::plot_for_keys() const {
  PlotPanel* focused = nullptr;
  for (const auto& [id, widget] : views_)
    if (auto* plot = qobject_cast<PlotPanel*>(widget)) {
      if (plot->underMouse() && plot->isVisible()) return plot;
      if (plot->hasFocus()) focused = plot;
    }
  return focused;
}

// Where no plot is meant the key is the model's.
bool ViewerWindow::measuring_key(const QString& key) {
  auto* plot = key == "M" || key == "Shift+M" || key == "Esc" ? plot_for_keys() : nullptr;
  if (!plot) return false;
  if (key == "M") plot->toggle_cursors();
  else if (key == "Shift+M") plot->measure_spike();
  else return plot->remove_measurement();
  return true;
}

bool ViewerWindow::window_key(const QString& key) {
  if (key == "P" || key == "Ctrl+P") send_(RunControl{run_.running ? "pause" : "run", 0});
  else if (key == "." || key == "Ctrl+.") send_(RunControl{"step", 0});
  else if (key == ">") send_(RunControl{"advance", 0});
  else if (key == "F" || key == "Ctrl+F") fit_all();
  else if (key == "O") switch_lens();
  else if (key == "F11" || key == "Ctrl+F11") isFullScreen() ? showNormal() : showFullScreen();
  else if (key == "F1") show_help();
  else if (key == "F5" || key == "Ctrl+F5") ask_again(true);
  else if (key == "Ctrl+Q" || key == "Ctrl+W") close();
  else if (key == "F10") menuBar()->setActiveAction(menuBar()->actions().front());
  else if (key == "Esc" && pages_->currentWidget() == loading_) close();
  else return measuring_key(key);
  return true;
}

void ViewerWindow::make_menus() {
  // Shortcuts stand in the menus for people to read; the keys themselves go through handle_key, after the scene's
  // actions.
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
  add(view, tr("Fit"), "F", [this] { fit_all(); });
  add(view, tr("Perspective / orthographic"), "O", [this] { switch_lens(); });
  add(view, tr("Full screen"), "F11", [this] { window_key("F11"); });
  view->addSeparator();
  for (const auto& [words, name] :
       {std::pair(tr("Light"), "light"), std::pair(tr("Dark"), "dark"), std::pair(tr("As the system"), "system")}) {
    const auto choice = parse_theme_choice(name).value_or(ThemeChoice::system);
    auto* entry = add(view, words, {}, [this, choice, name = QString(name)] {
      themes_.choose(choice);
      if (layouts_) layouts_->keep_theme(name);
    });
    entry->setCheckable(true);
    connect(view, &QMenu::aboutToShow, entry, [this, entry, choice] { entry->setChecked(themes_.choice() == choice); });
  }
  simulation_ = menuBar()->addMenu(tr("&Simulation"));
  model_entries_ << add(simulation_, tr("Run / pause"), "P", [this] { window_key("P"); })
                 << add(simulation_, tr("One solver step"), ".", [this] { window_key("."); })
                 << add(simulation_, tr("One display interval"), ">", [this] { window_key(">"); })
                 << add(simulation_, tr("Reset"), "Space", [this] { send_(RunControl{"reset", 0}); });
  make_again_entries();
  auto* panels = menuBar()->addMenu(tr("&Panels"));
  connect(panels, &QMenu::aboutToShow, this, [this, panels] {
    panels->clear();
    for (auto& [id, dock] : docks_) {
      auto* entry = dock->toggleViewAction();
      entry->setText(QString(dock->windowTitle()).replace('&', "&&"));  // a single one would mark a letter
      panels->addAction(entry);
    }
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
  closed_panels_ = new PushButton(QString(), this);
  closed_panels_->set_flat(true);
  closed_panels_->hide();
  menuBar()->setCornerWidget(closed_panels_);
  connect(closed_panels_, &QAbstractButton::clicked, this,
          [this, panels] { panels->popup(closed_panels_->mapToGlobal(QPoint(0, closed_panels_->height()))); });
  auto* help = menuBar()->addMenu(tr("&Help"));
  add(help, tr("Keys and mouse"), "F1", [this] { show_help(); });
  add(help, tr("About CompNeuroVis"), {}, [this] { show_about(); });
}

void ViewerWindow::show_help() {
  if (help_dock_) {
    const bool seen = help_dock_->isVisible();
    help_dock_->setVisible(!seen);
    if (!seen) help_dock_->raise();
    return;
  }
  auto* table = new FigureTable;
  table->setMinimumWidth(keys_width);
  table->set_groups({{tr("Simulation"),
                      {{tr("Run, pause"), "P"},
                       {tr("One solver step"), "."},
                       {tr("One display interval"), tr(">, Shift + Step")},
                       {tr("Reset"), "Space"},
                       {tr("Start anew from the file"), "F5"}}},
                     {tr("Cell"),
                      {{tr("Turn"), tr("drag")},
                       {tr("Move"), tr("Shift + drag, middle drag")},
                       {tr("Closer, farther"), tr("wheel, right drag")},
                       {tr("Wider, narrower lens"), tr("Shift + right drag")},
                       {tr("Perspective, orthographic"), "O"},
                       {tr("Select a segment"), tr("click")},
                       {tr("Add a segment"), tr("Shift + click")},
                       {tr("Bring a segment to the middle"), tr("double click")},
                       {tr("Look along an axis"), tr("click x, y or z")},
                       {tr("Colour map and limits"), tr("click the bar, menu key")},
                       {tr("Fit"), "F"}}},
                     {tr("Surface"),
                      {{tr("Turn, move, zoom"), tr("as the cell")},
                       {tr("Move a slice"), tr("drag it, arrow keys")},
                       {tr("Slice by ten steps"), tr("Page Up, Page Down")},
                       {tr("Slice to its ends"), tr("Home, End")},
                       {tr("Bring a point to the middle"), tr("double click")}}},
                     {tr("Plot, heat map"),
                      {{tr("Move"), tr("drag")},
                       {tr("Zoom time"), tr("wheel")},
                       {tr("Zoom values, rows"), tr("Shift + wheel")},
                       {tr("Zoom both"), tr("Ctrl + wheel, right drag")},
                       {tr("Show everything"), tr("double click")},
                       {tr("Values at a time"), tr("point at it")},
                       {tr("Hide a trace"), tr("click its name")},
                       {tr("Show it alone"), tr("Ctrl + click its name")},
                       {tr("Save, copy, set ranges"), tr("right click, menu key")}}},
                     {tr("Measuring in a plot"),
                      {{tr("Two cursors, and away"), "M"},
                       {tr("Move a cursor"), tr("drag it, arrow keys")},
                       {tr("By ten samples"), tr("Page Up, Page Down")},
                       {tr("First, last in view"), tr("Home, End")},
                       {tr("The other cursor"), tr("Up, Down")},
                       {tr("The spike at the pointer"), "Shift + M"},
                       {tr("End measuring"), "Esc"}}},
                     {tr("Controls"),
                      {{tr("One step"), tr("arrow keys, wheel")},
                       {tr("Many steps"), tr("Page Up, Page Down")},
                       {tr("Least, greatest"), tr("Home, End on the slider")},
                       {tr("Exact value"), tr("type it, Enter")},
                       {tr("Drop what is typed"), "Esc"},
                       {tr("Back to the default"), tr("the arrow beside it")},
                       {tr("XY pad"), tr("arrow keys; finer with Shift")},
                       {tr("Pad: ends of x"), tr("Home, End")},
                       {tr("Pad: ends of y"), tr("Page Up, Page Down")}}},
                     {tr("Window"),
                      {{tr("Full screen"), "F11"},
                       {tr("Next control"), "Tab"},
                       {tr("Press the button, tick the box"), "Enter"},
                       {tr("Menus"), "F10"},
                       {tr("End picking segments"), "Esc"},
                       {tr("Close"), "Ctrl+Q"}}}});
  help_dock_ = add_table_dock(QStringLiteral("keys"), tr("Keys and mouse"), table);
}

void ViewerWindow::show_about() {
  QMessageBox::about(this, tr("About CompNeuroVis"),
                     tr("CompNeuroVis %1\n\nWatch and steer a running neuroscience model.\n\nDrawn with: %2")
                         .arg(QCoreApplication::applicationVersion(), to_qtext(image_host().renderer())));
}

}  // namespace cnv::desktop
