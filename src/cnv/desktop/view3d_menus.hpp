// View3dMenus: what can be chosen about one 3-D view while looking: the variable, colour map and limits, background,
// camera, axes and heights of a surface. Fills menus of the dock and of the colour bar each time they open. GUI thread.
#pragma once

#include <QMenu>
#include <QObject>

#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class View3dPanel;

class View3dMenus : public QObject {
  Q_OBJECT

 public:
  // Lives as long as the panel.
  View3dMenus(SceneModel& model, View3dPanel& panel);

  // Each empties the menu first.
  void fill_variables(QMenu& menu);
  void fill_color_map(QMenu& menu);
  void fill_limits(QMenu& menu);
  void fill_background(QMenu& menu);
  void fill_camera(QMenu& menu);
  void fill_axes(QMenu& menu);
  void fill_heights(QMenu& menu);
  // Map and limits in one, for the colour bar.
  void fill_colors(QMenu& menu);
  void open_colors(QPoint global_place);
  // What can be done about a place of a cell: its plots, the selection, its name.
  void open_place(const MorphologyHover& place, QPoint global_place);
  void type_limits();
  void set_color_bar(bool shown);
  void set_relief(bool shown);
  void reset_look();

 Q_SIGNALS:
  // The session is to show another variable.
  void variable_chosen(const QString& key, const QString& name);
  // A variable is to be plotted at a place, or its plot to go.
  void plot_chosen(const QString& entity_id, const QString& variable);
  // A place is to be selected; `add`: beside the others.
  void selection_chosen(const QString& entity_id, bool add);
  // The view must be painted.
  void changed();

 private:
  void add_limits(QMenu& menu);
  void add_maps(QMenu& menu);
  template <class Change>
  void change(Change&& change);
  template <class Change>
  void change_surface(Change&& change);

  SceneModel& model_;
  View3dPanel& panel_;
};

}  // namespace cnv::desktop
