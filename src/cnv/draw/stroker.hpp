// Stroker: draws anti-aliased lines of one series into a coverage mask and blends them once into pixels.
// Used by `desktop` and windowless drawing; no toolkit; one thread at a time. All coordinates are device pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cnv/draw/color.hpp"
#include "cnv/draw/coverage.hpp"
#include "cnv/draw/pyramid.hpp"
#include "cnv/draw/sample_axis.hpp"

namespace cnv {

// Whole device pixels; what is drawn is clipped to it.
struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
};

struct StrokeStyle {
  Rgba8 color;
  float width_px = 1.5F;  // logical pixels
  bool dashed = false;    // 6 on, 3 off, logical pixels
  float scale = 1;        // device pixels per logical pixel
};

// The part of the data that fills `rect`: x0 at its left edge, x1 at its right, y0 at its bottom, y1 at its top.
// x1 > x0 and y1 > y0; otherwise nothing is drawn.
struct PlotWindow {
  PixelRect rect;
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;

  double px(double x) const { return rect.x + (x - x0) / (x1 - x0) * rect.width; }
  double py(double y) const { return rect.y + rect.height - (y - y0) / (y1 - y0) * rect.height; }
};

class Stroker {
 public:
  // Sets what the following calls of series() show, and sorts the samples into pixel columns once for all of them.
  // `axis` must be monotone and stay unchanged and alive while series() is called.
  void begin(const PlotWindow& window, const SampleAxis& axis);
  // One series whose sample numbers are those of the axis. Parts with two samples per column and more are drawn column
  // by column: a straight piece where the data runs smoothly through, else a band from minimum to maximum. Other parts
  // are exact lines. A gap breaks the line; a lone sample between gaps is a dot. Dashes are counted along x (along y
  // where the line is steep) from the origin of the data, so they move with it.
  void series(const PixelBuffer& target, const Pyramid& y, const StrokeStyle& style);

  // A line through any points, for data that is not monotone in x (phase plots) and for cuts. Points that are not
  // finite break it. Slower: cost follows the length of the line in pixels. Needs no begin(). Dashes follow the line.
  void polyline(const PixelBuffer& target, const PixelRect& clip, std::span<const PixelPoint> points,
                const StrokeStyle& style);

 private:
  struct Dashes {
    float on = 0, period = 0;  // device pixels; period 0: solid
    float phase_x = 0, phase_y = 0;
  };
  // What a band adds to a column `distance` away: a part of its width, and rows above and below the band.
  struct Flank {
    int distance;
    float weight, reach;
  };
  bool start(const PixelBuffer& target, const PixelRect& rect, const StrokeStyle& style);
  bool is_dense(int from, int to, const Pyramid& y) const;
  void dense_columns(int from, int to, const Pyramid& y);
  void dense_column(int column, const ColumnRange& range, double before, double after, const Pyramid& y);
  void exact_lines(SampleNumber from, SampleNumber to, const Pyramid& y);

  void band(int column, double low, double high);
  void solid_band(int column, float top, float bottom, float weight);
  void segment(double ax, double ay, double bx, double by);
  void dot(double x, double y);
  void dashed_segment(PixelPoint a, PixelPoint b);
  void path_segment(PixelPoint a, PixelPoint b, double& travelled);
  void dash_pieces(PixelPoint a, PixelPoint b, float from, float to, float phase);
  bool clip_segment(double& ax, double& ay, double& bx, double& by) const;

  // Data to pixels of the mask.
  double mask_x(double x) const { return (x - window_.x0) * scale_x_ + shift_x_; }
  double mask_y(double y) const { return (window_.y1 - y) * scale_y_ + shift_y_; }

  PlotWindow window_;
  const SampleAxis* axis_ = nullptr;
  double scale_x_ = 0, scale_y_ = 0;  // device pixels per unit
  int shift_x_ = 0, shift_y_ = 0;     // from the window's rectangle to the part of it that lies in the target
  std::vector<SampleNumber> bounds_;
  std::vector<ColumnRange> ranges_;
  std::vector<double> values_;
  std::vector<Flank> flanks_;
  Coverage coverage_;
  PixelRect visible_;
  float half_width_ = 0.75F, dot_radius_ = 2.25F;
  Dashes dashes_;
};

}  // namespace cnv
