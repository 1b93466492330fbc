// ViewTiles: several 3-D views of one panel, side by side, each under its name; they share the panel's camera. GUI
// thread.
#pragma once

#include <QSplitter>
#include <map>
#include <string>
#include <vector>

class QHBoxLayout;

namespace cnv::desktop {

class MenuButton;
class TextLabel;
class View3dPanel;

class ViewTiles : public QSplitter {
  Q_OBJECT
 public:
  explicit ViewTiles(QWidget* parent = nullptr);
  // Takes the view over; equal shares of the width.
  void add(QWidget* view, const std::string& view_id);
  void set_caption(const std::string& view_id, const QString& text);
  // A list beside the view's name: hidden until it has words. Of a view that was added.
  MenuButton* add_list(const std::string& view_id, const QString& name);
  // Those that could be made, in order.
  const std::vector<View3dPanel*>& views() const { return views_; }

 private:
  QSize smallest() const;
  std::vector<View3dPanel*> views_;
  struct Head {
    TextLabel* caption;
    QHBoxLayout* row;
  };
  std::map<std::string, Head> heads_;  // by view id
};

}  // namespace cnv::desktop
