// PanelBoard: where panels stand: docks that can be moved, tabbed, floated and closed, arranged from the scene's grid.
// GUI thread.
#pragma once

#include <QMainWindow>
#include <map>
#include <string>
#include <vector>

#include "cnv/core/specs.hpp"

namespace cnv::desktop {

class PanelDock;

struct BoardPanel {
  std::string id, kind;
  PanelDock* dock = nullptr;
  bool shown = true;  // false: nothing to show, hidden
};

class PanelBoard : public QMainWindow {
  Q_OBJECT
 public:
  explicit PanelBoard(QWidget* parent = nullptr);

  PanelDock* make_dock(const QString& id);
  void remove_dock(PanelDock* dock);
  // Places new panels by the grid. Those that stand already stay where the user put them while their order is the same:
  // a further one is placed beside the one before it. In a plain grid (core's has_plain_grid) the default look holds:
  // 3-D left (60 %), plots in a column (24 %), controls at the right (16 %). True when it placed all of them anew.
  bool arrange(const PanelGrid& grid, const std::vector<BoardPanel>& panels, bool plain);
  // The next arrange() starts from the grid again.
  void forget_arrangement() { arranged_.clear(); }

 private:
  void arrange_default(const std::vector<BoardPanel>& panels);
  void arrange_rows(const std::vector<std::vector<BoardPanel>>& rows);
  void insert(const std::vector<std::vector<BoardPanel>>& rows, bool plain);
  bool stands(const std::string& id) const;

  std::vector<std::string> arranged_;
  std::vector<std::size_t> breaks_;  // panels of each row, of a grid that is not plain
  bool plain_ = true;
  std::map<std::string, bool> shown_;  // as last asked for, by panel id
};

}  // namespace cnv::desktop
