// A 3-D view as it was at one moment, to be drawn in any size: what figures of cells and surfaces are made from. It
// needs neither the panel nor the scene any more. GUI thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cnv/desktop/image_host.hpp"
#include "cnv/desktop/picture_file.hpp"
#include "cnv/desktop/view3d_overlay.hpp"
#include "cnv/view/panel_camera.hpp"

namespace cnv::desktop {

class View3dFigure {
 public:
  // `shown_px`: the logical pixels of the panel.
  View3dFigure(const Camera& camera, glm::vec2 shown_px) : camera_(camera), shown_px_(shown_px) {}
  virtual ~View3dFigure() = default;
  View3dFigure(const View3dFigure&) = delete;
  View3dFigure& operator=(const View3dFigure&) = delete;

  const Camera& camera() const { return camera_; }
  glm::vec2 shown_px() const { return shown_px_; }
  virtual OverlayStrips strips() const = 0;
  // Of the picture, in pixels; 0: no limit.
  virtual int largest_side_px() const = 0;
  virtual const Background& background() const = 0;
  // What is drawn below the overlay.
  struct Pixels {
    QSize size_px;
    double device_pixel_ratio = 1;
    double pt_per_px = screen_pt_per_px;
    bool transparent = false;
  };
  // A text says why it cannot be.
  virtual QString draw(const Camera& camera, const Pixels& pixels) = 0;
  // The pixels drawn last, and the overlay, from the upper left corner; the ground is there already.
  virtual void paint(QPainter& painter, const Sight& sight) = 0;

 private:
  Camera camera_;
  glm::vec2 shown_px_;
};

// The views of a panel side by side as they stand there, each under its caption if there are several. All have one
// scale.
class View3dExport {
 public:
  struct Tile {
    std::shared_ptr<View3dFigure> figure;
    QString caption;
  };
  explicit View3dExport(std::vector<Tile> tiles);
  // A picture made before shows the same as the newest.
  FilePicture picture(const FigureLayout& layout, bool transparent) const;
  // Why a figure of this layout cannot be drawn, and what can; empty: it can.
  QString problem(const FigureLayout& layout) const;
  const FigureLayout& screen() const { return screen_; }

 private:
  std::vector<Tile> tiles_;
  FigureLayout screen_;
};

}  // namespace cnv::desktop
