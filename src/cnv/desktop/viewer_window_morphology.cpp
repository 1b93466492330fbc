// ViewerWindow: what 3-D panels offer beside the picture: the variable, colours, camera.
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/morphology_menus.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {

void ViewerWindow::equip_morphology(PanelDock& dock, MorphologyPanel& panel) {
  auto* menus = new MorphologyMenus(model_, panel);
  connect(menus, &MorphologyMenus::changed, &panel, &MorphologyPanel::moved);
  connect(menus, &MorphologyMenus::variable_chosen, this, [this](const QString& key, const QString& name) { send_(model_.set_state(key.toStdString(), name.toStdString(), now_s())); });
  connect(&panel, &MorphologyPanel::colors_requested, menus, &MorphologyMenus::open_colors);

  auto* list = dock.add_list(tr("Variable that colours the cell"));
  connect(list, &QAbstractButton::clicked, menus, [menus, list] {
    auto* menu = new QMenu(list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menus->fill_variables(*menu);
    menu->popup(list->mapToGlobal(QPoint(0, list->height())));
  });
  variable_lists_[panel.view_id()] = list;
  auto* fit = dock.add_tool(Icon::fit, tr("Fit (F)"));
  connect(fit, &QAbstractButton::clicked, &panel, [&panel] { panel.fit(true); });

  const auto add_menu = [&](const QString& name, void (MorphologyMenus::*fill)(QMenu&)) {
    auto* menu = dock.add_more_menu(name);
    connect(menu, &QMenu::aboutToShow, menus, [menus, menu, fill] { (menus->*fill)(*menu); });
  };
  dock.add_more_separator();
  add_menu(tr("Colour map"), &MorphologyMenus::fill_color_map);
  add_menu(tr("Colour limits"), &MorphologyMenus::fill_limits);
  add_menu(tr("Background"), &MorphologyMenus::fill_background);
  add_menu(tr("Camera"), &MorphologyMenus::fill_camera);
  auto* bar = dock.add_more(tr("Colour bar"));
  bar->setCheckable(true);
  connect(bar, &QAction::triggered, menus, &MorphologyMenus::set_color_bar);
  connect(&dock, &PanelDock::more_about_to_show, menus, [this, bar, view_id = panel.view_id()] {
    if (const auto* view = model_.morphology(view_id)) bar->setChecked(view->color_bar_shown());
  });
  connect(dock.add_more(tr("Reset colours and background")), &QAction::triggered, menus, &MorphologyMenus::reset_look);
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
