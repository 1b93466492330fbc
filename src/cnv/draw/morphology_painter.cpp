#include "cnv/draw/morphology_painter.hpp"

#include <algorithm>
#include <utility>

namespace cnv {
namespace {

// The three channels, far enough apart to be multiplied by a light at once.
struct LitColor {
  std::uint64_t lanes;

  explicit LitColor(Rgba8 c) : lanes(std::uint64_t{c.r} << 42 | std::uint64_t{c.g} << 21 | c.b) {}
  std::uint32_t under(const Fragment& f) const {
    constexpr std::uint64_t each = std::uint64_t{1} << 42 | std::uint64_t{1} << 21 | 1;
    const std::uint64_t t = lanes * f.light + each * (light_unit / 2);
    const auto channel = [t](int shift) {
      return std::min(static_cast<std::uint32_t>(t >> shift & 0x1FFFFF) / light_unit, 255U);
    };
    return pixel_of(channel(42), channel(21), channel(0));
  }
};

// All pixels of a cone have one light.
bool evenly_lit(const DrawRun& run) { return run.style == PieceStyle::line || run.style == PieceStyle::thin; }

bool all_opaque(const PieceLayer& layer) {
  return std::all_of(layer.colors.begin(), layer.colors.end(), [](Rgba8 c) { return c.a == 255; });
}

}  // namespace

void MorphologyPainter::set_tree(std::shared_ptr<const LodTree> tree) {
  layers_.set_tree(std::move(tree));
  forget();
}

void MorphologyPainter::forget() {
  drawn_ = remembered_ = too_many_ = false;
  fragments_.cut(0);
}

void MorphologyPainter::draw(const MorphologyFrame& frame, const PixelBuffer& target) {
  counters_ = {.selections = counters_.selections};
  fill(target, pixel_of(frame.background));
  if (!layers_.tree() || frame.size_px.x < 1 || frame.size_px.y < 1) return;
  const MorphologyLayers::Changes changes = layers_.update(frame);
  counters_.uploaded_bytes = changes.bytes;
  counters_.visible_pieces = static_cast<std::int64_t>(layers_.cell().cones.size());
  counters_.selections = layers_.selections();
  if (changes.cell || changes.highlights) forget();
  // What a translucent colour covers is seen: then nothing of the picture may be left out.
  const auto layers = all_layers();
  const bool opaque = std::all_of(layers.begin(), layers.end(), all_opaque);
  if (remembered_ && opaque) return draw_remembered(target);
  draw_anew(target, std::exchange(drawn_, true) && opaque && !too_many_);
}

// Fragments are coloured a part of a run at a time, while the processor still has them at hand.
void MorphologyPainter::draw_anew(const PixelBuffer& target, bool remember) {
  constexpr std::size_t part_size = 1'000'000;
  raster_.begin(layers_.projection(), layers_.hairline(), layers_.relief());
  fragments_.cut(0);
  ends_.assign(1, 0);
  remembered_ = false;
  for (const PieceLayer& layer : all_layers()) {
    raster_.clear_depth();
    for (DrawRun left : layer.runs) {
      while (left.count > 0) {
        const std::size_t first = ends_.size() - 1;
        DrawRun part = left;
        part.count = raster_.add(left, layer, fragments_.size() + part_size, fragments_, ends_);
        color_run(part, layer, ends_.data() + first, target);
        counters_.placed_pieces += part.count;
        left.first += part.count;
        left.count -= part.count;
        if (remember && fragments_.size() > most_remembered_) remember = make_room();
        if (remember) continue;
        fragments_.cut(0);
        ends_.assign(1, 0);
      }
    }
  }
  if (!remember) return;
  drop_covered();
  fragments_.shrink_to_fit();
  remembered_ = true;
}

bool MorphologyPainter::make_room() {
  drop_covered();
  too_many_ = fragments_.size() > most_remembered_ / 2;
  if (!too_many_) return true;
  fragments_.cut(0);
  fragments_.shrink_to_fit();
  return false;
}

void MorphologyPainter::draw_remembered(const PixelBuffer& target) {
  const std::uint32_t* ends = ends_.data();
  for (const PieceLayer& layer : all_layers()) {
    for (const DrawRun& run : layer.runs) {
      color_run(run, layer, ends, target);
      ends += run.count;
    }
  }
}

// `ends`: of the cone in front of the run's first one, then of each of its cones.
void MorphologyPainter::color_run(const DrawRun& run, const PieceLayer& layer, const std::uint32_t* ends,
                                  const PixelBuffer& target) {
  const auto blend = [&](const Fragment& f, std::uint32_t color, std::uint32_t alpha) {
    const auto width = static_cast<std::uint32_t>(target.width);
    std::uint32_t& pixel = target.stride == target.width
                               ? target.pixels[f.pixel]
                               : target.pixels[f.pixel / width * target.stride + f.pixel % width];
    const std::uint32_t share = alpha == 255 ? f.coverage : (f.coverage * alpha + 127) / 255;
    pixel = share == 255 ? color : mix_pixels(pixel, color, share);
  };
  const bool even = evenly_lit(run) || layer.flat;
  for (std::int32_t k = 0; k < run.count; ++k) {
    const Rgba8 color = layer.colors[static_cast<std::size_t>(run.first + k)];
    const Fragment *at = fragments_.data() + ends[k], *const last = fragments_.data() + ends[k + 1];
    if (at == last) continue;
    const LitColor shaded(color);
    if (even) {
      for (const std::uint32_t plain = shaded.under(*at); at < last; ++at) blend(*at, plain, color.a);
    } else {
      for (; at < last; ++at) blend(*at, shaded.under(*at), color.a);
    }
  }
  counters_.fragments += ends[run.count] - ends[0];
}

// Leaves out the fragments that others cover wholly: from the last one on, which is the nearest.
void MorphologyPainter::drop_covered() {
  const glm::vec2 size = layers_.projection().size_px;
  std::vector<bool> covered(static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y));
  Fragment* const all = fragments_.data();
  const std::size_t count = fragments_.size();
  std::size_t to = count;
  for (std::size_t cone = ends_.size() - 1, from = count; cone > 0; --cone) {
    const std::size_t first = ends_[cone - 1];
    ends_[cone] = static_cast<std::uint32_t>(to);
    for (; from > first; --from) {
      const Fragment f = all[from - 1];
      if (covered[f.pixel]) continue;
      if (f.coverage == 255) covered[f.pixel] = true;
      all[--to] = f;
    }
  }
  std::copy(all + to, all + count, all);
  for (std::size_t cone = 1; cone < ends_.size(); ++cone) ends_[cone] -= static_cast<std::uint32_t>(to);
  fragments_.cut(count - to);
}

}  // namespace cnv
