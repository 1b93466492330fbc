#include "cnv/draw/piece_kernels.hpp"

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>

// Functions that are made for wider vectors too; the processor that runs them decides. Sanitizers cannot watch that
// choice.
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CNV_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define CNV_WIDE
#endif

namespace cnv {
namespace {

inline float clamp01(float x) {
  const float positive = x > 0 ? x : 0;
  return positive < 1 ? positive : 1;
}

inline std::int32_t byte_of(float share) { return static_cast<std::int32_t>(share * 255.0f + 0.5f); }

// As shade.glsl; the normal is a unit vector in camera space.
inline void shade(float nx, float ny, float nz, std::int32_t& light, std::int32_t& shine) {
  const float diffuse = -0.37f * nx + 0.56f * ny + 0.74f * nz;
  const float mirrored = -0.20f * nx + 0.30f * ny + 0.93f * nz;
  float s = mirrored > 0.1f ? mirrored : 0.1f;  // what is less is black anyway, and slow to multiply
  s *= s;
  s *= s;
  s *= s;
  s *= s;
  s *= s;
  light =
      static_cast<std::int32_t>((0.42f + 0.66f * (diffuse > 0 ? diffuse : 0)) * static_cast<float>(light_unit) + 0.5f);
  shine = byte_of(s < 1 ? s : 1);
}

}  // namespace

CNV_WIDE void capsule_block(const CapsuleShape& shape, float x, float y, PixelBlock& out) {
  const CapsuleShape s = shape;
  for (int i = 0; i < PixelBlock::width; ++i) {
    const float px = x + static_cast<float>(i) - s.a.x, py = y - s.a.y;
    const float t = clamp01((px * s.axis.x + py * s.axis.y) * s.inverse_length2);
    const float off_x = px - s.axis.x * t, off_y = py - s.axis.y * t, half_width = s.half_width + s.half_width_more * t;
    const float d = std::sqrt(off_x * off_x + off_y * off_y), ratio = d / half_width;
    const float e = ratio < 1 ? ratio : 1, up = std::sqrt(1 - e * e), turn = e / (d > 1e-4f ? d : 1e-4f);
    out.depth[i] = s.depth + s.depth_more * t + s.bulge * up;
    const float share = clamp01(half_width - d + 0.5f);
    out.coverage[i] = byte_of(share > least_coverage ? share * s.opacity : 0);
    shade(off_x * turn, off_y * turn, up, out.light[i], out.shine[i]);
  }
}

SolidShape::SolidShape(const Projection& view, glm::vec3 start, float start_radius, glm::vec3 end, float end_radius)
    : a(start),
      b(end),
      ba(end - start),
      middle(0.5f * (start + end)),
      ra(start_radius),
      rb(end_radius),
      rr(start_radius - end_radius) {
  const float far = view.far_um, near = view.near_um;
  spread = view.orthographic ? 0 : 1;
  beside = 1 - spread;
  focal = view.focal_px;
  inverse_focal = 1 / focal;
  nearest = view.orthographic ? -1e19f : near;
  m0 = glm::dot(ba, ba);
  d2 = m0 - rr * rr;
  back = 0.5f * std::min(ra, rb);
  depth_per_z = -beside / (far - near);
  depth_per_inverse = spread * far * near / (far - near);
  depth = 0.5f + 0.5f * (spread - beside) * (far + near) / (far - near);
}

// Ray and rounded cone; see solid.frag.glsl.
CNV_WIDE void solid_block(const SolidShape& shape, float x, float y, PixelBlock& out) {
  const SolidShape s = shape;
  const glm::vec3 a = s.a, b = s.b, ba = s.ba, middle = s.middle;
  const float ra = s.ra, rb = s.rb, rr = s.rr, d2 = s.d2, m0 = s.m0;
  for (int i = 0; i < PixelBlock::width; ++i) {
    const float sx = (x + static_cast<float>(i)) * s.inverse_focal, sy = y * s.inverse_focal;
    const float rz = -1 / std::sqrt(s.spread * (sx * sx + sy * sy) + 1), rx = -rz * s.spread * sx,
                ry = -rz * s.spread * sy;
    float ox = s.beside * sx, oy = s.beside * sy;
    // Start beside the piece: far away, the squares below would lose the small radius.
    const float skipped = (middle.x - ox) * rx + (middle.y - oy) * ry + middle.z * rz;
    ox += rx * skipped;
    oy += ry * skipped;
    const float oz = rz * skipped;
    const float oax = ox - a.x, oay = oy - a.y, oaz = oz - a.z, obx = ox - b.x, oby = oy - b.y, obz = oz - b.z;
    const float m1 = ba.x * oax + ba.y * oay + ba.z * oaz, m2 = ba.x * rx + ba.y * ry + ba.z * rz;
    const float m3 = rx * oax + ry * oay + rz * oaz, m5 = oax * oax + oay * oay + oaz * oaz;
    const float m6 = obx * rx + oby * ry + obz * rz, m7 = obx * obx + oby * oby + obz * obz;
    const float k2 = d2 - m2 * m2, k1 = d2 * m3 - m1 * m2 + m2 * rr * ra;
    const float k0 = d2 * m5 - m1 * m1 + m1 * rr * ra * 2 - m0 * ra * ra, h = k1 * k1 - k0 * k2;
    const float side = (-std::sqrt(h > 0 ? h : 0) - k1) / k2, on_axis = m1 - ra * rr + side * m2;
    const bool lateral = (h >= 0) & (d2 > 0) & (on_axis > 0) & (on_axis < d2);
    const float ha = m3 * m3 - m5 + ra * ra, hb = m6 * m6 - m7 + rb * rb;
    const float ta = ha < 0 ? 1e20f : -m3 - std::sqrt(ha > 0 ? ha : 0),
                tb = hb < 0 ? 1e20f : -m6 - std::sqrt(hb > 0 ? hb : 0);
    const bool first_ball = ta < tb;
    const float ball = first_ball ? ta : tb, t = lateral ? side : ball;
    // Normals of the lateral surface, or of a ball.
    const float hx = oax + t * rx, hy = oay + t * ry, hz = oaz + t * rz;
    float nx = d2 * hx - ba.x * on_axis, ny = d2 * hy - ba.y * on_axis, nz = d2 * hz - ba.z * on_axis;
    nx = lateral ? nx : first_ball ? hx : obx + t * rx;
    ny = lateral ? ny : first_ball ? hy : oby + t * ry;
    nz = lateral ? nz : first_ball ? hz : obz + t * rz;
    const float n2 = nx * nx + ny * ny + nz * nz, inverse = 1 / std::sqrt(n2 > 1e-30f ? n2 : 1e-30f);
    nx *= inverse;
    ny *= inverse;
    nz *= inverse;
    const bool hit = (t < 1e19f) & (t + skipped > s.nearest);
    const float at_z = oz + t * rz, z = (hit & (at_z != 0)) ? at_z : -1.0f;
    const float facing = -(nx * rx + ny * ry + nz * rz), slope2 = 1 - facing * facing;
    const float px_per_um = s.focal * (s.beside - s.spread / z);
    const float edge = clamp01(0.5f * (ra + rb) * px_per_um * (1 - std::sqrt(slope2 > 0 ? slope2 : 0)) + 0.35f);
    // Pixels of the soft edge go back, so that a neighbour shines through and not the background.
    const float pushed = z - (edge < 1 ? s.back : 1e-12f);
    out.depth[i] = clamp01(s.depth + s.depth_per_z * pushed + s.depth_per_inverse / pushed);
    const float share = hit ? edge : 0.0f;
    out.coverage[i] = byte_of(share > least_coverage ? share : 0);
    shade(nx, ny, nz, out.light[i], out.shine[i]);
  }
}

}  // namespace cnv
