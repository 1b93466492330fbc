// PanelDock: a panel's frame: a dock with the window's own title bar: name, detail, chips, tools, float and close. GUI
// thread.
#pragma once

#include <QDockWidget>
#include <QTimer>

#include "cnv/desktop/buttons.hpp"

class QHBoxLayout;
class QMenu;

namespace cnv::desktop {

class TextLabel;

class PanelDock : public QDockWidget {
  Q_OBJECT
 public:
  explicit PanelDock(QWidget* parent = nullptr);

  void set_title(const QString& name, const QString& detail);
  QString detail() const;
  void set_content(QWidget* content) { setWidget(content); }
  QWidget* content() const { return widget(); }
  ToolButton* add_tool(Icon icon, const QString& name);
  // What the "more" button opens: entries of the panel come before "Float" and "Close".
  QAction* add_more(const QString& name);
  // The same with a list of its own, filled by the caller each time before it is shown.
  QMenu* add_more_menu(const QString& name);
  void add_more_separator();
  // A list in the title bar, left of the tools: hidden until it has words.
  MenuButton* add_list(const QString& name);
  // A chip that says whether the panel follows the newest data, and leads back to it.
  void set_live_chip(bool wanted);
  // `grows`: newer data can come, so that there is something to follow; else the chip only leads back to all of the
  // data.
  void set_following(bool following, bool grows);
  // The model stopped: nothing newer comes until it goes on.
  void set_stopped(bool stopped);

 Q_SIGNALS:
  void live_requested();
  void more_about_to_show();

 private:
  void show_live();
  void check_place();
  TextLabel* name_;
  TextLabel* detail_;
  QHBoxLayout* tools_;
  ToolButton* more_button_;
  ToolButton* close_button_;
  QMenu* more_;
  QAction* more_end_;
  Chip* live_ = nullptr;
  bool following_ = true, grows_ = true, stopped_ = false;
  QTimer check_place_;  // runs while the window system may still answer to a new window
  int checks_left_ = 0;
};

}  // namespace cnv::desktop
