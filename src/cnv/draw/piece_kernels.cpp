#include "cnv/draw/piece_kernels.hpp"

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>

#include "cnv/draw/light.hpp"

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

constexpr float steep = 1e6f;  // the slope of a coverage without a soft edge
constexpr float closed = 1e9f;
// Neighbours overlap by nearly nothing, so that their soft sides do not add up at the joint.
constexpr float overlap_px = 0.02f;

inline float positive(float x) { return x > 0 ? x : 0; }
inline float clamp01(float x) { return positive(x) < 1 ? positive(x) : 1; }
inline std::int32_t byte_of(float share) { return static_cast<std::int32_t>(share * 255.0f + 0.5f); }
inline std::int32_t light_of(float factor) {
  return static_cast<std::int32_t>(factor * static_cast<float>(light_unit) + 0.5f);
}

}  // namespace

bool PlacedCone::make(const Projection& p, const Cone& cone, Hairline line, PlacedCone& out) {
  const glm::vec3 a = p.view * glm::vec4(cone.start, 1), b = p.view * glm::vec4(cone.end, 1);
  out.a = a;
  out.b = b;
  out.from = 0;
  out.to = 1;
  if (!p.orthographic) {
    const float near = -p.near_um * 1.01f;
    if (a.z > near && b.z > near) return false;
    if (a.z > near) out.a = glm::mix(a, b, out.from = (near - a.z) / (b.z - a.z));
    if (b.z > near) out.b = glm::mix(a, b, out.to = (near - a.z) / (b.z - a.z));
  }
  out.scale = {p.pixels_per_um(-out.a.z), p.pixels_per_um(-out.b.z)};
  out.own_width = glm::vec2(cone.start_radius, cone.end_radius) * out.scale;
  out.half_width = glm::max(out.own_width, glm::vec2(line.half_width_px));
  out.opacity = std::clamp(0.5f * (out.own_width.x + out.own_width.y) / line.half_width_px, line.least_opacity, 1.0f);
  return true;
}

bool RodShape::make(const Projection& p, const Cone& cone, Hairline line, float strength, RodShape& out) {
  PlacedCone placed;
  if (!PlacedCone::make(p, cone, line, placed)) return false;
  const glm::vec3 &a = placed.a, &b = placed.b, whole = glm::mat3(p.view) * (cone.end - cone.start);
  const float length_um = glm::length(whole);
  const glm::vec3 axis = length_um > 0 ? whole / length_um : glm::vec3(1, 0, 0);
  const bool start_open = placed.from == 0 && cone.start_is_open(), end_open = placed.to == 1 && cone.end_is_open();
  const glm::vec3 middle = 0.5f * (a + b);
  const glm::vec3 towards_eye = p.orthographic ? glm::vec3(0, 0, 1) : -middle / glm::length(middle);
  const Tilt tilt = tilt_of(axis, towards_eye);
  const float scale = 0.5f * (placed.scale.x + placed.scale.y);
  const glm::vec2 seen = placed.end() - placed.start(), half_width = placed.half_width;
  out.from = placed.from;
  out.to = placed.to;
  out.opacity = placed.opacity;
  out.a = placed.start();
  out.length = glm::length(seen);
  out.along = out.length > 1e-3f ? seen / out.length : glm::vec2(1, 0);
  out.half_width = half_width.x;
  out.half_width_more = half_width.y - half_width.x;
  out.flatness = length_um > 0 ? std::fabs(tilt.along_sight) : 1;
  out.start_slope = start_open ? 1 : steep;
  out.end_slope = end_open ? 1 : steep;
  out.start_more = start_open ? 0.5f : overlap_px;
  out.end_more = end_open ? 0.5f : overlap_px;
  out.um_per_px = 1 / scale;
  out.joint_half_width = std::min(cone.start_joint * placed.scale.x, half_width.x);
  const glm::vec3 before = glm::mat3(p.view) * cone.before;
  const float straight = glm::dot(before, axis), bend = straight > 0 ? std::sqrt(positive(1 - straight * straight)) : 1;
  out.before = glm::vec2(before);
  out.start_reach = std::max(out.flatness * half_width.x, bend * out.joint_half_width) + 0.5f;
  out.end_reach = out.flatness * half_width.y + 0.5f;
  out.round = cone.has(Cone::round_start);
  if (out.round) {
    out.start_reach = std::max(out.start_reach, out.joint_half_width + 0.5f);
    out.end_reach = std::max(out.end_reach, out.joint_half_width - out.length + 0.5f);
  }
  // The axis goes away from the eye as fast as the sight slides along it, the face that is seen comes as fast nearer.
  const float away = -tilt.along_sight / (tilt.from_side * scale);
  const float nearer = tilt.from_side / (std::max(std::fabs(tilt.along_sight), 1e-3f) * scale);
  out.depth = -a.z;
  out.depth_per_px = out.length > 1e-3f ? (a.z - b.z) / out.length : away;
  out.bulge = 1 / (tilt.from_side * scale);
  const bool end_seen = tilt.along_sight > 0;
  out.face = end_seen ? -b.z - out.length * nearer : -a.z;
  out.face_per_px = end_seen ? nearer : -nearer;
  out.face_more = (end_seen ? cone.has(Cone::smooth_end) : cone.has(Cone::smooth_start)) ? -0.5f : 0.5f;
  const glm::vec3 aside(-out.along.y, out.along.x, 0);
  out.light = 1 - strength * light_direction.z;
  out.light_aside = strength * glm::dot(aside, light_direction);
  out.light_up = strength * glm::dot(tilt.facing, light_direction);
  out.light_face = strength * glm::dot(end_seen ? axis : -axis, light_direction);
  if (!(length_um > 0)) out.face = -closed, out.face_per_px = 0;
  return true;
}

CNV_WIDE void rod_block(const RodShape& shape, float x, float y, PixelBlock& out) {
  const RodShape s = shape;
  const float inverse_length = s.length > 1e-3f ? 1 / s.length : 0;
  const float half_inverse_joint = s.joint_half_width > 1e-3f ? 0.5f / s.joint_half_width : 0;
  for (int i = 0; i < PixelBlock::width; ++i) {
    const float px = x + static_cast<float>(i) - s.a.x, py = y - s.a.y;
    const float u = px * s.along.x + py * s.along.y, v = s.along.x * py - s.along.y * px;
    const float aside = v > 0 ? v : -v;
    const float half_width = s.half_width + s.half_width_more * clamp01(u * inverse_length);
    const float ratio = v / half_width, e = ratio < -1 ? -1.0f : ratio > 1 ? 1.0f : ratio;
    const float up = std::sqrt(1 - e * e), arc = s.flatness * half_width * up;
    const float at_start = clamp01((u + arc + s.start_more) * s.start_slope),
                at_end = clamp01((s.length - u + arc + s.end_more) * s.end_slope);
    const float side = s.depth + s.depth_per_px * u - s.bulge * half_width * up, face = s.face + s.face_per_px * u;
    const float body =
        clamp01(half_width - aside + (face > side ? s.face_more : 0.5f)) * positive(at_start + at_end - 1);
    const bool beyond = ((u < 0) & (px * s.before.x + py * s.before.y > 0)) | s.round;
    const float from_joint2 = px * px + py * py;
    const float inside2 = s.joint_half_width * s.joint_half_width - from_joint2;
    const float ball = (beyond & (half_inverse_joint > 0)) ? clamp01(inside2 * half_inverse_joint + 0.5f)
                                                           : 0.0f;  // exact near its outline
    const float share = body > ball ? body : ball, round = s.depth - s.um_per_px * s.joint_half_width * up;
    const bool on_face = (face > side) & !(ball > body);
    out.depth[i] = ball > body ? round : on_face ? face : side;
    out.coverage[i] = byte_of(share > least_coverage ? share * s.opacity : 0);
    out.light[i] = light_of(s.light + (on_face ? s.light_face : e * s.light_aside + up * s.light_up));
  }
}

SolidShape::SolidShape(const Projection& view, const Cone& cone, float light_strength) {
  a = view.view * glm::vec4(cone.start, 1);
  const glm::vec3 b = view.view * glm::vec4(cone.end, 1);
  middle = 0.5f * (a + b);
  spread = view.orthographic ? 0 : 1;
  beside = 1 - spread;
  focal = view.focal_px;
  inverse_focal = 1 / focal;
  nearest = view.orthographic ? -1e19f : view.near_um;
  strength = light_strength;
  const float own_length = glm::distance(a, b);
  // Where the piece is closest to the eye.
  const float toward = own_length > 0 ? std::clamp(-glm::dot(a, b - a) / (own_length * own_length), 0.0f, 1.0f) : 0;
  const float closest = glm::length(a + toward * (b - a)) - std::max(cone.start_radius, cone.end_radius);
  const float half_px = 0.5f / view.pixels_per_um(view.orthographic ? 1 : std::max(closest, view.near_um));
  const bool is_ball = !(own_length > 0);
  axis = is_ball ? glm::vec3(0) : (b - a) / own_length;
  constexpr float overlap = 2 * overlap_px;
  const float start_more = half_px * (cone.start_is_open() ? 1 : overlap),
              end_more = half_px * (cone.end_is_open() ? 1 : overlap);
  a -= axis * start_more;
  length = own_length + start_more + end_more;
  ra = is_ball ? 0 : cone.start_radius + half_px;
  rb = is_ball ? 0 : cone.end_radius + half_px;
  slope = (rb - ra) / length;
  inverse_slant = 1 / std::sqrt(1 + slope * slope);
  before = glm::mat3(view.view) * cone.before;
  const float joint_radius = is_ball ? std::max(cone.start_radius, cone.end_radius) : cone.start_joint;
  joint = is_ball || glm::dot(before, before) > 0 ? joint_radius + half_px : 0;
  const bool whole = is_ball || cone.has(Cone::round_start);
  joint_beyond = whole ? -closed : -half_px;
  face_beyond = whole ? closed : start_more;
  start_face = cone.has(Cone::smooth_start) ? std::max(ra - 2 * half_px, 0.0f) : ra;
  end_face = cone.has(Cone::smooth_end) ? std::max(rb - 2 * half_px, 0.0f) : rb;
  start_closed = cone.start_is_open() ? 0 : closed;
  end_closed = cone.end_is_open() ? 0 : closed;
  back = 0.5f * (cone.start_radius + cone.end_radius);
}

// Ray, truncated cone and ball, each in closed form: of a convex body a ray enters one face.
CNV_WIDE void solid_block(const SolidShape& shape, float x, float y, PixelBlock& out) {
  const SolidShape s = shape;
  constexpr float none = 1e20f;
  const float slope = s.slope, slant2 = 1 + slope * slope;
  for (int i = 0; i < PixelBlock::width; ++i) {
    const float sx = (x + static_cast<float>(i)) * s.inverse_focal, sy = y * s.inverse_focal;
    const float rz = -1 / std::sqrt(s.spread * (sx * sx + sy * sy) + 1), rx = -rz * s.spread * sx,
                ry = -rz * s.spread * sy;
    float ox = s.beside * sx, oy = s.beside * sy;
    // Start beside the piece: far away, the squares below would lose the small radius.
    const float skipped = (s.middle.x - ox) * rx + (s.middle.y - oy) * ry + s.middle.z * rz;
    ox += rx * skipped;
    oy += ry * skipped;
    const float oz = rz * skipped;
    const float oax = ox - s.a.x, oay = oy - s.a.y, oaz = oz - s.a.z;
    const float dy = s.axis.x * rx + s.axis.y * ry + s.axis.z * rz,
                y0 = s.axis.x * oax + s.axis.y * oay + s.axis.z * oaz;
    const float m3 = rx * oax + ry * oay + rz * oaz, m5 = oax * oax + oay * oay + oaz * oaz;
    // The side: where the distance from the axis falls below the radius there.
    const float r0 = s.ra + slope * y0;
    const float qa = 1 - slant2 * dy * dy, qb = m3 - dy * (y0 + slope * r0), qc = m5 - y0 * y0 - r0 * r0;
    const float h = qb * qb - qa * qc, root = std::sqrt(positive(h));
    const float t_side = qb < 0 ? qc / (root - qb) : (-qb - root) / qa, y_side = y0 + t_side * dy;
    const bool side = (h >= 0) & (y_side >= 0) & (y_side <= s.length);
    // The end face that is turned to the eye.
    const bool at_start = dy > 0;
    const float y_face = at_start ? 0.0f : s.length, r_face = at_start ? s.start_face : s.end_face,
                t_face = (y_face - y0) / dy;
    const float fx = oax + t_face * rx - s.axis.x * y_face, fy = oay + t_face * ry - s.axis.y * y_face,
                fz = oaz + t_face * rz - s.axis.z * y_face;
    const float face2 = fx * fx + fy * fy + fz * fz;
    const bool face = face2 <= r_face * r_face;
    const float t_body = face ? t_face : side ? t_side : none;
    // The ball at the joint.
    const float hb = m3 * m3 - m5 + s.joint * s.joint, t_in = -m3 - std::sqrt(positive(hb));
    const float jx = oax + t_in * rx, jy = oay + t_in * ry, jz = oaz + t_in * rz;
    const bool in_joint = (hb >= 0) & (jx * s.axis.x + jy * s.axis.y + jz * s.axis.z <= s.face_beyond) &
                          (jx * s.before.x + jy * s.before.y + jz * s.before.z >= s.joint_beyond) & (s.joint > 0);
    const float t_ball = in_joint ? t_in : none;
    const bool ball = t_ball < t_body;
    const float t = ball ? t_ball : t_body;
    const bool hit = (t < 1e19f) & (t + skipped > s.nearest);
    // How far the outline is, um across the sight; exact near it, and enough elsewhere. A side has its outline where
    // its normal turns away, and at its open ends.
    const float across2 = 1 - dy * dy > 1e-6f ? 1 - dy * dy : 1e-6f;
    const float here = s.ra + slope * y_side, inverse_here = 1 / (here > 1e-12f ? here : 1e-12f);
    const float gx = (oax + t_side * rx - s.axis.x * y_side) * inverse_here,
                gy = (oay + t_side * ry - s.axis.y * y_side) * inverse_here,
                gz = (oaz + t_side * rz - s.axis.z * y_side) * inverse_here;
    const float gd = gx * rx + gy * ry + gz * rz, turned = slope * dy - gd;
    const float bend = across2 - slope * slope * dy * dy;
    const float from_side = bend > 1e-6f ? 0.5f * here * turned * turned / bend : slope * dy > 0 ? none : 0.0f;
    const float lean = dy + slope * gd, along = std::sqrt(positive(slant2 - lean * lean));
    const float beside_face = 2 * here * positive(-gd) / std::sqrt(across2);
    const float from_start = y_side * along + positive(dy) * beside_face + s.start_closed,
                from_end = (s.length - y_side) * along + positive(-dy) * beside_face + s.end_closed;
    const float near_end = from_start < from_end ? from_start : from_end;
    const float side_inside = from_side < near_end ? from_side : near_end;
    const float fd = fx * rx + fy * ry + fz * rz, lifted2 = fd * fd / across2, xi2 = lifted2 < face2 ? lifted2 : face2,
                dy2 = dy * dy > 1e-6f ? dy * dy : 1e-6f;
    const bool crease = slope * dy * r_face - fd > 0;  // the side goes on behind the rim
    const float rim = 0.5f * (r_face * r_face - face2) / (std::sqrt(face2 - xi2 + xi2 / dy2) + 1e-6f);
    const float face_inside = crease ? none : rim + (at_start ? s.start_closed : s.end_closed);
    const float inverse_joint = 1 / (s.joint > 0 ? s.joint : 1.0f), ball_inside = 0.5f * hb * inverse_joint;
    const float body_inside = face ? face_inside : side ? side_inside : 0.0f;
    const float inside = (ball & (ball_inside > body_inside)) ? ball_inside : body_inside;
    // Normals.
    const float out_of = at_start ? -1.0f : 1.0f;
    float nx = (gx - slope * s.axis.x) * s.inverse_slant, ny = (gy - slope * s.axis.y) * s.inverse_slant,
          nz = (gz - slope * s.axis.z) * s.inverse_slant;
    nx = ball ? jx * inverse_joint : face ? out_of * s.axis.x : nx;
    ny = ball ? jy * inverse_joint : face ? out_of * s.axis.y : ny;
    nz = ball ? jz * inverse_joint : face ? out_of * s.axis.z : nz;
    const float z = hit ? oz + t * rz : -1.0f;
    const float edge = clamp01(inside * s.focal * (s.beside - s.spread / z));
    // Pixels of the soft edge go back, so that a neighbour shines through and not the background.
    out.depth[i] = (edge < 1 ? s.back : 0.0f) - z;
    const float share = hit ? edge : 0.0f;
    out.coverage[i] = byte_of(share > least_coverage ? share : 0);
    const float towards = nx * light_direction.x + ny * light_direction.y + (nz - 1) * light_direction.z;
    out.light[i] = light_of(1 + s.strength * (hit ? towards : 0.0f));
  }
}

}  // namespace cnv
