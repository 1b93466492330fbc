#include "cnv/draw/state_graph_picture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cnv {
namespace {

constexpr double padding = 12, box_height = 36, inner = 8, disc_gap = 6, value_gap = 12, track_height = 3,
                 overlap_gap = 6;
constexpr double farthest_neighbours = 260, text_px = 12, small_px = 11;
constexpr double edge_gap = 4, head_length = 8, head_half_width = 3.5, pair_shift = 5, pair_bow = 0.06, most_bow = 22;
constexpr double loop_radius = 11, reach_px = 5;
constexpr double bar_width = 140, bar_height = 8, bars_height = 52, bars_from_height = 190, least_bar_width = 70;
constexpr int line_points = 24, bar_ticks = 5;
constexpr std::size_t most_compared = 256;  // nodes whose pairs are compared; more are dots

enum class Detail : std::uint8_t { full, names, dots };

struct Vec {
  double x = 0, y = 0;
  Vec operator+(Vec o) const { return {x + o.x, y + o.y}; }
  Vec operator-(Vec o) const { return {x - o.x, y - o.y}; }
  Vec operator*(double f) const { return {x * f, y * f}; }
  double length() const { return std::hypot(x, y); }
};
PlotPoint point(Vec v) { return {v.x, v.y}; }

bool inside(const PlotRect& r, Vec p, double margin) {
  return p.x >= r.x - margin && p.x <= r.right() + margin && p.y >= r.y - margin && p.y <= r.bottom() + margin;
}

class GraphLayout {
 public:
  GraphLayout(const StateGraphRequest& request, const FontMetrics& metrics) : request_(request), metrics_(metrics) {}

  StateGraphPicture run() {
    out_.width = request_.width;
    out_.height = request_.height;
    out_.graph = {0, 0, request_.width, request_.height};
    bars();
    if (!request_.nodes.empty() && request_.width > 0 && request_.height > 0) {
      place();
      for (std::size_t i = 0; i < request_.nodes.size(); ++i) node(i);
      for (std::size_t i = 0; i < request_.edges.size(); ++i) edge(i);
    }
    tip();
    return std::move(out_);
  }

 private:
  double width_of(const std::string& text, double size_px, int weight) const {
    return text.empty() ? 0 : metrics_.text_width(text, size_px, weight);
  }
  double baseline(double middle, double size_px) const {
    return middle + (metrics_.ascent(size_px) - metrics_.descent(size_px)) / 2 - 1;
  }

  // ---- places ----------------------------------------------------------------------------------------------------

  // Boxes of one graph have one size.
  Vec box_size(Detail detail) const {
    if (detail == Detail::dots) return {request_.node_size, request_.node_size};
    double label = 0;
    for (const auto& node : request_.nodes) label = std::max(label, width_of(node.name, text_px, 600));
    double width = inner + request_.node_size + disc_gap + label + inner;
    if (detail == Detail::full && !request_.widest_value.empty())
      width += value_gap + width_of(request_.widest_value, text_px, 400);
    return {std::ceil(width), std::max(box_height, request_.node_size + 2 * inner)};
  }

  void place() {
    for (const auto detail : {Detail::full, Detail::names, Detail::dots}) {
      detail_ = detail;
      size_ = box_size(detail);
      places_ = fitted();
      if (detail == Detail::dots || !overlap()) return;
    }
  }

  std::vector<Vec> fitted() {
    Vec low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()}, high{-low.x, -low.y};
    for (const auto& node : request_.nodes) {
      low = {std::min(low.x, node.x), std::min(low.y, node.y)};
      high = {std::max(high.x, node.x), std::max(high.y, node.y)};
    }
    // Room for what stands beside the boxes: loops above, values of edges and names of dots above and below.
    const double above = has_loops() ? 2 * loop_radius + small_px : 0;
    const double beside = detail_ == Detail::dots || has_edge_values() ? small_px : 0;
    const Vec room{std::max(0.0, out_.graph.width - 2 * padding - size_.x),
                   std::max(0.0, out_.graph.height - 2 * padding - size_.y - above - 2 * beside)};
    const Vec extent = high - low;
    Vec scale{extent.x > 0 ? room.x / extent.x : 0, extent.y > 0 ? room.y / extent.y : 0};
    const double nearest = nearest_neighbours(scale);
    if (nearest > farthest_neighbours) scale = scale * (farthest_neighbours / nearest);
    scale = scale * request_.zoom;
    const Vec middle{out_.graph.x + out_.graph.width / 2, out_.graph.y + (out_.graph.height + above) / 2};
    out_.middle_x = middle.x;
    out_.middle_y = middle.y;
    std::vector<Vec> places;
    for (const auto& node : request_.nodes)
      places.push_back({std::round(middle.x + (node.x - (low.x + high.x) / 2) * scale.x + request_.dx),
                        std::round(middle.y - (node.y - (low.y + high.y) / 2) * scale.y + request_.dy)});
    return places;
  }

  bool has_loops() const {
    return std::any_of(request_.edges.begin(), request_.edges.end(),
                       [](const auto& e) { return e.source == e.target; });
  }

  bool has_edge_values() const {
    return std::any_of(request_.edges.begin(), request_.edges.end(),
                       [](const auto& e) { return !e.value_text.empty(); });
  }

  double nearest_neighbours(Vec scale) const {
    double nearest = 0;
    const auto& nodes = request_.nodes;
    if (nodes.size() > most_compared) return 0;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const double distance = Vec{(nodes[i].x - nodes[j].x) * scale.x, (nodes[i].y - nodes[j].y) * scale.y}.length();
        if (distance > 0 && (nearest == 0 || distance < nearest)) nearest = distance;
      }
    return nearest;
  }

  // An edge between two boxes needs room for its head.
  bool overlap() const {
    if (places_.size() > most_compared) return true;
    for (std::size_t i = 0; i < places_.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const Vec d = places_[i] - places_[j];
        if (std::fabs(d.x) < size_.x + overlap_gap && std::fabs(d.y) < size_.y + overlap_gap) return true;
      }
    for (const auto& edge : request_.edges) {
      const Vec d = places_[edge.source] - places_[edge.target];
      if (edge.source != edge.target && std::fabs(d.y) < size_.y &&
          std::fabs(d.x) < size_.x + 2 * edge_gap + 2.5 * head_length)
        return true;
    }
    return false;
  }

  // ---- parts -----------------------------------------------------------------------------------------------------

  void node(std::size_t i) {
    const auto& given = request_.nodes[i];
    GraphNode node{.color = given.color, .open = given.open, .hovered = request_.hovered_node == i};
    node.box = {places_[i].x - std::round(size_.x / 2), places_[i].y - std::round(size_.y / 2), size_.x, size_.y};
    node.disc_radius = request_.node_size / 2;
    node.disc_y = node.box.y + size_.y / 2;
    node.framed = detail_ != Detail::dots;
    if (detail_ == Detail::dots) {
      node.disc_x = node.box.x + size_.x / 2;
      if (places_.size() <= most_compared)
        node.label = {given.name, node.disc_x, node.box.y - 4, TextAlign::center, small_px, 600, TextRole::text1};
      out_.nodes.push_back(std::move(node));
      return;
    }
    node.disc_x = node.box.x + inner + node.disc_radius;
    const double left = node.disc_x + node.disc_radius + disc_gap, right = node.box.right() - inner;
    const double line = node.disc_y - (given.value ? 3 : 0);
    node.label = {given.name, left, baseline(line, text_px), TextAlign::left, text_px, 600, TextRole::text1};
    if (detail_ == Detail::full)
      node.value = {given.value_text, right, baseline(line, text_px), TextAlign::right, text_px, 400, TextRole::text1};
    if (given.value) {
      node.track = {left, std::round(node.disc_y + 8), right - left, track_height};
      node.bar = node.track;
      node.bar.width *= fraction(*given.value);
    }
    out_.nodes.push_back(std::move(node));
  }

  double fraction(double value) const {
    if (!request_.node_bar || !std::isfinite(value)) return 0;
    const auto& scale = request_.node_bar->scale;
    return static_cast<double>(scale.normalized(static_cast<float>(value)));
  }

  bool has_opposite(const GraphEdgeSpec& edge) const {
    return std::any_of(request_.edges.begin(), request_.edges.end(),
                       [&](const auto& other) { return other.source == edge.target && other.target == edge.source; });
  }

  void edge(std::size_t i) {
    const auto& given = request_.edges[i];
    GraphEdge edge{.color = given.color, .hovered = request_.hovered_edge == i};
    if (given.source == given.target) loop(edge, given);
    else curve(edge, given);
    out_.edges.push_back(std::move(edge));
  }

  void finish(GraphEdge& edge, std::vector<Vec> path) const {
    const Vec tip = path.back();
    // The head points along the last stretch of its own length.
    std::size_t from = path.size() - 1;
    while (from > 0 && (tip - path[from]).length() < head_length) --from;
    const Vec back = path[from] - tip;
    const Vec d = back * (1 / std::max(1e-9, back.length()));
    const Vec foot = tip + d * head_length, side{-d.y * head_half_width, d.x * head_half_width};
    edge.head = {point(tip), point(foot + side), point(foot - side)};
    path.resize(from + 1);
    path.push_back(foot);
    for (const Vec& p : path) edge.line.push_back(point(p));
  }

  void curve(GraphEdge& edge, const GraphEdgeSpec& given) const {
    const Vec from = places_[given.source], to = places_[given.target];
    const Vec way = to - from;
    const double length = way.length();
    if (length < 1) return;
    const Vec d = way * (1 / length), left{d.y, -d.x};
    const bool pair = has_opposite(given);
    const Vec a = from + left * (pair ? pair_shift : 0), b = to + left * (pair ? pair_shift : 0);
    const Vec control = (a + b) * 0.5 + left * (pair ? std::min(most_bow, 2 * pair_bow * length) : 0);
    const auto at = [&](double t) { return a * ((1 - t) * (1 - t)) + control * (2 * t * (1 - t)) + b * (t * t); };
    const auto free = [&](double t) {
      return !inside(out_.nodes[given.source].box, at(t), edge_gap) &&
             !inside(out_.nodes[given.target].box, at(t), edge_gap);
    };
    constexpr int fine = 256;
    int first = 0, last = fine;
    while (first <= fine && !free(static_cast<double>(first) / fine)) ++first;
    while (last >= 0 && !free(static_cast<double>(last) / fine)) --last;
    const double t0 = static_cast<double>(first) / fine, t1 = static_cast<double>(last) / fine;
    if (last <= first || (at(t1) - at(t0)).length() < head_length + 2) return;
    std::vector<Vec> path;
    for (int k = 0; k <= line_points; ++k) path.push_back(at(t0 + (t1 - t0) * k / line_points));
    const double shown = (path.back() - path.front()).length();
    finish(edge, path);
    const double width = width_of(given.value_text, small_px, 400);
    if (width <= 0 || detail_ == Detail::dots || shown < 20 || std::fabs(d.x) * width > shown + 8) return;
    // Beside the middle, on the left of the way: of a pair each has its own side.
    const Vec middle = at((t0 + t1) / 2);
    const Vec center = middle + left * (5 + std::fabs(left.x) * width / 2 + std::fabs(left.y) * small_px / 2);
    edge.value = {given.value_text, center.x, baseline(center.y, small_px), TextAlign::center, small_px, 400,
                  TextRole::text2};
  }

  // Over the upper edge of its box.
  void loop(GraphEdge& edge, const GraphEdgeSpec& given) const {
    const auto& box = out_.nodes[given.source].box;
    const Vec middle{box.x + box.width / 2, box.y - loop_radius};
    constexpr double pi = 3.141592653589793, open = 0.7;
    std::vector<Vec> path;
    for (int k = 0; k <= line_points; ++k) {
      const double angle = pi / 2 + open + (2 * pi - 2 * open) * k / line_points;
      path.push_back({middle.x + loop_radius * std::cos(angle), middle.y + loop_radius * std::sin(angle)});
    }
    finish(edge, path);
    if (detail_ != Detail::dots && !given.value_text.empty())
      edge.value = {given.value_text, middle.x, middle.y - loop_radius - 4, TextAlign::center, small_px, 400,
                    TextRole::text2};
  }

  // ---- colour bars and tip ---------------------------------------------------------------------------------------

  void bars() {
    std::vector<const ColorBar*> shown;
    for (const auto* bar : {&request_.node_bar, &request_.edge_bar})
      if (*bar) shown.push_back(&**bar);
    if (shown.empty() || request_.height < bars_from_height) return;
    const double room =
        (request_.width - padding * (static_cast<double>(shown.size()) + 1)) / static_cast<double>(shown.size());
    const double width = std::floor(std::min(bar_width, room - 16));
    if (width < least_bar_width) return;
    double x = padding + 8;  // the label of the first tick reaches to its left
    for (const auto* bar : shown) {
      lay(*bar, {x, std::round(request_.height - bars_height + 20), width, bar_height});
      x += width + 16 + 2 * padding;
    }
    out_.graph.height -= bars_height;
  }

  void lay(const ColorBar& bar, PlotRect area) {
    LyingColorBar out{.area = area, .table = bar.table};
    out.texts.push_back({bar.title, area.x, area.y - 6, TextAlign::left, small_px, 500, TextRole::text1});
    for (const auto& tick :
         color_bar_ticks(static_cast<double>(bar.scale.low), static_cast<double>(bar.scale.high), bar_ticks)) {
      const double x = std::round(area.x + static_cast<double>(tick.position) * area.width);
      out.ticks.push_back({x, area.bottom() + 1, x, area.bottom() + 4});
      out.texts.push_back({tick.label, x, area.bottom() + 5 + metrics_.ascent(small_px), TextAlign::center, small_px,
                           400, TextRole::text2});
    }
    out_.bars.push_back(std::move(out));
  }

  void tip() {
    if (request_.tip.empty()) return;
    Vec at;
    if (request_.hovered_node && *request_.hovered_node < out_.nodes.size()) {
      const auto& box = out_.nodes[*request_.hovered_node].box;
      at = {box.x + box.width / 2, box.y};
    } else if (request_.hovered_edge && *request_.hovered_edge < out_.edges.size() &&
               !out_.edges[*request_.hovered_edge].line.empty()) {
      const auto& line = out_.edges[*request_.hovered_edge].line;
      at = {line[line.size() / 2].x, line[line.size() / 2].y - 8};
    } else {
      return;
    }
    const double width = std::ceil(width_of(request_.tip, text_px, 400)) + 16, height = 22;
    PlotRect box{std::round(at.x - width / 2), std::round(at.y - height - 6), width, height};
    box.x = std::clamp(box.x, 2.0, std::max(2.0, request_.width - width - 2));
    if (box.y < 2) box.y = std::round(at.y + box_height + 12);
    out_.tip = GraphTip{box,
                        {request_.tip, box.x + 8, baseline(box.y + height / 2, text_px), TextAlign::left, text_px, 400,
                         TextRole::tip_text}};
  }

  const StateGraphRequest& request_;
  const FontMetrics& metrics_;
  Detail detail_ = Detail::full;
  Vec size_;
  std::vector<Vec> places_;
  StateGraphPicture out_;
};

double distance(PlotPoint a, PlotPoint b, double px, double py) {
  const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
  const double t = squared > 0 ? std::clamp(((px - a.x) * dx + (py - a.y) * dy) / squared, 0.0, 1.0) : 0;
  return std::hypot(px - a.x - t * dx, py - a.y - t * dy);
}

}  // namespace

int StateGraphPicture::node_at(double px, double py) const {
  for (std::size_t i = nodes.size(); i-- > 0;)
    if (inside(nodes[i].box, {px, py}, nodes[i].framed ? 0 : 2)) return static_cast<int>(i);
  return -1;
}

int StateGraphPicture::edge_at(double px, double py) const {
  if (node_at(px, py) >= 0) return -1;
  int found = -1;
  double nearest = reach_px;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto& line = edges[i].line;
    for (std::size_t k = 1; k < line.size(); ++k)
      if (const double d = distance(line[k - 1], line[k], px, py); d < nearest) {
        nearest = d;
        found = static_cast<int>(i);
      }
    if (!line.empty())
      if (const double d = distance(line.back(), edges[i].head[0], px, py); d < nearest) {
        nearest = d;
        found = static_cast<int>(i);
      }
  }
  return found;
}

StateGraphPicture layout_state_graph(const StateGraphRequest& request, const FontMetrics& metrics) {
  return GraphLayout(request, metrics).run();
}

}  // namespace cnv
