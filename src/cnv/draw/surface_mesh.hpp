// The triangles of a surface as plain data: which samples are drawn, their normals, and the order of their triangles.
// Used by SurfaceRenderer; any thread. Arrays are rows × columns of drawn samples, row-major.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace cnv {

// Plain colours; light with normals that run on over the triangles; light with one normal for each triangle.
enum class SurfaceShading : std::uint8_t { unlit, smooth, flat };

// Which samples of a grid are drawn: all, or so many that they stay within a budget.
class SurfaceThinning {
 public:
  SurfaceThinning() = default;
  // Both sides are thinned alike; the first and last samples of each side stay. A budget below 4 counts as 4.
  SurfaceThinning(std::int64_t columns, std::int64_t rows, std::int64_t most_points);

  std::span<const std::int32_t> columns() const { return columns_; }
  std::span<const std::int32_t> rows() const { return rows_; }
  std::int64_t points() const { return static_cast<std::int64_t>(columns_.size() * rows_.size()); }
  bool thins() const { return thins_; }

  // Drawn heights: the sample itself, or the highest or lowest one of those it stands for where that stands out of all
  // neighbouring drawn samples: no peak of a single sample is lost, and slopes are not shifted.
  void apply(std::span<const float> heights, std::vector<float>& out) const;

 private:
  float stand_out(std::span<const float> heights, std::size_t column, std::size_t row) const;

  std::vector<std::int32_t> columns_, rows_;
  std::int64_t all_columns_ = 0, all_rows_ = 0;
  bool thins_ = false;
};

// Unit normals of a surface over drawn x, y (picture units) with drawn heights · z_scale, as signed bytes (127 = 1);
// the fourth is 0. Towards a sample without a height the surface counts as level.
using SurfaceNormal = std::array<std::int8_t, 4>;
void surface_normals(std::span<const float> x, std::span<const float> y, std::span<const float> heights, float z_scale,
                     std::vector<SurfaceNormal>& out);

// Which triangles come first: those far from this column and row come before near ones, so that blending is right from
// there.
struct FarFirst {
  std::int32_t column = 0, row = 0;  // drawn sample under the eye, or nearest to it
  friend bool operator==(const FarFirst&, const FarFirst&) = default;
};

// Two triangles per cell, three indices each. A triangle without all of its heights is a hole.
void surface_triangles(std::int32_t columns, std::int32_t rows, std::span<const float> heights, FarFirst order,
                       std::vector<std::uint32_t>& out);

}  // namespace cnv
