// ViewerWindow: 3-D panels: the panels themselves, and what they offer beside the picture: the variable, colours,
// camera, axes and slices of surfaces.
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/surface_panel.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/view3d_menus.hpp"
#include "cnv/desktop/view_tiles.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {

SurfacePanel* ViewerWindow::make_surface_panel(const PanelSpec& panel, const std::string& view_id) {
  auto* widget = new SurfacePanel(model_, image_host(), panel.id, view_id);
  views_[view_id] = widget;
  connect(widget, &SurfacePanel::moved, this, [this, panel_id = panel.id] { touch_panel(panel_id); });
  connect(widget, &SurfacePanel::slice_moved, this, [this](const QString& operator_id, double position) {
    if (auto event = model_.move_slice(operator_id.toStdString(), position, now_s())) send_(*event);
    follow_state(model_.slice_position_key(operator_id.toStdString()));
  });
  return widget;
}

// What the panel offers goes into the dock's own menu, or into the menu `into` of one of its views.
void ViewerWindow::equip_view3d(PanelDock& dock, View3dPanel& panel, MenuButton* variables, QMenu* into) {
  auto* menus = new View3dMenus(model_, panel);
  connect(menus, &View3dMenus::changed, &panel, &View3dPanel::moved);
  connect(&panel, &View3dPanel::colors_requested, menus, &View3dMenus::open_colors);
  if (auto* cell = qobject_cast<MorphologyPanel*>(&panel)) {
    connect(cell, &MorphologyPanel::place_menu_requested, menus, &View3dMenus::open_place);
    connect(menus, &View3dMenus::selection_chosen, cell, &MorphologyPanel::entity_clicked);
    connect(menus, &View3dMenus::plot_chosen, this, [this](const QString& entity_id, const QString& variable) {
      send_(model_.toggle_plot(entity_id.toStdString(), variable.toStdString(), now_s()));
    });
  }
  const bool is_surface = qobject_cast<SurfacePanel*>(&panel) != nullptr;
  if (!is_surface) fill_variable_list(variables, panel.view_id(), *menus);
  if (!into)
    connect(dock.add_tool(Icon::fit, tr("Fit (F)")), &QAbstractButton::clicked, &panel, [&panel] { panel.fit(true); });

  const auto add_menu = [&](const QString& name, void (View3dMenus::*fill)(QMenu&)) {
    auto* menu = into ? into->addMenu(name) : dock.add_more_menu(name);
    connect(menu, &QMenu::aboutToShow, menus, [menus, menu, fill] { (menus->*fill)(*menu); });
  };
  const auto add = [&](const QString& name) { return into ? into->addAction(name) : dock.add_more(name); };
  if (!into) dock.add_more_separator();
  add_menu(tr("Colour map"), &View3dMenus::fill_color_map);
  add_menu(tr("Colour limits"), &View3dMenus::fill_limits);
  if (is_surface) add_menu(tr("Axes"), &View3dMenus::fill_axes);
  if (is_surface) add_menu(tr("Heights"), &View3dMenus::fill_heights);
  add_menu(tr("Background"), &View3dMenus::fill_background);
  add_menu(tr("Camera"), &View3dMenus::fill_camera);
  const auto add_switch = [&](const QString& name, void (View3dMenus::*set)(bool), bool (ViewLook::*shown)() const) {
    auto* action = add(name);
    action->setCheckable(true);
    connect(action, &QAction::triggered, menus, set);
    connect(&dock, &PanelDock::more_about_to_show, menus, [this, action, shown, view_id = panel.view_id()] {
      if (const auto* look = model_.look(view_id)) action->setChecked((look->*shown)());
    });
  };
  add_switch(tr("Colour bar"), &View3dMenus::set_color_bar, &ViewLook::color_bar_shown);
  if (!is_surface) add_switch(tr("Light and shade"), &View3dMenus::set_relief, &ViewLook::relief_shown);
  connect(add(tr("Reset colours and background")), &QAction::triggered, menus, &View3dMenus::reset_look);
}

void ViewerWindow::equip_tiles(PanelDock& dock, ViewTiles& tiles) {
  if (tiles.views().empty()) return;
  connect(dock.add_tool(Icon::fit, tr("Fit (F)")), &QAbstractButton::clicked, &tiles,
          [first = tiles.views().front()] { first->fit(true); });
  dock.add_more_separator();
  for (auto* view : tiles.views())
    equip_view3d(dock, *view, tiles.add_list(view->view_id(), variable_list_name()),
                 dock.add_more_menu(to_qtext(model_.view_name(view->view_id()))));
}

QString ViewerWindow::variable_list_name() { return tr("Variable that colours the cell"); }

void ViewerWindow::fill_variable_list(MenuButton* list, const std::string& view_id, View3dMenus& menus) {
  connect(&menus, &View3dMenus::variable_chosen, this, [this](const QString& key, const QString& name) {
    send_(model_.set_state(key.toStdString(), name.toStdString(), now_s()));
  });
  connect(list, &QAbstractButton::clicked, &menus, [&menus, list] {
    auto* menu = new QMenu(list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menus.fill_variables(*menu);
    menu->popup(list->mapToGlobal(QPoint(0, list->height())));
  });
  variable_lists_[view_id] = list;
}

void ViewerWindow::update_variable_lists() {
  for (auto& [view_id, list] : variable_lists_) {
    const auto* view = model_.morphology(view_id);
    const bool offered = view && view->offers_variables();
    if (offered) list->set_words(to_qtext(view->quantity()));
    list->setVisible(offered);
  }
}

}  // namespace cnv::desktop
