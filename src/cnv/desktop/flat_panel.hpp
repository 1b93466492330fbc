// FlatPanel: what the panels of line plots, state graphs and heat maps share: the view they show, the pointer that
// drags, and the sign that the view must be painted. GUI thread.
#pragma once

#include <QWidget>
#include <optional>
#include <string>

#include "cnv/desktop/text.hpp"
#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class FlatPanel : public QWidget {
  Q_OBJECT
 public:
  // Takes the view's present state.
  virtual void refresh() = 0;
  // Everything is in view again.
  virtual void fit() = 0;
  const std::string& view_id() const { return view_id_; }
  // Room beside the data along x: what the last refresh would need by itself, and the least that the next one leaves;
  // nothing where there is no x axis.
  struct Margins {
    PlotMargins own, least;
    std::string x_dim;
  };
  virtual std::optional<Margins> margins() const { return std::nullopt; }
  virtual void set_least_margins(const PlotMargins&) {}

 Q_SIGNALS:
  // A gesture or a choice changed what is shown, or the size changed.
  void moved();
  // The pointer is at this place of the x axis, or left (no value). State graphs have no x axis.
  void cursor_moved(std::optional<cnv::Cursor> cursor);

 protected:
  // `name` is what a screen reader says.
  FlatPanel(SceneModel& model, std::string view_id, const QString& name, QWidget* parent);

  void resizeEvent(QResizeEvent* event) override;
  // A drag with the left button; a double click with it fits.
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  // How far the pointer came since the press or the last call.
  QPointF dragged_to(QPointF place);

  // By how much a wheel comes closer along x and y: x alone, with Shift y alone, with Ctrl both.
  struct Factors {
    double x = 1, y = 1;
  };
  static Factors wheel_factors(const QWheelEvent& event);
  // Of a view with an x axis, if there is one.
  template <class View>
  static std::optional<Margins> margins_of(const View* view) {
    return view ? std::optional(Margins{view->own_margins(), view->least_margins(), view->x_dim()}) : std::nullopt;
  }

  SceneModel& model_;
  std::string view_id_;
  QtFontMetrics metrics_;
  QPointF last_place_;
  bool pressed_ = false;
};

}  // namespace cnv::desktop
