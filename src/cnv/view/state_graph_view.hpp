// StateGraphView: a StateGraphViewSpec and the store → one finished state graph (StateGraphPicture): values found by
// name, colours, texts, and the part of the graph that is in view. GUI thread only.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "cnv/core/scene_store.hpp"
#include "cnv/draw/state_graph_picture.hpp"
#include "cnv/view/view_colors.hpp"

namespace cnv {

class StateGraphView {
 public:
  // Brings values and colours up to date. States and edges that their field does not have show 0; without a field all
  // are grey. On a dark ground the default maps "fire" (nodes) and "bwr" (edges) recede at rest; on a light one "fire"
  // is "state-fire".
  void update(const StateGraphViewSpec& spec, const SceneStore& store, Theme theme);
  // For a size in logical pixels, after update().
  const StateGraphPicture& layout(double width, double height, const FontMetrics& metrics);
  // The same part of the graph as the last layout, for another size.
  const StateGraphPicture& layout_like_last(double width, double height, const FontMetrics& metrics);
  const StateGraphPicture& picture() const { return picture_; }

  const std::string& title() const { return title_; }
  // One quiet sentence instead of a graph, or empty.
  const std::string& message() const { return message_; }
  const Background& background() const { return background_; }
  const std::vector<Problem>& problems() const { return problems_; }
  const StateGraphViewSpec& spec() const { return spec_; }

  // ---- the pointer and what is in view; pixels are logical, from the top left corner -----------------------------
  // True when something else is under the pointer than before; it shows with the next layout().
  bool hover_at(double px, double py);
  bool leave();
  // "C1   0.612", "O   0.031   open", "C1 → O   a12   0.031", or empty.
  const std::string& tip() const { return tip_; }
  // The graph moves with the pointer.
  void pan(double dx_px, double dy_px);
  // The place under the pointer stays; a factor > 1 comes closer.
  void zoom_at(double px, double py, double factor);
  // All states are in view again.
  void fit();
  bool fitted() const { return zoom_ == 1 && dx_ == 0 && dy_ == 0; }

 private:
  // One field of values that are found by name.
  struct Values {
    const StoredField* field = nullptr;
    std::uint64_t coord_revision = 0;
    std::unordered_map<std::string, std::int64_t> places;  // of names
    Array data;
    std::string unit;
    double at(const std::string& name) const;
  };
  void read(Values& values, const std::string& field_id, std::string_view what, const SceneStore& store);
  void update_structure(const StateGraphViewSpec& spec);
  void update_background(const StateGraphViewSpec& spec, Theme theme);
  void update_bars(const StateGraphViewSpec& spec);
  ColorBar color_bar(const std::string& map, const Limits& limits, const Values& values, const std::string& field_id,
                     std::string_view what);
  void update_nodes();
  void update_edges();
  void update_tip();
  void add_problem(std::string cause, std::string message);

  StateGraphViewSpec spec_;
  bool has_spec_ = false;
  Values node_values_, edge_values_;
  StateGraphRequest request_;
  std::vector<Problem> structure_problems_, problems_;
  Background background_{};
  std::string title_, message_, tip_;
  double zoom_ = 1, dx_ = 0, dy_ = 0;
  StateGraphPicture picture_;
};

}  // namespace cnv
