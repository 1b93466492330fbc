#include "cnv/desktop/view3d_menus.hpp"

#include <QApplication>
#include <QClipboard>

#include "cnv/desktop/choice_menu.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/view3d_panel.hpp"

namespace cnv::desktop {

View3dMenus::View3dMenus(SceneModel& model, View3dPanel& panel) : QObject(&panel), model_(model), panel_(panel) {}

template <class Change>
void View3dMenus::change(Change&& change) {
  auto* look = model_.look(panel_.view_id());
  if (!look) return;
  change(*look);
  Q_EMIT
  changed();
}

template <class Change>
void View3dMenus::change_surface(Change&& change) {
  auto* surface = model_.surface(panel_.view_id());
  if (!surface) return;
  change(*surface);
  Q_EMIT
  changed();
}

void View3dMenus::fill_variables(QMenu& menu) {
  menu.clear();
  const auto* shown = model_.morphology(panel_.view_id());
  if (!shown) return;
  const QString key = to_qtext(shown->variable_key());
  add_choices(
      menu, shown->variable_choices(),
      [this, key](const std::string& name) {
        Q_EMIT
        variable_chosen(key, to_qtext(name));
      },
      Groups::submenus);
  menu.addSeparator();
  menu.addAction(tr("A click on the cell plots it there"))->setEnabled(false);
}

void View3dMenus::add_maps(QMenu& menu) {
  if (const auto* shown = model_.look(panel_.view_id()))
    add_choices(menu, shown->colors().map_choices(shown->background().look),
                [this](const std::string& id) { change([&](ViewLook& v) { v.colors().choose_map(id); }); });
}

void View3dMenus::add_limits(QMenu& menu) {
  const auto* shown = model_.look(panel_.view_id());
  if (!shown) return;
  add_choices(menu, shown->colors().limits_choices(), [this](const std::string& id) {
    // After the menu that closes now has given the keyboard back.
    if (id == typed_limits_id)
      return (void)QMetaObject::invokeMethod(this, &View3dMenus::type_limits, Qt::QueuedConnection);
    change([&](ViewLook& v) { v.colors().choose_limits(id); });
  });
  menu.addSeparator();
  menu.addAction(tr("Start “data so far” again"), this,
                 [this] { change([](ViewLook& v) { v.colors().restart_so_far(); }); });
}

void View3dMenus::fill_color_map(QMenu& menu) {
  menu.clear();
  add_maps(menu);
}

void View3dMenus::fill_limits(QMenu& menu) {
  menu.clear();
  add_limits(menu);
}

void View3dMenus::fill_background(QMenu& menu) {
  menu.clear();
  if (const auto* shown = model_.look(panel_.view_id()))
    add_choices(menu, shown->background_choices(),
                [this](const std::string& id) { change([&](ViewLook& v) { v.choose_background(id); }); });
}

void View3dMenus::fill_camera(QMenu& menu) {
  menu.clear();
  menu.addAction(
      (model_.surface(panel_.view_id()) ? tr("Fit the surface") : tr("Fit the cell")) + QStringLiteral("\tF"), &panel_,
      [this] { panel_.fit(true); });
  menu.addSeparator();
  const char* names[] = {"x", "y", "z"};
  for (int axis = 0; axis < 3; ++axis)
    menu.addAction(tr("Look along %1").arg(QLatin1String(names[axis])), this,
                   [this, axis] { panel_.look_along(axis); });
  menu.addSeparator();
  const bool parallel = panel_.orthographic();
  for (const bool wanted : {false, true}) {
    auto* action = menu.addAction((wanted ? tr("Orthographic") : tr("Perspective")) + QStringLiteral("\tO"), this,
                                  [this, wanted] { panel_.set_orthographic(wanted); });
    action->setCheckable(true);
    action->setChecked(wanted == parallel);
  }
}

void View3dMenus::fill_colors(QMenu& menu) {
  menu.clear();
  auto* maps = menu.addMenu(tr("Colour map"));
  add_maps(*maps);
  menu.addSeparator();
  menu.addAction(tr("Colour limits"))->setEnabled(false);
  add_limits(menu);
  menu.addSeparator();
  menu.addAction(tr("Hide the colour bar"), this, [this] { set_color_bar(false); });
  menu.addAction(tr("Colours as the app says"), this, [this] { reset_look(); });
}

void View3dMenus::open_colors(QPoint global_place) {
  auto* menu = new QMenu(&panel_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  fill_colors(*menu);
  menu->popup(global_place);
}

void View3dMenus::open_place(const MorphologyHover& place, QPoint global_place) {
  const auto* shown = model_.morphology(panel_.view_id());
  if (!shown) return;
  auto* menu = new QMenu(&panel_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(to_qtext(place.place_text).replace('&', "&&"))->setEnabled(false);
  menu->addSeparator();
  const QString id = to_qtext(place.entity_id);
  if (const auto plots = shown->plot_choices(place.entity_id, model_.state()); !plots.empty())
    add_choices(
        *menu->addMenu(tr("Plot")), plots,
        [this, id](const std::string& variable) {
          Q_EMIT
          plot_chosen(id, to_qtext(variable));
        },
        Groups::submenus);
  for (const bool add : {false, true})
    menu->addAction(add ? tr("Select with the others\tShift+click") : tr("Select\tclick"), this, [this, id, add] {
      Q_EMIT
      selection_chosen(id, add);
    });
  menu->addSeparator();
  menu->addAction(tr("Bring to the middle\tdouble click"), &panel_, [this, at = place.point] { panel_.look_at(at); });
  menu->addAction(tr("Copy the name"), this,
                  [name = to_qtext(place.label)] { QApplication::clipboard()->setText(name); });
  menu->popup(global_place);
}

void View3dMenus::type_limits() {
  auto* shown = model_.look(panel_.view_id());
  if (!shown) return;
  const auto present = shown->scale();
  const auto* cell = model_.morphology(panel_.view_id());
  const auto* surface = model_.surface(panel_.view_id());
  const std::string unit = cell ? cell->unit() : surface ? surface->unit() : std::string();
  delete panel_.findChild<LimitsBox*>();
  auto* box = new LimitsBox(
      present.low, present.high, to_qtext(unit),
      [this](double low, double high) -> Result<void> {
        Result<void> done;
        change([&](ViewLook& v) { done = v.colors().set_limits(low, high); });
        return done;
      },
      &panel_);
  box->open_at(panel_.limits_box_place());
}

void View3dMenus::set_color_bar(bool shown) {
  change([&](ViewLook& v) { v.show_color_bar(shown); });
}

void View3dMenus::set_relief(bool shown) {
  change([&](ViewLook& v) { v.show_relief(shown); });
}

void View3dMenus::reset_look() {
  if (model_.surface(panel_.view_id())) return change_surface([](SurfaceView& v) { v.reset_look(); });
  change([](ViewLook& v) { v.reset(); });
}

void View3dMenus::fill_axes(QMenu& menu) {
  menu.clear();
  if (const auto* shown = model_.surface(panel_.view_id()))
    add_choices(menu, shown->axes_choices(),
                [this](const std::string& id) { change_surface([&](SurfaceView& v) { v.choose_axes(id); }); });
}

void View3dMenus::fill_heights(QMenu& menu) {
  menu.clear();
  const auto* shown = model_.surface(panel_.view_id());
  if (!shown) return;
  add_choices(menu, shown->proportions_choices(),
              [this](const std::string& id) { change_surface([&](SurfaceView& v) { v.choose_proportions(id); }); });
  menu.addSeparator();
  for (const auto& [words, factor] : {std::pair(tr("Twice as high"), 2.0), std::pair(tr("Half as high"), 0.5)})
    menu.addAction(words, this,
                   [this, factor = factor] { change_surface([&](SurfaceView& v) { v.stretch_heights(factor); }); });
}

}  // namespace cnv::desktop
