// ViewerWindow: what line plots and state graphs offer beside the picture: what is in view, their series, and files.
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/plot_export.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/state_graph_painter.hpp"
#include "cnv/desktop/state_graph_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {
namespace {

void fill_series(QMenu& menu, SceneModel& model, PlotPanel& panel) {
  menu.clear();
  const auto* view = model.line_plot(panel.view_id());
  const auto shown = view ? view->picture().series : std::vector<PlotSeries>();
  for (std::size_t i = 0; i < shown.size(); ++i) {
    auto* action = menu.addAction(to_qtext(shown[i].label));
    action->setCheckable(true);
    action->setChecked(shown[i].visible);
    QObject::connect(action, &QAction::triggered, &panel, [&model, &panel, i] {
      if (auto* now = model.line_plot(panel.view_id())) now->toggle_series(i);
      Q_EMIT panel.moved();
    });
  }
  if (shown.empty()) menu.addAction(QObject::tr("No series"))->setEnabled(false);
}

// Over the panel, as one box for both axes.
void type_range(SceneModel& model, PlotPanel& panel, bool x_axis) {
  auto* shown = model.line_plot(panel.view_id());
  if (!shown) return;
  const auto& range = x_axis ? shown->picture().x_range : shown->picture().y_range;
  const auto set = [&model, &panel, x_axis](double low, double high) -> Result<void> {
    auto* view = model.line_plot(panel.view_id());
    if (!view) return {};
    const auto done = x_axis ? view->show_x({low, high}) : view->show_y({low, high});
    Q_EMIT panel.moved();
    return done;
  };
  delete panel.findChild<LimitsBox*>();
  const auto names = x_axis ? LimitNames{QObject::tr("End"), QObject::tr("Start")} : LimitNames{QObject::tr("Highest"), QObject::tr("Lowest")};
  const auto& spec = shown->spec();
  auto* box = new LimitsBox(range.low, range.high, to_qtext(x_axis ? spec.x_unit : spec.y_unit), set, &panel, names);
  box->open_at(QPoint(panel.width() - 24, panel.height() - 48));
}

QString picture_kinds() { return QObject::tr("PDF document (*.pdf);;SVG picture (*.svg);;PNG picture (*.png)"); }

}  // namespace

void ViewerWindow::equip_plot(PanelDock& dock, PlotPanel& panel) {
  dock.set_live_chip(true);
  connect(&dock, &PanelDock::live_requested, &panel, &PlotPanel::go_live);
  // One list of actions, in the title's menu and under the right button.
  const auto add = [&](const QString& name, auto what) {
    auto* action = dock.add_more(name);
    connect(action, &QAction::triggered, &panel, what);
    panel.addAction(action);
    return action;
  };
  add(tr("Show all samples"), [this, &panel] {
    if (auto* view = model_.line_plot(panel.view_id())) view->show_all();
    Q_EMIT panel.moved();
  });
  add(tr("Follow the newest"), [&panel] { panel.go_live(); });
  // Once the menu is gone, which would take the keyboard from the box.
  for (const auto& [name, x_axis] : {std::pair{tr("Set x range…"), true}, std::pair{tr("Set y range…"), false}})
    add(name, [this, &panel, x_axis] { QMetaObject::invokeMethod(&panel, [this, &panel, x_axis] { type_range(model_, panel, x_axis); }, Qt::QueuedConnection); });
  auto* series = dock.add_more_menu(tr("Series"));
  connect(series, &QMenu::aboutToShow, &panel, [this, series, &panel] { fill_series(*series, model_, panel); });
  panel.addAction(series->menuAction());
  add(tr("Copy picture"), [this, &panel] { copy_plot(panel); });
  add(tr("Save picture…"), [this, &dock, &panel] { save_plot(panel, dock.windowTitle(), model_.theme()); });
  auto* light = add(tr("Save picture in light colours…"), [this, &dock, &panel] { save_plot(panel, dock.windowTitle(), Theme::light); });
  add(tr("Save shown data…"), [this, &dock, &panel] { save_samples(panel, dock.windowTitle(), CsvPart::shown); });
  add(tr("Save all data…"), [this, &dock, &panel] { save_samples(panel, dock.windowTitle(), CsvPart::stored); });
  light->setVisible(model_.theme() == Theme::dark);
  connect(&themes_, &ThemeManager::changed, light, [light](Theme theme) { light->setVisible(theme == Theme::dark); });
}

void ViewerWindow::equip_graph(PanelDock& dock, StateGraphPanel& panel) {
  connect(dock.add_more(tr("Show all states")), &QAction::triggered, &panel, &StateGraphPanel::fit);
  connect(dock.add_more(tr("Copy picture")), &QAction::triggered, &panel, [this, &panel] {
    const auto* view = model_.state_graph(panel.view_id());
    if (!view) return;
    QApplication::clipboard()->setImage(picture_image(state_graph_file(*view, model_.store(), model_.theme()), std::max(2.0, devicePixelRatioF())));
    status_->show_message(tr("Picture copied"), 3000);
  });
  connect(dock.add_more(tr("Save picture…")), &QAction::triggered, &panel, [this, &dock, &panel] { save_graph(panel, dock.windowTitle(), model_.theme()); });
  auto* light = dock.add_more(tr("Save picture in light colours…"));
  connect(light, &QAction::triggered, &panel, [this, &dock, &panel] { save_graph(panel, dock.windowTitle(), Theme::light); });
  light->setVisible(model_.theme() == Theme::dark);
  connect(&themes_, &ThemeManager::changed, light, [light](Theme theme) { light->setVisible(theme == Theme::dark); });
}

void ViewerWindow::save_graph(StateGraphPanel& panel, const QString& name, Theme theme) {
  const auto* view = model_.state_graph(panel.view_id());
  if (!view) return;
  const FilePicture picture = state_graph_file(*view, model_.store(), theme);  // taken before the dialog, which lasts
  const QString path = ask_file(tr("Save picture"), file_name(name.toStdString()) + QStringLiteral(".pdf"), picture_kinds());
  if (!path.isEmpty()) tell_saved(path, write_picture_file(picture, path, name));
}

void ViewerWindow::equip_heat_map(PanelDock& dock, HeatMapPanel& panel) {
  connect(dock.add_more(tr("Show all columns")), &QAction::triggered, &panel, &HeatMapPanel::fit);
  const auto add = [&](const QString& name, void (HeatMapPanel::*fill)(QMenu&)) {
    auto* menu = dock.add_more_menu(name);
    connect(menu, &QMenu::aboutToShow, &panel, [menu, &panel, fill] { (panel.*fill)(*menu); });
  };
  add(tr("Colour map"), &HeatMapPanel::fill_color_map);
  add(tr("Colour limits"), &HeatMapPanel::fill_limits);
  add(tr("Background"), &HeatMapPanel::fill_background);
  connect(dock.add_more(tr("Colours as the app says")), &QAction::triggered, &panel, &HeatMapPanel::reset_look);
  connect(dock.add_more(tr("Save all data…")), &QAction::triggered, &panel, [this, &dock, &panel] { save_cells(panel, dock.windowTitle()); });
}

// The table of a plot whose traces are the rows.
void ViewerWindow::save_cells(const HeatMapPanel& panel, const QString& name) {
  const auto* map = model_.heat_map(panel.view_id());
  if (!map) return;
  LinePlotView rows;
  rows.update(rows_as_traces(map->spec(), model_.store()), model_.store(), model_.view_state(), model_.theme());
  const PlotExport table(model_, rows, model_.theme());
  const QString path = ask_file(tr("Save data"), file_name(name.toStdString()) + QStringLiteral(".csv"), tr("Table of comma-separated values (*.csv)"));
  if (!path.isEmpty()) tell_saved(path, table.write_table(path, CsvPart::stored));
}

QString ViewerWindow::write_plots(const QString& folder) {
  for (const auto& [id, panel] : graphs_) {
    const auto* view = model_.state_graph(id);
    if (!view || view->picture().width < 1) continue;
    for (const char* ending : {".svg", ".pdf"})
      if (const QString problem = write_picture_file(state_graph_file(*view, model_.store(), model_.theme()), folder + "/" + file_name(id) + ending, to_qtext(view->title())); !problem.isEmpty()) return problem;
  }
  for (const auto& [id, panel] : plots_) {
    const auto* view = model_.line_plot(id);
    if (!view) continue;
    PlotExport plot(model_, *view, model_.theme());
    const QString path = folder + "/" + file_name(id);
    QStringList problems{plot.write_table(path + ".csv", CsvPart::shown)};
    for (const char* ending : {".svg", ".pdf"})
      if (view->picture().width >= 1 && view->picture().height >= 1) problems << plot.write_picture(path + ending, to_qtext(view->title()));
    problems.removeAll(QString());
    if (!problems.isEmpty()) return problems.first();
  }
  return {};
}

void ViewerWindow::copy_plot(PlotPanel& panel) {
  const auto* view = model_.line_plot(panel.view_id());
  if (!view) return;
  QApplication::clipboard()->setImage(PlotExport(model_, *view, model_.theme()).image(std::max(2.0, devicePixelRatioF())));
  status_->show_message(tr("Picture copied"), 3000);
}

QString ViewerWindow::ask_file(const QString& caption, const QString& name, const QString& kinds) {
  QString chosen;
  const QString path = QFileDialog::getSaveFileName(this, caption, name, kinds, &chosen);
  if (path.isEmpty() || kinds.contains("(*." + QFileInfo(path).suffix().toLower() + ")")) return path;
  const QString full = path + chosen.mid(chosen.indexOf('*') + 1).chopped(1);  // "PDF document (*.pdf)" → ".pdf"
  return QFileInfo::exists(full) ? ask_file(caption, full, kinds) : full;      // the dialog itself asks before it replaces
}

void ViewerWindow::tell_saved(const QString& path, const QString& problem) {
  if (problem.isEmpty()) status_->show_message(tr("Saved %1").arg(path), 5000);
  else status_->show_error(problem);
}

void ViewerWindow::save_plot(PlotPanel& panel, const QString& name, Theme theme) {
  const auto* view = model_.line_plot(panel.view_id());
  if (!view) return;
  // Taken before the dialog, which lasts: what the user saw.
  PlotExport plot(model_, *view, theme);
  const QString path = ask_file(tr("Save picture"), file_name(name.toStdString()) + QStringLiteral(".pdf"), tr("PDF document (*.pdf);;SVG picture (*.svg);;PNG picture (*.png)"));
  if (!path.isEmpty()) tell_saved(path, plot.write_picture(path, name));
}

void ViewerWindow::save_samples(PlotPanel& panel, const QString& name, CsvPart part) {
  const auto* view = model_.line_plot(panel.view_id());
  if (!view) return;
  const PlotExport plot(model_, *view, model_.theme());
  const QString path = ask_file(tr("Save data"), file_name(name.toStdString()) + QStringLiteral(".csv"), tr("Table of comma-separated values (*.csv)"));
  if (!path.isEmpty()) tell_saved(path, plot.write_table(path, part));
}

}  // namespace cnv::desktop
