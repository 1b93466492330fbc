// StateGraphPicture: a state graph as plain data in logical pixels, and the layout that makes it. Made by `view`, drawn
// by `desktop` and by exports; any thread.
#pragma once

#include <array>

#include "cnv/draw/color_bar.hpp"
#include "cnv/draw/palette.hpp"
#include "cnv/draw/plot_picture.hpp"

namespace cnv {

// Strokes of an edge: its colour over a frame in `edge`, so that pale colours show on any ground.
inline constexpr double edge_px = 2, edge_frame_px = 3.5;

struct GraphNodeSpec {
  std::string name;
  double x = 0, y = 0;          // any range; y upwards
  std::optional<double> value;  // none: there is no field
  std::string value_text;
  Rgba8 color;
  bool open = false;  // it conducts
};

struct GraphEdgeSpec {
  std::size_t source = 0, target = 0;  // indices of nodes
  std::string id;
  std::string value_text;  // empty: there is no field
  Rgba8 color;
};

// What a graph shows, before layout. Sizes in logical pixels.
struct StateGraphRequest {
  double width = 0, height = 0;
  std::vector<GraphNodeSpec> nodes;
  std::vector<GraphEdgeSpec> edges;
  std::optional<ColorBar> node_bar, edge_bar;
  double node_size = 20;            // diameter of a disc
  std::string widest_value;         // room that each node keeps for its value
  double zoom = 1, dx = 0, dy = 0;  // of the places, about the middle; boxes and text keep their size
  std::optional<std::size_t> hovered_node, hovered_edge;
  std::string tip;  // of what is hovered
};

struct GraphNode {
  PlotRect box;  // in dots, that of the disc
  double disc_x = 0, disc_y = 0, disc_radius = 0;
  Rgba8 color;
  PlotText label, value;  // value is empty where there is no room
  PlotRect track, bar;    // 3 px, filled up to the value; empty without one
  bool framed = true;     // false: only the disc and the name
  bool open = false;      // it conducts
  bool hovered = false;
};

struct GraphEdge {
  std::vector<PlotPoint> line;      // empty: its nodes are too near
  std::array<PlotPoint, 3> head{};  // tip first
  Rgba8 color;
  PlotText value;
  bool hovered = false;
};

// A colour bar that lies: low at the left.
struct LyingColorBar {
  PlotRect area;
  ColorTable table{};
  std::vector<PlotLine> ticks;
  std::vector<PlotText> texts;  // tick labels and title
};

struct GraphTip {
  PlotRect box;
  PlotText label;
};

// The outline of a node, round its box or, in dots, its disc: the colour token and the width.
struct GraphOutline {
  std::uint32_t Tokens::* color;
  double width_px;
};
inline GraphOutline outline_of(const GraphNode& node) {
  return {node.hovered ? &Tokens::text1
          : node.open  ? &Tokens::accent
                       : &Tokens::edge,
          node.hovered || node.open ? 2.0 : 1.0};
}

struct StateGraphPicture {
  double width = 0, height = 0;
  PlotRect graph;  // where nodes and edges go
  std::vector<GraphEdge> edges;
  std::vector<GraphNode> nodes;
  std::vector<LyingColorBar> bars;
  std::optional<GraphTip> tip;
  double middle_x = 0, middle_y = 0;  // the fixed point of zoom

  // Index of the node or edge at a point, or -1. Nodes lie over edges.
  int node_at(double px, double py) const;
  int edge_at(double px, double py) const;
};

// Fits the places into the picture, each axis for itself; neighbours are at most 260 px apart. Where boxes would
// overlap, first the values give way, then the boxes. The colour bars stand below the graph and vanish when there is no
// room.
StateGraphPicture layout_state_graph(const StateGraphRequest& request, const FontMetrics& metrics);

}  // namespace cnv
