#include "cnv/desktop/image_host.hpp"

#include <cstdlib>
#include <string_view>

#include "cnv/base/numbers.hpp"

namespace cnv::desktop {
namespace {

std::string painter_because(const std::string& why) { return "painter on the processor (" + why + ")"; }

}  // namespace

ImageHost::ImageHost() {
  const char* given = std::getenv("COMPNEUROVIS_DRAWING");
  const std::string_view wish = given ? given : "";
  if (wish == "painter") {
    renderer_ = painter_because("COMPNEUROVIS_DRAWING");
  } else if (wish != "opengl" && !has_graphics_hardware()) {
    renderer_ = painter_because("no graphics hardware");
  } else if (auto context = GlContext::create(); !context) {
    renderer_ = painter_because(context.error());
  } else if (wish != "opengl" && (*context)->is_software()) {
    renderer_ = painter_because("OpenGL would use it too: " + (*context)->renderer());
  } else {
    context_ = std::move(*context);
    renderer_ = context_->renderer();
  }
}

int ImageHost::largest_side_px() { return context_ && context_->make_current() ? FrameBuffer::largest_side_px() : 0; }

PixelBuffer pixels_of(QImage& image) {
  return {reinterpret_cast<std::uint32_t*>(image.bits()), image.width(), image.height(), image.bytesPerLine() / 4};
}

std::string no_memory_for(QSize size_px) {
  return "no memory for a picture of " + plain_text(size_px.width()) + " × " + plain_text(size_px.height()) +
         " pixels; make the panel or the figure smaller";
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

Result<void> MorphologyImage::draw_on_gpu(const MorphologyView& view, const MorphologyFrame& frame) {
  auto renderer = gpu_.prepare();
  if (!renderer) return Error{renderer.error()};
  prepare(**renderer, view);
  return gpu_.draw(frame, 1, image_);
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
  if (image_.isNull() && !size_px.isEmpty()) return Error{no_memory_for(size_px)};
  if (host_.paints()) {
    prepare(painter_, view);
    painter_.draw(frame, pixels_of(image_));
  } else if (auto drawn = draw_on_gpu(view, frame); !drawn) {
    image_ = {};
    return drawn;
  }
  image_.setDevicePixelRatio(ratio);
  return {};
}

}  // namespace cnv::desktop
