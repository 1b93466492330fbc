// The picture of one surface view, kept up to date by the versions of the view. Transparent where no surface is. GUI
// thread.
#pragma once

#include <QImage>

#include "cnv/desktop/image_host.hpp"
#include "cnv/draw/surface_painter.hpp"
#include "cnv/render/surface_renderer.hpp"
#include "cnv/view/surface_view.hpp"

namespace cnv::desktop {

class SurfaceImage {
 public:
  explicit SurfaceImage(ImageHost& host);
  SurfaceImage(const SurfaceImage&) = delete;
  SurfaceImage& operator=(const SurfaceImage&) = delete;

  // Draws the view; size in device pixels. `fine`: with more samples and smooth edges, which take a painter several
  // times as long. What would give the present picture, or a coarser one of the same, is not drawn again.
  Result<void> draw(const SurfaceView& view, const Camera& camera, QSize size_px, double device_pixel_ratio, bool fine);
  const QImage& image() const { return image_; }
  // Of the last picture.
  const SurfaceCounters& counters() const { return counters_; }
  bool is_fine() const { return shows_fine_; }
  // True when every picture is a fine one.
  bool always_fine() const { return !host_.paints(); }

 private:
  // What of the view a drawer holds.
  struct Versions {
    std::uint64_t grid = ~std::uint64_t{0}, heights = grid, colors = grid;
  };
  struct Painter {
    SurfacePainter drawer;
    Versions has;
  };
  // Everything that a picture is made from.
  struct Shown {
    std::uint64_t grid_version = 0, heights_version = 0, colors_version = 0;
    Camera camera;
    glm::vec3 low{0}, high{0};
    SurfaceShading shading = SurfaceShading::unlit;
    double opacity = 1;
    QSize size_px;
    friend bool operator==(const Shown&, const Shown&) = default;
  };
  template <class Drawer>
  static void prepare(Drawer& drawer, Versions& has, const SurfaceView& view);
  Result<void> draw_on_gpu(const SurfaceView& view, const SurfaceFrame& frame);

  ImageHost& host_;
  Painter quick_, fine_;
  GlDrawing<SurfaceRenderer> gpu_;
  Versions gpu_has_;
  QImage image_;
  SurfaceCounters counters_;
  Shown shown_;
  bool shows_fine_ = false;
};

}  // namespace cnv::desktop
