#include "cnv/draw/surface_raster.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <glm/geometric.hpp>

#include "cnv/draw/light.hpp"

namespace cnv {
namespace {

// Farther outside the picture triangles are cut, so that single precision is enough on the screen.
constexpr float most_px = 20'000;

// The first pixel whose middle lies at or behind `edge`.
int pixel_behind(float edge, int last) {
  const float wanted = edge - 0.5f;
  if (!(wanted > 0)) return 0;
  if (wanted >= static_cast<float>(last)) return last;
  const int whole = static_cast<int>(wanted);
  return whole + (wanted > static_cast<float>(whole));
}

// An edge from its upper to its lower corner: the same for both triangles that it belongs to.
struct Edge {
  float x, y, slope;
  Edge(const ScreenCorner& upper, const ScreenCorner& lower)
      : x(upper.x), y(upper.y), slope(lower.y > upper.y ? (lower.x - upper.x) / (lower.y - upper.y) : 0) {}
  float at(float middle) const { return x + (middle - y) * slope; }
};

std::size_t entry(float level) { return static_cast<std::size_t>(std::clamp(level, 0.0f, 255.0f)); }

std::uint32_t lit(Rgba8 color, float light) {
  const auto channel = [light](std::uint8_t c) {
    return std::min(static_cast<std::uint32_t>(static_cast<float>(c) * light + 0.5f), 255U);
  };
  return pixel_of(channel(color.r), channel(color.g), channel(color.b));
}

SurfaceCorner between(const SurfaceCorner& a, const SurfaceCorner& b, float t) {
  return {a.place + t * (b.place - a.place), a.normal + t * (b.normal - a.normal), a.level + t * (b.level - a.level)};
}

Lanes all(float value) { return Lanes{value, value, value, value}; }

// Quantities over a triangle: at pixel (0, 0), and for each pixel to the right and down.
struct Planes {
  Lanes at, across, down;
  Lanes in_row(float y) const { return at + down * all(y); }
};

// The sides of a triangle from its first corner, to make planes with.
struct Sides {
  float x, y, ux, uy, vx, vy, inverse;
  Sides(const ScreenCorner& a, const ScreenCorner& b, const ScreenCorner& c, float first_row)
      : x(a.x - 0.5f), y(a.y - 0.5f - first_row), ux(b.x - a.x), uy(b.y - a.y), vx(c.x - a.x), vy(c.y - a.y) {
    const float twice_area = ux * vy - vx * uy;
    inverse = twice_area != 0 ? 1 / twice_area : 0;
  }
  Planes planes(Lanes a, Lanes b, Lanes c) const {
    const Lanes u = b - a, v = c - a;
    const Lanes across = (u * all(vy) - v * all(uy)) * all(inverse), down = (v * all(ux) - u * all(vx)) * all(inverse);
    return {a - across * all(x) - down * all(y), across, down};
  }
};

}  // namespace

void SurfaceRaster::begin(const Projection& projection, SurfaceShading shading, float opacity, const ColorTable& table,
                          ColorScale scale) {
  projection_ = projection;
  shading_ = shading;
  share_ = static_cast<std::uint32_t>(std::lround(255 * std::clamp(opacity, 0.0f, 1.0f)));
  table_ = table;
  scale_ = scale;
  std::transform(table.begin(), table.end(), plain_.begin(), [](Rgba8 c) { return pixel_of(c.r, c.g, c.b); });
}

void SurfaceRaster::begin_rows(const PixelBuffer& target, int first_row) {
  target_ = target;
  first_row_ = first_row;
  nearness_.assign(static_cast<std::size_t>(target.width) * static_cast<std::size_t>(target.height),
                   std::numeric_limits<float>::lowest());
}

ScreenCorner SurfaceRaster::on_screen(const SurfaceCorner& corner) const {
  const Projection& p = projection_;
  const float depth = -corner.place.z;
  if (!(depth >= p.near_um)) return {};
  const float scale = p.pixels_per_um(depth), weight = p.orthographic ? 1 : 1 / depth;
  ScreenCorner out;
  out.x = 0.5f * p.size_px.x + corner.place.x * scale;
  out.y = 0.5f * p.size_px.y - corner.place.y * scale;
  out.whole = std::fabs(out.x) <= most_px && std::fabs(out.y) <= most_px;
  out.shade = Lanes{p.orthographic ? -depth : weight, weight, corner.level * weight, corner.level};
  out.normal = Lanes{corner.normal.x, corner.normal.y, corner.normal.z, 0} * all(weight);
  return out;
}

float SurfaceRaster::level(float height) const {
  return scale_.high > scale_.low ? 255 * ((height - scale_.low) / (scale_.high - scale_.low))
                                  : 255 * scale_.normalized(height);
}

void SurfaceRaster::add(std::span<const std::uint32_t> triangles, std::span<const SurfaceCorner> corners,
                        std::span<const ScreenCorner> screen) {
  const bool opaque = share_ == 255;
  switch (shading_) {
    case SurfaceShading::unlit:
      return opaque ? add_as<SurfaceShading::unlit, true>(triangles, corners, screen)
                    : add_as<SurfaceShading::unlit, false>(triangles, corners, screen);
    case SurfaceShading::smooth:
      return opaque ? add_as<SurfaceShading::smooth, true>(triangles, corners, screen)
                    : add_as<SurfaceShading::smooth, false>(triangles, corners, screen);
    case SurfaceShading::flat:
      return opaque ? add_as<SurfaceShading::flat, true>(triangles, corners, screen)
                    : add_as<SurfaceShading::flat, false>(triangles, corners, screen);
  }
}

template <SurfaceShading Shading, bool Opaque>
void SurfaceRaster::add_as(std::span<const std::uint32_t> triangles, std::span<const SurfaceCorner> corners,
                           std::span<const ScreenCorner> screen) {
  for (std::size_t i = 0; i + 2 < triangles.size(); i += 3) {
    const std::uint32_t a = triangles[i], b = triangles[i + 1], c = triangles[i + 2];
    const Screen on_screen{&screen[a], &screen[b], &screen[c]};
    const Corners triangle{&corners[a], &corners[b], &corners[c]};
    if (on_screen[0]->whole && on_screen[1]->whole && on_screen[2]->whole) fill<Shading, Opaque>(triangle, on_screen);
    else add_cut<Shading, Opaque>(triangle);
  }
}

// Cut at the front plane and at the sides of a room around the picture; an edge is cut at the same place for both of
// its triangles, since the part inside comes first.
template <SurfaceShading Shading, bool Opaque>
void SurfaceRaster::add_cut(const Corners& triangle) {
  const Projection& p = projection_;
  // Where a corner is inside: sum · place + at >= 0.
  const float half_x = 0.95f * most_px - 0.5f * p.size_px.x, half_y = 0.95f * most_px - 0.5f * p.size_px.y;
  const auto side = [&](float nx, float ny, float half) {
    return p.orthographic ? glm::vec4(nx * p.focal_px, ny * p.focal_px, 0, half)
                          : glm::vec4(nx * p.focal_px, ny * p.focal_px, -half, 0);
  };
  const std::array<glm::vec4, 5> planes{glm::vec4(0, 0, -1, -p.near_um * 1.0001f), side(1, 0, half_x),
                                        side(-1, 0, half_x), side(0, 1, half_y), side(0, -1, half_y)};
  cut_ = {*triangle[0], *triangle[1], *triangle[2]};
  for (const glm::vec4& plane : planes) {
    cut_more_.clear();
    const auto inside = [&](const SurfaceCorner& c) { return glm::dot(glm::vec3(plane), c.place) + plane.w; };
    for (std::size_t i = 0; i < cut_.size(); ++i) {
      const SurfaceCorner &a = cut_[i], &b = cut_[(i + 1) % cut_.size()];
      const float da = inside(a), db = inside(b);
      if (da >= 0) cut_more_.push_back(a);
      if ((da >= 0) == (db >= 0)) continue;
      cut_more_.push_back(da >= 0 ? between(a, b, da / (da - db)) : between(b, a, db / (db - da)));
    }
    std::swap(cut_, cut_more_);
    if (cut_.size() < 3) return;
  }
  for (std::size_t i = 1; i + 1 < cut_.size(); ++i) {
    const Corners part{&cut_[0], &cut_[i], &cut_[i + 1]};
    const std::array<ScreenCorner, 3> seen{on_screen(*part[0]), on_screen(*part[1]), on_screen(*part[2])};
    if (seen[0].whole && seen[1].whole && seen[2].whole) fill<Shading, Opaque>(part, {&seen[0], &seen[1], &seen[2]});
  }
}

// The light on a flat triangle, on the side that is seen.
float SurfaceRaster::even_light(const Corners& t) const {
  const glm::vec3 normal = glm::cross(t[1]->place - t[0]->place, t[2]->place - t[0]->place);
  const float size = glm::length(normal);
  if (!(size > 0)) return 1;
  const glm::vec3 towards_eye = projection_.orthographic ? glm::vec3(0, 0, 1) : -t[0]->place;
  return light_on(normal * ((glm::dot(normal, towards_eye) < 0 ? -1 : 1) / size));
}

template <SurfaceShading Shading, bool Opaque>
void SurfaceRaster::fill(const Corners& triangle, const Screen& s) {
  const ScreenCorner *top = s[0], *middle = s[1], *bottom = s[2];
  if (middle->y < top->y) std::swap(top, middle);
  if (bottom->y < middle->y) std::swap(middle, bottom);
  if (middle->y < top->y) std::swap(top, middle);
  const auto above = static_cast<float>(first_row_);
  const int first = pixel_behind(top->y - above, target_.height),
            last = pixel_behind(bottom->y - above, target_.height);
  if (first >= last) return;
  const float left_most = std::min({top->x, middle->x, bottom->x}),
              right_most = std::max({top->x, middle->x, bottom->x});
  if (pixel_behind(left_most, target_.width) >= pixel_behind(right_most, target_.width)) return;
  const int turn = pixel_behind(middle->y - above, target_.height);
  const Edge whole(*top, *bottom), upper(*top, *middle), lower(*middle, *bottom);
  const bool whole_is_left = whole.at(middle->y) < middle->x;

  const Sides sides(*s[0], *s[1], *s[2], above);
  const Planes shade = sides.planes(s[0]->shade, s[1]->shade, s[2]->shade);
  [[maybe_unused]] Planes normals;
  if constexpr (Shading == SurfaceShading::smooth) normals = sides.planes(s[0]->normal, s[1]->normal, s[2]->normal);
  const float nearest = std::max({s[0]->nearness(), s[1]->nearness(), s[2]->nearness()}),
              farthest = std::min({s[0]->nearness(), s[1]->nearness(), s[2]->nearness()});
  const std::size_t own_entry = entry(s[0]->level());
  const bool one_color = own_entry == entry(s[1]->level()) && own_entry == entry(s[2]->level());
  const float even = Shading == SurfaceShading::flat ? even_light(triangle) : 1;
  const std::uint32_t one = Shading == SurfaceShading::flat ? lit(table_[own_entry], even) : plain_[own_entry];
  const glm::vec2 middle_px = 0.5f * projection_.size_px - 0.5f;
  const float to_sight = projection_.orthographic ? 0 : 1 / projection_.focal_px;

  for (int row = first; row < last; ++row) {
    const float y = static_cast<float>(row), y_middle = y + 0.5f + above;
    const float long_x = whole.at(y_middle), short_x = row < turn ? upper.at(y_middle) : lower.at(y_middle);
    const int from = pixel_behind(whole_is_left ? long_x : short_x, target_.width),
              to = pixel_behind(whole_is_left ? short_x : long_x, target_.width);
    std::uint32_t* pixels = target_.pixels + row * target_.stride;
    float* known = nearness_.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(target_.width);
    const Lanes shade_row = shade.in_row(y);
    for (int column = from; column < to; ++column) {
      const Lanes x = all(static_cast<float>(column)), here = shade_row + shade.across * x;
      const float nearness = std::clamp(here[0], farthest, nearest);
      if (nearness < known[column]) continue;
      known[column] = nearness;
      const std::size_t e = one_color ? own_entry : entry(here[2] / here[1]);
      std::uint32_t color = one;
      if constexpr (Shading == SurfaceShading::smooth) {
        const Lanes n = normals.in_row(y) + normals.across * x;
        const glm::vec3 normal(n[0], n[1], n[2]);
        const float side = normal.z - to_sight * (normal.x * (static_cast<float>(column) - middle_px.x) -
                                                  normal.y * (y + above - middle_px.y));
        const float size = std::sqrt(glm::dot(normal, normal));
        color = lit(table_[e], size > 0 ? light_on(normal * ((side < 0 ? -1 : 1) / size)) : 1);
      } else if (!one_color) {
        color = Shading == SurfaceShading::flat ? lit(table_[e], even) : plain_[e];
      }
      pixels[column] = Opaque ? color : mix_pixels(pixels[column], color, share_);
    }
  }
}

}  // namespace cnv
