// Paints a finished state graph: to its panel, to a picture and to PDF, all with the same strokes. GUI thread.
#pragma once

#include <memory>

#include "cnv/desktop/picture_file.hpp"
#include "cnv/view/state_graph_view.hpp"

namespace cnv::desktop {

// `whole_texts`: each text is one piece, for files whose text can be searched and edited.
void paint_state_graph(QPainter& painter, const StateGraphPicture& picture, const Background& background,
                       const std::string& message, bool whole_texts = false);

// A copy of the graph as last laid out, without the pointer, in the colours of a theme; it stays as it is while the one
// in the window goes on.
class StateGraphExport {
 public:
  StateGraphExport(const StateGraphView& shown, const SceneStore& store, Theme theme);
  FilePicture picture() const { return picture(screen_); }
  // Laid out anew: a picture made before shows the same then.
  FilePicture picture(const FigureLayout& layout) const;
  const FigureLayout& screen() const { return screen_; }

 private:
  std::shared_ptr<StateGraphView> view_;
  FigureLayout screen_;
};

}  // namespace cnv::desktop
