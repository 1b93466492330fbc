#include "cnv/draw/piece_raster.hpp"

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>

#include "cnv/draw/light.hpp"

namespace cnv {
namespace {

constexpr float nothing = 1e30f;  // depth where nothing lies

inline float clamp01(float x) { return std::clamp(x, 0.0f, 1.0f); }

float smooth_step(float from, float to, float x) {
  const float t = clamp01((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

}  // namespace

void FragmentList::grow(std::size_t needed) {
  const std::size_t capacity = std::max(needed, capacity_ + capacity_ / 2);
  auto larger = std::make_unique_for_overwrite<Fragment[]>(capacity);
  std::copy_n(data_.get(), size_, larger.get());
  data_ = std::move(larger);
  capacity_ = capacity;
}

void FragmentList::shrink_to_fit() {
  if (size_ == capacity_) return;
  capacity_ = 0;
  grow(size_);
}

// A rectangle along a piece, cut to its box and to the picture.
struct PieceRaster::Rows {
  glm::vec2 middle, along, reach;
  float left, right;  // of the box, px from the left side of the picture
  int first, last;    // rows [first, last)
};

void PieceRaster::begin(const Projection& projection, Hairline line, float relief) {
  projection_ = projection;
  line_ = line;
  relief_ = relief;
  width_ = static_cast<int>(projection.size_px.x);
  height_ = static_cast<int>(projection.size_px.y);
  depth_in_use_ = false;
}

bool PieceRaster::rows_of(glm::vec2 middle, glm::vec2 along, glm::vec2 reach, glm::vec2 half_box, Rows& out) const {
  const glm::vec2 size(static_cast<float>(width_), static_cast<float>(height_)),
      turned(std::fabs(along.x), std::fabs(along.y));
  const glm::vec2 half =
      glm::min(half_box, glm::vec2(turned.x * reach.y + turned.y * reach.x, turned.y * reach.y + turned.x * reach.x));
  out = {middle,
         along,
         reach,
         std::max(middle.x - half.x + 0.5f * size.x, 0.0f),
         std::min(middle.x + half.x + 0.5f * size.x, size.x),
         0,
         0};
  const float top = std::clamp(0.5f * size.y - middle.y - half.y, 0.0f, size.y),
              bottom = std::clamp(0.5f * size.y - middle.y + half.y, 0.0f, size.y);
  if (!(out.left < out.right && top < bottom)) return false;  // also what is no number
  out.first = static_cast<int>(std::ceil(top - 0.5f));
  out.last = static_cast<int>(std::ceil(bottom - 0.5f));
  return out.first < out.last;
}

// Columns [first, last) of a row whose middles lie in the rectangle; `y` is the row's middle, from the rectangle's.
bool PieceRaster::columns_of(const Rows& rows, float y, int& first, int& last) const {
  constexpr float level = 1e-4f;
  if (rows.right - rows.left <= static_cast<float>(PixelBlock::width)) {  // not worth a division
    first = static_cast<int>(std::ceil(rows.left - 0.5f));
    last = static_cast<int>(std::ceil(rows.right - 0.5f));
    return true;
  }
  float low = -1e9f, high = 1e9f;
  const auto between = [&](float slope, float offset, float reach) {  // |slope * x + offset| <= reach
    if (std::fabs(slope) < level) {
      if (std::fabs(offset) > reach + 1) high = low;
      return;
    }
    const float a = (-reach - offset) / slope, b = (reach - offset) / slope;
    low = std::max(low, std::min(a, b));
    high = std::min(high, std::max(a, b));
  };
  between(-rows.along.y, rows.along.x * y, rows.reach.x);
  between(rows.along.x, rows.along.y * y, rows.reach.y);
  const float origin = rows.middle.x + 0.5f * static_cast<float>(width_);
  low = std::max(low + origin, rows.left);
  high = std::min(high + origin, rows.right);
  if (!(low < high)) return false;
  first = static_cast<int>(std::ceil(low - 0.5f));
  last = static_cast<int>(std::ceil(high - 0.5f));
  return first < last;
}

// Long ones are quads whose depth follows them; sprites have one depth. Box coverage across and along.
void PieceRaster::thin(const Cone& cone, bool sprite, bool flat, FragmentList& out) {
  PlacedCone p;
  if (!PlacedCone::make(projection_, cone, line_, p)) return;
  const glm::vec2 start = p.start(), end = p.end(), axis = end - start, middle = 0.5f * (start + end);
  const float length = glm::length(axis), half_width = 0.5f * (p.half_width.x + p.half_width.y);
  const glm::vec2 along = length > 1e-3f ? axis / length : glm::vec2(1, 0);
  // Seen from its end, a piece is as long as its end face is wide. So thin, that the eye may as well be far away.
  const glm::vec3 along_um = p.b - p.a;
  const float length_um = glm::length(along_um);
  const Tilt tilt = tilt_of(length_um > 0 ? along_um / length_um : glm::vec3(1, 0, 0), {0, 0, 1});
  const float face = length_um > 0 ? 0.5f * (p.own_width.x + p.own_width.y) * std::fabs(tilt.along_sight) : 0;
  const auto light =
      static_cast<std::uint16_t>(mean_light(tilt, flat ? 0 : relief_) * static_cast<float>(light_unit) + 0.5f);
  // Longer ones get a little more at their ends, which closes the outer side of a bend.
  const float more = half_width * (0.25f + 0.25f * smooth_step(4, 14, length));
  const glm::vec2 reach(half_width + 0.5f, 0.5f * length + 0.5f + more);
  const float most_along = std::min(1.0f, length + face);
  const float square =
      0.5f * (std::max(std::fabs(axis.x), std::fabs(axis.y)) + 2 * std::max(p.half_width.x, p.half_width.y) + 1);
  Rows rows;
  if (!rows_of(middle, along, reach, glm::vec2(sprite ? square : 1e9f), rows)) return;
  const float mean_depth = -0.5f * (p.a.z + p.b.z), depth_slope = sprite ? 0 : (p.a.z - p.b.z) / (2 * reach.y);
  Fragment* at = out.room(static_cast<std::size_t>(rows.last - rows.first) * static_cast<std::size_t>(width_));
  const Fragment* const from = at;
  for (int row = rows.first; row < rows.last; ++row) {
    const float y = y_of(row) - middle.y;
    int first = 0, last = 0;
    if (!columns_of(rows, y, first, last)) continue;
    for (int column = first; column < last; ++column) {
      const float x = x_of(column) - middle.x;
      const float across = std::fabs(along.x * y - along.y * x), lengthwise = along.x * x + along.y * y;
      const float share = clamp01(reach.x - across) * std::clamp(reach.y - std::fabs(lengthwise), 0.0f, most_along);
      const auto pixel = static_cast<std::uint32_t>(row * width_ + column);
      const bool hidden = depth_in_use_ && mean_depth + lengthwise * depth_slope > depth_[pixel];
      *at = {pixel, light, static_cast<std::uint8_t>(share * p.opacity * 255.0f + 0.5f)};
      at += share > least_coverage && !hidden ? 1 : 0;
    }
  }
  out.add(static_cast<std::size_t>(at - from));
}

template <class Shape>
void PieceRaster::blocks(const Rows& rows, bool flat, FragmentList& out,
                         void (*kernel)(const Shape&, float, float, PixelBlock&), const Shape& shape) {
  if (!depth_in_use_) {
    depth_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), nothing);
    depth_in_use_ = true;
  }
  for (int row = rows.first; row < rows.last; ++row) {
    int first = 0, last = 0;
    const float y = y_of(row);
    if (!columns_of(rows, y - rows.middle.y, first, last)) continue;
    Fragment* at = out.room(static_cast<std::size_t>(last - first));
    const Fragment* const from = at;
    float* const depth = depth_.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(width_);
    for (int start = first; start < last; start += PixelBlock::width) {
      PixelBlock b;
      kernel(shape, x_of(start), y, b);
      const int count = std::min(PixelBlock::width, last - start);
      for (int i = 0; i < count; ++i) {
        const bool kept = (b.coverage[i] > 0) & (flat | (b.depth[i] <= depth[start + i]));
        *at = {static_cast<std::uint32_t>(row * width_ + start + i), static_cast<std::uint16_t>(b.light[i]),
               static_cast<std::uint8_t>(b.coverage[i])};
        at += kept ? 1 : 0;
        depth[start + i] = kept ? b.depth[i] : depth[start + i];
      }
    }
    out.add(static_cast<std::size_t>(at - from));
  }
}

void PieceRaster::rod(const Cone& cone, bool flat, FragmentList& out) {
  RodShape shape;
  if (!RodShape::make(projection_, cone, line_, flat ? 0 : relief_, shape)) return;
  const float widest = std::max(shape.half_width, shape.half_width + shape.half_width_more) + 0.5f;
  const float half_length = 0.5f * (shape.length + shape.start_reach + shape.end_reach);
  const glm::vec2 middle = shape.a + (half_length - shape.start_reach) * shape.along;
  Rows rows;
  if (rows_of(middle, shape.along, {widest, half_length}, glm::vec2(1e9f), rows))
    blocks(rows, flat, out, rod_block, shape);
}

// Ray and cone; see solid.frag.glsl and solid.vert.glsl.
void PieceRaster::solid(const Cone& cone, bool flat, FragmentList& out) {
  const Projection& view = projection_;
  const glm::vec3 a = view.view * glm::vec4(cone.start, 1), b = view.view * glm::vec4(cone.end, 1);
  // Beside the eye, a thick piece is seen although its ends lie behind it.
  if (!view.orthographic && std::min(a.z - cone.start_radius, b.z - cone.end_radius) > -view.near_um) return;
  // How far a sphere reaches beyond the image of its centre; negative: it does not fit between eye and picture.
  const auto reach_px = [&](glm::vec3 center, float radius) {
    if (view.orthographic) return radius * view.focal_px;
    const float d = glm::length(center), off_axis = std::acos(std::clamp(-center.z / d, -1.0f, 1.0f));
    const float half_angle = std::asin(std::min(radius / d, 1.0f));
    if (off_axis + half_angle > 1.4f || center.z > -view.near_um) return -1.0f;
    return view.focal_px * (std::tan(off_axis + half_angle) - std::tan(off_axis));
  };
  const float reach_a = reach_px(a, cone.start_radius), reach_b = reach_px(b, cone.end_radius),
              widest = std::max(reach_a, reach_b) + 1.5f;
  const bool everywhere = std::min(reach_a, reach_b) < 0;
  const glm::vec2 from = everywhere ? glm::vec2(0) : glm::vec2(a) * view.pixels_per_um(-a.z),
                  to = everywhere ? glm::vec2(0) : glm::vec2(b) * view.pixels_per_um(-b.z);
  const glm::vec2 axis = to - from;
  const float length = glm::length(axis);
  const glm::vec2 along = length > 1e-3f ? axis / length : glm::vec2(1, 0);
  Rows rows;
  const bool seen = everywhere
                        ? rows_of({0, 0}, {1, 0}, glm::vec2(1e6f), glm::vec2(1e9f), rows)
                        : rows_of(0.5f * (from + to), along, {widest, 0.5f * length + widest}, glm::vec2(1e9f), rows);
  if (seen) blocks(rows, flat, out, solid_block, SolidShape(view, cone, flat ? 0 : relief_));
}

std::int32_t PieceRaster::add(const DrawRun& run, const PieceLayer& layer, std::size_t enough, FragmentList& out,
                              std::vector<std::uint32_t>& ends) {
  std::int32_t done = 0;
  while (done < run.count && out.size() <= enough) {
    const Cone& cone = layer.cones[static_cast<std::size_t>(run.first + done++)];
    switch (run.style) {
      case PieceStyle::solid: solid(cone, layer.flat, out); break;
      case PieceStyle::ribbon:
      case PieceStyle::short_piece: rod(cone, layer.flat, out); break;
      case PieceStyle::line: thin(cone, false, layer.flat, out); break;
      case PieceStyle::thin: thin(cone, true, layer.flat, out); break;
    }
    ends.push_back(static_cast<std::uint32_t>(out.size()));
  }
  return done;
}

}  // namespace cnv
