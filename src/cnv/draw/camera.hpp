// The turntable camera of a 3-D view: pose, gestures, fit, and the projection between um and pixels.
// Kept by `view` for each panel, read by the renderer and by picking. Plain value; any thread.
// Pixels are counted from the top left corner, y down, in whatever unit `size_px` has (logical or device).
#pragma once

#include <array>
#include <span>

#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include "cnv/draw/pieces.hpp"

namespace cnv {

struct Camera {
  glm::vec3 center{0};       // um; stays in the middle of the picture while orbiting
  float azimuth_deg = 30;    // around +z; 0 looks along +y
  float elevation_deg = 30;  // above the xy plane, -90..90
  float distance = 200;      // um from centre to eye
  // Vertical. Narrow, so that a ball far from the centre stays round and the scale bar holds for nearly all of a cell.
  float fov_deg = 20;
  bool orthographic = false;  // same scale at the centre as the perspective picture

  friend bool operator==(const Camera&, const Camera&) = default;

  // Columns right, up and back (towards the eye), unit vectors in model space.
  glm::mat3 axes() const;
  glm::vec3 eye() const;
  glm::mat4 view_matrix() const;
  float pixels_per_um(glm::vec2 size_px) const;  // at the centre

  void orbit(glm::vec2 drag_px);                   // 0.5 degrees per pixel
  void pan(glm::vec2 drag_px, glm::vec2 size_px);  // what lies at the centre's depth follows the pointer
  void dolly(float notches);                       // factor 1.1 per notch, positive comes closer
  void zoom_at(float notches, glm::vec2 cursor_px, glm::vec2 size_px);  // dolly; the cursor's place stays put
  void change_fov(float degrees);                                       // kept within 1..170
  // Looks along a coordinate axis (0, 1, 2 for x, y, z) from its positive end, from its negative end when it does
  // already.
  void look_along(int axis);
};

// Everything a picture or a pick needs of a camera: made once per frame.
struct Projection {
  glm::mat4 view{1};  // model um -> camera um (x right, y up, looking along -z)
  glm::vec2 size_px{1};
  float focal_px = 1;  // perspective: pixels per um at depth 1 um; orthographic: pixels per um
  float near_um = 0.1f;
  float far_um = 1000;
  bool orthographic = false;

  friend bool operator==(const Projection&, const Projection&) = default;

  float pixels_per_um(float depth_um) const { return orthographic ? focal_px : focal_px / depth_um; }
};

// Clip distances enclose `bounds` as seen from the camera.
Projection make_projection(const Camera& camera, glm::vec2 size_px, const Bounds& bounds);

// x and y in pixels, z the depth in um in front of the eye (<= 0: behind it, x and y then have no meaning).
glm::vec3 project(const Projection& projection, glm::vec3 point);
glm::vec3 project(const Camera& camera, glm::vec2 size_px, glm::vec3 point);
// The model point under a pixel at a depth in um.
glm::vec3 unproject(const Projection& projection, glm::vec2 pixel, float depth_um);
// The model point under a pixel in the plane through the camera's centre.
glm::vec3 unproject_at_center(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel);

// Directions of the model's x, y, z axes on the screen (x right, y up, z towards the eye), for an axes sign.
std::array<glm::vec3, 3> axis_directions(const Camera& camera);

// What a fit keeps in view: points in um with a radius each (`radii` empty: 0), as many as you like.
struct FitPoints {
  std::vector<glm::vec3> points;
  std::vector<float> radii;
};
FitPoints fit_points(std::span<const Cone> cones);  // their ends, for instance LodTree::cones()
FitPoints fit_points(const Bounds& bounds);         // its eight corners

// The same direction with centre and distance such that all points just fill the view in its tighter direction,
// leaving `margin` of it free (half on each side). No points: unchanged.
Camera fitted(Camera camera, const FitPoints& points, glm::vec2 size_px, float margin = 0.08f);

// Azimuth and elevation that show the most of the points: face-on for a planar cell. Looks along a coordinate
// axis (from +z with y up, else from -y or +x with z up) when that shows nearly as much.
Camera best_initial_view(const FitPoints& points, glm::vec2 size_px, float margin = 0.08f);

}  // namespace cnv
