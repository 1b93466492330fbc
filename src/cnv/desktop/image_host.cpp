#include "cnv/desktop/image_host.hpp"

namespace cnv::desktop {

Result<std::unique_ptr<ImageHost>> ImageHost::create() {
  auto context = GlContext::create();
  if (!context) return Error{context.error()};
  return std::unique_ptr<ImageHost>(new ImageHost(std::move(*context)));
}

MorphologyImage::~MorphologyImage() {
  // GL objects go in the context that they were made in.
  if (host_.context().make_current()) {
    renderer_.reset();
    target_.reset();
  } else {
    renderer_.release();
    target_.release();
  }
}

Result<void> MorphologyImage::prepare(const MorphologyView& view) {
  if (!renderer_) {
    auto renderer = MorphologyRenderer::create();
    if (!renderer) return Error{renderer.error()};
    renderer_ = std::move(*renderer);
    target_ = std::make_unique<FrameBuffer>();
    geometry_version_ = values_version_ = colors_version_ = ~std::uint64_t{0};
  }
  if (geometry_version_ != view.geometry_version()) {
    if (view.tree()) renderer_->set_tree(view.tree());
    geometry_version_ = view.geometry_version();
    values_version_ = ~std::uint64_t{0};
  }
  if (values_version_ != view.values_version()) {
    renderer_->set_values(view.values());
    values_version_ = view.values_version();
  }
  if (colors_version_ != view.colors_version()) {
    renderer_->set_color_map(view.color_table(), view.color_scale());
    colors_version_ = view.colors_version();
  }
  return {};
}

Result<void> MorphologyImage::draw(const MorphologyView& view, const Camera& camera, QSize size_px, double ratio, Theme theme) {
  if (auto current = host_.context().make_current(); !current) return current;
  if (auto ready = prepare(view); !ready) return ready;
  if (auto sized = target_->resize(size_px.width(), size_px.height()); !sized) return sized;
  target_->bind();
  MorphologyFrame frame{.camera = camera, .size_px = {size_px.width(), size_px.height()}, .device_pixel_ratio = static_cast<float>(ratio),
                        .background = view.background().color, .theme = theme, .highlights = {}};
  for (const auto& mark : view.section_marks()) frame.highlights.push_back({mark.section, -1, mark.color});
  renderer_->draw(frame);
  if (image_.size() != size_px) image_ = QImage(size_px, QImage::Format_RGB32);
  target_->read({image_.bits(), static_cast<std::size_t>(image_.sizeInBytes())}, PixelOrder::bgra, static_cast<std::size_t>(image_.bytesPerLine()));
  image_.setDevicePixelRatio(ratio);
  return {};
}

}  // namespace cnv::desktop
