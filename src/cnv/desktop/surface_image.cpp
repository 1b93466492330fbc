#include "cnv/desktop/surface_image.hpp"

#include <utility>

namespace cnv::desktop {
namespace {
constexpr int fine_samples = 4;
constexpr std::int64_t fine_points_software = 62'500;
}  // namespace

SurfaceImage::~SurfaceImage() {
  // GL objects go in the context that they were made in.
  const bool current = host_.context().make_current().ok();
  for (Drawer* drawer : {&quick_, &fine_}) {
    if (current) {
      drawer->renderer.reset();
      drawer->target.reset();
    } else {
      (void)drawer->renderer.release();
      (void)drawer->target.release();
    }
  }
}

Result<void> SurfaceImage::prepare(Drawer& drawer, const SurfaceView& view, bool fine) {
  if (!drawer.renderer) {
    auto renderer = SurfaceRenderer::create(fine && host_.is_software() ? fine_points_software : 0);
    if (!renderer) return Error{renderer.error()};
    drawer = {std::move(*renderer), std::make_unique<FrameBuffer>(), ~std::uint64_t{0}, ~std::uint64_t{0},
              ~std::uint64_t{0}};
  }
  if (std::exchange(drawer.grid_version, view.grid_version()) != view.grid_version()) {
    drawer.renderer->set_grid(view.grid());
    drawer.heights_version = ~std::uint64_t{0};
  }
  if (std::exchange(drawer.heights_version, view.heights_version()) != view.heights_version())
    drawer.renderer->set_heights(view.heights());
  if (std::exchange(drawer.colors_version, view.colors_version()) != view.colors_version())
    drawer.renderer->set_color_map(view.color_table(), view.color_scale());
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
  if (auto current = host_.context().make_current(); !current) return current;
  Drawer& drawer = fine ? fine_ : quick_;
  if (auto ready = prepare(drawer, view, fine); !ready) return ready;
  FrameBuffer& target = *drawer.target;
  if (auto sized = target.resize(size_px.width(), size_px.height(), fine ? fine_samples : 1); !sized) return sized;
  target.bind();
  drawer.renderer->draw({.camera = camera,
                         .bounds = view.bounds(),
                         .size_px = {size_px.width(), size_px.height()},
                         .shading = view.shading(),
                         .opacity = static_cast<float>(view.opacity())});
  counters_ = drawer.renderer->counters();
  if (image_.size() != size_px) image_ = QImage(size_px, QImage::Format_ARGB32_Premultiplied);
  target.read({image_.bits(), static_cast<std::size_t>(image_.sizeInBytes())}, PixelOrder::bgra,
              static_cast<std::size_t>(image_.bytesPerLine()));
  image_.setDevicePixelRatio(ratio);
  shown_ = wanted;
  shows_fine_ = fine;
  return {};
}

}  // namespace cnv::desktop
