#include "cnv/draw/surface_mesh.hpp"

#include <algorithm>
#include <cmath>

namespace cnv {
namespace {

std::vector<std::int32_t> picks(std::int64_t all, std::int64_t wanted) {
  const auto count = std::clamp<std::int64_t>(wanted, std::min<std::int64_t>(all, 2), all);
  std::vector<std::int32_t> out(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i)
    out[static_cast<std::size_t>(i)] =
        static_cast<std::int32_t>(count > 1 ? (i * (all - 1) + (count - 1) / 2) / (count - 1) : 0);
  return out;
}

// Samples that the drawn sample `i` stands for: up to the middle between it and its neighbours.
struct Block {
  std::int32_t from, to;
};
Block block_of(std::span<const std::int32_t> picked, std::size_t i, std::int64_t all) {
  const auto from = i > 0 ? (picked[i - 1] + picked[i]) / 2 + 1 : 0;
  const auto to = i + 1 < picked.size() ? (picked[i] + picked[i + 1]) / 2 + 1 : static_cast<std::int32_t>(all);
  return {from, to};
}

// Cells of one side, those farthest from `eye` first.
std::vector<std::int32_t> far_cells_first(std::int32_t points, std::int32_t eye) {
  std::vector<std::int32_t> out;
  const std::int32_t cells = points - 1, split = std::clamp(eye, 0, std::max(cells, 0));
  for (std::int32_t i = 0; i < split; ++i) out.push_back(i);
  for (std::int32_t i = cells - 1; i >= split; --i) out.push_back(i);
  return out;
}

}  // namespace

SurfaceThinning::SurfaceThinning(std::int64_t columns, std::int64_t rows, std::int64_t most_points)
    : all_columns_(columns), all_rows_(rows) {
  if (columns < 1 || rows < 1) return;
  const double points = static_cast<double>(columns) * static_cast<double>(rows),
               most = static_cast<double>(std::max<std::int64_t>(most_points, 4));
  // A side that is short already stays whole; the other one then takes all of the thinning.
  double factor = std::sqrt(points / most);
  if (points <= most) factor = 1;
  else if (static_cast<double>(rows) / factor < 2) factor = static_cast<double>(columns) / (most / 2);
  else if (static_cast<double>(columns) / factor < 2) factor = static_cast<double>(rows) / (most / 2);
  columns_ = picks(columns, static_cast<std::int64_t>(static_cast<double>(columns) / factor));
  rows_ = picks(rows, static_cast<std::int64_t>(static_cast<double>(rows) / factor));
  thins_ = static_cast<std::int64_t>(columns_.size()) < columns || static_cast<std::int64_t>(rows_.size()) < rows;
}

void SurfaceThinning::apply(std::span<const float> heights, std::vector<float>& out) const {
  if (!thins_) {
    out.assign(heights.begin(), heights.end());
    return;
  }
  out.resize(columns_.size() * rows_.size());
  std::size_t at = 0;
  for (std::size_t row = 0; row < rows_.size(); ++row)
    for (std::size_t column = 0; column < columns_.size(); ++column) out[at++] = stand_out(heights, column, row);
}

float SurfaceThinning::stand_out(std::span<const float> heights, std::size_t column, std::size_t row) const {
  const auto value = [&](std::int32_t c, std::int32_t r) {
    return heights[static_cast<std::size_t>(r) * static_cast<std::size_t>(all_columns_) + static_cast<std::size_t>(c)];
  };
  const float own = value(columns_[column], rows_[row]);
  if (std::isnan(own)) return own;
  const Block across = block_of(columns_, column, all_columns_), along = block_of(rows_, row, all_rows_);
  float low = own, high = own;
  for (std::int32_t r = along.from; r < along.to; ++r)
    for (std::int32_t c = across.from; c < across.to; ++c) {
      const float v = value(c, r);  // comparisons leave NaN out
      low = v < low ? v : low;
      high = v > high ? v : high;
    }
  if (low == high) return own;
  const std::size_t c0 = column > 0 ? column - 1 : 0, c1 = std::min(column + 1, columns_.size() - 1);
  const std::size_t r0 = row > 0 ? row - 1 : 0, r1 = std::min(row + 1, rows_.size() - 1);
  float least = own, most = own;
  for (std::size_t r = r0; r <= r1; ++r)
    for (std::size_t c = c0; c <= c1; ++c) {
      const float v = value(columns_[c], rows_[r]);
      least = v < least ? v : least;
      most = v > most ? v : most;
    }
  const float above = high - most, below = least - low;
  if (above <= 0 && below <= 0) return own;
  return above >= below ? high : low;
}

void surface_normals(std::span<const float> x, std::span<const float> y, std::span<const float> heights, float z_scale,
                     std::vector<SurfaceNormal>& out) {
  const std::size_t columns = x.size(), rows = y.size();
  out.resize(columns * rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t below = row > 0 ? row - 1 : 0, above = std::min(row + 1, rows - 1);
    const float dy = y[above] - y[below];
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t left = column > 0 ? column - 1 : 0, right = std::min(column + 1, columns - 1);
      const float dx = x[right] - x[left];
      const float rise_x = heights[row * columns + right] - heights[row * columns + left],
                  rise_y = heights[above * columns + column] - heights[below * columns + column];
      const float sx = dx != 0 && !std::isnan(rise_x) ? z_scale * rise_x / dx : 0,
                  sy = dy != 0 && !std::isnan(rise_y) ? z_scale * rise_y / dy : 0;
      const float size = 127 / std::sqrt(sx * sx + sy * sy + 1);
      out[row * columns + column] = {static_cast<std::int8_t>(-sx * size), static_cast<std::int8_t>(-sy * size),
                                     static_cast<std::int8_t>(size), 0};
    }
  }
}

void surface_triangles(std::int32_t columns, std::int32_t rows, std::span<const float> heights, FarFirst order,
                       std::vector<std::uint32_t>& out) {
  out.clear();
  if (columns < 2 || rows < 2) return;
  out.reserve(static_cast<std::size_t>(columns - 1) * static_cast<std::size_t>(rows - 1) * 6);
  const auto across = far_cells_first(columns, order.column), along = far_cells_first(rows, order.row);
  const auto hole = [&](std::uint32_t i) { return std::isnan(heights[i]); };
  const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    if (!hole(a) && !hole(b) && !hole(c)) out.insert(out.end(), {a, b, c});
  };
  for (const auto row : along)
    for (const auto column : across) {
      const auto a = static_cast<std::uint32_t>(row * columns + column), b = a + 1,
                 c = a + static_cast<std::uint32_t>(columns), d = c + 1;
      // The diagonal joins b and c, unless one of them has no height: then half a cell is still drawn.
      if (hole(b) || hole(c)) {
        add(a, b, d);
        add(a, d, c);
      } else {
        add(a, b, c);
        add(c, b, d);
      }
    }
}

}  // namespace cnv
