#include "cnv/view/tree_shelf.hpp"

namespace cnv {

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
  drawn->middle_of_entity = entity_middles(geometry, **pieces);
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
