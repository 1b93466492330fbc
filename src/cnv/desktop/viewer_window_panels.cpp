// ViewerWindow: its panels, made from the scene and kept over new layouts.
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <algorithm>

#include "cnv/desktop/controls/controls_panel.hpp"
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/panel_board.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/state_graph_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/surface_panel.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "cnv/desktop/view_tiles.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {
namespace {
constexpr int table_width = 300;

// What decides whether a panel's widget can stay.
QString shows(const PanelSpec& panel) {
  QStringList parts{to_qtext(panel.kind)};
  for (const auto& id : panel.view_ids) parts << to_qtext(id);
  return parts.join(u'\n');
}
}  // namespace

// Panels do not move under a hand that drags in one of them: the new layout waits for the button.
void ViewerWindow::rebuild_panels_when_free() {
  rebuild_waits_ =
      button_down_ && QGuiApplication::mouseButtons() != Qt::NoButton && model_.store().has_scene() && !docks_.empty();
  if (!rebuild_waits_) rebuild_panels();
}

void ViewerWindow::remember_layouts(std::unique_ptr<LayoutMemory> memory) {
  layouts_ = std::move(memory);
  if (const auto kept = layouts_->figure()) figure_ = *kept;
  if (const auto chosen = parse_theme_choice(layouts_->theme().toStdString())) themes_.choose(*chosen);
}

QStringList ViewerWindow::panel_ids() const {
  QStringList ids;
  for (const auto& panel : model_.panels()) ids << to_qtext(panel.id);
  return ids;
}

QString ViewerWindow::app_key() const {
  return welcome_ ? to_qtext(welcome_->program) + '\n' + to_qtext(welcome_->title) : QString();
}

void ViewerWindow::restore_layout() {
  if (!layouts_) return;
  if (!isFullScreen() && !first_frame_sent_ && starts_ == 1) restoreGeometry(layouts_->window_of(app_key()));
  const auto kept = layouts_->find(app_key(), panel_ids());
  if (!kept) return;
  board_->restoreState(kept->docks);
}

void ViewerWindow::keep_layout() {
  if (!layouts_ || docks_.empty() || !model_.store().has_scene()) return;
  // Tables of the window's own are opened anew each time.
  for (auto* dock : {diagnostics_dock_, help_dock_})
    if (dock) dock->hide();
  layouts_->keep(app_key(), panel_ids(), {board_->saveState(), saveGeometry()});
}

void ViewerWindow::rebuild_panels() {
  // Panels that stay keep their widgets, and with them zoom, focus and running drags.
  std::map<std::string, PanelDock*> before = std::move(docks_);
  docks_.clear();
  controls_.clear();
  std::vector<std::string> kept_views, new_views;
  for (const auto& panel : model_.panels()) {
    PanelDock* dock = nullptr;
    if (auto it = before.find(panel.id);
        it != before.end() && it->second->property("shows").toString() == shows(panel)) {
      dock = it->second;
      before.erase(it);
    } else {
      dock = board_->make_dock(to_qtext(panel.id));
      dock->setProperty("shows", shows(panel));
      // After the dock has got its place: another tab, or open again.
      connect(dock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        QTimer::singleShot(0, this, [this] { count_closed_panels(); });
        if (visible) QTimer::singleShot(0, this, [this] { paint_due(); });
      });
      dock->set_content(make_view_panel(panel));
      new_views.insert(new_views.end(), panel.view_ids.begin(), panel.view_ids.end());
      add_panel_menu(*dock);
      if (auto* space = qobject_cast<View3dPanel*>(dock->content()))
        equip_view3d(*dock, *space, dock->add_list(variable_list_name()));
      if (auto* tiles = qobject_cast<ViewTiles*>(dock->content())) equip_tiles(*dock, *tiles);
      if (auto* plot = qobject_cast<PlotPanel*>(dock->content())) equip_plot(*dock, *plot);
      if (auto* graph = qobject_cast<StateGraphPanel*>(dock->content())) equip_graph(*dock, *graph);
      if (auto* map = qobject_cast<HeatMapPanel*>(dock->content())) equip_heat_map(*dock, *map);
    }
    if (panel.kind == panel_kind_controls) {
      controls_[panel.id] = static_cast<ControlsPanel*>(dock->content());
      fill_controls(panel, *controls_[panel.id]);
    }
    docks_[panel.id] = dock;
    for (const auto& id : panel.view_ids) kept_views.push_back(id);
  }
  for (auto& [id, dock] : before) {
    if (auto* widget = qobject_cast<ControlsPanel*>(dock->content())) controls_shown_.erase(widget);
    board_->remove_dock(dock);
  }
  const auto forget = [&](auto& panels) {
    std::erase_if(panels, [&](const auto& entry) {
      return std::find(kept_views.begin(), kept_views.end(), entry.first) == kept_views.end();
    });
  };
  forget(views_);
  forget(variable_lists_);
  // Shown first, so that the docks are divided at their real size.
  if (model_.store().has_scene()) pages_->setCurrentWidget(board_);
  board_->resize(pages_->size());
  std::vector<BoardPanel> places;
  for (const auto& panel : model_.panels())
    places.push_back({panel.id, panel.kind, docks_[panel.id], model_.panel_is_shown(panel)});
  if (board_->arrange(model_.grid(), places, has_plain_grid(model_.store().scene().layout))) restore_layout();
  for (const auto& id : new_views) model_.touch(id, now_s(), DirtyReason::scene);
  // The keyboard starts at the first view, not at a button of its title bar.
  if (!docks_.empty() && !model_.panels().empty())
    if (auto* content = docks_[model_.panels().front().id]->content();
        content && (!focusWidget() || !focusWidget()->isVisible() ||
                    focusWidget()->parentWidget()->property("title_bar").toBool()))
      content->setFocus(Qt::OtherFocusReason);
  order_tab_stops();
  update_titles();
  count_closed_panels();
}

QWidget* ViewerWindow::make_view_panel(const PanelSpec& panel) {
  if (panel.kind == panel_kind_controls) return make_controls_panel();
  if (panel.view_ids.size() < 2)
    return make_view(panel, panel.view_ids.empty() ? std::string() : panel.view_ids.front());
  auto* tiles = new ViewTiles;
  for (const auto& id : panel.view_ids) tiles->add(make_view(panel, id), id);
  return tiles;
}

// The views of one 3-D panel share its camera.
void ViewerWindow::touch_panel(const std::string& panel_id) {
  if (const auto* panel = model_.find_panel(panel_id))
    for (const auto& id : panel->view_ids) model_.touch(id, now_s());
  paint_due();
}

template <class Panel>
Panel* ViewerWindow::make_flat_panel(const std::string& view_id) {
  auto* widget = new Panel(model_, view_id);
  views_[view_id] = widget;
  connect(widget, &FlatPanel::moved, this, [this, view_id] {
    model_.touch(view_id, now_s());
    paint_due();
  });
  connect(widget, &FlatPanel::cursor_moved, this, [this](std::optional<Cursor> cursor) {
    model_.set_cursor(std::move(cursor), now_s());
    paint_due();
  });
  return widget;
}

QWidget* ViewerWindow::make_view(const PanelSpec& panel, const std::string& view_id) {
  const auto* view = model_.find_view(view_id);
  const bool is_surface = view && std::holds_alternative<SurfaceViewSpec>(*view);
  if (view && (is_surface || std::holds_alternative<MorphologyViewSpec>(*view))) {
    if (is_surface) return make_surface_panel(panel, view_id);
    auto* widget = new MorphologyPanel(model_, image_host(), panel.id, view_id);
    views_[view_id] = widget;
    connect(widget, &MorphologyPanel::moved, this, [this, panel_id = panel.id] { touch_panel(panel_id); });
    connect(widget, &MorphologyPanel::entity_clicked, this,
            [this](const QString& id, bool add) { select(id.toStdString(), add); });
    return widget;
  }
  if (view && std::holds_alternative<LinePlotViewSpec>(*view)) {
    auto* plot = make_flat_panel<PlotPanel>(view_id);
    connect(plot, &PlotPanel::remarked, this, [this](const QString& text) { status_->show_message(text, 6000); });
    return plot;
  }
  if (view && std::holds_alternative<StateGraphViewSpec>(*view)) return make_flat_panel<StateGraphPanel>(view_id);
  if (view && std::holds_alternative<HeatMapViewSpec>(*view)) return make_flat_panel<HeatMapPanel>(view_id);
  auto* quiet = new QLabel(tr("This viewer does not draw this kind of view."));
  quiet->setAlignment(Qt::AlignCenter);
  return quiet;
}

// What stands beside the name of a cell or a surface.
QString ViewerWindow::view_detail(const std::string& view_id) {
  if (const auto* cell = model_.morphology(view_id)) return to_qtext(cell->detail());
  if (const auto* surface = model_.surface(view_id)) return to_qtext(surface->detail());
  return {};
}

void ViewerWindow::update_titles() {
  QString title = welcome_ ? to_qtext(welcome_->title) : QString();
  if (title.isEmpty()) title = to_qtext(model_.window_title());
  // A title that nobody gave: the script's name tells windows apart.
  const QString program = QStringLiteral("CompNeuroVis");
  if (title.isEmpty() || title == program) title = welcome_ ? to_qtext(welcome_->program) : QString();
  if (title.isEmpty() || title == QStringLiteral("python")) title = program;  // no script: an interactive session
  if (welcome_ && welcome_->window > 0) title += QStringLiteral(" (%1)").arg(welcome_->window);
  setWindowTitle(title);
  for (const auto& panel : model_.panels()) {
    const auto it = docks_.find(panel.id);
    if (it == docks_.end()) continue;
    auto* tiles = qobject_cast<ViewTiles*>(it->second->content());
    it->second->set_title(to_qtext(model_.panel_title(panel)),
                          tiles || panel.view_ids.empty() ? QString() : view_detail(panel.view_ids.front()));
    for (const auto& id : tiles ? panel.view_ids : std::vector<std::string>()) {
      const QString name = to_qtext(model_.view_name(id)), detail = view_detail(id);
      tiles->set_caption(id, detail.isEmpty() ? name : name + QStringLiteral("   ") + detail);
    }
    if (!panel.view_ids.empty()) show_following(*it->second, panel.view_ids.front());
  }
  update_variable_lists();
}

// Whether a plot moves with the newest samples.
void ViewerWindow::show_following(PanelDock& dock, const std::string& view_id) {
  if (const auto* plot = view_as<PlotPanel>(view_id)) dock.set_following(plot->following(), plot->grows());
}

void ViewerWindow::set_active(bool active) {
  time_bar_->set_active(active);
  for (auto& [id, widget] : controls_) widget->set_active(active);
}

void ViewerWindow::add_panel_menu(PanelDock& dock) {
  if (qobject_cast<ControlsPanel*>(dock.content()) || qobject_cast<FlatPanel*>(dock.content())) return;
  connect(dock.add_more(tr("Copy picture")), &QAction::triggered, this,
          [this, &dock] { copy_picture(*dock.content()); });
  connect(dock.add_more(tr("Save picture…")), &QAction::triggered, this,
          [this, &dock] { save_view3d(*dock.content(), dock.windowTitle()); });
}

void ViewerWindow::copy_picture(QWidget& widget) {
  QApplication::clipboard()->setImage(widget.grab().toImage());
  status_->show_message(tr("Picture copied"), 3000);
}

void ViewerWindow::save_picture(QWidget& widget, const QString& name) {
  // Taken before the dialog, which lasts: the picture that the user saw.
  const QImage picture = widget.grab().toImage();
  const QString path =
      QFileDialog::getSaveFileName(this, tr("Save picture"), name + QStringLiteral(".png"), tr("PNG picture (*.png)"));
  if (path.isEmpty()) return;
  const QString file = QFileInfo(path).suffix().isEmpty() ? path + QStringLiteral(".png") : path;
  if (picture.save(file)) status_->show_message(tr("Saved %1").arg(file), 5000);
  else
    status_->show_error(tr("%1 could not be written: look at the folder and its rights, and that the name ends in a "
                           "picture format such as .png")
                            .arg(file));
}

PanelDock* ViewerWindow::add_table_dock(const QString& id, const QString& title, FigureTable* table) {
  auto* dock = board_->make_dock(id);
  dock->set_title(title, {});
  dock->set_content(table);
  table->setAccessibleName(title);
  board_->addDockWidget(Qt::RightDockWidgetArea, dock);
  board_->resizeDocks({dock}, {table_width}, Qt::Horizontal);
  return dock;
}

void ViewerWindow::show_diagnostics(bool shown) {
  if (!diagnostics_dock_) {
    if (!shown) return;
    diagnostics_panel_ = new FigureTable;
    diagnostics_dock_ = add_table_dock(QStringLiteral("diagnostics"), tr("Diagnostics"), diagnostics_panel_);
    connect(diagnostics_dock_->add_more(tr("Copy figures")), &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(diagnostics_panel_->text()); });
  }
  if (shown) diagnostics_panel_->set_groups(diagnostics());
  diagnostics_dock_->setVisible(shown);
  if (shown) diagnostics_dock_->raise();
}

}  // namespace cnv::desktop
