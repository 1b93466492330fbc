#include "cnv/desktop/surface_image.hpp"

#include <utility>

namespace cnv::desktop {
namespace {
constexpr int fine_samples = 4;
// Two triangles for each point: moving pictures stay below 20 ms.
constexpr std::int64_t quick_points = 40'000, fine_points = 1'000'000;
}  // namespace

SurfaceImage::SurfaceImage(ImageHost& host)
    : host_(host), quick_{SurfacePainter(quick_points), {}}, fine_{SurfacePainter(fine_points), {}}, gpu_(host) {}

template <class Drawer>
void SurfaceImage::prepare(Drawer& drawer, Versions& has, const SurfaceView& view) {
  if (std::exchange(has.grid, view.grid_version()) != view.grid_version()) {
    drawer.set_grid(view.grid());
    has.heights = Versions{}.heights;
  }
  if (std::exchange(has.heights, view.heights_version()) != view.heights_version()) drawer.set_heights(view.heights());
  if (std::exchange(has.colors, view.colors_version()) != view.colors_version())
    drawer.set_color_map(view.color_table(), view.color_scale());
}

Result<void> SurfaceImage::draw_on_gpu(const SurfaceView& view, const SurfaceFrame& frame) {
  auto renderer = gpu_.prepare();
  if (!renderer) return Error{renderer.error()};
  prepare(**renderer, gpu_has_, view);
  if (auto drawn = gpu_.draw(frame, fine_samples, image_); !drawn) return drawn;
  counters_ = (*renderer)->counters();
  return {};
}

Result<void> SurfaceImage::draw(const SurfaceView& view, const Camera& camera, QSize size_px, double ratio, bool fine) {
  fine = fine || always_fine();
  Shown wanted{view.grid_version(), view.heights_version(), view.colors_version(), camera, view.bounds().low,
               view.bounds().high,  view.shading(),         view.opacity(),        size_px};
  if (wanted == shown_ && (shows_fine_ || !fine)) {
    counters_ = {};
    return {};
  }
  const SurfaceFrame frame{.camera = camera,
                           .bounds = view.bounds(),
                           .size_px = {size_px.width(), size_px.height()},
                           .shading = view.shading(),
                           .opacity = static_cast<float>(view.opacity())};
  if (image_.size() != size_px) image_ = QImage(size_px, QImage::Format_ARGB32_Premultiplied);
  if (image_.isNull() && !size_px.isEmpty()) return Error{no_memory_for(size_px)};
  if (host_.paints()) {
    Painter& painter = fine ? fine_ : quick_;
    prepare(painter.drawer, painter.has, view);
    painter.drawer.draw(frame, pixels_of(image_), fine);
    counters_ = painter.drawer.counters();
  } else if (auto drawn = draw_on_gpu(view, frame); !drawn) {
    return drawn;
  }
  image_.setDevicePixelRatio(ratio);
  shown_ = wanted;
  shows_fine_ = fine;
  return {};
}

}  // namespace cnv::desktop
