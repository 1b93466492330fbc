// ImageHost: who draws the pictures of cells and surfaces: graphics hardware, in an OpenGL context of its own that
// needs no display, or painters on the processor, which need no driver. One per application, one drawing per panel;
// works the same without a window. GUI thread only.
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
  // Takes graphics hardware where there is some. The environment's COMPNEUROVIS_DRAWING decides otherwise: "painter",
  // or "opengl", then also with a driver that computes on the processor.
  ImageHost();
  bool paints() const { return !context_; }
  // For a person: the graphics hardware, or the painter and why it is that.
  const std::string& renderer() const { return renderer_; }
  // Of a picture; 0: as large as memory allows.
  int largest_side_px();
  GlContext& context() { return *context_; }

 private:
  std::unique_ptr<GlContext> context_;
  std::string renderer_;
};

// The picture of a view in memory: 32 bits for each pixel.
PixelBuffer pixels_of(QImage& image);
// What is wrong when there is no image of this size.
std::string no_memory_for(QSize size_px);

// A renderer of OpenGL with what it draws into. They live in the host's context, whoever has been current meanwhile.
template <class Renderer>
class GlDrawing {
 public:
  explicit GlDrawing(ImageHost& host) : host_(host) {}
  GlDrawing(const GlDrawing&) = delete;
  GlDrawing& operator=(const GlDrawing&) = delete;
  ~GlDrawing() {
    if (!renderer_ || host_.context().make_current()) return;
    (void)renderer_.release();  // lost with their context
    (void)target_.release();
  }

  // Makes what is missing, and the context current.
  Result<Renderer*> prepare() {
    if (auto current = host_.context().make_current(); !current) return Error{current.error()};
    if (!renderer_) {
      auto made = Renderer::create();
      if (!made) return Error{made.error()};
      renderer_ = std::move(*made);
      target_ = std::make_unique<FrameBuffer>();
    }
    return renderer_.get();
  }
  // After prepare(): draws a frame into the image, whose size is the frame's.
  template <class Frame>
  Result<void> draw(const Frame& frame, int samples, QImage& image) {
    if (auto sized = target_->resize(frame.size_px.x, frame.size_px.y, samples); !sized) return sized;
    target_->bind();
    renderer_->draw(frame);
    target_->read({image.bits(), static_cast<std::size_t>(image.sizeInBytes())}, PixelOrder::bgra,
                  static_cast<std::size_t>(image.bytesPerLine()));
    return {};
  }
  const Renderer* renderer() const { return renderer_.get(); }

 private:
  ImageHost& host_;
  std::unique_ptr<Renderer> renderer_;
  std::unique_ptr<FrameBuffer> target_;
};

// The picture of one morphology view, kept up to date by the versions of the view.
class MorphologyImage {
 public:
  explicit MorphologyImage(ImageHost& host) : host_(host), gpu_(host) {}

  // Draws the view, on its own background or another; size in device pixels. `hairline_scale` as in MorphologyFrame.
  Result<void> draw(const MorphologyView& view, const Camera& camera, QSize size_px, double device_pixel_ratio,
                    Theme theme, std::optional<Rgba8> background = std::nullopt, double hairline_scale = 1);
  const QImage& image() const { return image_; }
  MorphologyCounters counters() const { return gpu_.renderer() ? gpu_.renderer()->counters() : painter_.counters(); }

 private:
  template <class Drawer>
  void prepare(Drawer& drawer, const MorphologyView& view);
  Result<void> draw_on_gpu(const MorphologyView& view, const MorphologyFrame& frame);

  ImageHost& host_;
  MorphologyPainter painter_;
  GlDrawing<MorphologyRenderer> gpu_;
  QImage image_;
  static constexpr auto none = ~std::uint64_t{0};
  std::uint64_t geometry_version_ = none, values_version_ = none, colors_version_ = none;
};

}  // namespace cnv::desktop
