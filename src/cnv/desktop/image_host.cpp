#include "cnv/desktop/image_host.hpp"

#include "cnv/base/numbers.hpp"

namespace cnv::desktop {

Result<std::unique_ptr<ImageHost>> ImageHost::create() {
  auto context = GlContext::create();
  if (!context) return Error{context.error()};
  return std::unique_ptr<ImageHost>(new ImageHost(std::move(*context)));
}

int ImageHost::largest_side_px() { return context_->make_current() ? FrameBuffer::largest_side_px() : 0; }

MorphologyImage::~MorphologyImage() {
  // GL objects go in the context that they were made in.
  if (host_.context().make_current()) {
    renderer_.reset();
    target_.reset();
  } else {
    (void)renderer_.release();
    (void)target_.release();
  }
}

template <class Drawer>
void MorphologyImage::prepare(Drawer& drawer, const MorphologyView& view) {
  if (geometry_version_ != view.geometry_version()) {
    if (view.tree()) drawer.set_tree(view.tree());
    geometry_version_ = view.geometry_version();
    values_version_ = none;
  }
  if (values_version_ != view.values_version()) {
    drawer.set_values(view.values());
    values_version_ = view.values_version();
  }
  if (colors_version_ != view.colors_version()) {
    drawer.set_color_map(view.color_table(), view.color_scale());
    colors_version_ = view.colors_version();
  }
}

Result<void> MorphologyImage::make_renderer() {
  auto renderer = MorphologyRenderer::create();
  if (!renderer) return Error{renderer.error()};
  renderer_ = std::move(*renderer);
  target_ = std::make_unique<FrameBuffer>();
  return {};
}

Result<void> MorphologyImage::draw_on_gpu(const MorphologyView& view, const MorphologyFrame& frame) {
  if (auto current = host_.context().make_current(); !current) return current;
  if (!renderer_)
    if (auto made = make_renderer(); !made) return made;
  prepare(*renderer_, view);
  if (auto sized = target_->resize(frame.size_px.x, frame.size_px.y); !sized) return sized;
  target_->bind();
  renderer_->draw(frame);
  target_->read({image_.bits(), static_cast<std::size_t>(image_.sizeInBytes())}, PixelOrder::bgra,
                static_cast<std::size_t>(image_.bytesPerLine()));
  return {};
}

Result<void> MorphologyImage::draw(const MorphologyView& view, const Camera& camera, QSize size_px, double ratio,
                                   Theme theme, std::optional<Rgba8> background, double hairline_scale) {
  MorphologyFrame frame{.camera = camera,
                        .size_px = {size_px.width(), size_px.height()},
                        .device_pixel_ratio = static_cast<float>(ratio),
                        .hairline_scale = static_cast<float>(hairline_scale),
                        .background = background.value_or(view.background().color),
                        .theme = theme,
                        .flat = !view.look().relief_shown(),
                        .highlights = {}};
  for (const auto& mark : view.section_marks()) frame.highlights.push_back({mark.section, -1, mark.color});
  if (image_.size() != size_px) image_ = QImage(size_px, QImage::Format_RGB32);
  if (image_.isNull() && !size_px.isEmpty())
    return Error{"the picture of a cell: no memory for " + plain_text(size_px.width()) + " × " +
                 plain_text(size_px.height()) + " pixels; make the panel or the figure smaller"};
  if (host_.is_software()) {
    prepare(painter_, view);
    painter_.draw(frame, {reinterpret_cast<std::uint32_t*>(image_.bits()), image_.width(), image_.height(),
                          image_.bytesPerLine() / 4});
  } else if (auto drawn = draw_on_gpu(view, frame); !drawn) {
    image_ = {};
    return drawn;
  }
  image_.setDevicePixelRatio(ratio);
  return {};
}

}  // namespace cnv::desktop
