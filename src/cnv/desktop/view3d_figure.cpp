#include "cnv/desktop/view3d_figure.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr double head_height = 30, head_margin = 12, text_px = 11;

// Where the tiles stand in a picture, on whole device pixels.
std::vector<QRectF> places(const std::vector<View3dExport::Tile>& tiles, const FigureLayout& layout, double ratio) {
  const auto crisp = [&](double px) { return std::round(px * ratio) / ratio; };
  const double top = tiles.size() > 1 ? crisp(head_height) : 0;
  double all = 0, done = 0;
  for (const auto& tile : tiles) all += static_cast<double>(tile.figure->shown_px().x);
  std::vector<QRectF> out;
  for (const auto& tile : tiles) {
    const double left = crisp(done / all * layout.width_px);
    done += static_cast<double>(tile.figure->shown_px().x);
    const double right = &tile == &tiles.back() ? layout.width_px : crisp(done / all * layout.width_px);
    out.emplace_back(left, top, right - left, layout.height_px - top);
  }
  return out;
}

glm::vec2 size_of(const QRectF& place) {
  return {static_cast<float>(place.width()), static_cast<float>(place.height())};
}

// One camera for each tile.
std::vector<Camera> cameras(const std::vector<View3dExport::Tile>& tiles, const std::vector<QRectF>& places) {
  float scale = 0;
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const auto& figure = *tiles[i].figure;
    const float own = figure_scale(figure.shown_px(), size_of(places[i]), figure.strips());
    scale = i == 0 ? own : std::min(scale, own);
  }
  std::vector<Camera> out;
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const auto& figure = *tiles[i].figure;
    out.push_back(figure_camera(figure.camera(), figure.shown_px(), size_of(places[i]), figure.strips(), scale));
  }
  return out;
}

Background ground_of(const View3dFigure& figure, bool transparent) {
  Background ground = figure.background();
  if (transparent) ground.color = {0, 0, 0, 0};
  return ground;
}

void paint_tile(QPainter& painter, const View3dExport::Tile& tile, const QRectF& place, const Camera& camera,
                bool transparent) {
  const Background ground = ground_of(*tile.figure, transparent);
  painter.save();
  painter.translate(place.left(), 0);
  fill_ground(painter, place.width(), place.bottom(), to_qcolor(ground.color));
  painter.restore();
  if (place.top() > 0) {
    painter.setPen(to_qcolor(tokens(ground.look).text1));
    const QFont font = ui_font(text_px);
    const QRectF head(place.left() + head_margin, 0, place.width() - 2 * head_margin, place.top());
    draw_text(painter, head, Qt::AlignLeft | Qt::AlignVCenter,
              QFontMetricsF(font).elidedText(tile.caption, Qt::ElideRight, head.width()), font);
  }
  painter.save();
  painter.setClipRect(place);
  painter.translate(place.topLeft());
  tile.figure->paint(painter, {camera, size_of(place), ground, true});
  painter.restore();
}

}  // namespace

View3dExport::View3dExport(std::vector<Tile> tiles) : tiles_(std::move(tiles)) {
  double width = 0, height = 0;
  for (const auto& tile : tiles_) {
    width += static_cast<double>(tile.figure->shown_px().x);
    height = std::max(height, static_cast<double>(tile.figure->shown_px().y));
  }
  screen_ = layout_on_screen(width, height + (tiles_.size() > 1 ? head_height : 0));
}

QString View3dExport::problem(const FigureLayout& layout) const {
  const auto where = places(tiles_, layout, layout.dots_per_px());
  double room = 1;  // of the dots, those that can be
  int limit = 0;
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    const int largest = tiles_[i].figure->largest_side_px();
    const double side = std::max(where[i].width(), where[i].height()) * layout.dots_per_px();
    if (largest == 0 || largest / side >= room) continue;
    room = largest / side;
    limit = largest;
  }
  if (room >= 1) return {};
  return QObject::tr("OpenGL draws at most %1 pixels on a side here: at most %2 dots per inch in this size.")
      .arg(limit)
      .arg(static_cast<int>(room * layout.dpi));
}

FilePicture View3dExport::picture(const FigureLayout& layout, bool transparent) const {
  const auto prepare = [tiles = tiles_, layout, transparent](double ratio) {
    const auto where = places(tiles, layout, ratio);
    const auto seen = cameras(tiles, where);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      const QSize size_px(static_cast<int>(std::lround(where[i].width() * ratio)),
                          static_cast<int>(std::lround(where[i].height() * ratio)));
      if (const QString problem = tiles[i].figure->draw(seen[i], {size_px, ratio, layout.pt_per_px, transparent});
          !problem.isEmpty())
        return problem;
    }
    return QString();
  };
  const auto paint = [tiles = tiles_, layout, transparent](QPainter& painter, std::optional<double> ratio) {
    painter.setRenderHint(QPainter::Antialiasing);
    const auto where = places(tiles, layout, ratio.value_or(layout.dots_per_px()));
    const auto seen = cameras(tiles, where);
    for (std::size_t i = 0; i < tiles.size(); ++i) paint_tile(painter, tiles[i], where[i], seen[i], transparent);
  };
  return {layout, paint, {}, prepare};
}

}  // namespace cnv::desktop
