// The drawn geometry of cells as plain data: truncated cones ("pieces") with the links to what they show.
// Made by `view`, read by the level-of-detail tree, picking and the renderer. Immutable once shared; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <glm/common.hpp>
#include <glm/vec3.hpp>

#include "cnv/base/result.hpp"
#include "cnv/draw/color.hpp"

namespace cnv {

// Axis-aligned box in um. Empty while low > high.
struct Bounds {
  glm::vec3 low{1e30f};
  glm::vec3 high{-1e30f};

  bool empty() const { return low.x > high.x; }
  void add(glm::vec3 point, float radius = 0) {
    low = glm::min(low, point - radius);
    high = glm::max(high, point + radius);
  }
  glm::vec3 center() const { return empty() ? glm::vec3(0) : 0.5f * (low + high); }
  float radius() const;  // of the sphere around the box, 0 when empty
};

// One drawn body, as it lies in vertex memory: a truncated cone with flat ends, um in all members; without length a
// ball. Where another piece comes to `start` at an angle, the wedge between the two end faces is closed by the part of
// a ball of radius `start_joint` that lies beyond both.
struct Cone {
  glm::vec3 start{0};
  float start_radius = 0;
  glm::vec3 end{0};
  float end_radius = 0;
  glm::vec3 before{0};    // unit vector along which the other piece comes to `start`; 0: none does
  float start_joint = 0;  // radius of what is attached to the start, at most start_radius; 0: an open end
  float end_joint = 0;    // radius of what is attached to the end, at most end_radius; 0: an open end
  // The sum of what holds: the start, the end goes on as it is, straight and as thick; the start has the whole ball,
  // because a piece is too short for the bend, as the slices of a soma are.
  static constexpr int smooth_start = 1, smooth_end = 2, round_start = 4;
  float joints = 0;

  // An end is seen as far as nothing of the same thickness continues there.
  bool start_is_open() const { return start_joint < 0.999f * start_radius; }
  bool end_is_open() const { return end_joint < 0.999f * end_radius; }
  bool has(int joint) const { return (static_cast<int>(joints) & joint) != 0; }
  void add(int joint) { joints = static_cast<float>(static_cast<int>(joints) | joint); }
};

// n pieces as columns. Every column has n rows, except `section` and `parent`, which may be empty, and
// `entity_colors`, which is empty or has one row per entity.
struct Pieces {
  std::vector<glm::vec3> start, end;            // um
  std::vector<float> start_radius, end_radius;  // um, >= 0
  std::vector<std::int32_t> entity;             // what a click names, >= 0
  std::vector<std::int32_t> value;              // index into the array of values that colours; -1: never coloured
  std::vector<std::int32_t> section;            // section of the piece, -1 or empty: unknown
  std::vector<std::int32_t> parent;             // piece whose end this piece continues or branches off, -1: root
  std::vector<Rgba8> entity_colors;             // base colour of each entity, used while there are no values

  std::size_t size() const { return start.size(); }
  // Without joints.
  Cone cone(std::size_t piece) const {
    return {
        .start = start[piece], .start_radius = start_radius[piece], .end = end[piece], .end_radius = end_radius[piece]};
  }
  // Appends one piece and returns its index.
  std::int32_t add(const Cone& cone, std::int32_t entity, std::int32_t value, std::int32_t section = -1,
                   std::int32_t parent = -1);
};

// Column lengths, finite coordinates, radii >= 0, indices in range; the error names the column and the piece.
Result<void> check(const Pieces& pieces);

Bounds bounds(const Pieces& pieces);

// Parents found by equal end points (within 1e-3 um), for geometry that comes without topology. A piece takes
// the first earlier piece whose end is its start. n rows.
std::vector<std::int32_t> parents_by_end_points(const Pieces& pieces);

// The cone of each piece as drawn: from end point to end point, with the joints that its neighbours make. A piece
// without length is a ball where it is alone; between others it is a step of the diameter, of which nothing is drawn
// (radius 0). `parents` and the result have n rows.
std::vector<Cone> drawn_cones(const Pieces& pieces, std::span<const std::int32_t> parents);

}  // namespace cnv
