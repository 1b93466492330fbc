#include "cnv/desktop/morphology_menus.hpp"

#include "cnv/desktop/choice_menu.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {

MorphologyMenus::MorphologyMenus(SceneModel& model, MorphologyPanel& panel) : QObject(&panel), model_(model), panel_(panel) {}

MorphologyView* MorphologyMenus::view() { return model_.morphology(panel_.view_id()); }

template <class Change>
void MorphologyMenus::change(Change&& change) {
  auto* shown = view();
  if (!shown) return;
  change(*shown);
  Q_EMIT changed();
}

void MorphologyMenus::fill_variables(QMenu& menu) {
  menu.clear();
  const auto* shown = view();
  if (!shown) return;
  const QString key = to_qtext(shown->variable_key());
  add_choices(menu, shown->variable_choices(), [this, key](const std::string& name) { Q_EMIT variable_chosen(key, to_qtext(name)); }, Groups::submenus);
  menu.addSeparator();
  menu.addAction(tr("Colours only; traces stay as they are"))->setEnabled(false);
}

void MorphologyMenus::add_maps(QMenu& menu) {
  if (const auto* shown = view())
    add_choices(menu, shown->colors().map_choices(shown->background().look), [this](const std::string& id) { change([&](MorphologyView& v) { v.colors().choose_map(id); }); });
}

void MorphologyMenus::add_limits(QMenu& menu) {
  const auto* shown = view();
  if (!shown) return;
  add_choices(menu, shown->colors().limits_choices(), [this](const std::string& id) {
    // After the menu that closes now has given the keyboard back.
    if (id == typed_limits_id) return (void)QMetaObject::invokeMethod(this, &MorphologyMenus::type_limits, Qt::QueuedConnection);
    change([&](MorphologyView& v) { v.colors().choose_limits(id); });
  });
  menu.addSeparator();
  menu.addAction(tr("Start “data so far” again"), this, [this] { change([](MorphologyView& v) { v.colors().restart_so_far(); }); });
}

void MorphologyMenus::fill_color_map(QMenu& menu) {
  menu.clear();
  add_maps(menu);
}

void MorphologyMenus::fill_limits(QMenu& menu) {
  menu.clear();
  add_limits(menu);
}

void MorphologyMenus::fill_background(QMenu& menu) {
  menu.clear();
  if (const auto* shown = view())
    add_choices(menu, shown->background_choices(), [this](const std::string& id) { change([&](MorphologyView& v) { v.choose_background(id); }); });
}

void MorphologyMenus::fill_camera(QMenu& menu) {
  menu.clear();
  menu.addAction(tr("Fit the cell\tF"), &panel_, [this] { panel_.fit(true); });
  menu.addSeparator();
  const char* names[] = {"x", "y", "z"};
  for (int axis = 0; axis < 3; ++axis)
    menu.addAction(tr("Look along %1").arg(QLatin1String(names[axis])), this, [this, axis] { panel_.look_along(axis); });
  menu.addSeparator();
  const bool parallel = panel_.orthographic();
  for (const bool wanted : {false, true}) {
    auto* action = menu.addAction(wanted ? tr("Orthographic") : tr("Perspective"), this, [this, wanted] { panel_.set_orthographic(wanted); });
    action->setCheckable(true);
    action->setChecked(wanted == parallel);
  }
}

void MorphologyMenus::fill_colors(QMenu& menu) {
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

void MorphologyMenus::open_colors(QPoint global_place) {
  auto* menu = new QMenu(&panel_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  fill_colors(*menu);
  menu->popup(global_place);
}

void MorphologyMenus::type_limits() {
  auto* shown = view();
  if (!shown) return;
  const auto present = shown->color_scale();
  delete panel_.findChild<LimitsBox*>();
  auto* box = new LimitsBox(
      present.low, present.high, to_qtext(shown->unit()),
      [this](double low, double high) -> Result<void> {
        Result<void> done;
        change([&](MorphologyView& v) { done = v.colors().set_limits(low, high); });
        return done;
      },
      &panel_);
  box->open_at(QPoint(panel_.width() - 96, panel_.height() - 40));
}

void MorphologyMenus::set_color_bar(bool shown) {
  change([&](MorphologyView& v) { v.show_color_bar(shown); });
}

void MorphologyMenus::reset_look() {
  change([](MorphologyView& v) { v.reset_look(); });
}

}  // namespace cnv::desktop
