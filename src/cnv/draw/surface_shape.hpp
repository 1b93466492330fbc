// What of a surface is drawn and in which order, kept up to date from grid, heights and camera: what SurfaceRenderer
// and SurfacePainter share. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <glm/vec2.hpp>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/color_map.hpp"
#include "cnv/draw/surface_grid.hpp"
#include "cnv/draw/surface_mesh.hpp"

namespace cnv {

struct SurfaceFrame {
  Camera camera;
  Bounds bounds;                 // of everything that the camera shows: clip distances come from it
  glm::ivec2 size_px{1};         // device pixels
  Rgba8 background{0, 0, 0, 0};  // transparent: the picture is then premultiplied by its alpha
  SurfaceShading shading = SurfaceShading::unlit;
  float opacity = 1;
};

// What a picture took.
struct SurfaceCounters {
  std::int64_t draw_calls = 0;      // passes over the triangles
  std::int64_t uploaded_bytes = 0;  // what was new of the surface, to the GPU or to the painter's arrays
  std::int64_t points = 0;          // drawn samples
  std::int64_t triangles = 0;
};

class SurfaceShape {
 public:
  // Grids of more samples are thinned to `most_points`.
  explicit SurfaceShape(std::int64_t most_points) : most_points_(most_points) {}

  // Copied. Heights of another shape are forgotten. Another vertical scale alone changes no array.
  void set_grid(const SurfaceGrid& grid);
  // Rows × columns in data units, NaN for holes; copied as far as they are drawn.
  void set_heights(std::span<const float> heights);
  void set_color_map(const ColorTable& table, ColorScale scale);

  // What is not as it was at the update before.
  struct Changes {
    bool ground = false, heights = false, normals = false, triangles = false, colors = false;
  };
  // Brings normals (of a smooth surface) and the order of the triangles up to date for a picture.
  Changes update(const SurfaceFrame& frame);

  bool empty() const { return heights_.empty(); }
  std::int64_t points() const { return thinning_.points(); }
  // Of the drawn samples: places of columns and rows, heights in data units, rows × columns, row-major.
  std::span<const float> x() const { return x_; }
  std::span<const float> y() const { return y_; }
  std::span<const float> heights() const { return heights_; }
  // Up to date when the last frame was smooth.
  std::span<const SurfaceNormal> normals() const { return normals_; }
  std::span<const std::uint32_t> triangles() const { return triangles_; }
  // A height's place is (height − x) · y.
  glm::vec2 lift() const { return {static_cast<float>(grid_.space.origin.z), static_cast<float>(grid_.space.scale.z)}; }
  const ColorTable& table() const { return table_; }
  ColorScale scale() const { return scale_; }

 private:
  FarFirst order_for(const SurfaceFrame& frame) const;

  std::int64_t most_points_;
  SurfaceGrid grid_;
  SurfaceThinning thinning_;
  std::vector<float> x_, y_, heights_, before_;
  std::vector<SurfaceNormal> normals_;
  std::vector<std::uint32_t> triangles_;
  FarFirst order_;
  ColorTable table_ = color_map("bwr").table;
  ColorScale scale_;
  Changes stale_{.colors = true};
};

}  // namespace cnv
