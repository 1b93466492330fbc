#include "cnv/desktop/column_margins.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace cnv::desktop {
namespace {

using Column = std::tuple<const QWidget*, int, int>;  // window, left edge, width

Column column_of(const QWidget& panel) {
  return {panel.window(), panel.mapTo(panel.window(), QPoint()).x(), panel.width()};
}

}  // namespace

std::vector<FlatPanel*> align_columns(const std::vector<FlatPanel*>& panels) {
  std::map<Column, double> left;
  std::map<std::pair<Column, std::string>, double> right;
  const auto margins = [](const FlatPanel& panel) {
    return panel.visibleRegion().isEmpty() ? std::nullopt : panel.margins();
  };
  for (const auto* panel : panels) {
    const auto own = margins(*panel);
    if (!own) continue;
    double& widest_left = left[column_of(*panel)];
    double& widest_right = right[{column_of(*panel), own->x_dim}];
    widest_left = std::max(widest_left, own->own.left);
    widest_right = std::max(widest_right, own->own.right);
  }
  std::vector<FlatPanel*> changed;
  for (auto* panel : panels) {
    const auto own = margins(*panel);
    if (!own) continue;
    const PlotMargins wanted{left[column_of(*panel)], right[{column_of(*panel), own->x_dim}]};
    if (wanted == own->least) continue;
    panel->set_least_margins(wanted);
    // What a plot needs by itself it has anyway.
    if (std::max(wanted.left, own->own.left) != std::max(own->least.left, own->own.left) ||
        std::max(wanted.right, own->own.right) != std::max(own->least.right, own->own.right))
      changed.push_back(panel);
  }
  return changed;
}

}  // namespace cnv::desktop
