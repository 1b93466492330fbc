// Plots that stand above each other leave the same room beside their data, so that their time axes line up. Used by the
// window after each painting. GUI thread.
#pragma once

#include <vector>

#include "cnv/desktop/flat_panel.hpp"

namespace cnv::desktop {

// Gives the plots of each column, which have the same left edge and width in the same window, the left margin of the
// one that needs most, and those with the same x dimension the right margin too. Returns the panels whose margins
// changed: they must be refreshed. Panels that are not seen are left out.
std::vector<FlatPanel*> align_columns(const std::vector<FlatPanel*>& panels);

}  // namespace cnv::desktop
