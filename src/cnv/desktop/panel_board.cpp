#include "cnv/desktop/panel_board.hpp"

#include <QDockWidget>
#include <QLayout>
#include <algorithm>

#include "cnv/desktop/dock.hpp"

namespace cnv::desktop {

namespace {

// Parts of a row's width that panels ask for.
constexpr int scene_part = 60, plot_part = 24, controls_part = 16;

// A row with so many gets no narrower for a further one.
constexpr std::size_t panels_beside = 3;

bool is_scene(const BoardPanel& panel) { return panel.kind == panel_kind_view_3d; }
bool is_controls(const BoardPanel& panel) { return panel.kind == panel_kind_controls; }

QList<int> widths_of(const std::vector<BoardPanel>& row, int width) {
  const auto scenes = static_cast<int>(std::count_if(row.begin(), row.end(), is_scene)),
             controls = static_cast<int>(std::count_if(row.begin(), row.end(), is_controls));
  const int plots = static_cast<int>(row.size()) - scenes - controls;
  const int plot = scenes > 0 || plots == 0 ? plot_part : (scene_part + plot_part) / plots;
  const int total = scenes * scene_part + plots * plot + controls * controls_part;
  QList<int> out;
  for (const auto& panel : row)
    out << std::max(1, width * (is_scene(panel) ? scene_part : is_controls(panel) ? controls_part : plot) / total);
  return out;
}

}  // namespace

PanelBoard::PanelBoard(QWidget* parent) : QMainWindow(parent) {
  setWindowFlags(Qt::Widget);  // a main window as a part of another one
  setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
  setDockNestingEnabled(true);
  setContextMenuPolicy(Qt::NoContextMenu);
}

PanelDock* PanelBoard::make_dock(const QString& id) {
  auto* dock = new PanelDock(this);
  dock->setObjectName(id);
  return dock;
}

void PanelBoard::remove_dock(PanelDock* dock) {
  removeDockWidget(dock);
  dock->deleteLater();
}

bool PanelBoard::stands(const std::string& id) const {
  return std::find(arranged_.begin(), arranged_.end(), id) != arranged_.end();
}

bool PanelBoard::arrange(const PanelGrid& grid, const std::vector<BoardPanel>& panels, bool plain) {
  std::vector<std::string> names;
  std::vector<std::vector<BoardPanel>> rows;
  for (const auto& row : grid) {
    std::vector<BoardPanel> found;
    for (const auto& id : row) {
      const auto it = std::find_if(panels.begin(), panels.end(), [&](const BoardPanel& p) { return p.id == id; });
      names.push_back(id);
      if (it != panels.end()) found.push_back(*it);
    }
    if (!found.empty()) rows.push_back(std::move(found));
  }
  const auto common = [](std::vector<std::string> of, const std::vector<std::string>& with) {
    std::erase_if(of, [&](const auto& id) { return std::find(with.begin(), with.end(), id) == with.end(); });
    return of;
  };
  // Rows that a person sees differ by their breaks too, which a plain grid has none of.
  std::vector<std::size_t> breaks;
  if (!plain)
    for (const auto& row : rows) breaks.push_back(row.size());
  const auto kept = common(arranged_, names);
  const bool anew =
      kept.empty() || kept != common(names, arranged_) || plain != plain_ || (names == arranged_ && breaks != breaks_);
  if (anew) {
    // A dock must be visible before it is placed: hidden ones get no room of their own.
    for (const auto& panel : panels) {
      removeDockWidget(panel.dock);
      panel.dock->setFloating(false);
      panel.dock->show();
    }
    std::vector<BoardPanel> all;
    for (const auto& row : rows) all.insert(all.end(), row.begin(), row.end());
    if (plain) arrange_default(all);
    else arrange_rows(rows);
  } else {
    insert(rows, plain);
    for (const auto& panel : panels)
      if (dockWidgetArea(panel.dock) == Qt::NoDockWidgetArea && !panel.dock->isFloating())
        addDockWidget(Qt::RightDockWidgetArea, panel.dock);
  }
  arranged_ = names;
  breaks_ = breaks;
  plain_ = plain;
  for (const auto& panel : panels) {
    const bool in_grid = std::find(names.begin(), names.end(), panel.id) != names.end();
    const bool shown = panel.shown && in_grid;
    // What the user closed stays closed while the layout is the same.
    const auto before = shown_.find(panel.id);
    if (anew || before == shown_.end() || before->second != shown) panel.dock->setVisible(shown);
    shown_[panel.id] = shown;
  }
  return anew;
}

// Panels that do not stand yet: a plot of a plain grid under the plots, any other beside the one before it, or below it
// where the row is crowded.
void PanelBoard::insert(const std::vector<std::vector<BoardPanel>>& rows, bool plain) {
  PanelDock *before = nullptr, *above = nullptr;
  for (const auto& row : rows) {
    PanelDock* first = nullptr;
    for (const auto& panel : row) {
      const bool is_plot = !is_scene(panel) && !is_controls(panel);
      if (!stands(panel.id)) {
        auto* neighbour = plain || first ? before : above;
        if (plain && !is_plot) neighbour = nullptr;
        if (neighbour && dockWidgetArea(neighbour) != Qt::NoDockWidgetArea && !neighbour->isFloating()) {
          panel.dock->show();
          const bool is_crowded = row.size() > panels_beside;
          splitDockWidget(neighbour, panel.dock, plain || !first || is_crowded ? Qt::Vertical : Qt::Horizontal);
        }
      }
      if (!plain || is_plot) before = panel.dock;
      if (!first) first = panel.dock;
    }
    above = first;
  }
}

void PanelBoard::arrange_default(const std::vector<BoardPanel>& panels) {
  std::vector<QDockWidget*> scenes, plots, controls;
  for (const auto& panel : panels)
    (is_scene(panel) ? scenes : is_controls(panel) ? controls : plots).push_back(panel.dock);
  std::vector<QDockWidget*> columns;
  QList<int> widths;
  const auto add_column = [&](const std::vector<QDockWidget*>& docks, int width) {
    if (docks.empty()) return;
    if (columns.empty()) addDockWidget(Qt::LeftDockWidgetArea, docks.front());
    else splitDockWidget(columns.back(), docks.front(), Qt::Horizontal);
    columns.push_back(docks.front());
    widths << width;
  };
  // Columns first, then each is divided downwards.
  add_column(scenes, scene_part);
  add_column(plots, scenes.empty() ? scene_part + plot_part : plot_part);
  add_column(controls, controls_part);
  for (const auto* docks : {&scenes, &plots, &controls})
    for (std::size_t i = 1; i < docks->size(); ++i) splitDockWidget((*docks)[i - 1], (*docks)[i], Qt::Vertical);
  layout()->activate();
  int total = 0;
  for (const int w : widths) total += w;
  QList<int> sizes;
  for (const int w : widths) sizes << std::max(1, width() * w / std::max(1, total));
  resizeDocks(QList<QDockWidget*>(columns.begin(), columns.end()), sizes, Qt::Horizontal);
  for (const auto* docks : {&scenes, &plots})
    if (docks->size() > 1)
      resizeDocks(QList<QDockWidget*>(docks->begin(), docks->end()),
                  QList<int>(static_cast<qsizetype>(docks->size()), height()), Qt::Vertical);
}

void PanelBoard::arrange_rows(const std::vector<std::vector<BoardPanel>>& rows) {
  QList<QDockWidget*> firsts;
  for (const auto& row : rows) {
    if (firsts.isEmpty()) addDockWidget(Qt::LeftDockWidgetArea, row.front().dock);
    else splitDockWidget(firsts.back(), row.front().dock, Qt::Vertical);
    firsts << row.front().dock;
  }
  layout()->activate();
  for (const auto& row : rows) {
    QList<QDockWidget*> docks{row.front().dock};
    for (std::size_t i = 1; i < row.size(); ++i) {
      splitDockWidget(docks.back(), row[i].dock, Qt::Horizontal);
      docks << row[i].dock;
    }
    resizeDocks(docks, widths_of(row, width()), Qt::Horizontal);
  }
  // A last row of controls alone takes 28 % of the height.
  QList<int> heights(firsts.size(), height());
  if (rows.size() > 1 && rows.back().size() == 1 && is_controls(rows.back().front()))
    heights.back() = static_cast<int>(0.39 * height() * static_cast<double>(rows.size() - 1));
  resizeDocks(firsts, heights, Qt::Vertical);
}

}  // namespace cnv::desktop
