// MorphologyMenus: what can be chosen about one 3-D view while looking: the variable, colour map and limits, background,
// camera. Fills menus of the dock and of the colour bar each time they open. GUI thread.
#pragma once

#include <QMenu>
#include <QObject>

#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class MorphologyPanel;

class MorphologyMenus : public QObject {
  Q_OBJECT

 public:
  // Lives as long as the panel.
  MorphologyMenus(SceneModel& model, MorphologyPanel& panel);

  // Each empties the menu first.
  void fill_variables(QMenu& menu);
  void fill_color_map(QMenu& menu);
  void fill_limits(QMenu& menu);
  void fill_background(QMenu& menu);
  void fill_camera(QMenu& menu);
  // Map and limits in one, for the colour bar.
  void fill_colors(QMenu& menu);
  void open_colors(QPoint global_place);
  void type_limits();
  void set_color_bar(bool shown);
  void reset_look();

 Q_SIGNALS:
  // The session is to show another variable.
  void variable_chosen(const QString& key, const QString& name);
  // The view must be painted.
  void changed();

 private:
  MorphologyView* view();
  void add_limits(QMenu& menu);
  void add_maps(QMenu& menu);
  template <class Change>
  void change(Change&& change);

  SceneModel& model_;
  MorphologyPanel& panel_;
};

}  // namespace cnv::desktop
