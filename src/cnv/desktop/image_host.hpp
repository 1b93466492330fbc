// ImageHost: an OpenGL context of its own that needs no display, for pictures of cells and surfaces. One per
// application, one renderer per panel; works the same on software GL, on a GPU and without a window. GUI thread only.
#pragma once

#include <QImage>
#include <memory>
#include <optional>

#include "cnv/base/result.hpp"
#include "cnv/draw/morphology_painter.hpp"
#include "cnv/render/frame_buffer.hpp"
#include "cnv/render/gl_context.hpp"
#include "cnv/render/morphology_renderer.hpp"
#include "cnv/view/morphology_view.hpp"

namespace cnv::desktop {

class ImageHost {
 public:
  // The error says what GL refused; the window then shows it instead of pictures.
  static Result<std::unique_ptr<ImageHost>> create();
  bool is_software() const { return context_->is_software(); }
  const std::string& renderer() const { return context_->renderer(); }
  // Of a picture that OpenGL draws; 0 where it does not say.
  int largest_side_px();
  GlContext& context() { return *context_; }

 private:
  explicit ImageHost(std::unique_ptr<GlContext> context) : context_(std::move(context)) {}
  std::unique_ptr<GlContext> context_;
};

// The picture of one morphology view, kept up to date by the versions of the view. On software GL it is painted without
// OpenGL, which takes a fraction of the time.
class MorphologyImage {
 public:
  explicit MorphologyImage(ImageHost& host) : host_(host) {}
  ~MorphologyImage();
  MorphologyImage(const MorphologyImage&) = delete;
  MorphologyImage& operator=(const MorphologyImage&) = delete;

  // Draws the view, on its own background or another; size in device pixels. `hairline_scale` as in MorphologyFrame.
  Result<void> draw(const MorphologyView& view, const Camera& camera, QSize size_px, double device_pixel_ratio,
                    Theme theme, std::optional<Rgba8> background = std::nullopt, double hairline_scale = 1);
  const QImage& image() const { return image_; }
  MorphologyCounters counters() const { return renderer_ ? renderer_->counters() : painter_.counters(); }

 private:
  Result<void> make_renderer();
  template <class Drawer>
  void prepare(Drawer& drawer, const MorphologyView& view);
  Result<void> draw_on_gpu(const MorphologyView& view, const MorphologyFrame& frame);

  ImageHost& host_;
  MorphologyPainter painter_;
  std::unique_ptr<MorphologyRenderer> renderer_;  // on a GPU, with target_
  std::unique_ptr<FrameBuffer> target_;
  QImage image_;
  static constexpr auto none = ~std::uint64_t{0};
  std::uint64_t geometry_version_ = none, values_version_ = none, colors_version_ = none;
};

}  // namespace cnv::desktop
