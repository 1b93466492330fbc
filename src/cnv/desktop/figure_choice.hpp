// What a person last chose about a figure: its size, text, resolution and colours. Kept by LayoutMemory, changed by
// FigureBox. GUI thread.
#pragma once

#include <optional>

#include "cnv/base/figure_size.hpp"
#include "cnv/draw/palette.hpp"

namespace cnv::desktop {

struct FigureChoice {
  FigureSize size;
  bool as_on_screen = true;       // the panel's own size and text instead of `size`; its unit and resolution hold
  std::optional<Theme> colors;    // none: those of the window
  bool transparent = false;       // the ground of a 3-D view
  bool keep_proportions = false;  // height follows width, and width height, in those of the panel
  friend bool operator==(const FigureChoice&, const FigureChoice&) = default;
};

}  // namespace cnv::desktop
