// The axes of a surface on the screen: lines, ticks at 1-2-5 positions, texts and the hairline grid on the faces
// behind, as plain data in pixels. Used by `view`; any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/plot_picture.hpp"
#include "cnv/draw/surface_grid.hpp"

namespace cnv {

struct ScreenLine {
  glm::vec2 start{0}, end{0};
};

// A line of the picture's space; none when it lies behind the eye, else the part in front of it.
std::optional<ScreenLine> screen_line(const Projection& projection, glm::vec3 start, glm::vec3 end);

enum class AxesPlace : std::uint8_t {
  none,
  edges,   // on the edges of the box at its outline, with a grid on the faces behind
  middle,  // crossing in the middle of the box
};

struct SurfaceAxesRequest {
  SurfaceBox box;
  SurfaceSpace space;
  AxesPlace place = AxesPlace::edges;
  int tick_count = 5;  // wished for; 0 or less: no ticks
  double tick_length_px = 5, tick_text_px = 11, label_text_px = 12;
  std::array<std::string, 3> labels;
  std::array<double, 3> previous_steps{};  // of the ticks drawn last, so that a moving range does not flicker
};

// A text around its middle.
struct ScreenText {
  std::string text;
  glm::vec2 middle{0};
  double size_px = 11;
  bool is_label = false;  // an axis' name; else a tick's number
};

struct SurfaceAxes {
  std::vector<ScreenLine> grid, lines, ticks;
  std::vector<ScreenText> texts;
  std::array<double, 3> steps{};
};
SurfaceAxes layout_surface_axes(const SurfaceAxesRequest& request, const Projection& projection,
                                const FontMetrics& metrics);

}  // namespace cnv
