#include "cnv/draw/surface_axes.hpp"

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

constexpr float text_gap_px = 4, label_gap_px = 8, shortest_axis_px = 24;
// Numbers this near to where axes cross would stand on each other.
constexpr float crossing_px = 18;

struct Corners {
  glm::vec3 low{0}, high{0};
  float side(int axis, bool upper) const { return upper ? high[axis] : low[axis]; }
};

// One edge of the box: parallel to `axis`, at the low or high side of the two others.
struct Edge {
  int axis = 0;
  std::array<bool, 3> upper{};
  glm::vec3 point(const Corners& box, float along) const {
    glm::vec3 p;
    for (int k = 0; k < 3; ++k) p[k] = k == axis ? along : box.side(k, upper[static_cast<std::size_t>(k)]);
    return p;
  }
};

class Layout {
 public:
  Layout(const SurfaceAxesRequest& request, const Projection& projection, const FontMetrics& metrics)
      : request_(request),
        projection_(projection),
        metrics_(metrics),
        ranges_{request.box.x, request.box.y, request.box.z} {
    const Bounds drawn = drawn_bounds(request.box, request.space);
    box_ = {drawn.low, drawn.high};
    middle_ = glm::vec2(project(projection, drawn.center()));
    look_at_faces();
  }

  SurfaceAxes make() {
    for (int axis = 0; axis < 3; ++axis) {
      const bool in_middle = request_.place == AxesPlace::middle;
      const Edge edge = in_middle ? Edge{axis, {}} : best_edge(axis);
      const auto at = [&](float along) { return in_middle ? through_middle(axis, along) : edge.point(box_, along); };
      make_ticks_of(axis, at(box_.low[axis]), at(box_.high[axis]));
      add_axis(axis, at(box_.low[axis]), at(box_.high[axis]));
    }
    if (request_.place == AxesPlace::edges) add_grid();
    return std::move(out_);
  }

 private:
  // True for the faces that the eye sees from outside.
  void look_at_faces() {
    const glm::mat3 turn(projection_.view);
    const glm::vec3 back = glm::transpose(turn) * glm::vec3(0, 0, 1);
    const glm::vec3 eye = -(glm::transpose(turn) * glm::vec3(projection_.view[3]));
    for (int axis = 0; axis < 3; ++axis) {
      const auto k = static_cast<std::size_t>(axis);
      faces_eye_[k][0] = projection_.orthographic ? back[axis] < 0 : eye[axis] < box_.low[axis];
      faces_eye_[k][1] = projection_.orthographic ? back[axis] > 0 : eye[axis] > box_.high[axis];
    }
  }

  glm::vec3 through_middle(int axis, float along) const {
    glm::vec3 p = 0.5f * (box_.low + box_.high);
    p[axis] = along;
    return p;
  }

  // The outline's edge that is lowest on the screen for x and y, and the leftmost for z: nothing of the surface covers
  // it.
  Edge best_edge(int axis) const {
    const int b = (axis + 1) % 3, c = (axis + 2) % 3;
    Edge best{axis, {}};
    float best_score = 1e30f;
    for (const bool upper_b : {false, true})
      for (const bool upper_c : {false, true}) {
        Edge edge{axis, {}};
        edge.upper[static_cast<std::size_t>(b)] = upper_b;
        edge.upper[static_cast<std::size_t>(c)] = upper_c;
        const bool outline =
            faces_eye_[static_cast<std::size_t>(b)][upper_b] != faces_eye_[static_cast<std::size_t>(c)][upper_c];
        const glm::vec3 p = project(projection_, edge.point(box_, 0.5f * (box_.low[axis] + box_.high[axis])));
        const float score = (axis == 2 ? p.x : -p.y) + (outline ? 0 : 1e6f);
        if (score < best_score) best = edge, best_score = score;
      }
    return best;
  }

  // Away from the middle of the box, across the axis.
  glm::vec2 outward(int axis, ScreenLine line) const {
    const glm::vec2 run = line.end - line.start;
    const float length = glm::length(run);
    glm::vec2 across = length > 1e-3f ? glm::vec2(-run.y, run.x) / length : glm::vec2(0, 1);
    if (request_.place == AxesPlace::middle) {
      // To the left of an upright axis, below the others.
      if (axis == 2 ? across.x > 0 : across.y < 0) across = -across;
    } else if (glm::dot(across, 0.5f * (line.start + line.end) - middle_) < 0) {
      across = -across;
    }
    return across;
  }

  void make_ticks_of(int axis, glm::vec3 low, glm::vec3 high) {
    auto& set = ticks_[static_cast<std::size_t>(axis)];
    set = {};
    const auto line = screen_line(projection_, low, high);
    const auto range = ranges_[static_cast<std::size_t>(axis)];
    if (!line || request_.tick_count <= 0 || range.span() <= 0) return;
    const float length = glm::distance(line->start, line->end);
    if (length < shortest_axis_px) return;
    const glm::vec2 run = glm::abs(line->end - line->start) / length;
    TickOptions options;
    options.max_count = std::max(2, request_.tick_count + 1);
    options.min_count = std::max(1, request_.tick_count - 2);
    options.gap_px = 6;
    options.previous_step = request_.previous_steps[static_cast<std::size_t>(axis)];
    // Numbers stand upright beside an oblique axis: they are apart when they are so in one of the two directions.
    options.label_extent_px = [&](std::string_view text) {
      const double w = metrics_.text_width(text, request_.tick_text_px, 400), h = 1.2 * request_.tick_text_px;
      return std::min(run.x > 1e-3f ? w / static_cast<double>(run.x) : 1e9,
                      run.y > 1e-3f ? h / static_cast<double>(run.y) : 1e9);
    };
    set = make_ticks(range.low, range.high, length, options);
    out_.steps[static_cast<std::size_t>(axis)] = set.step;
  }

  float place_of(int axis, double value) const {
    return static_cast<float>((value - request_.space.origin[axis]) * request_.space.scale[axis]);
  }

  // Middle of a text that stands `distance` from a point in a direction.
  glm::vec2 beside(glm::vec2 point, glm::vec2 direction, float distance, const std::string& text,
                   double size_px) const {
    const auto w = static_cast<float>(metrics_.text_width(text, size_px, 400)), h = static_cast<float>(size_px);
    return point + direction * (distance + 0.5f * (std::fabs(direction.x) * w + std::fabs(direction.y) * h));
  }

  void add_axis(int axis, glm::vec3 low, glm::vec3 high) {
    const auto line = screen_line(projection_, low, high);
    if (!line) return;
    out_.lines.push_back(*line);
    const glm::vec2 out = outward(axis, *line);
    const auto tick_px = static_cast<float>(request_.tick_length_px);
    float reach = 0;  // of the numbers, away from the axis
    for (const auto& tick : ticks_[static_cast<std::size_t>(axis)].ticks) {
      if (!tick.major) continue;
      glm::vec3 place = low;
      place[axis] = place_of(axis, tick.value);
      const glm::vec3 p = project(projection_, place);
      if (p.z <= 0) continue;
      const glm::vec2 at(p);
      if (request_.place == AxesPlace::middle && glm::distance(at, middle_) < crossing_px) continue;
      out_.ticks.push_back({at, at + out * tick_px});
      const auto w = static_cast<float>(metrics_.text_width(tick.label, request_.tick_text_px, 400));
      reach = std::max(reach, std::fabs(out.x) * w + std::fabs(out.y) * static_cast<float>(request_.tick_text_px));
      out_.texts.push_back({tick.label, beside(at, out, tick_px + text_gap_px, tick.label, request_.tick_text_px),
                            request_.tick_text_px, false});
    }
    add_label(axis, *line, out, tick_px + text_gap_px + reach);
  }

  // Names of x and y beside the middle of their edges, z above its end; in the middle all at their upper ends.
  void add_label(int axis, ScreenLine line, glm::vec2 out, float clear) {
    const auto& text = request_.labels[static_cast<std::size_t>(axis)];
    const double size = request_.label_text_px;
    const glm::vec2 run = line.end - line.start;
    const float length = glm::length(run);
    if (text.empty() || length < shortest_axis_px) return;
    glm::vec2 middle;
    if (axis == 2 || request_.place == AxesPlace::middle)
      middle = beside(line.end, run / length, label_gap_px, text, size);
    else middle = beside(0.5f * (line.start + line.end), out, clear + label_gap_px, text, size);
    out_.texts.push_back({text, middle, size, true});
  }

  void add_grid() {
    for (int face = 0; face < 3; ++face)
      for (const bool upper : {false, true}) {
        if (faces_eye_[static_cast<std::size_t>(face)][upper]) continue;
        if (!faces_eye_[static_cast<std::size_t>(face)][!upper])
          continue;  // the eye is between both: neither is behind
        add_face(face, box_.side(face, upper));
      }
  }

  void add_face(int face, float level) {
    for (int k = 1; k < 3; ++k) {
      const int across = (face + k) % 3, along = (face + 3 - k) % 3;
      std::vector<float> places{box_.low[across], box_.high[across]};
      for (const auto& tick : ticks_[static_cast<std::size_t>(across)].ticks)
        if (tick.major) places.push_back(place_of(across, tick.value));
      for (const float place : places) {
        glm::vec3 start, end;
        start[face] = end[face] = level;
        start[across] = end[across] = place;
        start[along] = box_.low[along];
        end[along] = box_.high[along];
        if (const auto line = screen_line(projection_, start, end)) out_.grid.push_back(*line);
      }
    }
  }

  const SurfaceAxesRequest& request_;
  const Projection& projection_;
  const FontMetrics& metrics_;
  std::array<ValueRange, 3> ranges_;
  Corners box_;
  glm::vec2 middle_{0};
  bool faces_eye_[3][2] = {};
  std::array<TickSet, 3> ticks_;
  SurfaceAxes out_;
};

}  // namespace

std::optional<ScreenLine> screen_line(const Projection& projection, glm::vec3 start, glm::vec3 end) {
  glm::vec3 a = projection.view * glm::vec4(start, 1), b = projection.view * glm::vec4(end, 1);
  if (!projection.orthographic) {
    const float nearest = -std::max(1e-6f, 0.05f * projection.near_um);
    if (a.z > nearest && b.z > nearest) return std::nullopt;
    if (a.z > nearest) a = glm::mix(a, b, (nearest - a.z) / (b.z - a.z));
    if (b.z > nearest) b = glm::mix(b, a, (nearest - b.z) / (a.z - b.z));
  }
  const auto on_screen = [&](glm::vec3 p) {
    const float scale = projection.pixels_per_um(-p.z);
    return glm::vec2(0.5f * projection.size_px.x + p.x * scale, 0.5f * projection.size_px.y - p.y * scale);
  };
  return ScreenLine{on_screen(a), on_screen(b)};
}

SurfaceAxes layout_surface_axes(const SurfaceAxesRequest& request, const Projection& projection,
                                const FontMetrics& metrics) {
  if (request.place == AxesPlace::none || request.box.x.empty() || request.box.y.empty() || request.box.z.empty())
    return {};
  return Layout(request, projection, metrics).make();
}

}  // namespace cnv
