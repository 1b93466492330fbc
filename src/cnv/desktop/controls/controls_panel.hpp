// The column of controls: groups with headings and dividing lines, then one button per action; scrolls vertically.
// GUI thread.
#pragma once

#include <QScrollArea>

#include <vector>

#include "cnv/desktop/controls/action_button.hpp"
#include "cnv/desktop/controls/control.hpp"

class QGridLayout;
class QVBoxLayout;

namespace cnv::desktop {

struct ControlsGroup {
  QString heading;  // empty: none
  std::vector<Control*> controls;
};

class ControlsPanel : public QScrollArea {
  Q_OBJECT

 public:
  explicit ControlsPanel(QWidget* parent = nullptr);
  // Takes the widgets; what was shown before is deleted unless it is among the new ones: those keep focus and running
  // drags. Nothing at all: the quiet sentence.
  void set_contents(std::vector<ControlsGroup> groups, std::vector<ActionButton*> actions);
  void set_empty_text(const QString& text);
  // Disables all controls and buttons; scrolling goes on.
  void set_active(bool active);
  Control* control(const QString& id) const;
  ActionButton* action(const QString& id) const;
  int columns() const { return columns_; }

 Q_SIGNALS:
  void value_changed(const QString& control_id, const QVariant& value);
  void action_fired(const QString& action_id);
  // What a control says about something typed, for the status bar.
  void remarked(const QString& text);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  // The control, and its stop of the Tab key, that has the focus.
  struct FocusPlace {
    QString id;
    std::size_t stop = 0;
  };
  void rebuild();
  void add_group(const ControlsGroup& group);
  void add_actions();
  QVBoxLayout* add_part();
  QGridLayout* add_grid(QVBoxLayout* part, int vertical_spacing);
  void set_tab_order();
  int wanted_columns() const;
  // Beside the fields, or above them where one label finds no room.
  void align_fields();
  void place_labels();
  std::vector<Control*> controls() const;
  FocusPlace focus_place() const;
  void restore_focus(const FocusPlace& place);
  void make_room_for_scroll_bar(bool shown);

  std::vector<ControlsGroup> groups_;
  std::vector<ActionButton*> actions_;
  std::vector<QVBoxLayout*> parts_;
  std::vector<QWidget*> decorations_;  // lines and headings
  QString empty_text_;
  int columns_ = 1;
  bool active_ = true;
};

}  // namespace cnv::desktop
