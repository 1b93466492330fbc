// Paints a finished state graph: to its panel, to a picture and to PDF, all with the same strokes. GUI thread.
#pragma once

#include "cnv/desktop/picture_file.hpp"
#include "cnv/view/state_graph_view.hpp"

namespace cnv::desktop {

// `whole_texts`: each text is one piece, for files whose text can be searched and edited.
void paint_state_graph(QPainter& painter, const StateGraphPicture& picture, const Background& background,
                       const std::string& message, bool whole_texts = false);

// A copy of the graph as last laid out, without the pointer, in the colours of a theme; it stays as it is while the one
// in the window goes on.
FilePicture state_graph_file(const StateGraphView& shown, const SceneStore& store, Theme theme);

}  // namespace cnv::desktop
