#include "cnv/view/tree_shelf.hpp"

#include <algorithm>
#include <utility>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

// A neurite may be bent: the mean of its ends lies beside it.
std::vector<glm::vec3> middles(const MorphologyGeometry& geometry, const Pieces& p) {
  const auto n = static_cast<std::size_t>(geometry.size());
  std::vector<float> length(n, 0), gone(n, 0);
  std::vector<glm::vec3> out(n);
  for (std::size_t i = 0; i < n; ++i)
    for (int k = 0; k < 3; ++k)
      out[i][k] = static_cast<float>(geometry.positions.number_at(3 * static_cast<std::int64_t>(i) + k));
  const auto length_of = [&](std::size_t piece) { return glm::distance(p.start[piece], p.end[piece]); };
  for (std::size_t i = 0; i < p.size(); ++i) length[static_cast<std::size_t>(p.entity[i])] += length_of(i);
  for (std::size_t i = 0; i < p.size(); ++i) {
    const auto entity = static_cast<std::size_t>(p.entity[i]);
    const float half = 0.5f * length[entity], own = length_of(i),
                before = std::exchange(gone[entity], gone[entity] + own);
    if (own > 0 && before <= half && half <= before + own)
      out[entity] = glm::mix(p.start[i], p.end[i], (half - before) / own);
  }
  return out;
}

}  // namespace

Result<std::shared_ptr<const DrawnGeometry>> make_drawn(const MorphologyGeometry& geometry, ValueIndex index) {
  auto pieces = make_pieces(geometry, index);
  if (!pieces) return Error{pieces.error()};
  auto drawn = std::make_shared<DrawnGeometry>();
  if ((*pieces)->size() == 0) return std::shared_ptr<const DrawnGeometry>(std::move(drawn));
  drawn->piece_of_entity.assign(static_cast<std::size_t>(geometry.size()), -1);
  for (std::size_t i = 0; i < (*pieces)->size(); ++i) {
    auto& first = drawn->piece_of_entity[static_cast<std::size_t>((*pieces)->entity[i])];
    if (first < 0) first = static_cast<std::int32_t>(i);
  }
  drawn->middle_of_entity = middles(geometry, **pieces);
  drawn->places = piece_places(geometry, **pieces);
  drawn->tree = std::make_shared<const LodTree>(*pieces);
  return std::shared_ptr<const DrawnGeometry>(std::move(drawn));
}

Result<std::shared_ptr<const DrawnGeometry>> TreeShelf::find_or_make(const GeometryPtr& geometry, ValueIndex index) {
  std::erase_if(entries_, [](const Entry& entry) { return entry.drawn.expired() || entry.geometry.expired(); });
  for (const auto& entry : entries_)
    if (entry.geometry.lock() == geometry && entry.index == index)
      if (auto drawn = entry.drawn.lock()) return drawn;
  auto made = make_drawn(std::get<MorphologyGeometry>(*geometry), index);
  if (made) entries_.push_back({geometry, index, *made});
  return made;
}

}  // namespace cnv
