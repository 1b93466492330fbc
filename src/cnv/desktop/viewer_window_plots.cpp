// ViewerWindow: files of all views, and what line plots, state graphs and heat maps offer beside the picture: what is
// in view and their series.
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/heat_map_painter.hpp"
#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/state_graph_painter.hpp"
#include "cnv/desktop/state_graph_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/view3d_panel.hpp"
#include "cnv/desktop/view_tiles.hpp"
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
      Q_EMIT
      panel.moved();
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
    Q_EMIT
    panel.moved();
    return done;
  };
  delete panel.findChild<LimitsBox*>();
  const auto names = x_axis ? LimitNames{QObject::tr("End"), QObject::tr("Start")}
                            : LimitNames{QObject::tr("Highest"), QObject::tr("Lowest")};
  auto* box = new LimitsBox(range.low, range.high, to_qtext((x_axis ? shown->x_name() : shown->y_name()).unit), set,
                            &panel, names);
  box->open_at(QPoint(panel.width() - 24, panel.height() - 48));
}

QString picture_kinds() { return QObject::tr("PDF document (*.pdf);;SVG picture (*.svg);;PNG picture (*.png)"); }
QString table_kind() { return QObject::tr("Table of comma-separated values (*.csv)"); }

// In the title's menu and under the right button.
template <class What>
QAction* add_action(PanelDock& dock, FlatPanel& panel, const QString& name, What&& what) {
  auto* action = dock.add_more(name);
  QObject::connect(action, &QAction::triggered, &panel, std::forward<What>(what));
  panel.addAction(action);
  return action;
}

template <class Fill>
void add_menu(PanelDock& dock, FlatPanel& panel, const QString& name, Fill&& fill) {
  auto* menu = dock.add_more_menu(name);
  QObject::connect(menu, &QMenu::aboutToShow, &panel, [menu, fill = std::forward<Fill>(fill)] { fill(*menu); });
  panel.addAction(menu->menuAction());
}

}  // namespace

// ---- pictures and tables -----------------------------------------------

std::optional<FlatExport> ViewerWindow::take_flat(const std::string& view_id, Theme theme) {
  const auto made = [](auto taken) {
    const auto kept = std::make_shared<decltype(taken)>(std::move(taken));
    return FlatExport{kept->screen(), [kept](const FigureLayout& layout) { return kept->picture(layout); }};
  };
  if (const auto* plot = model_.line_plot(view_id)) return made(PlotExport(model_, *plot, theme));
  if (const auto* graph = model_.state_graph(view_id)) return made(StateGraphExport(*graph, model_.store(), theme));
  if (const auto* map = model_.heat_map(view_id)) return made(HeatMapExport(*map, model_.store(), theme));
  return std::nullopt;
}

// That of a heat map is the table of a plot whose traces are the rows.
std::optional<PlotExport> ViewerWindow::flat_table(const std::string& view_id) {
  if (const auto* plot = model_.line_plot(view_id)) return PlotExport(model_, *plot, model_.theme());
  const auto* map = model_.heat_map(view_id);
  if (!map) return std::nullopt;
  const auto& picture = map->picture();
  LinePlotView rows;
  rows.update(rows_as_traces(map->spec(), model_.store()), model_.store(), model_.view_state(), model_.theme());
  (void)rows.show_x(picture.frame.x_range);
  for (int row = 0; row < static_cast<int>(picture.row_count); ++row)
    if (row < picture.first_row() || row >= picture.end_row())
      rows.toggle_series(map->series_of(static_cast<std::size_t>(row)));
  rows.layout(picture.frame.width, picture.frame.height, QtFontMetrics());
  return PlotExport(model_, rows, model_.theme());
}

void ViewerWindow::add_picture_actions(PanelDock& dock, FlatPanel& panel) {
  add_action(dock, panel, tr("Copy picture"), [this, &panel] { copy_flat(panel); });
  add_action(dock, panel, tr("Save picture…"), [this, &dock, &panel] { save_flat(panel, dock.windowTitle()); });
}

void ViewerWindow::add_table_actions(PanelDock& dock, FlatPanel& panel) {
  add_action(dock, panel, tr("Save shown data…"),
             [this, &dock, &panel] { save_samples(panel, dock.windowTitle(), CsvPart::shown); });
  add_action(dock, panel, tr("Save all data…"),
             [this, &dock, &panel] { save_samples(panel, dock.windowTitle(), CsvPart::stored); });
}

void ViewerWindow::copy_flat(const FlatPanel& panel) {
  const auto taken = take_flat(panel.view_id(), model_.theme());
  if (!taken) return;
  const FilePicture picture = taken->picture(taken->screen);
  QApplication::clipboard()->setImage(picture_image(picture, std::max(2.0, devicePixelRatioF())));
  status_->show_message(tr("Picture copied"), 3000);
}

// The view is taken before the dialogs, which last: what the user saw.
void ViewerWindow::save_flat(const FlatPanel& panel, const QString& name) {
  const auto light = take_flat(panel.view_id(), Theme::light), dark = take_flat(panel.view_id(), Theme::dark);
  if (!light || !dark) return;
  FigureSource source{.screen = light->screen, .in_3d = false, .theme = model_.theme(), .problem = {}};
  source.picture = [light = light->picture, dark = dark->picture](const FigureLayout& layout, Theme theme, bool) {
    return theme == Theme::dark ? dark(layout) : light(layout);
  };
  save_figure(std::move(source), name, QStringLiteral(".pdf"), picture_kinds());
}

std::optional<View3dExport> ViewerWindow::take_view3d(QWidget& content, Theme theme) {
  std::vector<View3dExport::Tile> tiles;
  const auto add = [&](View3dPanel& panel) {
    if (auto figure = panel.take_figure(theme))
      tiles.push_back({std::move(figure), to_qtext(model_.view_name(panel.view_id()))});
  };
  if (auto* panel = qobject_cast<View3dPanel*>(&content)) add(*panel);
  if (auto* several = qobject_cast<ViewTiles*>(&content))
    for (auto* panel : several->views()) add(*panel);
  return tiles.empty() ? std::nullopt : std::optional<View3dExport>(std::in_place, std::move(tiles));
}

void ViewerWindow::save_view3d(QWidget& content, const QString& name) {
  auto light = take_view3d(content, Theme::light), dark = take_view3d(content, Theme::dark);
  if (!light || !dark) return save_picture(content, name);  // without OpenGL: what the panel says about it
  FigureSource source{.screen = light->screen(), .in_3d = true, .theme = model_.theme()};
  source.problem = [light = *light](const FigureLayout& layout) { return light.problem(layout); };
  source.picture = [light = std::move(*light), dark = std::move(*dark)](const FigureLayout& layout, Theme theme,
                                                                        bool transparent) {
    return (theme == Theme::dark ? dark : light).picture(layout, transparent);
  };
  save_figure(std::move(source), name, QStringLiteral(".png"), tr("PNG picture (*.png);;PDF document (*.pdf)"));
}

void ViewerWindow::save_figure(FigureSource source, const QString& name, const QString& ending, const QString& kinds) {
  FigureBox box(std::move(source), figure_, this);
  if (box.exec() != QDialog::Accepted) return;
  figure_ = box.choice();
  if (layouts_) layouts_->keep_figure(figure_);
  const QString path = ask_file(tr("Save picture"), file_name(name.toStdString()) + ending, kinds);
  if (!path.isEmpty()) tell_saved(path, write_picture_file(box.picture(), path, name));
}

void ViewerWindow::save_samples(const FlatPanel& panel, const QString& name, CsvPart part) {
  const auto table = flat_table(panel.view_id());
  if (!table) return;
  const QString path = ask_file(tr("Save data"), file_name(name.toStdString()) + QStringLiteral(".csv"), table_kind());
  if (!path.isEmpty()) tell_saved(path, table->write_table(path, part));
}

QString ViewerWindow::write_flat(const std::string& view_id, const QString& path,
                                 const std::optional<FigureLayout>& layout) {
  if (const auto table = flat_table(view_id))
    if (const QString problem = table->write_table(path + ".csv", CsvPart::shown); !problem.isEmpty()) return problem;
  const auto taken = take_flat(view_id, model_.theme());
  if (!taken || taken->screen.width_px < 1 || taken->screen.height_px < 1) return {};
  const FilePicture picture = taken->picture(layout.value_or(taken->screen));
  for (const char* ending : {".svg", ".pdf", ".png"})
    if (layout || ending != std::string_view(".png"))
      if (const QString problem = write_picture_file(picture, path + ending, to_qtext(model_.view_name(view_id)));
          !problem.isEmpty())
        return problem;
  return {};
}

QString ViewerWindow::write_plots(const QString& folder, const std::optional<FigureSize>& size) {
  std::optional<FigureLayout> layout;
  if (size) {
    const auto possible = figure_layout(*size);
    if (!possible) return to_qtext(possible.error());
    layout = *possible;
  }
  for (const auto& [view_id, view] : model_.store().scene().views) {
    const QString path = folder + "/" + file_name(view_id);
    QString problem;
    if (view_as<FlatPanel>(view_id)) problem = write_flat(view_id, path, layout);
    else if (auto* space = view_as<View3dPanel>(view_id); space && layout)
      if (const auto taken = take_view3d(*space, model_.theme()))
        problem =
            write_picture_file(taken->picture(*layout, false), path + ".png", to_qtext(model_.view_name(view_id)));
    if (!problem.isEmpty()) return problem;
  }
  return {};
}

QString ViewerWindow::ask_file(const QString& caption, const QString& name, const QString& kinds) {
  QString chosen;
  QString path = QFileDialog::getSaveFileName(this, caption, name, kinds, &chosen);
  if (path.isEmpty() || kinds.contains("(*." + QFileInfo(path).suffix().toLower() + ")")) return path;
  const QString full = path + chosen.mid(chosen.indexOf('*') + 1).chopped(1);  // "PDF document (*.pdf)" → ".pdf"
  return QFileInfo::exists(full) ? ask_file(caption, full, kinds) : full;  // the dialog itself asks before it replaces
}

void ViewerWindow::tell_saved(const QString& path, const QString& problem) {
  if (problem.isEmpty()) status_->show_message(tr("Saved %1").arg(path), 5000);
  else status_->show_error(problem);
}

// ---- what each kind offers ---------------------------------------------------------------------------------------

void ViewerWindow::equip_plot(PanelDock& dock, PlotPanel& panel) {
  dock.set_live_chip(true);
  connect(&dock, &PanelDock::live_requested, &panel, &PlotPanel::go_live);
  add_action(dock, panel, tr("Show all samples"), [&panel] { panel.fit(); });
  add_action(dock, panel, tr("Follow the newest"), [&panel] { panel.go_live(); });
  add_action(dock, panel, tr("Automatic y range"), [&panel] { panel.use_automatic_y(); });
  // Once the menu is gone, which would take the keyboard from the box.
  for (const auto& [name, x_axis] : {std::pair{tr("Set x range…"), true}, std::pair{tr("Set y range…"), false}})
    add_action(dock, panel, name, [this, &panel, x_axis] {
      QMetaObject::invokeMethod(
          &panel, [this, &panel, x_axis] { type_range(model_, panel, x_axis); }, Qt::QueuedConnection);
    });
  add_menu(dock, panel, tr("Series"), [this, &panel](QMenu& menu) { fill_series(menu, model_, panel); });
  add_action(dock, panel, tr("Measure with two cursors") + "\tM", [&panel] { panel.toggle_cursors(); });
  add_action(dock, panel, tr("Measure spike here") + "\tShift+M", [&panel] { panel.measure_spike(); });
  add_action(dock, panel, tr("Copy measurement"), [&panel] { panel.copy_measurement(); });
  add_picture_actions(dock, panel);
  add_table_actions(dock, panel);
}

void ViewerWindow::equip_graph(PanelDock& dock, StateGraphPanel& panel) {
  add_action(dock, panel, tr("Show all states"), [&panel] { panel.fit(); });
  add_picture_actions(dock, panel);
}

void ViewerWindow::equip_heat_map(PanelDock& dock, HeatMapPanel& panel) {
  add_action(dock, panel, tr("Show all cells"), [&panel] { panel.fit(); });
  add_menu(dock, panel, tr("Colour map"), [&panel](QMenu& menu) { panel.fill_color_map(menu); });
  add_menu(dock, panel, tr("Colour limits"), [&panel](QMenu& menu) { panel.fill_limits(menu); });
  add_menu(dock, panel, tr("Background"), [&panel](QMenu& menu) { panel.fill_background(menu); });
  add_action(dock, panel, tr("Colours as the app says"), [&panel] { panel.reset_look(); });
  add_picture_actions(dock, panel);
  add_table_actions(dock, panel);
}

}  // namespace cnv::desktop
